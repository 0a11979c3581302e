#include "geo/offset_lines.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/boost_adaptor.hpp"
#include "geo/geodesy.hpp"
#include "tests/catch.hpp"

using namespace demarc;

namespace {

// Kaesong to Kumsong by way of the towns near the front of the autumn of 1951.
const LineString kaesong_kumsong{{126.5547, 37.9708}, {126.6770, 37.9560}, {126.7900, 38.0010}, {126.9230, 38.0900}, {127.0180, 38.1570},
                                 {127.0700, 38.2060}, {127.1570, 38.2450}, {127.2190, 38.2540}, {127.3130, 38.2900}, {127.3660, 38.3160},
                                 {127.4360, 38.3050}, {127.4740, 38.3200}, {127.5240, 38.3590}, {127.5700, 38.3830}, {127.6199, 38.4127}};
const LineString coast_to_coast{{126.15, 37.75}, {126.68, 37.95}, {127.2, 38.25}, {127.62, 38.41}, {128.02, 38.30}, {128.37, 38.61}};
// Salients, re-entrants and corners sharper than 30 degrees, some narrower than the strip.
const LineString jagged{{126.90, 38.00}, {127.00, 38.12}, {127.02, 37.99}, {127.06, 38.15}, {127.12, 38.10}, {127.12, 38.20},
                        {127.20, 38.205}, {127.14, 38.25}, {127.30, 38.24}, {127.31, 38.19}, {127.33, 38.24}, {127.45, 38.30}};
const LineString north_south{{107.02, 16.2}, {107.10, 16.6}, {107.05, 17.0}, {107.20, 17.4}, {107.10, 18.0}};

struct Offsets {
    double least = 1e300, largest = 0;
};

/// Distances of all vertices and edge mid-points of a boundary from the line.
Offsets measure(const LineString& boundary, const LineString& line) {
    Offsets offsets;
    const auto take = [&](LonLat p) {
        const double d = nearest_on_line(p, line).distance_m;
        offsets.least = std::min(offsets.least, d), offsets.largest = std::max(offsets.largest, d);
    };
    for (std::size_t i = 0; i < boundary.size(); ++i) {
        take(boundary[i]);
        if (i + 1 < boundary.size()) {
            take({(boundary[i].lon + boundary[i + 1].lon) / 2, (boundary[i].lat + boundary[i + 1].lat) / 2});
        }
    }
    return offsets;
}

void check_strip(const char* what, const LineString& line, double tolerance_m) {
    const auto strip = offset_strip(line, 2000);
    INFO(what);
    REQUIRE(strip.ok());
    for (const LineString* boundary : {&strip->left, &strip->right}) {
        const Offsets offsets = measure(*boundary, line);
        CAPTURE(offsets.least, offsets.largest, boundary->size());
        CHECK(offsets.least >= 2000 - tolerance_m);
        CHECK(offsets.largest <= 2000 + tolerance_m);
    }
    CHECK(is_valid(strip->strip));
    // The ends are flat: both boundaries begin abreast of the line's first point and end abreast of its last.
    CHECK(std::abs(distance_m(strip->left.front(), line.front()) - 2000) < tolerance_m);
    CHECK(std::abs(distance_m(strip->right.back(), line.back()) - 2000) < tolerance_m);
    // Both ways: from the line, each boundary is never nearer than the distance.
    for (const LonLat p : densify_straight(line, 1000)) {
        CHECK(nearest_on_line(p, strip->left).distance_m > 2000 - tolerance_m);
        CHECK(nearest_on_line(p, strip->right).distance_m > 2000 - tolerance_m);
        if (!(p == line.front() || p == line.back())) CHECK(contains(strip->strip, p));  // the ends lie on the border
    }
}

}  // namespace

TEST_CASE("boundaries of a strip are everywhere at the distance from the line") {
    check_strip("Kaesong-Kumsong", kaesong_kumsong, 5);
    check_strip("coast to coast", coast_to_coast, 5);
    check_strip("38th parallel, two points", {{126, 38}, {129, 38}}, 5);
    check_strip("38th parallel", parallel_line(38, 126, 129, 500), 5);
    check_strip("jagged", jagged, 5);
    check_strip("north-south", north_south, 5);
    check_strip("1,500 km wide", {{20, 50}, {30, 52}, {41, 50}}, 5);
}

