#include "geo/toponym_neighbours.hpp"

#include <cmath>
#include <random>

#include "tests/catch.hpp"

using namespace demarc;

namespace {

struct Reading {
    Direction direction;
    double extent_m;
    std::uint32_t country;
};

/// The sums as toponym_resolution.hpp has them.
ToponymNeighbours::Context slowly(const Reading& reading, std::size_t number, const std::vector<ToponymNeighbours::Neighbour>& neighbours, double weights) {
    double sum = 0, nearest = 0, compatriots = 0;
    for (const auto& neighbour : neighbours) {
        if (number >= neighbour.first && number < neighbour.end) continue;
        const double apart = std::max(0.0, quick_distance_m(reading.direction, neighbour.direction) - reading.extent_m - neighbour.extent_m);
        const double affinity = neighbour.weight * std::exp(-apart / 200'000);
        sum += affinity;
        nearest = std::max(nearest, affinity);
        if (reading.country != 0 && reading.country == neighbour.country) compatriots += neighbour.weight;
    }
    return {3.5 * sum / weights + 1.5 * nearest, 1.5 * compatriots / weights};
}

}  // namespace

TEST_CASE("readings are weighed as one by one, whatever was weighed before") {
    std::mt19937 random(1951);
    const auto number = [&](double from, double to) { return std::uniform_real_distribution(from, to)(random); };
    ToponymNeighbours around;
    for (const std::uint32_t spellings : {1u, 3u, 40u, 300u, 2u}) {
        // One reading in three is far from all others.
        std::vector<Reading> readings;
        const std::uint32_t of_each = 3;
        for (std::uint32_t i = 0; i < spellings * of_each; ++i) {
            const LonLat position = i % of_each == 0 ? LonLat{number(-180, 180), number(-90, 90)} : LonLat{number(120, 130), number(35, 42)};
            readings.push_back({direction_of(position), i % 5 == 0 ? number(0, 300'000) : 0, i % 4});
        }
        around.clear(spellings + 1);
        for (const Reading& reading : readings) around.add_reading(reading.direction, reading.extent_m, reading.country);
        for (int round = 0; round < 4; ++round) {
            std::vector<ToponymNeighbours::Neighbour> neighbours;
            for (std::uint32_t key = 0; key < spellings; ++key) {
                if (key % 7 == 6 && round % 2 == 0) continue;  // comes and goes
                const std::uint32_t best = key * of_each + (key % 3 == 0 ? static_cast<std::uint32_t>(round) % of_each : 0);
                neighbours.push_back({key, best, key * of_each, (key + 1) * of_each, readings[best].country, readings[best].direction, readings[best].extent_m, number(0, 1)});
            }
            neighbours.push_back({spellings, 0, 0, 0, 0, direction_of({127, 38}), 0, 1});  // a coordinate
            around.weigh(neighbours);
            for (std::size_t i = 0; i < readings.size(); ++i) {
                const auto found = around.of(i, 2.5), expected = slowly(readings[i], i, neighbours, 2.5);
                INFO(spellings << " spellings, round " << round << ", reading " << i);
                REQUIRE(std::abs(found.nearness - expected.nearness) < 1e-15);
                REQUIRE(found.country == expected.country);
            }
        }
    }
}

TEST_CASE("what is kept is said") {
    ToponymNeighbours around;
    CHECK(around.kept_bytes() == 0);
    constexpr std::uint32_t spellings = 100;
    around.clear(spellings);
    std::vector<ToponymNeighbours::Neighbour> neighbours;
    for (std::uint32_t i = 0; i < spellings; ++i) {
        const Direction direction = direction_of({i * 1.0, 0});
        around.add_reading(direction, 0, 0);
        neighbours.push_back({i, i, i, i + 1, 0, direction, 0, 1});
    }
    around.weigh(neighbours);
    around.clear(1);
    CHECK(around.kept_bytes() >= spellings * spellings * sizeof(double));
}
