#pragma once
#include <span>
#include <vector>

#include "base/geometry.hpp"
#include "base/result.hpp"
#include "geo/local_projection.hpp"

namespace demarc {

/// All of Boost.Geometry that the program uses, behind plain functions: its headers cost a minute of compile time, and stand
/// in boost_adaptor.cpp alone. Right on Boost 1.74 and later: nothing geographic (a buffer of a geographic line compiles
/// there and reads metres as degrees) and no one-sided buffer (silently wrong in 1.74).
///
/// Polygons in lon/lat are taken with straight edges in lon/lat, as RFC 7946 means them; they don't cross the antimeridian.

/// Rings of a buffer in the plane: outer anti-clockwise, closed; holes clockwise, closed.
struct PlanePolygon {
    PlaneLine outer;
    std::vector<PlaneLine> holes;
};
/// All points within `half_width_m` of the line, arcs as 360-gons (0.08 m inside the circle at 2 km).
/// Errors: bad_data where the line has no length or the result is not one polygon.
[[nodiscard]] Result<PlanePolygon> round_buffer(const PlaneLine& line, double half_width_m);

/// Valid in the sense of OGC 06-103r4, rings closed and wound by the right-hand rule.
[[nodiscard]] bool is_valid(const Polygon& polygon);
/// What both hold: none, one or several polygons, right-hand rings.
[[nodiscard]] MultiPolygon intersection_of(const Polygon& a, const Polygon& b);
/// All that any holds.
[[nodiscard]] MultiPolygon union_of(std::span<const Polygon> polygons);
/// The smallest convex polygon that holds the positions; three or more, not on one line.
[[nodiscard]] Polygon convex_hull(std::span<const LonLat> positions);
/// Inside or on the border.
[[nodiscard]] bool contains(const Polygon& polygon, LonLat position);
/// Outer ring counter-clockwise, holes clockwise, closed.
void wind_right_handed(Polygon& polygon);

}  // namespace demarc
