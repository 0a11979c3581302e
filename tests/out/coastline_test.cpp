#include "out/coastline.hpp"

#include <cmath>
#include <cstring>
#include <memory>
#include <numbers>
#include <string>
#include <vector>

#include "out/land_builder.hpp"
#include "tests/catch.hpp"

using namespace demarc;

namespace {

/// A coastline, and the bytes that it reads.
struct Land {
    explicit Land(const std::string& form) : size(form.size()), words(form.size() / 8 + 1) { std::memcpy(words.data(), form.data(), size); }
    [[nodiscard]] std::span<const std::byte> bytes() const { return std::as_bytes(std::span(words)).first(size); }
    [[nodiscard]] Coastline coast() const {
        auto read = Coastline::read(bytes());
        REQUIRE(read);
        return *read;
    }
    std::size_t size;
    std::vector<std::uint64_t> words;
};

// One island in the fine level, nothing in the coarse one; scale 0.5 degrees, each position as the steps from the last.
Land island(const std::vector<int>& steps) {
    GridPolygon polygon(1);
    GridPosition at{0, 0};
    for (std::size_t i = 0; i < steps.size(); i += 2) polygon[0].push_back(at = {at.x + steps[i], at.y + steps[i + 1]});
    return Land(build_land({0.5, 0.5, 0, 0, {polygon}}, {}));
}

// From 0 to 10 degrees.
Land square_island() { return island({0, 0, 10, 0, 10, 0, 0, 20, -20, 0, 0, -20}); }

}  // namespace

TEST_CASE("land is clipped to the box and simplified", "[coastline]") {
    const Land land = square_island();
    const Coastline coast = land.coast();
    const MultiPolygon whole = coast.cut({-180, -85, 180, 85}, Coastline::Level::fine, 0.001);
    REQUIRE(whole.size() == 1);
    CHECK(whole[0].outer == Ring{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}});  // the vertex in mid-edge is gone
    const MultiPolygon corner = coast.cut({5, 5, 20, 20}, Coastline::Level::fine, 0);
    REQUIRE(corner.size() == 1);
    for (const LonLat& p : corner[0].outer) CHECK((p.lon >= 5 && p.lon <= 10 && p.lat >= 5 && p.lat <= 10));
    CHECK(coast.cut({20, 20, 30, 30}, Coastline::Level::fine, 0).empty());
    CHECK(coast.cut({0, 0, 30, 30}, Coastline::Level::coarse, 0).empty());
}

TEST_CASE("bytes that are cut short are not land", "[coastline]") {
    const Land land = square_island();
    for (std::size_t n = 0; n < land.size; ++n) CHECK(!Coastline::read(land.bytes().first(n)));
    CHECK(!Coastline::read(std::as_bytes(std::span(land.words)).subspan(1)));
}

TEST_CASE("land over the antimeridian is met on both sides of it, and nowhere between", "[coastline]") {
    // 170 E to 170 W, 0 to 10 N; written with longitudes that jump.
    const Land data = island({340, 0, -680, 0, 0, 20, 680, 0, 0, -20});
    const Coastline coast = data.coast();
    CHECK(coast.cut({-180, -85, 180, 85}, Coastline::Level::fine, 0) ==
          MultiPolygon{{{{-180, 0}, {-170, 0}, {-170, 10}, {-180, 10}, {-180, 0}}, {}}, {{{170, 0}, {180, 0}, {180, 10}, {170, 10}, {170, 0}}, {}}});
    CHECK(coast.cut({-10, -85, 10, 85}, Coastline::Level::fine, 0).empty());
}

