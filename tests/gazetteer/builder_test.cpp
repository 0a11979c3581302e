#include "gazetteer/builder.hpp"

#include <algorithm>

#include "tests/gazetteer/index_fixture.hpp"

using namespace demarc;
using namespace demarc::test;

TEST_CASE("the order of records does not change a byte") {
    auto records = records_of(sample_places, sample_people);
    const auto forward = build_index(records, project_routes().endings());
    std::reverse(records.begin(), records.end());
    const auto backward = build_index(records, project_routes().endings());
    REQUIRE(forward.ok());
    REQUIRE(backward.ok());
    CHECK(*forward == *backward);
}

TEST_CASE("an empty gazetteer answers") {
    const auto bytes = build_index({}, {});
    REQUIRE(bytes.ok());
    const Index index(*bytes);
    const Gazetteer gazetteer = index.open();
    CHECK(gazetteer.verify().ok());
    CHECK(gazetteer.size() == 0);
    CHECK(found(gazetteer, "Kaesong").empty());
    CHECK(gazetteer.near({127, 38}, 1000, 5).empty());
}

TEST_CASE("an id names one record") {
    auto records = records_of(sample_places, "");
    records.push_back(records.front());
    records.back().where = "more.tsv:7";
    const auto built = build_index(records, {});
    REQUIRE_FALSE(built.ok());
    CHECK(built.error().message.find("kp-kumsong") != std::string::npos);
}

TEST_CASE("hits come attested before generated, then by rank, and a record once a key") {
    const Index index(
        "id\tname\tkind\tcountry\trank\ten\thang\n"
        "a\tHwangju\ttown\tKP\t3\tHwang-ju\t황주\n"
        "b\tHwangju\tcity\tKP\t6\t\t\n"
        "c\tKwangju\tcity\tKR\t7\t\t황주\n",
        "");
    const Gazetteer gazetteer = index.open();
    const auto hits = probe(gazetteer, "Hwangju");
    REQUIRE(hits.size() == 3);
    CHECK(gazetteer.record(hits[0].record).id == "b");
    CHECK(gazetteer.record(hits[1].record).id == "a");
    CHECK(gazetteer.record(hits[2].record).id == "c");
    CHECK(hits[2].stage == MatchStage::generated);
}
