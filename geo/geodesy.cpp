#include "geo/geodesy.hpp"

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/GeodesicLine.hpp>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <tuple>
#include <utility>

namespace demarc {
namespace {

constexpr double metres_per_degree = 111'195.0;  // of a great circle of the mean radius, 6,371,009 m
constexpr double degree = std::numbers::pi / 180;

const GeographicLib::Geodesic& wgs84() { return GeographicLib::Geodesic::WGS84(); }

LonLat along_edge(LonLat from, LonLat to, double t) {
    return {normalised_longitude(from.lon + t * longitude_difference(from.lon, to.lon)), from.lat + t * (to.lat - from.lat)};
}

/// Longer than the edge by a few per cent at most: enough to choose a number of pieces.
double rough_length_m(LonLat from, LonLat to) {
    const double cosine = std::cos(std::min(std::abs(from.lat), std::abs(to.lat)) * degree);
    return metres_per_degree * 1.006 * std::hypot(longitude_difference(from.lon, to.lon) * cosine, to.lat - from.lat);
}

/// `edge(from, to)` gives what puts a position at a part of that edge.
template <class Edge>
LineString densify(const LineString& line, double step_m, Edge edge) {
    LineString out;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        out.push_back(line[i]);
        const int pieces = static_cast<int>(std::ceil(rough_length_m(line[i], line[i + 1]) / step_m));
        if (pieces < 2) continue;
        const auto position = edge(line[i], line[i + 1]);
        for (int k = 1; k < pieces; ++k) out.push_back(position(static_cast<double>(k) / pieces));
    }
    if (!line.empty()) out.push_back(line.back());
    return out;
}

/// Where the geodesics of WGS 84 from a position at longitude 0 end. On the auxiliary sphere, where a geodesic is a great circle, sigma counts from where they begin.
/// Source: T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid with application of nested equations", Survey Review 23 (1975): good to 0.1 mm.
class GeodesicsFrom {
public:
    explicit GeodesicsFrom(double lat) {
        const double tangent = (1 - flattening) * std::tan(lat * degree);
        cos_ = 1 / std::sqrt(1 + tangent * tangent), sin_ = tangent * cos_;
    }

    [[nodiscard]] LonLat end(double azimuth_deg, double distance_m) const {
        const double east = std::sin(azimuth_deg * degree), ahead = std::cos(azimuth_deg * degree), north = cos_ * ahead;
        const double sin_equator = cos_ * east, cos2_equator = sin_ * sin_ + north * north;  // of its azimuth at the equator
        const double cos_2first = cos2_equator == 0 ? 1 : (north * north - sin_ * sin_) / cos2_equator, sin_2first = cos2_equator == 0 ? 0 : 2 * sin_ * north / cos2_equator;
        const double u2 = cos2_equator * ((equator_m * equator_m) / (pole_m * pole_m) - 1);
        const double a = 1 + u2 / 16'384 * (4'096 + u2 * (-768 + u2 * (320 - 175 * u2))), b = u2 / 1'024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
        double sigma = distance_m / (pole_m * a), sine = std::sin(sigma), cosine = std::cos(sigma), middle = 0;
        for (double added = 0, more = 1; std::abs(more) > 1e-12; sigma += more, added += more) {
            middle = cos_2first * cosine - sin_2first * sine;  // the cosine of twice sigma half-way, from the equator on
            more = b * sine * (middle + b / 4 * (cosine * (-1 + 2 * middle * middle) - b / 6 * middle * (-3 + 4 * sine * sine) * (-3 + 4 * middle * middle))) - added;
            // By a step of at most 0.002: its own sine and cosine need few terms.
            const double step_sine = more * (1 - more * more / 6), step_cosine = 1 - more * more / 2 * (1 - more * more / 12), before = sine;
            sine = sine * step_cosine + cosine * step_sine, cosine = cosine * step_cosine - before * step_sine;
        }
        const double across = sin_ * sine - north * cosine;
        const double c = flattening / 16 * cos2_equator * (4 + flattening * (4 - 3 * cos2_equator));
        const double on_sphere = std::atan2(sine * east, cos_ * cosine - sin_ * ahead * sine);
        const double lon = on_sphere - (1 - c) * flattening * sin_equator * (sigma + c * sine * (middle + c * cosine * (-1 + 2 * middle * middle)));
        return {lon / degree, std::atan2(sin_ * cosine + north * sine, (1 - flattening) * std::sqrt(sin_equator * sin_equator + across * across)) / degree};
    }

private:
    static constexpr double equator_m = 6'378'137, flattening = 1 / 298.257223563, pole_m = equator_m * (1 - flattening);
    double sin_ = 0, cos_ = 0;  // of the reduced latitude
};

