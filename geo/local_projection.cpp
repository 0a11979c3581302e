#include "geo/local_projection.hpp"

#include <GeographicLib/Constants.hpp>
#include <GeographicLib/TransverseMercator.hpp>

#include "geo/geodesy.hpp"

namespace demarc {
namespace {

const GeographicLib::TransverseMercator& true_scale() {
    static const GeographicLib::TransverseMercator projection(GeographicLib::Constants::WGS84_a(), GeographicLib::Constants::WGS84_f(), 1);
    return projection;
}

}  // namespace

PlanePoint LocalProjection::forward(LonLat position) const {
    PlanePoint point;
    true_scale().Forward(centre_.lon, position.lat, position.lon, point.x, point.y);
    return point;
}

LonLat LocalProjection::inverse(PlanePoint point) const {
    LonLat position;
    true_scale().Reverse(centre_.lon, point.x, point.y, position.lat, position.lon);
    position.lon = normalised_longitude(position.lon);
    return position;
}

PlaneLine LocalProjection::forward(const LineString& line) const {
    PlaneLine out;
    out.reserve(line.size());
    for (const LonLat position : line) out.push_back(forward(position));
    return out;
}

LineString LocalProjection::inverse(const PlaneLine& line) const {
    LineString out;
    out.reserve(line.size());
    for (const PlanePoint point : line) out.push_back(inverse(point));
    return out;
}

}  // namespace demarc
