#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace demarc {

/// A position in steps of a grid.
struct GridPosition {
    std::int64_t x, y;
};
/// Closed rings: the outer one, then its holes. Longitudes jump by a turn where a ring runs over the antimeridian.
using GridPolygon = std::vector<std::vector<GridPosition>>;
/// Degrees are offset + scale * steps.
struct LandGrid {
    double scale_x = 1, scale_y = 1, offset_x = 0, offset_y = 0;
    std::vector<GridPolygon> polygons;
};

/// The land at two levels of detail in the form of out/land_form.hpp. Steps must be within 32 bits. Made where the program is built.
[[nodiscard]] std::string build_land(const LandGrid& fine, const LandGrid& coarse);

}  // namespace demarc
