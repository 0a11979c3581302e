#include "out/coastline.hpp"

#include <bit>

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
