#include "gazetteer/similarity_keys.hpp"

#include <random>

#include "gazetteer/index_format.hpp"
#include "tests/gazetteer/index_fixture.hpp"

using namespace demarc;
using namespace demarc::test;

namespace {

bool may_be_one_edit_apart(const std::string& a, const std::string& b) {
    const EditSimilarity x = edit_similarity(a), y = edit_similarity(b);
    return x.keys[0] == y.keys[0] || x.keys[1] == y.keys[1];
}

// Every confusion and every doubling of a word, written plainly.
std::vector<std::string> one_edit_of(const std::string& word) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        for (const std::string_view pair : confusion_pairs) {
            std::string other = word;
            if (word[i] == pair[0]) other[i] = pair[1];
            else if (word[i] == pair[1]) other[i] = pair[0];
            if (other != word) out.push_back(other);
        }
        out.push_back(word.substr(0, i + 1) + word.substr(i));
        if (i > 0 && word[i] == word[i - 1]) {
            const std::string single = word.substr(0, i) + word.substr(i + 1);
            out.push_back(single);
            for (std::size_t k = 0; k < single.size(); ++k) out.push_back(single.substr(0, k + 1) + single.substr(k));
        }
    }
    return out;
}

std::size_t filter_size(const std::string& index) {
    return reinterpret_cast<const index_format::Header*>(Index(index).bytes().data())->sections[index_format::similarity].size;
}

}  // namespace

TEST_CASE("words that OCR takes for one another share a key") {
    for (const auto& [a, b] : std::vector<std::pair<std::string, std::string>>{{"modern", "rnodem"}, {"clark", "dark"}, {"wilson", "vvi1s0n"}, {"stalin", "sta1ln"}, {"vvvx", "wvx"}, {"vvvx", "vwx"}}) {
        INFO(a << " " << b);
        CHECK(ocr_similarity_key(a) == ocr_similarity_key(b));
    }
    CHECK(ocr_similarity_key("stalin") != ocr_similarity_key("stalen"));
    CHECK(ocr_similarity_key("") != edit_similarity("").keys[0]);
}

TEST_CASE("words one edit apart share a key") {
    std::mt19937 random(5);
    std::size_t reached = 0;
    for (int round = 0; round < 400; ++round) {
        std::string word;
        const std::string_view letters = round % 2 == 0 ? "abcdefghijklmnopqrstuvwxyz" : "aoecun";  // the second kind is full of confusions that become repeats
        while (word.size() < 7 + random() % 6) word += word.empty() || random() % 4 != 0 ? letters[random() % letters.size()] : word.back();
        if (edit_similarity(word).letters < min_edit_similarity_letters) continue;
        for (const std::string& other : one_edit_of(word)) {
            ++reached;
            INFO(word << " " << other);
            REQUIRE(may_be_one_edit_apart(word, other));
        }
    }
    CHECK(reached > 3000);
    CHECK_FALSE(may_be_one_edit_apart("maozedong", "maozezong"));
    CHECK_FALSE(may_be_one_edit_apart("pengdehuai", "hengdehuei"));  // both ends
}

TEST_CASE("people are found under every word that the filter must let through") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    for (const std::string name : {"pengdehuai", "kimilsung", "josephstalin"}) {
        for (const std::string& other : one_edit_of(name)) {
            INFO(other);
            CHECK_FALSE(gazetteer.search_people(other).empty());
        }
    }
    CHECK(found(gazetteer, "Josephsta1in") == "joseph-stalin");
    CHECK(gazetteer.search_people("josephstelan").empty());
}

TEST_CASE("an index without people has no filter, and searches without one") {
    const std::string places = *build_index(records_of(sample_places, ""), project_routes().endings()), both = *build_index(records_of(sample_places, sample_people), project_routes().endings());
    CHECK(filter_size(places) == 0);
    CHECK(filter_size(both) > 0);
    CHECK(found(Index(places).open(), "Kaesang") == "kp-kaesong");
    CHECK(found(Index(both).open(), "Kaesang") == "kp-kaesong");
}
