#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace demarc {

/// The form in which the land is built into the program, made to be read where it lies: "DMLAND02", then two levels, fine and coarse. A level is a LandLevelHeader and
/// its tables, one behind the other, little-endian, padded to 8 bytes: LandRing (rings, and one that ends them), LandGroup (groups, and one that ends them), LandRun (runs,
/// and one that ends them), the cells' beginnings in the list that follows (land_cells + 1), the list of the outer rings that touch each cell, LandPosition (positions).
/// Longitudes are continuous along a ring that runs over the antimeridian, and a ring around a pole is closed along it, or beyond it, where positions count as at it.
inline constexpr std::string_view land_magic = "DMLAND02";
inline constexpr std::size_t land_block_length = 64;  ///< positions of a block, but for the last of a ring
inline constexpr std::size_t land_group_length = 32;  ///< blocks of a group, but for the last of a ring

/// A hole lies in the last ring before it that is none.
struct LandRing {
    float west, south, east, north;  ///< degrees, rounded outward
    std::uint32_t first_group, is_hole;
};
struct LandGroup {
    float west, south, east, north;  ///< degrees, rounded outward
    std::uint32_t first_run;
};
/// A block of positions, or a part of one where it is wider than 65,535 steps of the grid or runs over the antimeridian.
struct LandRun {
    std::int32_t x, y;            ///< south-western corner, steps of the grid
    std::uint16_t width, height;  ///< steps
    std::int16_t turns;           ///< of 360 degrees, to be added to the longitudes
    std::uint16_t is_continued;   ///< the next run is of the same block
    std::uint32_t first;          ///< position
};
/// Steps from the corner of its run.
struct LandPosition {
    std::uint16_t east, north;
};
/// Degrees are offset + scale * steps.
struct LandLevelHeader {
    double scale_x, scale_y, offset_x, offset_y;
    std::uint32_t rings, groups, runs, cell_rings, positions, zero;
};
static_assert(sizeof(LandRing) == 24 && sizeof(LandGroup) == 20 && sizeof(LandRun) == 20 && sizeof(LandPosition) == 4 && sizeof(LandLevelHeader) == 56);

/// Cells of ten degrees, row by row from the south pole, from 180 degrees west on.
inline constexpr int land_cell_columns = 36, land_cell_rows = 18;
inline constexpr std::size_t land_cells = land_cell_columns * land_cell_rows;
/// Calls `use` with each cell that the box touches. Longitudes may be out of range; latitudes beyond a pole count as at it.
template <class Box, class Use>
void each_land_cell(const Box& box, Use use) {
    constexpr double side = 10;
    const auto row = [](double lat) { return static_cast<int>(std::clamp(std::floor((lat + 90) / side), 0.0, land_cell_rows - 1.0)); };
    const int first = static_cast<int>(std::floor((box.west + 180) / side));
    const int columns = std::min(land_cell_columns, static_cast<int>(std::floor((box.east + 180) / side)) - first + 1);
    for (int y = row(box.south); y <= row(box.north); ++y) {
        for (int i = 0; i < columns; ++i) {
            const int x = ((first + i) % land_cell_columns + land_cell_columns) % land_cell_columns;
            use(static_cast<std::size_t>(y * land_cell_columns + x));
        }
    }
}

}  // namespace demarc
