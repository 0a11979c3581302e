#include "out/coastline.hpp"

#include <bit>
#include <cmath>
#include <numbers>

#include "tests/catch.hpp"

using namespace demarc;

namespace {

void number(std::vector<std::byte>& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::byte>(0x80 | (value & 0x7F)));
    out.push_back(static_cast<std::byte>(value));
}
void difference(std::vector<std::byte>& out, int value) { number(out, value < 0 ? static_cast<std::uint64_t>(-value) * 2 - 1 : static_cast<std::uint64_t>(value) * 2); }

// One island in the fine level, nothing in the coarse one; scale 0.5 degrees, each position as the steps from the last.
std::vector<std::byte> island(const std::vector<int>& steps) {
    std::vector<std::byte> out;
    for (const char c : std::string_view("DMLAND01")) out.push_back(static_cast<std::byte>(c));
    const auto level = [&out](std::uint64_t polygons) {
        for (const double value : {0.5, 0.5, 0.0, 0.0}) {
            for (int shift = 0; shift < 64; shift += 8) out.push_back(static_cast<std::byte>(std::bit_cast<std::uint64_t>(value) >> shift));
        }
        number(out, polygons);
    };
    level(1);
    number(out, 1);
    number(out, steps.size() / 2);
    for (const int step : steps) difference(out, step);
    level(0);
    return out;
}

// From 0 to 10 degrees.
std::vector<std::byte> square_island() { return island({0, 0, 10, 0, 10, 0, 0, 20, -20, 0, 0, -20}); }

}  // namespace

TEST_CASE("land is clipped to the box and simplified", "[coastline]") {
    const auto coast = Coastline::read(square_island());
    REQUIRE(coast);
    const MultiPolygon whole = coast->cut({-180, -85, 180, 85}, Coastline::Level::fine, 0.001);
    REQUIRE(whole.size() == 1);
    CHECK(whole[0].outer == Ring{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}});  // the vertex in mid-edge is gone
    const MultiPolygon corner = coast->cut({5, 5, 20, 20}, Coastline::Level::fine, 0);
    REQUIRE(corner.size() == 1);
    for (const LonLat& p : corner[0].outer) CHECK((p.lon >= 5 && p.lon <= 10 && p.lat >= 5 && p.lat <= 10));
    CHECK(coast->cut({20, 20, 30, 30}, Coastline::Level::fine, 0).empty());
    CHECK(coast->cut({0, 0, 30, 30}, Coastline::Level::coarse, 0).empty());
}

TEST_CASE("bytes that are cut short are not land", "[coastline]") {
    const auto bytes = square_island();
    for (std::size_t n = 0; n < bytes.size(); ++n) CHECK(!Coastline::read(std::span(bytes).first(n)));
}

TEST_CASE("land over the antimeridian is met on both sides of it, and nowhere between", "[coastline]") {
    // 170 E to 170 W, 0 to 10 N; written with longitudes that jump.
    const auto coast = Coastline::read(island({340, 0, -680, 0, 0, 20, 680, 0, 0, -20}));
    REQUIRE(coast);
    CHECK(coast->cut({-180, -85, 180, 85}, Coastline::Level::fine, 0) ==
          MultiPolygon{{{{-180, 0}, {-170, 0}, {-170, 10}, {-180, 10}, {-180, 0}}, {}}, {{{170, 0}, {180, 0}, {180, 10}, {170, 10}, {170, 0}}, {}}});
    CHECK(coast->cut({-10, -85, 10, 85}, Coastline::Level::fine, 0).empty());
}

TEST_CASE("land around a pole reaches it", "[coastline]") {
    // A coast along 60 S, from 170 W eastward round to 170 E.
    const auto coast = Coastline::read(island({-340, -120, 170, 0, 170, 0, 170, 0, 170, 0, -680, 0}));
    REQUIRE(coast);
    const MultiPolygon land = coast->cut({0, -85, 10, 0}, Coastline::Level::fine, 0);
    REQUIRE(land.size() == 1);
    bool south = false;
    for (const LonLat& p : land[0].outer) south = south || p.lat == -85;
    CHECK(south);
}

namespace {

double area(const Ring& ring) {
    double twice = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) twice += ring[i].lon * ring[i + 1].lat - ring[i + 1].lon * ring[i].lat;
    return twice / 2;
}

Ring inside(const Ring& ring, const Coastline::Box& box) {
    Ring out;
    for (const LonLat p : ring) {
        if (p.lon > box[0] && p.lon < box[2] && p.lat > box[1] && p.lat < box[3]) out.push_back(p);
    }
    return out;
}

}  // namespace

TEST_CASE("passing over what is far from the box changes nothing", "[coastline]") {
    Ring ring;
    constexpr int positions = 5000;
    for (int i = 0; i < positions; ++i) {
        const double angle = 2 * std::numbers::pi * i / positions, radius = 30 + 8 * std::sin(37 * angle) + 3 * std::cos(311 * angle);
        ring.push_back({radius * std::cos(angle), radius * std::sin(angle)});
    }
    ring.push_back(ring.front());
    const auto masses = Coastline::with_bounds({{ring, {}}});
    REQUIRE(masses.size() == 1);
    Coastline::LandMass all_near = masses[0];
    for (Coastline::Box& run : all_near.runs) run = all_near.bounds;
    int met = 0;
    for (double west = -45; west < 45; west += 3.5) {
        for (double south = -45; south < 45; south += 3.5) {
            const Coastline::Box box{west, south, west + 5, south + 4};
            const Ring part = Coastline::clip(masses[0], box).outer, whole = Coastline::clip(all_near, box).outer;
            CHECK(std::abs(area(part) - area(whole)) < 1e-9);
            // Both may run along the box's edge and back; what lies inside is the same, position for position.
            CHECK(inside(part, box) == inside(whole, box));
            met += part.size() >= 4;
        }
    }
    CHECK(met > 300);
}
