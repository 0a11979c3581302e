#include "gazetteer/importers/us_counties.hpp"

#include "tests/catch.hpp"

using namespace demarc;

namespace {

// Two counties of one state, and one of another; the second county's arc is taken backwards.
constexpr const char* topology = R"({"type":"Topology","transform":{"scale":[0.5,0.25],"translate":[-90,30]},
"arcs":[[[0,0],[4,0],[0,4],[-4,-4]],[[4,0],[4,4],[-4,-4]],[[20,20],[2,2]]],
"objects":{"states":{"type":"GeometryCollection","geometries":[{"type":"Polygon","id":"21","properties":{"name":"Kentucky"}},{"type":"Polygon","id":"22","properties":{"name":"Louisiana"}}]},
"counties":{"type":"GeometryCollection","geometries":[{"type":"Polygon","id":"21001","arcs":[[0]],"properties":{"name":"Adair"}},
{"type":"MultiPolygon","id":"22003","arcs":[[[-2]],[[2]]],"properties":{"name":"Allen"}},{"type":"Polygon","id":"99001","arcs":[[0]],"properties":{"name":"Nowhere"}}]}}})";

}  // namespace

TEST_CASE("counties come with their state, the middle of their box and its size") {
    const auto records = read_us_counties(topology, "counties.json");
    REQUIRE(records);
    REQUIRE(records->size() == 2);
    const SourceRecord& adair = records->at(0);
    CHECK(adair.id == "us-county-21001");
    CHECK(adair.name == "Adair County");
    CHECK(adair.admin == "Kentucky");
    CHECK(adair.kind == "county");
    CHECK(adair.position->lon == Approx(-89));
    CHECK(adair.position->lat == Approx(30.5));
    CHECK(adair.precision_m == Approx(110'000).epsilon(0.02));
    const SourceRecord& allen = records->at(1);
    CHECK(allen.name == "Allen Parish");
    CHECK(allen.position->lon == Approx((-88 + -79) / 2.0));
}

TEST_CASE("what is no such TopoJSON is refused") {
    for (const char* bad : {"", "{}", "[1]", R"({"type":"Topology","arcs":[]})", R"({"transform":{"scale":[1,1],"translate":[0,0]},"arcs":[[["a","b"]]],"objects":{}})"}) {
        const auto records = read_us_counties(bad, "counties.json");
        REQUIRE_FALSE(records);
        CHECK(records.error().where == "counties.json");
    }
    std::string far(topology);
    far.replace(far.find("[[0]]"), 5, "[[9]]");
    CHECK_FALSE(read_us_counties(far, "counties.json"));
}
