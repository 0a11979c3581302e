#include "extractor/known_names.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "gazetteer/fold.hpp"
#include "tests/catch.hpp"
#include "tests/gazetteer/index_fixture.hpp"

using namespace demarc;

TEST_CASE("a name is known as the gazetteer knows it, whatever came to its slot since") {
    const test::Index index(test::sample_places, test::sample_people);
    const Gazetteer gazetteer = index.open();
    KnownNames names;
    names.begin(gazetteer);
    int places = 0, people = 0;
    for (int again = 0; again < 2; ++again) {
        for (const char* word : {"Kaesong", "Mukden", "Munsan", "Hill", "Mao", "Stalin", "Filippov", "Nobody"}) {
            const std::uint64_t key = token_hash(fold_token(word));
            const Probe probe = gazetteer.probe(key);
            std::vector<Hit> hits;
            gazetteer.hits(probe, hits);
            const auto bears = [&](RecordClass wanted) { return std::ranges::any_of(hits, [&](const Hit& hit) { return gazetteer.record_class(hit.record) == wanted; }); };
            const KnownNames::Answer answer = names.find(gazetteer, key);
            CHECK(answer.place == bears(RecordClass::place));
            CHECK(answer.person == bears(RecordClass::person));
            CHECK(answer.prefix == probe.prefix);
            places += answer.place ? 1 : 0;
            people += answer.person ? 1 : 0;
            if (hits.empty()) continue;
            for (std::uint64_t other = 1; other < 30'000; ++other) (void)names.find(gazetteer, other);
            CHECK(names.name(gazetteer, key).probe.found_in == probe.found_in);
            CHECK(names.name(gazetteer, key).probe.entries == probe.entries);
        }
    }
    CHECK(places >= 4);
    CHECK(people >= 4);
}

TEST_CASE("strangers are remembered a stage, until another gazetteer is asked") {
    const test::Index index(test::sample_places, test::sample_people);
    const Gazetteer gazetteer = index.open(), other = index.open();
    KnownNames names;
    names.begin(gazetteer);
    const std::string spelling = "Ivan Petrov", like_it = "Ivan Petrow";
    CHECK_FALSE(names.stranger(MatchStage::ocr, spelling));
    names.add_stranger(MatchStage::ocr, spelling);
    CHECK(names.stranger(MatchStage::ocr, spelling));
    CHECK_FALSE(names.stranger(MatchStage::edit, spelling));
    CHECK_FALSE(names.stranger(MatchStage::ocr, like_it));
    names.add_stranger(MatchStage::edit, spelling);
    CHECK((names.stranger(MatchStage::edit, spelling) && names.stranger(MatchStage::ocr, spelling)));
    names.begin(gazetteer);
    CHECK(names.stranger(MatchStage::edit, spelling));
    names.begin(other);
    CHECK_FALSE(names.stranger(MatchStage::edit, spelling));
    CHECK_FALSE(names.stranger(MatchStage::ocr, spelling));
}

TEST_CASE("who has the hash of a stranger isn't one") {
    const test::Index index(test::sample_places, test::sample_people);
    const Gazetteer gazetteer = index.open();
    const std::string known = "Mao Zedong", stranger = "Hbrn Cplpjhuetme";
    REQUIRE(token_hash(known) == token_hash(stranger));
    KnownNames names;
    names.begin(gazetteer);
    for (const MatchStage stage : {MatchStage::ocr, MatchStage::edit}) {
        names.add_stranger(stage, stranger);
        CHECK(names.stranger(stage, stranger));
        CHECK_FALSE(names.stranger(stage, known));
    }
}

TEST_CASE("of strangers of one line the last eight are remembered, and not without end") {
    const test::Index index(test::sample_places, test::sample_people);
    const Gazetteer gazetteer = index.open();
    KnownNames names;
    names.begin(gazetteer);
    std::vector<std::string> one_line;
    for (int i = 0; one_line.size() < 9; ++i) {
        std::string name = "N" + std::to_string(i);
        if (token_hash(name) >> 51 == 0) one_line.push_back(std::move(name));
    }
    for (const std::string& name : one_line) names.add_stranger(MatchStage::ocr, name);
    CHECK_FALSE(names.stranger(MatchStage::ocr, one_line.front()));
    for (std::size_t i = 1; i < one_line.size(); ++i) CHECK(names.stranger(MatchStage::ocr, one_line[i]));
    names.add_stranger(MatchStage::ocr, std::string(256, 'a'));
    CHECK_FALSE(names.stranger(MatchStage::ocr, std::string(256, 'a')));
    for (int i = 0; i < 6000; ++i) names.add_stranger(MatchStage::ocr, std::string(200, 'a') + std::to_string(i));
    CHECK_FALSE(names.stranger(MatchStage::ocr, one_line.back()));
    CHECK(names.stranger(MatchStage::ocr, std::string(200, 'a') + "5999"));
}
