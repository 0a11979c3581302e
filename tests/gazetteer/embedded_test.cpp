#include "gazetteer/embedded.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "gazetteer/fold.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/name_tokens.hpp"
#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("the built-in gazetteer is whole") {
    const auto gazetteer = Gazetteer::from_memory(embedded_gazetteer());
    REQUIRE(gazetteer.ok());
    CHECK(gazetteer->verify().ok());
    CHECK(gazetteer->size() > 100);
    CHECK(embedded_lines().find("FeatureCollection") != std::string_view::npos);
}

namespace {

// The word with one group of letters put for another, at each place where it stands.
std::vector<std::string> with(const std::string& word, const std::string& group, const std::string& other) {
    std::vector<std::string> out;
    for (std::size_t at = word.find(group); at != std::string::npos; at = word.find(group, at + 1)) out.push_back(std::string(word).replace(at, group.size(), other));
    return out;
}

}  // namespace

TEST_CASE("every person of the built-in gazetteer is found under an OCR spelling and under one letter for another") {
    const auto gazetteer = Gazetteer::from_memory(embedded_gazetteer());
    REQUIRE(gazetteer.ok());
    std::size_t by_ocr = 0, by_edit = 0;
    for (std::uint32_t i = 0; i < gazetteer->size(); ++i) {
        if (gazetteer->record_class(i) != RecordClass::person) continue;
        const std::string word = joined_tokens(name_tokens(gazetteer->record(i).name));
        const bool letters = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
        // Of 4,096 spellings or more none is tried.
        const std::string folded = fold_ocr(word);
        const auto doubtful = std::count_if(folded.begin(), folded.end(), [](char c) { return c == 'm' || c == 'd' || c == 'w' || c == 'l'; });
        if (!letters || word.size() < 8 || word.size() > 36 || doubtful > 11) continue;
        const auto check = [&](const std::string& spelling, MatchStage stage, std::size_t& met) {
            const auto hits = gazetteer->search_people(spelling);
            INFO(spelling);
            REQUIRE_FALSE(hits.empty());
            if (hits.front().stage != stage) return;  // another name is nearer
            CHECK(std::any_of(hits.begin(), hits.end(), [i](const Hit& hit) { return hit.record == i; }));
            ++met;
        };
        for (const auto& [group, other] : {std::pair("m", "rn"), std::pair("rn", "m"), std::pair("d", "cl"), std::pair("cl", "d"), std::pair("w", "vv"), std::pair("l", "i"), std::pair("i", "l")}) {
            for (const std::string& spelling : with(word, group, other)) {
                if (fold_ocr(spelling) == folded) check(spelling, MatchStage::ocr, by_ocr);
            }
        }
        for (const auto& [letter, other] : {std::pair("a", "o"), std::pair("o", "a"), std::pair("e", "i"), std::pair("u", "v"), std::pair("h", "k"), std::pair("n", "nn"), std::pair("ss", "s")}) {
            for (const std::string& spelling : with(word, letter, other)) check(spelling, MatchStage::edit, by_edit);
        }
    }
    CHECK(by_ocr > 500);
    CHECK(by_edit > 500);
}
