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

// One square island from 0 to 10 degrees in the fine level, nothing in the coarse one; scale 0.5 degrees.
std::vector<std::byte> square_island() {
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
    number(out, 6);
    for (const int step : {0, 0, 10, 0, 10, 0, 0, 20, -20, 0, 0, -20}) difference(out, step);
    level(0);
    return out;
}

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
