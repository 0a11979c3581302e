#include "out/geojson_geometry.hpp"

#include <algorithm>
#include <cmath>

#include "out/json_writer.hpp"

namespace demarc {
namespace {

constexpr int decimals = 7;

// Longitudes made continuous: a step of more than half the earth goes over the antimeridian.
LineString unwrapped(const LineString& line) {
    LineString out = line;
    double shift = 0;
    for (std::size_t i = 1; i < out.size(); ++i) {
        const double step = line[i].lon - line[i - 1].lon;
        if (step > 180) shift -= 360;
        if (step < -180) shift += 360;
        out[i].lon = line[i].lon + shift;
    }
    return out;
}

bool crosses(const LineString& line) {
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (std::abs(line[i].lon - line[i - 1].lon) > 180) return true;
    }
    return false;
}

LonLat at_lon(const LonLat& a, const LonLat& b, double lon) { return {lon, a.lat + (b.lat - a.lat) * (lon - a.lon) / (b.lon - a.lon)}; }

// Parts of a line between its crossings of the antimeridian, each in [-180, 180].
MultiLineString cut_line(const LineString& line) {
    const LineString flat = unwrapped(line);
    MultiLineString parts(1);
    const auto sheet = [](double lon) { return std::floor((lon + 180) / 360); };
    const auto back = [](LonLat p, double s) { return LonLat{p.lon - 360 * s, p.lat}; };
    double current = sheet(flat[0].lon);
    parts.back().push_back(back(flat[0], current));
    for (std::size_t i = 1; i < flat.size(); ++i) {
        const double next = sheet(flat[i].lon);
        if (next != current && std::abs(flat[i].lon - flat[i - 1].lon) > 1e-12) {
            const double edge = 360 * std::max(next, current) - 180;
            const LonLat meeting = at_lon(flat[i - 1], flat[i], edge);
            parts.back().push_back(back(meeting, current));
            parts.push_back({back(meeting, next)});
            current = next;
        }
        parts.back().push_back(back(flat[i], current));
    }
    for (LineString& part : parts) part.erase(std::unique(part.begin(), part.end()), part.end());
    std::erase_if(parts, [](const LineString& part) { return part.size() < 2; });
    return parts;
}

// Sutherland-Hodgman against lon <= edge or lon >= edge.
Ring clip(const Ring& ring, double edge, bool keep_west) {
    Ring out;
    const auto inside = [&](const LonLat& p) { return keep_west ? p.lon <= edge : p.lon >= edge; };
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const LonLat& a = ring[i];
        const LonLat& b = ring[i + 1];
        if (inside(a)) out.push_back(a);
        if (inside(a) != inside(b)) out.push_back(at_lon(a, b, edge));
    }
    if (!out.empty()) out.push_back(out.front());
    return out;
}

// A hole in the same run of longitudes as the ring around it.
Ring beside(Ring hole, const Ring& outer) {
    const auto [west, east] = std::minmax_element(outer.begin(), outer.end(), [](const LonLat& a, const LonLat& b) { return a.lon < b.lon; });
    const double shift = hole.front().lon < west->lon ? 360 : hole.front().lon > east->lon ? -360 : 0;
    for (LonLat& p : hole) p.lon += shift;
    return hole;
}

