#include "geo/geodesy.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <tuple>

#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("geodesics agree with published values") {
    // Karney 2013, table 2 is a series; the flattened check here is the meridian arc from equator to pole, 10,001,965.729 m.
    CHECK(distance_m({0, 0}, {0, 90}) == Approx(10'001'965.729).margin(0.001));
    CHECK(azimuth_deg({0, 0}, {-1, 0}) == Approx(270));
    const LonLat there = destination({126.5547, 37.9708}, 45, 16'093.44);
    CHECK(distance_m({126.5547, 37.9708}, there) == Approx(16'093.44).margin(1e-6));
    CHECK(azimuth_deg({126.5547, 37.9708}, there) == Approx(45).margin(1e-6));
}

TEST_CASE("a geodesic ends where its length and azimuth say") {
    for (const double lat : {-90.0, -89.5, -60.0, -23.4, 0.0, 1e-9, 38.0, 51.5, 75.0, 89.99}) {
        for (double azimuth = -720; azimuth <= 720; azimuth += 22.5) {
            for (const double length : {0.5, 1'000.0, 12'000.0, 250'000.0, 2'000'000.0, 9'000'000.0}) {
                const LonLat from{126.5, lat}, to = destination(from, azimuth, length);
                CAPTURE(lat, azimuth, length);
                CHECK(distance_m(from, to) == Approx(length).margin(2e-4));
                const double turned = std::remainder(azimuth_deg(from, to) - azimuth, 360.0) * std::numbers::pi / 180;
                CHECK(std::abs(std::min(length, 6'371'000.0) * turned) < 2e-4);
            }
        }
    }
    CHECK(destination({179.5, 0}, 90, 111'319.491).lon == Approx(-179.5).margin(1e-6));
}

TEST_CASE("a parallel keeps its latitude, a geodesic between its ends does not") {
    const LineString parallel = parallel_line(38, 126, 129, 500);
    for (const LonLat p : parallel) CHECK(p.lat == 38);
    for (std::size_t i = 0; i + 1 < parallel.size(); ++i) CHECK(distance_m(parallel[i], parallel[i + 1]) <= 500);
    double furthest = 0;
    for (const LonLat p : densify_geodesic({{126, 38}, {129, 38}}, 500)) furthest = std::max(furthest, nearest_on_line(p, parallel).distance_m);
    CHECK(furthest == Approx(1062).margin(2));
}

TEST_CASE("densifying keeps the positions and the steps") {
    const LineString line{{126.5, 37.9}, {126.5, 37.9}, {127.6, 38.4}};
    for (const LineString& fine : {densify_straight(line, 500), densify_geodesic(line, 500)}) {
        CHECK(fine.front() == line.front());
        CHECK(fine.back() == line.back());
        for (std::size_t i = 0; i + 1 < fine.size(); ++i) CHECK(distance_m(fine[i], fine[i + 1]) <= 500);
    }
    for (const LonLat p : densify_straight(line, 500)) CHECK(nearest_on_line(p, line).distance_m < 0.01);
    CHECK(densify_straight({}, 500).empty());
}

TEST_CASE("the nearest point of a line is found along straight lon/lat edges") {
    // The 38th parallel as two points: the point 2 km north of its middle is 2 km from it, although the geodesic is not.
    const LineString parallel{{126, 38}, {129, 38}};
    const LonLat north = destination({127.5, 38}, 0, 2000);
    const auto nearest = nearest_on_line(north, parallel);
    CHECK(nearest.distance_m == Approx(2000).margin(0.01));
    CHECK(nearest.point.lon == Approx(127.5).margin(1e-4));
    // Far away the search still finds the nearest: exhaustive sampling is the judge.
    const LineString far{{10, 60}, {40, 45}, {60, 50}};
    const LonLat beijing{116.39, 39.91};
    double least = 1e300;
    for (const LonLat p : densify_straight(far, 1000)) least = std::min(least, distance_m(beijing, p));
    CHECK(nearest_on_line(beijing, far).distance_m == Approx(least).margin(1));
    CHECK(nearest_on_line({179.9, 0.1}, {{179, 0}, {-179, 0}}).distance_m == Approx(11'057).margin(5));
}

TEST_CASE("sides of a line") {
    const LineString line{{126, 38}, {127, 38}, {127, 39}};
    CHECK(signed_distance_m({126.5, 38.1}, line) > 0);
    CHECK(signed_distance_m({126.5, 37.9}, line) < 0);
    CHECK(signed_distance_m({127.1, 37.9}, line) < 0);  // beyond a corner
    CHECK(signed_distance_m({126.9, 38.5}, line) > 0);
}

TEST_CASE("circles, middles and boxes") {
    const Ring ring = geodesic_circle({127, 38}, 5000);
    CHECK(ring.front() == ring.back());
    double area = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        CHECK(distance_m({127, 38}, ring[i]) == Approx(5000).margin(0.05));
        area += ring[i].lon * ring[i + 1].lat - ring[i + 1].lon * ring[i].lat;
    }
    CHECK(area > 0);  // counter-clockwise
    CHECK(midpoint({{126, 0}, {128, 0}}).lon == Approx(127).margin(1e-6));
    const std::vector<LonLat> pair{{179, 10}, {-179, 10}};
    CHECK(std::abs(mean_position(pair).lon) == Approx(180));
    const BoundingBox box = bounding_box(pair);
    CHECK(box.west == 179);
    CHECK(box.east == -179);
    CHECK(box.contains({180, 10}));
    CHECK_FALSE(box.contains({0, 10}));
    CHECK(bounding_box(std::vector<LonLat>{{127, 38}}).widened(1000).contains(destination({127, 38}, 90, 900)));
    CHECK(std::signbit(rounded({-1e-9, 0}).lon) == false);
}

TEST_CASE("a circle ends where it begins, bit for bit") {
    for (const LonLat centre : {LonLat{127, 38}, LonLat{0, 51.5}, LonLat{0, 0}, LonLat{180, -17}, LonLat{0, 89.99}, LonLat{25, 89.99}, LonLat{-77, -89.99}, LonLat{0, -90}, LonLat{25, 90}}) {
        for (const double radius : {1.0, 5'000.0, 250'000.0}) {
            const Ring ring = geodesic_circle(centre, radius);
            CAPTURE(centre.lon, centre.lat, radius);
            CHECK(std::bit_cast<std::array<std::uint64_t, 2>>(ring.front()) == std::bit_cast<std::array<std::uint64_t, 2>>(ring.back()));
        }
    }
}

TEST_CASE("an arc has the positions of its geodesics to the last bit, on either side of its meridian") {
    for (const LonLat centre : {LonLat{127, 38}, LonLat{-77.03, 38.9}, LonLat{179.99, -0.3}, LonLat{-180, 61.2}, LonLat{13.377777, -52.5123457}, LonLat{0, 0}, LonLat{25, 89.2}}) {
        for (const double radius : {1.0, 5'000.0, 30'000.0, 250'000.0, 1'999'999.5}) {
            for (const auto& [first, sweep, pieces] : {std::tuple(360.0, 360.0, 72), std::tuple(225.0, 90.0, 18), std::tuple(45.0, 90.0, 18), std::tuple(135.0, 90.0, 18), std::tuple(67.5, 45.0, 9), std::tuple(350.0, 10.0, 2), std::tuple(360.0, 360.0, 7)}) {
                const LineString arc = geodesic_arc(centre, radius, first, sweep, pieces);
                REQUIRE(arc.size() == static_cast<std::size_t>(pieces) + 1);
                for (int k = 0; k <= pieces; ++k) CHECK(arc[static_cast<std::size_t>(k)] == rounded(destination(centre, first - sweep * k / pieces, radius)));
            }
        }
    }
}
