#include "geo/areas.hpp"

#include <algorithm>
#include <cmath>

#include "geo/boost_adaptor.hpp"
#include "geo/geodesy.hpp"
#include "tests/catch.hpp"

using namespace demarc;

namespace {

const LonLat kaesong{126.5547, 37.9708}, kumsong{127.6199, 38.4127}, panmunjom{126.677, 37.956};

AreaAnchor town(std::string name, LonLat position) { return {std::move(name), "town", {position, 1000, "gazetteer", {}}, {}}; }

Location located(const AreaValue& area, const std::vector<AreaAnchor>& anchors) {
    std::vector<std::string> why;
    auto location = area_location(area, anchors, {}, why);
    INFO(area.relation);
    REQUIRE(location.has_value());
    CHECK_FALSE(why.empty());
    const auto check = [](const Polygon& polygon) {
        CHECK(is_valid(polygon));
        Polygon wound = polygon;
        wind_right_handed(wound);
        CHECK(wound == polygon);
    };
    if (const auto* polygon = std::get_if<Polygon>(&location->geometry)) check(*polygon);
    else for (const Polygon& each : std::get<MultiPolygon>(location->geometry)) check(each);
    return *location;
}

const Polygon& polygon_of(const Location& location) { return std::get<Polygon>(location.geometry); }

}  // namespace

TEST_CASE("the area of a place is a disc by its kind") {
    const Location area = located({"area_of", {}, {}}, {town("Kaesong", kaesong)});
    CHECK(contains(polygon_of(area), destination(kaesong, 10, area_radius_m("town") * 0.99)));
    CHECK_FALSE(contains(polygon_of(area), destination(kaesong, 10, area_radius_m("town") * 1.01)));
    CHECK(area.source == "relation");
    CHECK(std::holds_alternative<MultiPolygon>(located({"near", {}, {}}, {town("A", kaesong), town("B", kumsong)}).geometry));
}

