#include <algorithm>
#include <ctime>
#include <string>

#include "extractor/extractor.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/test_gazetteer.hpp"
#include "tests/extractor/test_rules.hpp"

using namespace demarc;

namespace {

// Processor seconds of a text that says the same `times` over; the least of three.
double seconds(const std::string& text, int times) {
    Document document;
    document.id = "d";
    for (int i = 0; i < times; ++i) document.text += text;
    Workspace workspace;
    double least = 1e9;
    for (int run = 0; run < 3; ++run) {
        const std::clock_t start = std::clock();
        CHECK_FALSE(Extractor(test_rules(), test_gazetteer()).extract(document, workspace).empty());
        least = std::min(least, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return least;
}

}  // namespace

TEST_CASE("units, relations, strokes, family names and entries of several words take time in proportion to the text, however many it has") {
    for (const char* text : {"The 24th Division and the US 24th Infantry Division met. ", "The 24th Division held Seoul. On 3 May the 25th Division was at Suwon. ",
                             "The 65th Infantry held. Then 2/65 led, and the 7th Marines came. ",
                             "In Seoul Marshal Mao and General Kim spoke. Mao and Kim left. ",
                             "Light infantry, light infantry, light infantry, light infantry, light infantry, light infantry, light infantry, light infantry went to Seoul. "}) {
        INFO(text);
        CHECK(seconds(text, 8000) < 20 * seconds(text, 1000) + 0.1);  // 8 times the text; as the square it would be 64, and a busy machine doubles either
    }
}