TEST_CASE("land around a pole reaches it", "[coastline]") {
    // A coast along 60 S, from 170 W eastward round to 170 E.
    const Land data = island({-340, -120, 170, 0, 170, 0, 170, 0, 170, 0, -680, 0});
    const Coastline coast = data.coast();
    const MultiPolygon land = coast.cut({0, -85, 10, 0}, Coastline::Level::fine, 0);
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

namespace {

// All land, clipped to the box by the book: side after side, each edge (Sutherland, Hodgman 1974).
Ring clipped(Ring ring, const Coastline::Box& box) {
    for (int side = 0; side < 4; ++side) {
        const auto depth = [&](const LonLat& p) { return side == 0 ? p.lon - box[0] : side == 1 ? p.lat - box[1] : side == 2 ? box[2] - p.lon : box[3] - p.lat; };
        Ring out;
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const double here = depth(ring[i]), next = depth(ring[i + 1]), t = here / (here - next);
            if (here >= 0) out.push_back(ring[i]);
            if ((here >= 0) != (next >= 0)) out.push_back({ring[i].lon + t * (ring[i + 1].lon - ring[i].lon), ring[i].lat + t * (ring[i + 1].lat - ring[i].lat)});
        }
        if (!out.empty()) out.push_back(out.front());
        ring = std::move(out);
    }
    return ring;
}

}  // namespace

TEST_CASE("passing over what is far from the box changes nothing", "[coastline]") {
    constexpr double scale = 0.001;
    GridPolygon polygon(1);
    constexpr int positions = 9000;  // five groups of runs
    for (int i = 0; i < positions; ++i) {
        const double angle = 2 * std::numbers::pi * i / positions, radius = 30 + 8 * std::sin(37 * angle) + 3 * std::cos(311 * angle);
        polygon[0].push_back({std::llround(radius * std::cos(angle) / scale), std::llround(radius * std::sin(angle) / scale)});
    }
    polygon[0].push_back(polygon[0].front());
    Ring ring;
    for (const GridPosition p : polygon[0]) ring.push_back({scale * static_cast<double>(p.x), scale * static_cast<double>(p.y)});
    const Land land(build_land({scale, scale, 0, 0, {polygon}}, {}));
    const Coastline coast = land.coast();
    int met = 0;
    for (double west = -45; west < 45; west += 3.5) {
        for (double south = -45; south < 45; south += 3.5) {
            const Coastline::Box box{west, south, west + 4, south + 3};
            const MultiPolygon part = coast.cut(box, Coastline::Level::fine, 0);
            const Ring whole = clipped(ring, box);
            CHECK(std::abs((part.empty() ? 0 : area(part[0].outer)) - area(whole)) < 1e-9);
            if (part.empty()) continue;
            // Both may run along the box's edge and back; what lies inside is the same, position for position.
            CHECK(inside(part[0].outer, box) == inside(whole, box));
            met += 1;
        }
    }
    CHECK(met > 300);
}

TEST_CASE("a lake is cut with the land around it, and wide boxes take the coarse level", "[coastline]") {
    const GridPolygon land{{{0, 0}, {20, 0}, {20, 20}, {0, 20}, {0, 0}}, {{4, 4}, {4, 8}, {8, 8}, {8, 4}, {4, 4}}};
    const GridPolygon rough{{{0, 0}, {10, 0}, {10, 20}, {0, 20}, {0, 0}}};
    const Land data(build_land({0.5, 0.5, 0, 0, {land, {{{30, 0}, {34, 0}, {34, 4}, {30, 0}}}}}, {0.5, 0.5, 0, 0, {rough}}));
    const Coastline coast = data.coast();
    const MultiPolygon part = coast.cut({1, 1, 3, 3});
    REQUIRE(part.size() == 1);
    REQUIRE(part[0].holes.size() == 1);
    CHECK(area(part[0].outer) + area(part[0].holes[0]) == 3);
    CHECK(coast.cut({5, 5, 7, 7}).at(0).holes.empty());
    CHECK(coast.cut({0, 0, 20, 3}) == MultiPolygon{{{{0, 0}, {5, 0}, {5, 3}, {0, 3}, {0, 0}}, {}}});
}
