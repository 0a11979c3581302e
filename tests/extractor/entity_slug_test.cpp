#include "extractor/entity_slug.hpp"

#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("a slug keeps words and numbers") {
    CHECK(entity_slug("38th Regiment of the 12th Division") == "38th-regiment-of-the-12th-division");
    CHECK(entity_slug("telegram 25465") == "telegram-25465");
    CHECK(entity_slug("VKP(b) CC") == "vkp-b-cc");
    CHECK(entity_slug("Việt Minh") == "viet-minh");
    CHECK(entity_slug("...").empty());
    CHECK(entity_slug("Eighth ARMY") == "eighth-army");
    CHECK(entity_slug("U.S. Army") == "u-s-army");
    for (const char* words : {"Eighth  Army", " Eighth Army", "Eighth Army ", "Eighth-Army", "Eighth. Army.", "-Eighth, Army", "Eighth\tArmy", "Eighth (Army)", "Eighth @Army["}) CHECK(entity_slug(words) == "eighth-army");
}

TEST_CASE("plain words and figures have the slug of their tokens") {
    // Behind a bracket the words are cut into tokens.
    const std::string signs = "aB12 -.,\n";
    for (std::size_t length = 1; length <= 5; ++length) {
        std::size_t count = 1;
        for (std::size_t i = 0; i < length; ++i) count *= signs.size();
        for (std::size_t number = 0; number < count; ++number) {
            std::string words;
            for (std::size_t i = 0, rest = number; i < length; ++i, rest /= signs.size()) words += signs[rest % signs.size()];
            if (entity_slug(words) != entity_slug(words + "(")) FAIL("\"" << words << "\": " << entity_slug(words) << " and " << entity_slug(words + "("));
        }
    }
    CHECK(entity_slug("B12") == "b-12");
    CHECK(entity_slug("65-th") == "65th");
    CHECK(entity_slug("65 th") == "65-th");
}