MultiPolygon cut_polygon(const Polygon& polygon) {
    MultiPolygon parts;
    const Ring flat = unwrapped(polygon.outer);
    const double edge = std::any_of(flat.begin(), flat.end(), [](const LonLat& p) { return p.lon > 180; }) ? 180 : -180;
    for (const bool west : {true, false}) {
        Polygon part{clip(flat, edge, west), {}};
        if (part.outer.size() < 4) continue;
        for (const Ring& hole : polygon.holes) {
            Ring cut = clip(beside(unwrapped(hole), flat), edge, west);
            if (cut.size() >= 4) part.holes.push_back(std::move(cut));
        }
        const double shift = edge == 180 ? (west ? 0 : -360) : (west ? 360 : 0);
        for (LonLat& p : part.outer) p.lon += shift;
        for (Ring& hole : part.holes) {
            for (LonLat& p : hole) p.lon += shift;
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

double signed_area(const Ring& ring) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) sum += ring[i].lon * ring[i + 1].lat - ring[i + 1].lon * ring[i].lat;
    return sum;
}

void write_position(JsonWriter& json, const LonLat& p) {
    json.begin_array();
    json.decimal(p.lon, decimals);
    json.decimal(p.lat, decimals);
    json.end_array();
}

void write_line(JsonWriter& json, const LineString& line) {
    json.begin_array();
    for (const LonLat& p : line) write_position(json, p);
    json.end_array();
}

void write_ring(JsonWriter& json, const Ring& ring, bool counter_clockwise) {
    if ((signed_area(ring) >= 0) == counter_clockwise) write_line(json, ring);
    else write_line(json, Ring(ring.rbegin(), ring.rend()));
}

void write_polygon(JsonWriter& json, const Polygon& polygon) {
    json.begin_array();
    write_ring(json, polygon.outer, true);
    for (const Ring& hole : polygon.holes) write_ring(json, hole, false);
    json.end_array();
}

// The members "type" and "coordinates" of a geometry.
struct WriteMembers {
    JsonWriter& json;
    void type(std::string_view name) const {
        json.field("type", name);
        json.key("coordinates");
    }
    void operator()(std::monostate) const {}
    void operator()(const LonLat& point) const {
        type("Point");
        write_position(json, point);
    }
    void operator()(const LineString& line) const {
        if (crosses(line)) return (*this)(cut_line(line));
        type("LineString");
        write_line(json, line);
    }
    void operator()(const MultiLineString& lines) const {
        type("MultiLineString");
        json.begin_array();
        for (const LineString& line : lines) {
            if (!crosses(line)) write_line(json, line);
            else for (const LineString& part : cut_line(line)) write_line(json, part);
        }
        json.end_array();
    }
    void operator()(const Polygon& polygon) const {
        if (crosses(polygon.outer)) return (*this)(cut_polygon(polygon));
        type("Polygon");
        write_polygon(json, polygon);
    }
    void operator()(const MultiPolygon& polygons) const {
        type("MultiPolygon");
        json.begin_array();
        for (const Polygon& polygon : polygons) {
            if (!crosses(polygon.outer)) write_polygon(json, polygon);
            else for (const Polygon& part : cut_polygon(polygon)) write_polygon(json, part);
        }
        json.end_array();
    }
};

using Box = std::array<double, 4>;

Box line_box(const LineString& line) {
    const LineString flat = unwrapped(line);
    Box box{flat[0].lon, flat[0].lat, flat[0].lon, flat[0].lat};
    for (const LonLat& p : flat) box = {std::min(box[0], p.lon), std::min(box[1], p.lat), std::max(box[2], p.lon), std::max(box[3], p.lat)};
    const auto wrap = [](double lon) { return lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon; };
    return {wrap(box[0]), box[1], wrap(box[2]), box[3]};
}

struct BoxOf {
    std::optional<Box> operator()(std::monostate) const { return std::nullopt; }
    std::optional<Box> operator()(const LonLat& p) const { return Box{p.lon, p.lat, p.lon, p.lat}; }
    std::optional<Box> operator()(const LineString& line) const { return line.empty() ? std::nullopt : std::optional(line_box(line)); }
    std::optional<Box> operator()(const Polygon& polygon) const { return (*this)(polygon.outer); }
    template <class Many>
    std::optional<Box> operator()(const Many& many) const {
        std::optional<Box> box;
        for (const auto& one : many) {
            const auto next = (*this)(one);
            if (next) box = box ? join_boxes(*box, *next) : *next;
        }
        return box;
    }
};

}  // namespace

void write_geojson(JsonWriter& json, const Geometry& geometry, std::string_view certainty) {
    if (is_null(geometry)) {
        json.null();
        return;
    }
    json.begin_object();
    std::visit(WriteMembers{json}, geometry);
    json.optional_field("certainty", certainty);
    json.end_object();
}

std::string geojson_of(const std::optional<Location>& location) {
    std::string out;
    if (location && !is_null(location->geometry)) {
        JsonWriter json(out);
        write_geojson(json, location->geometry);
    }
    return out;
}

std::optional<std::array<double, 4>> bounding_box(const Geometry& geometry) { return std::visit(BoxOf{}, geometry); }

std::array<double, 4> join_boxes(const std::array<double, 4>& a, const std::array<double, 4>& b) {
    const auto width = [](const Box& box) { return box[0] <= box[2] ? box[2] - box[0] : box[2] + 360 - box[0]; };
    const auto holds = [&](const Box& box, double lon) { return box[0] <= box[2] ? lon >= box[0] && lon <= box[2] : lon >= box[0] || lon <= box[2]; };
    Box best{-180, 0, 180, 0};
    double best_width = 360;
    for (const double west : {a[0], b[0]}) {
        for (const double east : {a[2], b[2]}) {
            const Box box{west, 0, east, 0};
            if (!holds(box, a[0]) || !holds(box, a[2]) || !holds(box, b[0]) || !holds(box, b[2])) continue;
            if (width(box) + 1e-12 < std::max(width(a), width(b)) || width(box) >= best_width) continue;
            best = box;
            best_width = width(box);
        }
    }
    best[1] = std::min(a[1], b[1]);
    best[3] = std::max(a[3], b[3]);
    return best;
}

void write_box(JsonWriter& json, const std::array<double, 4>& box) {
    json.begin_array();
    for (const double value : box) json.decimal(value, decimals);
    json.end_array();
}

}  // namespace demarc
