#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "base/entity.hpp"

namespace demarc {

// Boxes are [west, south, east, north], degrees WGS 84.

/// Where the map of a run opens: around its lines and areas, or else around the middle eight tenths of its places, so that a capital far
/// away doesn't shrink the front to a dot. west > east over the antimeridian; nullopt where nothing was placed.
[[nodiscard]] std::optional<std::array<double, 4>> map_focus(const std::vector<Entity>& entities);

/// The theatres of a run, of which the map shows the coast in detail: features whose cells of a grid of 5 degrees touch are one; the
/// `at_most` theatres with the most features, each with a margin around it, from west to east. Features wider than 30 degrees or over the
/// antimeridian belong to none. O(features).
[[nodiscard]] std::vector<std::array<double, 4>> map_frames(const std::vector<Entity>& entities, std::size_t at_most);

}  // namespace demarc
