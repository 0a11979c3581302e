#include "geo/quick_distance.hpp"

#include <random>

#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("a distance that is at most a limit is told as by measuring it") {
    std::mt19937 random(1953);
    const auto number = [&](double from, double to) { return std::uniform_real_distribution(from, to)(random); };
    int within = 0;
    for (int i = 0; i < 20'000; ++i) {
        const LonLat from{number(-180, 180), number(-90, 90)}, to{from.lon + number(-1, 1), from.lat + number(-1, 1)};
        const Direction a = direction_of(from), b = i % 100 == 0 ? a : direction_of(to);
        const double apart = quick_distance_m(a, b);
        for (const double limit : {25'000.0, 300'000.0, apart, apart * 0.999, apart * 1.001, apart * 1.5, apart * 1.6, apart * 1.7, 0.0}) {
            const bool expected = apart <= limit;
            CHECK(quick_distance_at_most(a, b, limit) == expected);
            within += expected;
        }
    }
    CHECK(within > 50'000);
}
