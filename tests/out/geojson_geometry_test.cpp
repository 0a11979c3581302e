#include "out/geojson_geometry.hpp"

#include <nlohmann/json.hpp>

#include "tests/catch.hpp"

using namespace demarc;
using Json = nlohmann::json;

namespace {

std::string text_of(const Geometry& geometry) {
    std::string out;
    {
        JsonWriter json(out);
        write_geojson(json, geometry);
    }
    return out;
}

double area(const Json& ring) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        sum += ring[i][0].get<double>() * ring[i + 1][1].get<double>() - ring[i + 1][0].get<double>() * ring[i][1].get<double>();
    }
    return sum / 2;
}

Ring box(double west, double south, double east, double north) { return {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}; }
Ring reversed(const Ring& ring) { return {ring.rbegin(), ring.rend()}; }

}  // namespace

TEST_CASE("geometries in lon, lat with seven decimals at most", "[geojson_geometry]") {
    CHECK(text_of({}) == "null");
    CHECK(text_of(LonLat{126.55440000001, 37.97}) == R"({"type":"Point","coordinates":[126.5544,37.97]})");
    CHECK(text_of(LineString{{1, 2}, {3, 4}}) == R"({"type":"LineString","coordinates":[[1,2],[3,4]]})");
    CHECK(text_of(MultiLineString{{{1, 2}, {3, 4}}}) == R"({"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]})");
}

TEST_CASE("rings follow the right-hand rule whichever way they came", "[geojson_geometry]") {
    for (const Ring& outer : {box(0, 0, 4, 4), reversed(box(0, 0, 4, 4))}) {
        for (const Ring& hole : {box(1, 1, 2, 2), reversed(box(1, 1, 2, 2))}) {
            const Json json = Json::parse(text_of(Polygon{outer, {hole}}));
            CHECK(area(json["coordinates"][0]) == Approx(16));
            CHECK(area(json["coordinates"][1]) == Approx(-1));
        }
    }
}

TEST_CASE("a line over the antimeridian is cut at it", "[geojson_geometry]") {
    CHECK(text_of(LineString{{170, 10}, {-170, 20}}) == R"({"type":"MultiLineString","coordinates":[[[170,10],[180,15]],[[-180,15],[-170,20]]]})");
    CHECK(text_of(LineString{{-170, 20}, {170, 10}}) == R"({"type":"MultiLineString","coordinates":[[[-170,20],[-180,15]],[[180,15],[170,10]]]})");
    // A vertex on it is no part of its own, and there and back again makes three.
    CHECK(text_of(LineString{{170, 10}, {180, 15}, {-170, 20}}) == R"({"type":"MultiLineString","coordinates":[[[170,10],[180,15]],[[-180,15],[-170,20]]]})");
    CHECK(Json::parse(text_of(LineString{{170, 0}, {-170, 0}, {170, 10}}))["coordinates"].size() == 3);
    CHECK(Json::parse(text_of(MultiLineString{{{0, 0}, {1, 1}}, {{179, 0}, {-179, 0}}}))["coordinates"].size() == 3);
}

TEST_CASE("a polygon over the antimeridian is cut at it, its hole with it", "[geojson_geometry]") {
    const Ring outer = {{170, 0}, {-170, 0}, {-170, 10}, {170, 10}, {170, 0}};
    for (const double shift : {0.0, 1.0}) {
        // The hole lies on one side of the cut (shift 0), or on both (shift 1).
        const Ring hole = shift == 0 ? box(-178, 2, -172, 8) : Ring{{175, 2}, {-175, 2}, {-175, 8}, {175, 8}, {175, 2}};
        const Json json = Json::parse(text_of(Polygon{outer, {hole}}));
        CHECK(json["type"] == "MultiPolygon");
        REQUIRE(json["coordinates"].size() == 2);
        double whole = 0;
        for (const Json& polygon : json["coordinates"]) {
            for (std::size_t i = 0; i < polygon.size(); ++i) {
                CHECK((area(polygon[i]) > 0) == (i == 0));
                whole += area(polygon[i]);
                for (const Json& p : polygon[i]) CHECK(std::abs(p[0].get<double>()) <= 180);
            }
        }
        CHECK(whole == Approx(shift == 0 ? 200 - 36 : 200 - 60));
    }
}

TEST_CASE("boxes go the short way round", "[geojson_geometry]") {
    using Box = std::array<double, 4>;
    CHECK(!bounding_box({}));
    CHECK(*bounding_box(LonLat{1, 2}) == Box{1, 2, 1, 2});
    CHECK(*bounding_box(LineString{{170, 10}, {-170, 20}}) == Box{170, 10, -170, 20});
    CHECK(join_boxes({126, 37, 128, 39}, {116, 39, 117, 40}) == Box{116, 37, 128, 40});
    CHECK(join_boxes({179, 0, 179, 0}, {-179, 1, -179, 1}) == Box{179, 0, -179, 1});
    CHECK(join_boxes({170, 0, -170, 1}, {175, 2, 176, 3}) == Box{170, 0, -170, 3});
    std::string out;
    JsonWriter json(out);
    write_box(json, {179, -1.5, -179, 1});
    CHECK(out == "[179,-1.5,-179,1]");
}
