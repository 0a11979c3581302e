#include "geo/toponym_neighbours.hpp"

#include <algorithm>
#include <cmath>

namespace demarc {
namespace {

constexpr double reach_m = 200'000;
constexpr double beyond_m = 40 * reach_m;     // what lies there would add 4e-18, less than a probability has digits for
constexpr std::size_t most_remembered = 256;  // keys of a document whose affinities are kept

}  // namespace

void ToponymNeighbours::clear(std::size_t keys) {
    directions_.clear();
    extents_.clear();
    countries_.clear();
    affinities_.clear();
    columns_.assign(keys, {});
}

void ToponymNeighbours::add_reading(const Direction& direction, double extent_m, std::uint32_t country) {
    directions_.push_back(direction);
    extents_.push_back(extent_m);
    countries_.push_back(country);
}

void ToponymNeighbours::measure(const Neighbour& neighbour, double* affinities) const {
    constexpr double radius_m = 6'371'009.0;
    for (std::size_t i = 0; i < directions_.size(); ++i) {
        if (i == neighbour.first && neighbour.end > neighbour.first) {
            i = neighbour.end - 1;
            continue;
        }
        const Direction& d = directions_[i];
        const double dx = d.x - neighbour.direction.x, dy = d.y - neighbour.direction.y, dz = d.z - neighbour.direction.z;
        const double far = (beyond_m + extents_[i] + neighbour.extent_m) / radius_m;
        if (dx * dx + dy * dy + dz * dz > far * far) affinities[i] = 0;  // a chord is shorter than its arc
        else affinities[i] = std::exp(-std::max(0.0, quick_distance_m(d, neighbour.direction) - extents_[i] - neighbour.extent_m) / reach_m);
    }
}

// Few neighbours change from round to round.
const double* ToponymNeighbours::column_of(const Neighbour& neighbour) {
    const std::size_t readings = directions_.size();
    if (columns_.size() > most_remembered) {
        affinities_.resize(readings);
        measure(neighbour, affinities_.data());
        return affinities_.data();
    }
    Column& column = columns_[neighbour.key];
    if (column.begin != none && column.version == neighbour.version) return affinities_.data() + column.begin;
    if (column.begin == none) {
        column.begin = affinities_.size();
        affinities_.resize(column.begin + readings);
    }
    column.version = neighbour.version;
    measure(neighbour, affinities_.data() + column.begin);
    return affinities_.data() + column.begin;
}

void ToponymNeighbours::weigh(const std::vector<Neighbour>& neighbours) {
    const std::size_t readings = directions_.size();
    sums_.assign(readings, 0);
    nearest_.assign(readings, 0);
    compatriots_.assign(readings, 0);
    for (const Neighbour& neighbour : neighbours) {
        const double* const affinities = column_of(neighbour);
        const double weight = neighbour.weight;
        const auto add = [&](std::size_t from, std::size_t to) {
            for (std::size_t i = from; i < to; ++i) {
                const double weighted = weight * affinities[i];
                sums_[i] += weighted;
                nearest_[i] = std::max(nearest_[i], weighted);
            }
            if (neighbour.country == 0) return;
            for (std::size_t i = from; i < to; ++i) {
                if (countries_[i] == neighbour.country) compatriots_[i] += weight;
            }
        };
        add(0, neighbour.first);
        add(neighbour.end, readings);
    }
}

}  // namespace demarc