/// Golden-section search of the nearest point between t0 and t1 of an edge short enough for one minimum.
std::pair<double, double> nearest_parameter(LonLat position, LonLat from, LonLat to, double t0, double t1, double tolerance) {
    const double ratio = (std::sqrt(5.0) - 1) / 2;
    const auto at = [&](double t) { return distance_m(position, along_edge(from, to, t)); };
    double a = t0, b = t1;
    double c = b - ratio * (b - a), d = a + ratio * (b - a);
    double at_c = at(c), at_d = at(d);
    while (b - a > tolerance) {
        if (at_c < at_d) {
            b = d, d = c, at_d = at_c;
            c = b - ratio * (b - a), at_c = at(c);
        } else {
            a = c, c = d, at_c = at_d;
            d = a + ratio * (b - a), at_d = at(d);
        }
    }
    std::pair<double, double> best{at((a + b) / 2), (a + b) / 2};
    for (const double end : {t0, t1}) best = std::min(best, {at(end), end});
    return best;
}

struct Piece {
    std::size_t edge;
    double t0, t1, rough_m;
};

/// Distance to a short piece in the plane that is true to scale at the position.
double rough_distance_m(LonLat position, LonLat from, LonLat to) {
    const double scale = std::cos(position.lat * degree);
    const double ax = longitude_difference(position.lon, from.lon) * scale, ay = from.lat - position.lat;
    const double bx = ax + longitude_difference(from.lon, to.lon) * scale, by = to.lat - position.lat;
    const double dx = bx - ax, dy = by - ay, squared = dx * dx + dy * dy;
    const double t = squared == 0 ? 0 : std::clamp(-(ax * dx + ay * dy) / squared, 0.0, 1.0);
    return metres_per_degree * std::hypot(ax + t * dx, ay + t * dy);
}

}  // namespace

double distance_m(LonLat from, LonLat to) {
    double distance = 0;
    wgs84().Inverse(from.lat, from.lon, to.lat, to.lon, distance);
    return distance;
}

double azimuth_deg(LonLat from, LonLat to) {
    if (from == to) return 0;
    double at_from = 0, at_to = 0;
    wgs84().Inverse(from.lat, from.lon, to.lat, to.lon, at_from, at_to);
    return at_from < 0 ? at_from + 360 : at_from;
}

LonLat destination(LonLat from, double azimuth_deg, double distance_m) {
    const LonLat end = GeodesicsFrom(from.lat).end(azimuth_deg, distance_m);
    return {normalised_longitude(from.lon + end.lon), end.lat};
}

LonLat rounded(LonLat position) {
    const auto round7 = [](double value) { return std::round(value * 1e7) / 1e7 + 0.0; };
    return {round7(position.lon), round7(position.lat)};
}

double normalised_longitude(double lon) { return lon >= -180 && lon <= 180 ? lon : std::remainder(lon, 360.0); }

double longitude_difference(double from, double to) {
    const double difference = to - from;
    return std::abs(difference) <= 180 ? difference : std::remainder(difference, 360.0);
}

LineString densify_geodesic(const LineString& line, double step_m) {
    return densify(line, step_m, [](LonLat from, LonLat to) {
        return [geodesic = wgs84().InverseLine(from.lat, from.lon, to.lat, to.lon)](double t) {
            LonLat position;
            geodesic.Position(t * geodesic.Distance(), position.lat, position.lon);
            return position;
        };
    });
}

