#include "geo/boost_adaptor.hpp"

#include <cmath>
#include <numbers>

#include "tests/catch.hpp"

using namespace demarc;

namespace {

Polygon box(double west, double south, double east, double north) {
    return {{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}};
}

double area(const Ring& ring) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) sum += ring[i].lon * ring[i + 1].lat - ring[i + 1].lon * ring[i].lat;
    return sum / 2;
}

}  // namespace

TEST_CASE("the buffer of a line has its area: a rectangle and a circle") {
    const auto buffer = round_buffer({{0, 0}, {3000, 0}, {10'000, 0}}, 2000);
    REQUIRE(buffer.ok());
    double sum = 0;
    for (std::size_t i = 0; i + 1 < buffer->outer.size(); ++i) {
        sum += buffer->outer[i].x * buffer->outer[i + 1].y - buffer->outer[i + 1].x * buffer->outer[i].y;
    }
    CHECK(sum / 2 == Approx(4000.0 * 10'000 + std::numbers::pi * 2000 * 2000).epsilon(1e-4));
    CHECK_FALSE(round_buffer({{5, 5}, {5, 5}}, 2000).ok());
}

TEST_CASE("polygons meet, join and contain") {
    const auto common = intersection_of(box(0, 0, 2, 2), box(1, 1, 3, 3));
    REQUIRE(common.size() == 1);
    CHECK(area(common[0].outer) == Approx(1));
    CHECK(intersection_of(box(0, 0, 1, 1), box(2, 2, 3, 3)).empty());
    CHECK(union_of(std::vector<Polygon>{box(0, 0, 2, 2), box(1, 1, 3, 3)}).size() == 1);
    CHECK(union_of(std::vector<Polygon>{box(0, 0, 1, 1), box(2, 2, 3, 3)}).size() == 2);
    CHECK(contains(box(0, 0, 1, 1), {0.5, 0.5}));
    CHECK(contains(box(0, 0, 1, 1), {1, 0.5}));
    CHECK_FALSE(contains(box(0, 0, 1, 1), {1.5, 0.5}));
    CHECK(area(convex_hull(std::vector<LonLat>{{0, 0}, {1, 0.1}, {2, 0}, {1, 1}, {1, 0.5}}).outer) == Approx(1));
}

TEST_CASE("validity and winding") {
    CHECK(is_valid(box(0, 0, 1, 1)));
    CHECK_FALSE(is_valid({{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}, {}}));  // a bow-tie
    CHECK_FALSE(is_valid({{{0, 0}, {1, 1}}, {}}));
    Polygon clockwise{{{0, 0}, {0, 4}, {4, 4}, {4, 0}, {0, 0}}, {{{1, 1}, {2, 1}, {2, 2}, {1, 2}, {1, 1}}}};
    wind_right_handed(clockwise);
    CHECK(area(clockwise.outer) > 0);
    CHECK(area(clockwise.holes[0]) < 0);
}
