#pragma once
#include <cstddef>
#include <span>

#include "base/geometry.hpp"

namespace demarc {

/// Geodesy on the WGS 84 ellipsoid. Positions are degrees, lon first; distances metres; azimuths degrees clockwise from north.
/// Source: C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), through GeographicLib; accuracy 15 nm.
/// A line crosses the antimeridian where two neighbours are nearer that way round; longitudes come back in [-180, 180].

/// Geodesic distance, >= 0. NaN where a latitude is outside [-90, 90].
[[nodiscard]] double distance_m(LonLat from, LonLat to);
/// Azimuth at `from` towards `to`, [0, 360). 0 where both are one point.
[[nodiscard]] double azimuth_deg(LonLat from, LonLat to);
/// The point `distance_m` along the geodesic that leaves `from` at `azimuth_deg`; to 0.1 mm (Vincenty 1975), of 2,000 km or less to 0.02 mm.
[[nodiscard]] LonLat destination(LonLat from, double azimuth_deg, double distance_m);

/// Rounded to 7 decimals (1.1 cm), as written to GeoJSON; never -0.
[[nodiscard]] LonLat rounded(LonLat position);
/// Longitude brought into [-180, 180].
[[nodiscard]] double normalised_longitude(double lon);
/// East minus west the short way round, [-180, 180].
[[nodiscard]] double longitude_difference(double from, double to);

/// Points every `step_m` or less along each edge; the given positions stay, exactly. step_m > 0.
/// Along the geodesic: for a line that a text gives by its ends ("from A to B").
[[nodiscard]] LineString densify_geodesic(const LineString& line, double step_m);
/// Along the edge that is straight in lon/lat: for a line that already is GeoJSON (RFC 7946 section 3.1.1).
[[nodiscard]] LineString densify_straight(const LineString& line, double step_m);
/// The parallel `lat` from `west` east to `east`, a point every `step_m` or less. A geodesic from 126 E to 129 E leaves the
/// 38th parallel by 1,062 m, so a parallel is never two points.
[[nodiscard]] LineString parallel_line(double lat, double west, double east, double step_m);

/// Length of the straight lon/lat edges, to about 1e-7 of it.
[[nodiscard]] double length_m(const LineString& line);
/// The point half-way along the line, on it. The line has one position or more.
[[nodiscard]] LonLat midpoint(const LineString& line);
/// Mean of unit vectors: the centre of a cluster, right across the antimeridian. (0, 0) of none.
[[nodiscard]] LonLat mean_position(std::span<const LonLat> positions);

/// The nearest point of a line.
struct NearestPoint {
    double distance_m = 0;
    LonLat point;
    std::size_t edge = 0;  ///< between positions edge and edge + 1
};
/// Nearest point of the RFC 7946 line, to about 1 cm, by search along the edges: O(edges), geodesics only on the near ones.
/// The line has one position or more.
[[nodiscard]] NearestPoint nearest_on_line(LonLat position, const LineString& line);
/// Positive left of the line in its own direction, negative right; the magnitude is the distance.
[[nodiscard]] double signed_distance_m(LonLat position, const LineString& line);

/// The `pieces` + 1 positions at `radius_m` from first_deg to first_deg - sweep_deg, in equal steps and so counter-clockwise; rounded. pieces > 0.
[[nodiscard]] LineString geodesic_arc(LonLat centre, double radius_m, double first_deg, double sweep_deg, int pieces);
/// Ring of `vertices` points at `radius_m`, counter-clockwise, closed. It lies inside the true circle by at most
/// radius (1 - cos(pi / vertices)): 0.1 % at 72. Not for circles that hold a pole.
[[nodiscard]] Ring geodesic_circle(LonLat centre, double radius_m, int vertices = 72);

/// A box in degrees; east < west where it crosses the antimeridian.
struct BoundingBox {
    double west = 0, south = 0, east = 0, north = 0;
    [[nodiscard]] bool contains(LonLat position) const;
    /// Each side moved outwards by `margin_m`.
    [[nodiscard]] BoundingBox widened(double margin_m) const;
    /// Square degrees weighted by cos(lat): for comparing boxes.
    [[nodiscard]] double size() const;
};
/// Box of one position or more that span less than 180 degrees of longitude.
[[nodiscard]] BoundingBox bounding_box(std::span<const LonLat> positions);

}  // namespace demarc
