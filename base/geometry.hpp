#pragma once
#include <string>
#include <variant>
#include <vector>

namespace demarc {

/// A position on WGS 84: longitude FIRST, degrees east [-180, 180], then latitude, degrees north [-90, 90].
struct LonLat {
    double lon = 0;
    double lat = 0;
    friend bool operator==(const LonLat&, const LonLat&) = default;
};

using LineString = std::vector<LonLat>;  ///< two positions or more, straight in lon/lat between them (RFC 7946)
using Ring = std::vector<LonLat>;        ///< closed: first == last, four positions or more

/// Outer ring counter-clockwise, holes clockwise (the right-hand rule of RFC 7946 section 3.1.6).
struct Polygon {
    Ring outer;
    std::vector<Ring> holes;
    friend bool operator==(const Polygon&, const Polygon&) = default;
};
using MultiLineString = std::vector<LineString>;
using MultiPolygon = std::vector<Polygon>;

/// std::monostate: no geometry (JSON null), never (0, 0).
using Geometry = std::variant<std::monostate, LonLat, LineString, MultiLineString, Polygon, MultiPolygon>;

[[nodiscard]] inline bool is_null(const Geometry& geometry) { return std::holds_alternative<std::monostate>(geometry); }

/// A geometry with its doubt and its origin.
struct Location {
    Geometry geometry;
    double uncertainty_m = -1;  ///< radius of doubt in metres; negative: not known
    std::string source;         ///< gazetteer | coordinate | relation | constructed | reference_line
    std::string gazetteer_id;   ///< record or reference line it came from; empty: none
};

}  // namespace demarc
