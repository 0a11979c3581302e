#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "geo/quick_distance.hpp"

namespace demarc {

/// Weighs the readings of all toponyms of a document by where the document's other places lie: how near they are, and how many of them are in the same country.
/// Readings are numbered in the order in which they are added, those of one spelling one after the other. May be used for one document after the other (`clear`); keeps its memory (`kept_bytes`).
/// Cost of a round: readings times neighbours, a multiplication each; a distance for each neighbour that wasn't there in the rounds before.
class ToponymNeighbours {
public:
    /// A place that speaks for what lies near it.
    struct Neighbour {
        std::uint32_t key = 0;          ///< of what it stands for, below the `keys` of clear()
        std::uint32_t version = 0;      ///< differs where the position or the extent of a key does
        std::uint32_t first = 0, end = 0;  ///< readings of its own spelling, which it says nothing of
        std::uint32_t country = 0;      ///< as in add_reading
        Direction direction = {};
        double extent_m = 0, weight = 0;
    };
    struct Context {
        double nearness = 0;  ///< 3.5 for the mean and 1.5 for the nearest, exp(-d / 200 km); d from edge to edge
        double country = 0;   ///< 1.5 times the share of compatriots
    };

    /// Forgets the last document. `keys`: things that may be neighbours.
    void clear(std::size_t keys);
    /// `extent_m`: about half of a region's size, 0 of a point; `country`: a number, 0 unknown.
    void add_reading(const Direction& direction, double extent_m, std::uint32_t country);
    /// Weighs all readings anew. `neighbours`: in the order in which they are added up.
    void weigh(const std::vector<Neighbour>& neighbours);
    /// Bytes that are kept from document to document.
    [[nodiscard]] std::size_t kept_bytes() const { return affinities_.capacity() * sizeof(double) + directions_.capacity() * (sizeof(Direction) + 4 * sizeof(double) + sizeof(std::uint32_t)); }
    /// `weights`: sum of the weights of the neighbours of other spellings, and 0.5.
    [[nodiscard]] Context of(std::size_t reading, double weights) const {
        return {3.5 * sums_[reading] / weights + 1.5 * nearest_[reading], 1.5 * compatriots_[reading] / weights};
    }

private:
    struct Column {
        std::size_t begin = none;  // in affinities_
        std::uint32_t version = 0;
    };
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    const double* column_of(const Neighbour& neighbour);
    void measure(const Neighbour& neighbour, double* affinities) const;

    std::vector<Direction> directions_;
    std::vector<double> extents_, sums_, nearest_, compatriots_;
    std::vector<std::uint32_t> countries_;
    std::vector<Column> columns_;      // of keys
    std::vector<double> affinities_;   // columns of all readings
};

}  // namespace demarc
