#include "extractor/known_names.hpp"

#include "tests/catch.hpp"
#include "tests/gazetteer/index_fixture.hpp"

using namespace demarc;

TEST_CASE("strangers are remembered a stage, until another gazetteer is asked") {
    const test::Index index(test::sample_places, test::sample_people);
    const Gazetteer gazetteer = index.open(), other = index.open();
    KnownNames names;
    names.begin(gazetteer);
    const std::uint64_t spelling = 0x0123'4567'89ab'cdef;
    CHECK_FALSE(names.stranger(MatchStage::ocr, spelling));
    names.add_stranger(MatchStage::ocr, spelling);
    CHECK(names.stranger(MatchStage::ocr, spelling));
    CHECK_FALSE(names.stranger(MatchStage::edit, spelling));
    CHECK_FALSE(names.stranger(MatchStage::ocr, spelling + 16));
    names.add_stranger(MatchStage::edit, spelling);
    CHECK((names.stranger(MatchStage::edit, spelling) && names.stranger(MatchStage::ocr, spelling)));
    names.begin(gazetteer);
    CHECK(names.stranger(MatchStage::edit, spelling));
    names.begin(other);
    CHECK_FALSE(names.stranger(MatchStage::edit, spelling));
    CHECK_FALSE(names.stranger(MatchStage::ocr, spelling));
}

TEST_CASE("of strangers of one line the last eight are remembered") {
    const test::Index index(test::sample_places, test::sample_people);
    const Gazetteer gazetteer = index.open();
    KnownNames names;
    names.begin(gazetteer);
    for (std::uint64_t i = 1; i <= 9; ++i) names.add_stranger(MatchStage::ocr, 16 * i);
    CHECK_FALSE(names.stranger(MatchStage::ocr, 16));
    for (std::uint64_t i = 2; i <= 9; ++i) CHECK(names.stranger(MatchStage::ocr, 16 * i));
}