LineString densify_straight(const LineString& line, double step_m) {
    return densify(line, step_m, [](LonLat from, LonLat to) { return [from, to](double t) { return along_edge(from, to, t); }; });
}

LineString parallel_line(double lat, double west, double east, double step_m) {
    const double span = east >= west ? east - west : east + 360 - west;
    const double length = metres_per_degree * 1.006 * span * std::cos(lat * degree);
    const int pieces = std::max(1, static_cast<int>(std::ceil(length / step_m)));
    LineString line;
    for (int k = 0; k <= pieces; ++k) line.push_back({normalised_longitude(west + span * k / pieces), lat});
    return line;
}

double length_m(const LineString& line) {
    double length = 0;
    const LineString fine = densify_straight(line, 5'000);
    for (std::size_t i = 0; i + 1 < fine.size(); ++i) length += distance_m(fine[i], fine[i + 1]);
    return length;
}

LonLat midpoint(const LineString& line) {
    const LineString fine = densify_straight(line, 5'000);
    double rest = length_m(fine) / 2;
    for (std::size_t i = 0; i + 1 < fine.size(); ++i) {
        const double edge = distance_m(fine[i], fine[i + 1]);
        if (edge >= rest && edge > 0) return along_edge(fine[i], fine[i + 1], rest / edge);
        rest -= edge;
    }
    return line.back();
}

LonLat mean_position(std::span<const LonLat> positions) {
    double x = 0, y = 0, z = 0;
    for (const LonLat p : positions) {
        x += std::cos(p.lat * degree) * std::cos(p.lon * degree);
        y += std::cos(p.lat * degree) * std::sin(p.lon * degree);
        z += std::sin(p.lat * degree);
    }
    if (x == 0 && y == 0 && z == 0) return {};
    return {std::atan2(y, x) / degree, std::atan2(z, std::hypot(x, y)) / degree};
}

NearestPoint nearest_on_line(LonLat position, const LineString& line) {
    if (line.size() == 1) return {distance_m(position, line.front()), line.front(), 0};
    constexpr double piece_m = 20'000;  // short enough that the distance along it has one minimum
    std::vector<Piece> pieces;
    double best_rough = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const int count = std::max(1, static_cast<int>(std::ceil(rough_length_m(line[i], line[i + 1]) / piece_m)));
        for (int k = 0; k < count; ++k) {
            const double t0 = static_cast<double>(k) / count, t1 = static_cast<double>(k + 1) / count;
            const double rough = rough_distance_m(position, along_edge(line[i], line[i + 1], t0), along_edge(line[i], line[i + 1], t1));
            pieces.push_back({i, t0, t1, rough});
            best_rough = std::min(best_rough, rough);
        }
    }
    // The plane's scale errs by distance / earth radius * tan(lat): far away, or near a pole, every piece is looked at.
    const bool plane_serves = best_rough < 300'000 && std::abs(position.lat) < 75;
    const double limit = plane_serves ? best_rough * (1.02 + best_rough / 1e6) + 1 : std::numeric_limits<double>::infinity();
    NearestPoint best{std::numeric_limits<double>::infinity(), {}, 0};
    for (const Piece& piece : pieces) {
        if (piece.rough_m > limit) continue;
        const LonLat from = line[piece.edge], to = line[piece.edge + 1];
        const double edge_m = std::max(1e-3, rough_length_m(from, to));
        const auto [distance, t] = nearest_parameter(position, from, to, piece.t0, piece.t1, 0.01 / edge_m);
        if (distance < best.distance_m) best = {distance, along_edge(from, to, t), piece.edge};
    }
    return best;
}

double signed_distance_m(LonLat position, const LineString& line) {
    const NearestPoint nearest = nearest_on_line(position, line);
    if (line.size() < 2) return nearest.distance_m;
    const LonLat from = line[nearest.edge], to = line[nearest.edge + 1];
    const double scale = std::cos(nearest.point.lat * degree);
    auto cross_of = [&](LonLat a, LonLat b) {
        const double dx = longitude_difference(a.lon, b.lon) * scale, dy = b.lat - a.lat;
        const double px = longitude_difference(nearest.point.lon, position.lon) * scale, py = position.lat - nearest.point.lat;
        return (dx * py - dy * px) / std::max(1e-12, std::hypot(dx, dy));
    };
    double cross = cross_of(from, to);
    // Nearest to a corner: the side is that of the edge which the position stands more squarely beside.
    const auto is_at = [&](LonLat corner) { return distance_m(nearest.point, corner) < 0.1; };
    double other = 0;
    if (is_at(to) && nearest.edge + 2 < line.size()) other = cross_of(to, line[nearest.edge + 2]);
    else if (is_at(from) && nearest.edge > 0) other = cross_of(line[nearest.edge - 1], from);
    if (std::abs(other) > std::abs(cross)) cross = other;
    return cross >= 0 ? nearest.distance_m : -nearest.distance_m;
}

LineString geodesic_arc(LonLat centre, double radius_m, double first_deg, double sweep_deg, int pieces) {
    const GeodesicsFrom geodesics(centre.lat);
    const bool symmetric = std::remainder(2 * first_deg - sweep_deg, 360.0) == 0;  // about the centre's meridian
    LineString arc(static_cast<std::size_t>(pieces) + 1);
    for (int k = 0; k <= pieces; ++k) {
        const LonLat opposite = arc[static_cast<std::size_t>(pieces - k)];
        arc[static_cast<std::size_t>(k)] = symmetric && pieces - k < k ? LonLat{-opposite.lon, opposite.lat} : geodesics.end(first_deg - sweep_deg * k / pieces, radius_m);
    }
    for (LonLat& end : arc) end = rounded({normalised_longitude(centre.lon + end.lon), end.lat});
    return arc;
}

Ring geodesic_circle(LonLat centre, double radius_m, int vertices) {
    // The area around a town is asked for again and again.
    constexpr std::size_t most_kept = 256;
    thread_local std::map<std::tuple<double, double, double, int>, Ring> kept;
    const std::tuple key(centre.lon, centre.lat, radius_m, vertices);
    if (const auto known = kept.find(key); known != kept.end()) return known->second;
    if (kept.size() == most_kept) kept.clear();
    Ring ring = geodesic_arc(centre, radius_m, 360, 360, vertices);
    ring.back() = ring.front();  // beyond a pole one is at 180 degrees and the other at -180
    return kept[key] = std::move(ring);
}

bool BoundingBox::contains(LonLat p) const {
    if (p.lat < south || p.lat > north) return false;
    return west <= east ? p.lon >= west && p.lon <= east : p.lon >= west || p.lon <= east;
}

BoundingBox BoundingBox::widened(double margin_m) const {
    const double lat = margin_m / metres_per_degree;
    const double lon = lat / std::max(0.05, std::cos(std::max(std::abs(south), std::abs(north)) * degree));
    const double span = east >= west ? east - west : east + 360 - west;
    BoundingBox box{-180, std::max(-90.0, south - lat), 180, std::min(90.0, north + lat)};
    if (span + 2 * lon < 360) box.west = normalised_longitude(west - lon), box.east = normalised_longitude(east + lon);
    return box;
}

double BoundingBox::size() const {
    const double span = east >= west ? east - west : east + 360 - west;
    return span * (north - south) * std::cos((south + north) / 2 * degree);
}

BoundingBox bounding_box(std::span<const LonLat> positions) {
    const LonLat first = positions.front();
    double west = 0, east = 0, south = first.lat, north = first.lat;
    for (const LonLat p : positions) {
        const double offset = longitude_difference(first.lon, p.lon);
        west = std::min(west, offset), east = std::max(east, offset);
        south = std::min(south, p.lat), north = std::max(north, p.lat);
    }
    return {normalised_longitude(first.lon + west), south, normalised_longitude(first.lon + east), north};
}

}  // namespace demarc