TEST_CASE("south of a place is a sector of 90 degrees, south-east one of 45") {
    const Polygon south = polygon_of(located({"south_of", {}, {}}, {town("Kaesong", kaesong)}));
    CHECK(contains(south, destination(kaesong, 180, 29'000)));
    CHECK(contains(south, destination(kaesong, 140, 20'000)));
    CHECK_FALSE(contains(south, destination(kaesong, 130, 20'000)));
    CHECK_FALSE(contains(south, destination(kaesong, 180, 31'000)));
    CHECK_FALSE(contains(south, destination(kaesong, 0, 1'000)));
    const Polygon south_east = polygon_of(located({"south_east_of", {}, {}}, {town("Kaesong", kaesong)}));
    CHECK(contains(south_east, destination(kaesong, 135, 20'000)));
    CHECK_FALSE(contains(south_east, destination(kaesong, 180, 20'000)));
}

TEST_CASE("sectors of near anchors are one region, of distant ones two") {
    CHECK(std::holds_alternative<Polygon>(located({"south_of", {}, {}}, {town("Kaesong", kaesong), town("Panmunjom", panmunjom)}).geometry));
    const Location apart = located({"south_of", {}, {}}, {town("Kaesong", kaesong), town("Kumsong", kumsong)});
    REQUIRE(std::holds_alternative<MultiPolygon>(apart.geometry));
    CHECK(std::get<MultiPolygon>(apart.geometry).size() == 2);
}

TEST_CASE("a distance and a bearing make an ellipse about the destination") {
    const double ten_miles = 16'093.44;
    const LonLat there = destination(kumsong, 45, ten_miles);
    const Location area = located({"distance_from", ten_miles, 45.0}, {town("Kumsong", kumsong)});
    const Polygon& ellipse = polygon_of(area);
    CHECK(distance_m(mean_position(ellipse.outer), there) < 300);
    CHECK(contains(ellipse, destination(kumsong, 45, ten_miles * 1.14)));
    CHECK_FALSE(contains(ellipse, destination(kumsong, 45, ten_miles * 1.3)));
    CHECK(contains(ellipse, destination(kumsong, 45 + 21, ten_miles / std::cos(21 * 3.14159265 / 180))));
    CHECK_FALSE(contains(ellipse, destination(kumsong, 45 + 30, ten_miles)));
    // Without a bearing: a ring that leaves the place itself out.
    const Polygon ring = polygon_of(located({"distance_from", ten_miles, {}}, {town("Kumsong", kumsong)}));
    CHECK(ring.holes.size() == 1);
    CHECK(contains(ring, there));
    CHECK_FALSE(contains(ring, kumsong));
}

TEST_CASE("between two places lies a corridor") {
    const Polygon corridor = polygon_of(located({"between", {}, {}}, {town("Kaesong", kaesong), town("Kumsong", kumsong)}));
    const LonLat middle = destination(kaesong, azimuth_deg(kaesong, kumsong), distance_m(kaesong, kumsong) / 2);
    CHECK(contains(corridor, middle));
    CHECK(contains(corridor, destination(middle, 330, 9'000)));
    CHECK_FALSE(contains(corridor, destination(middle, 330, 12'000)));
    std::vector<std::string> why;
    CHECK_FALSE(area_location({"between", {}, {}}, std::vector<AreaAnchor>{town("Kaesong", kaesong)}, {}, why).has_value());
}

TEST_CASE("sides and zones of a line") {
    const AreaAnchor parallel{"38th parallel", "parallel", {parallel_line(38, 126, 128, 500), 0, "reference_line", {}}, {}};
    const Polygon north = polygon_of(located({"north_of", {}, {}}, {parallel}));
    CHECK(contains(north, {127, 38.1}));
    CHECK_FALSE(contains(north, {127, 37.95}));
    const Polygon zone = polygon_of(located({"zone", 4000.0, {}}, {parallel}));
    CHECK(contains(zone, destination({127, 38}, 0, 1990)));
    CHECK_FALSE(contains(zone, destination({127, 38}, 0, 2010)));
    std::vector<std::string> why;
    CHECK_FALSE(area_location({"zone", {}, {}}, std::vector<AreaAnchor>{parallel}, {}, why).has_value());
    CHECK(why.back().find("no width") != std::string::npos);
}

TEST_CASE("an anchor without a place is left out, and said so") {
    const AreaAnchor nowhere{"[Kindzyo]", "", {}, {}};
    std::vector<std::string> why;
    CHECK(area_location({"south_of", {}, {}}, std::vector<AreaAnchor>{town("Kaesong", kaesong), nowhere}, {}, why).has_value());
    CHECK(why.front() == "[Kindzyo] is not placed");
    CHECK_FALSE(area_location({"south_of", {}, {}}, std::vector<AreaAnchor>{nowhere}, {}, why).has_value());
    CHECK_FALSE(area_location({"distance_from", -5.0, 45.0}, std::vector<AreaAnchor>{town("Kaesong", kaesong)}, {}, why).has_value());
}

TEST_CASE("directions in relations") {
    CHECK(bearing_of_relation("north_of") == 0.0);
    CHECK(bearing_of_relation("south_east_of") == 135.0);
    CHECK(bearing_of_relation("southwest_of") == 225.0);
    CHECK(bearing_of_relation("northwestern") == 315.0);
    CHECK_FALSE(bearing_of_relation("area_of").has_value());
    CHECK_FALSE(bearing_of_relation("between").has_value());
}

TEST_CASE("the reach of a sector is that of its furthest corner from its middle") {
    for (const char* relation : {"north_of", "north_east_of", "east_of", "south_of", "west_of"}) {
        for (const LonLat place : {kaesong, LonLat{-0.1, 51.5}, LonLat{170, -17.2}, LonLat{24, 78}}) {
            for (const double range : {500.0, 30'000.0, 400'000.0}) {
                const Location area = located({relation, range, {}}, {town("Somewhere", place)});
                const Ring& ring = polygon_of(area).outer;
                double furthest = 0;
                for (const LonLat p : ring) furthest = std::max(furthest, distance_m(mean_position(ring), p));
                CHECK(area.uncertainty_m == furthest);
            }
        }
    }
}
