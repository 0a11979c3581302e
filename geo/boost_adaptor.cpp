#include "geo/boost_adaptor.hpp"

// Boost 1.74 includes a header of its own that it calls deprecated, and says so at every build.
#define BOOST_ALLOW_DEPRECATED_HEADERS
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/linestring.hpp>
#include <boost/geometry/geometries/multi_point.hpp>
#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <string>

namespace demarc {
namespace {

namespace bg = boost::geometry;
using BoostPoint = bg::model::d2::point_xy<double>;
using BoostPolygon = bg::model::polygon<BoostPoint, false, true>;  // counter-clockwise, closed
using BoostPolygons = bg::model::multi_polygon<BoostPolygon>;

/// Boost simplifies the input of a buffer by a thousandth of the distance, 2 m in 2 km: too coarse for us.
class FineDistance : public bg::strategy::buffer::distance_symmetric<double> {
public:
    explicit FineDistance(double distance) : bg::strategy::buffer::distance_symmetric<double>(distance) {}
    template <class Join, class End>
    double simplify_distance(const Join&, const End&, double) const { return 0.01; }
    double simplify_distance() const { return 0.01; }
    double factor() const { return 1; }
};

BoostPolygon to_boost(const Polygon& polygon) {
    BoostPolygon out;
    for (const LonLat p : polygon.outer) out.outer().emplace_back(p.lon, p.lat);
    for (const Ring& hole : polygon.holes) {
        out.inners().emplace_back();
        for (const LonLat p : hole) out.inners().back().emplace_back(p.lon, p.lat);
    }
    return out;
}

template <class BoostRing>
Ring from_boost_ring(const BoostRing& ring) {
    Ring out;
    for (const BoostPoint& p : ring) out.push_back({p.x(), p.y()});
    return out;
}

Polygon from_boost(const BoostPolygon& polygon) {
    Polygon out{from_boost_ring(polygon.outer()), {}};
    for (const auto& hole : polygon.inners()) out.holes.push_back(from_boost_ring(hole));
    return out;
}

MultiPolygon from_boost(const BoostPolygons& polygons) {
    MultiPolygon out;
    for (const BoostPolygon& polygon : polygons) out.push_back(from_boost(polygon));
    return out;
}

template <class BoostRing>
PlaneLine plane_ring(const BoostRing& ring) {
    PlaneLine out;
    for (const BoostPoint& p : ring) out.push_back({p.x(), p.y()});
    return out;
}

}  // namespace

Result<PlanePolygon> round_buffer(const PlaneLine& line, double half_width_m) {
    bg::model::linestring<BoostPoint> input;
    for (const PlanePoint p : line) input.emplace_back(p.x, p.y);
    if (bg::length(input) <= 0) return Error{ErrorCode::bad_data, "a line without length has no sides", {}};
    BoostPolygons result;
    bg::buffer(input, result, FineDistance(half_width_m), bg::strategy::buffer::side_straight(), bg::strategy::buffer::join_round(360),
               bg::strategy::buffer::end_round(360), bg::strategy::buffer::point_circle(360));
    if (result.size() != 1) {
        return Error{ErrorCode::bad_data, "the buffer of a line has " + std::to_string(result.size()) + " polygons; it must be one", {}};
    }
    PlanePolygon out{plane_ring(result.front().outer()), {}};
    for (const auto& hole : result.front().inners()) out.holes.push_back(plane_ring(hole));
    return out;
}

bool is_valid(const Polygon& polygon) { return polygon.outer.size() >= 4 && bg::is_valid(to_boost(polygon)); }

MultiPolygon intersection_of(const Polygon& a, const Polygon& b) {
    BoostPolygons result;
    bg::intersection(to_boost(a), to_boost(b), result);
    return from_boost(result);
}

MultiPolygon union_of(std::span<const Polygon> polygons) {
    BoostPolygons whole;
    for (const Polygon& polygon : polygons) {
        BoostPolygons next;
        bg::union_(whole, to_boost(polygon), next);
        whole = std::move(next);
    }
    return from_boost(whole);
}

Polygon convex_hull(std::span<const LonLat> positions) {
    bg::model::multi_point<BoostPoint> points;
    for (const LonLat p : positions) points.emplace_back(p.lon, p.lat);
    BoostPolygon hull;
    bg::convex_hull(points, hull);
    return from_boost(hull);
}

bool contains(const Polygon& polygon, LonLat position) { return bg::covered_by(BoostPoint(position.lon, position.lat), to_boost(polygon)); }

void wind_right_handed(Polygon& polygon) {
    BoostPolygon wound = to_boost(polygon);
    bg::correct(wound);
    polygon = from_boost(wound);
}

}  // namespace demarc
