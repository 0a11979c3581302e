#include "geo/boost_adaptor.hpp"

#include "geo/geodesy.hpp"

// Boost 1.74 includes a header of its own that it calls deprecated, and says so at every build.
#define BOOST_ALLOW_DEPRECATED_HEADERS
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/linestring.hpp>
#include <boost/geometry/geometries/multi_point.hpp>
#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <algorithm>
#include <cmath>
#include <numbers>
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

/// Boost's buffer leaves a corner itself in its ring now and then (1.74, one line in some hundreds): the ring runs from the end of one side straight to the
/// corner and out again. On the outer side of the bend the arc is put back, on the inner side the ear is cut off. Both rings keep the buffer on their left, so that every arc goes anti-clockwise about its corner.
PlaneLine with_joins(const PlaneLine& ring, const PlaneLine& line, double half_width) {
    constexpr double same_m = 0.05, degree = std::numbers::pi / 180;
    const auto apart = [](PlanePoint a, PlanePoint b) { return std::hypot(a.x - b.x, a.y - b.y); };
    std::vector<PlanePoint> corners = line;
    const auto by_x = [](PlanePoint a, PlanePoint b) { return a.x < b.x; };
    std::sort(corners.begin(), corners.end(), by_x);
    const auto corner_at = [&](PlanePoint p) -> const PlanePoint* {
        for (auto c = std::lower_bound(corners.begin(), corners.end(), PlanePoint{p.x - same_m, 0}, by_x); c != corners.end() && c->x <= p.x + same_m; ++c) {
            if (apart(*c, p) < same_m) return &*c;
        }
        return nullptr;
    };
    PlaneLine out;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const PlanePoint* corner = corner_at(ring[i]);
        if (corner == nullptr || i == 0 || i + 1 == ring.size() || std::abs(apart(ring[i - 1], *corner) - half_width) > 1 || std::abs(apart(ring[i + 1], *corner) - half_width) > 1) {
            out.push_back(ring[i]);
            continue;
        }
        const double from = std::atan2(ring[i - 1].y - corner->y, ring[i - 1].x - corner->x);
        double sweep = std::atan2(ring[i + 1].y - corner->y, ring[i + 1].x - corner->x) - from;
        if (sweep < 0) sweep += 2 * std::numbers::pi;
        if (sweep > std::numbers::pi) {  // the inner side of the bend: both ends lie inside the buffer, and the ring met itself before them
            out.pop_back();
            ++i;
            continue;
        }
        for (int k = 1; k < sweep / degree; ++k) out.push_back({corner->x + half_width * std::cos(from + k * degree), corner->y + half_width * std::sin(from + k * degree)});
    }
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
    PlanePolygon out{with_joins(plane_ring(result.front().outer()), line, half_width_m), {}};
    for (const auto& hole : result.front().inners()) out.holes.push_back(with_joins(plane_ring(hole), line, half_width_m));
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
    // Not by Boost: a ring across the antimeridian would be seen as one around the earth.
    const auto wind = [](Ring& ring, bool anticlockwise) {
        if (ring.empty()) return;
        if (!(ring.front() == ring.back())) ring.push_back(ring.front());
        double area = 0, east = 0;
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const double step = longitude_difference(ring[i].lon, ring[i + 1].lon);
            area += east * ring[i + 1].lat - (east + step) * ring[i].lat;
            east += step;
        }
        if ((area > 0) != anticlockwise) std::reverse(ring.begin(), ring.end());
    };
    wind(polygon.outer, true);
    for (Ring& hole : polygon.holes) wind(hole, false);
}

}  // namespace demarc