TEST_CASE("a boundary has no more points than its bends need, and keeps the distance between them") {
    for (const double lat : {0.0, 38.0, -60.0, 75.0}) {
        const double west = 120, east = west + 2 / std::cos(lat * std::numbers::pi / 180);
        const LineString parallel{{west, lat}, {east, lat}};
        for (const double distance : {2'000.0, 30'000.0}) {
            CAPTURE(lat, distance);
            const auto strip = offset_strip(parallel, distance);
            REQUIRE(strip.ok());
            for (const LineString* boundary : {&strip->left, &strip->right}) {
                CHECK(boundary->size() < (std::abs(lat) < 50 ? 130 : 300));
                CHECK(boundary->size() > 40);
                for (std::size_t i = 0; i + 1 < boundary->size(); ++i) {
                    const LonLat middle{((*boundary)[i].lon + (*boundary)[i + 1].lon) / 2, ((*boundary)[i].lat + (*boundary)[i + 1].lat) / 2};
                    CHECK(std::abs(nearest_on_line(middle, parallel).distance_m - distance) < 0.5 + 1.6e-4 * distance);  // the projection's scale, 112 km from its meridian
                }
            }
        }
    }
}

TEST_CASE("the left boundary is left and carries its compass side") {
    const auto east = offset_strip(kaesong_kumsong, 2000);
    REQUIRE(east.ok());
    CHECK(east->left_side == "north");
    CHECK(east->boundary("south") == &east->right);
    CHECK(east->boundary("east") == nullptr);
    for (const LonLat p : east->left) CHECK(signed_distance_m(p, kaesong_kumsong) > 0);
    for (const LonLat p : east->right) CHECK(signed_distance_m(p, kaesong_kumsong) < 0);

    LineString back = kaesong_kumsong;
    std::reverse(back.begin(), back.end());
    const auto west = offset_strip(back, 2000);
    REQUIRE(west.ok());
    CHECK(west->left_side == "south");
    CHECK(nearest_on_line(midpoint(*west->boundary("north")), east->left).distance_m < 1);
    CHECK(side_left_of(north_south) == "west");
}

TEST_CASE("a strip on one side lies between the line and its boundary") {
    for (const char* side : {"north", "south"}) {
        const auto strip = offset_side_strip(jagged, 2000, side);
        REQUIRE(strip.ok());
        CHECK(is_valid(strip->strip));
        const LonLat inside = destination(midpoint({jagged[0], jagged[1]}), side == std::string("north") ? 315 : 135, 1000);
        CHECK(contains(strip->strip, inside));
        CHECK_FALSE(contains(strip->strip, destination(midpoint({jagged[0], jagged[1]}), side == std::string("north") ? 135 : 315, 1000)));
    }
    CHECK_FALSE(offset_side_strip(jagged, 2000, "east").ok());
}

TEST_CASE("what has no two sides is refused with the reason") {
    CHECK(offset_strip({{127, 38}}, 2000).error().code == ErrorCode::bad_data);
    CHECK_FALSE(offset_strip({{127, 38}, {127, 38}}, 2000).ok());
    CHECK_FALSE(offset_strip(kaesong_kumsong, 0).ok());
    CHECK_FALSE(offset_strip(kaesong_kumsong, std::nan("")).ok());
    // A ring: both ends in one place.
    CHECK_FALSE(offset_strip({{127, 38}, {127.2, 38}, {127.2, 38.2}, {127, 38.2}, {127, 38}}, 2000).ok());
}

TEST_CASE("a line around a pocket leaves a hole in its strip") {
    const LineString pocket{{126.80, 38.00}, {127.10, 38.00}, {127.00, 38.10}, {127.06, 38.18}, {127.20, 38.18}, {127.26, 38.10},
                            {127.13, 38.00}, {127.40, 38.00}};
    const auto strip = offset_strip(pocket, 2000);
    REQUIRE(strip.ok());
    CHECK(is_valid(strip->strip));
    REQUIRE(strip->strip.holes.size() == 1);
    CHECK_FALSE(contains(strip->strip, {127.13, 38.10}));
    for (const LonLat p : strip->strip.holes.front()) CHECK(std::abs(nearest_on_line(p, pocket).distance_m - 2000) < 5);
}
