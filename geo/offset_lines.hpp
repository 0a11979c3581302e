#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"
#include "base/result.hpp"

namespace demarc {

/// Two lines at one distance on both sides of a line, and the strip between them ("two kilometres on each side").
struct OffsetStrip {
    LineString left, right;         ///< in the direction of the line, open; left and right as one walks along it
    std::string left_side;          ///< compass side of `left`: north | south | east | west
    std::string right_side;         ///< the opposite
    Polygon strip;                  ///< flat ends, right-hand rings, valid; holes where the line runs around a pocket

    /// The boundary of a compass side, nullptr where the line has no such side ("east" of a line from west to east).
    [[nodiscard]] const LineString* boundary(std::string_view side) const;
};

/// Which compass side lies left of a line as a whole: from the azimuth of its first to its last point.
/// Within 45 degrees of east-west the sides are north and south, else east and west.
[[nodiscard]] std::string side_left_of(const LineString& line);
/// north <-> south, east <-> west.
[[nodiscard]] std::string opposite_side(std::string_view side);

/// Every point of both boundaries is `distance_m` from the line (its straight lon/lat edges), not only from its corners:
/// to 0.6 m in 2 km for lines up to 320 km wide, measured at vertices and between (docs/geometry.md). The line is first made dense,
/// so that no edge bends by more than 0.2 m (wide strips take steps of up to 5 km: 0.4 m at 38°, 0.9 m at 60°), buffered in a local transverse Mercator, and the ring of the buffer cut where it turns around the ends.
/// Lines wider than 500 km have each point set right by its geodesic. 7 decimals.
/// Legal: two positions or more, some length, at most 3,000 km, 1 <= distance_m <= 200,000.
/// Errors: bad_data (no length; a ring; an end that lies inside the strip of another part, so that it has no two sides).
[[nodiscard]] Result<OffsetStrip> offset_strip(const LineString& line, double distance_m);

/// All within `distance_m` of the line, with round ends: what is left of a strip where offset_strip finds no two sides (a line that comes back to itself).
/// Errors: bad_data (no length, or the result is not one polygon).
[[nodiscard]] Result<Polygon> offset_zone(const LineString& line, double distance_m);

/// The strip on one side only: between the line and its boundary on that compass side.
struct SideStrip {
    LineString boundary;
    Polygon strip;
};
/// `side`: north | south | east | west. Errors as offset_strip, and bad_data where the line has no such side.
[[nodiscard]] Result<SideStrip> offset_side_strip(const LineString& line, double distance_m, std::string_view side);

}  // namespace demarc
