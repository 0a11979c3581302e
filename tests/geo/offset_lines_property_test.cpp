#include <cmath>
#include <map>
#include <random>

#include "geo/boost_adaptor.hpp"
#include "geo/geodesy.hpp"
#include "geo/offset_lines.hpp"
#include "tests/catch.hpp"

using namespace demarc;

namespace {

/// A line of about 120 km: so many edges, each turned against the one before by at most `bend_deg`.
LineString random_line(std::mt19937& random, LonLat start, int edges, double bend_deg) {
    std::uniform_real_distribution<double> turn(-bend_deg, bend_deg), part(0.4, 1.6), any(0, 360);
    LineString line{start};
    double heading = any(random);
    for (int i = 0; i < edges; ++i) {
        line.push_back(destination(line.back(), heading, 120'000.0 / edges * part(random)));
        heading += turn(random);
    }
    return line;
}

/// An arc that comes back to within some kilometres of its beginning.
LineString near_loop(std::mt19937& random, LonLat centre) {
    std::uniform_real_distribution<double> radius(12'000, 20'000), gap(10, 60), noise(0.9, 1.1);
    const double r = radius(random), open = gap(random);
    LineString line;
    for (double azimuth = 0; azimuth <= 360 - open; azimuth += 12) line.push_back(destination(centre, azimuth, r * noise(random)));
    return line;
}

struct Outcome {
    int drawn = 0;
    std::map<std::string, int> refused;
    double worst_m = 0;
};

void check(const LineString& line, Outcome& outcome) {
    const auto strip = offset_strip(line, 2000);
    if (!strip) {
        ++outcome.refused[strip.error().message];
        const auto zone = offset_zone(line, 2000);
        REQUIRE(zone.ok());
        CHECK(is_valid(*zone));
        for (const LonLat p : line) CHECK(contains(*zone, p));
        return;
    }
    ++outcome.drawn;
    for (const LineString* boundary : {&strip->left, &strip->right}) {
        REQUIRE(boundary->size() >= 2);
        for (std::size_t i = 0; i < boundary->size(); i += 3) {
            const LonLat p = (*boundary)[i];
            REQUIRE((std::abs(p.lon) <= 180 && std::abs(p.lat) <= 90));
            outcome.worst_m = std::max(outcome.worst_m, std::abs(nearest_on_line(p, line).distance_m - 2000));
        }
    }
    // Boost takes polygons that don't cross the antimeridian.
    Polygon moved = strip->strip;
    const auto move = [&](Ring& ring) {
        for (LonLat& p : ring) p.lon = longitude_difference(line.front().lon, p.lon);
    };
    move(moved.outer);
    for (Ring& hole : moved.holes) move(hole);
    CHECK(is_valid(moved));
}

void tell(const char* what, const Outcome& outcome) {
    std::string refused;
    for (const auto& [reason, count] : outcome.refused) refused += "; " + std::to_string(count) + " refused: " + reason;
    std::printf("%s: %d strips, worst %.2f m%s\n", what, outcome.drawn, outcome.worst_m, refused.c_str());
}

}  // namespace

TEST_CASE("strips of random lines keep their distance and are valid", "[property]") {
    std::mt19937 random(1951);
    std::uniform_real_distribution<double> lon(-179, 179), lat(-60, 60), high(70, 84), near_180(179, 181);
    constexpr int lines_of_each = 30;
    Outcome gentle, sharp, loops, antimeridian, polar;
    for (int i = 0; i < lines_of_each; ++i) check(random_line(random, {lon(random), lat(random)}, 24, 35), gentle);
    for (int i = 0; i < lines_of_each; ++i) check(random_line(random, {lon(random), lat(random)}, 30, 100), sharp);
    for (int i = 0; i < lines_of_each; ++i) check(near_loop(random, {lon(random), lat(random)}), loops);
    for (int i = 0; i < lines_of_each; ++i) check(random_line(random, {normalised_longitude(near_180(random)), lat(random)}, 24, 35), antimeridian);
    for (int i = 0; i < lines_of_each; ++i) check(random_line(random, {lon(random), high(random)}, 24, 35), polar);
    tell("gentle bends", gentle), tell("sharp bends", sharp), tell("near-closed loops", loops), tell("across the antimeridian", antimeridian), tell("high latitudes", polar);
    for (const Outcome* outcome : {&gentle, &sharp, &loops, &antimeridian, &polar}) CHECK(outcome->worst_m <= 1.0);
    CHECK(gentle.drawn >= lines_of_each * 9 / 10);
    CHECK(antimeridian.drawn >= lines_of_each * 9 / 10);
    CHECK(polar.drawn >= lines_of_each * 9 / 10);
}
