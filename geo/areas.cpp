#include "geo/areas.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

#include "base/number_text.hpp"
#include "geo/boost_adaptor.hpp"
#include "geo/geodesy.hpp"
#include "geo/offset_lines.hpp"
#include "geo/quick_distance.hpp"

namespace demarc {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double distance_doubt = 0.15;   // a distance in words is rounded to a mile in five or so
constexpr double bearing_doubt_deg = 22.5;
constexpr double furthest_m = 2'000'000;  // beyond it a distance in a text is no relation to a place

std::string kilometres(double metres) { return number_text(metres / 1000, std::chars_format::fixed, metres < 9'950 ? 1 : 0) + " km"; }

std::string angles(double bearing, double half) {
    return "bearing " + number_text(bearing, std::chars_format::general, 4) + " ± " + number_text(half, std::chars_format::general, 4) + " degrees";
}

const LonLat* point_of(const AreaAnchor& anchor) { return std::get_if<LonLat>(&anchor.location.geometry); }
const LineString* line_of(const AreaAnchor& anchor) { return std::get_if<LineString>(&anchor.location.geometry); }

bool is_placed(const AreaAnchor& anchor) {
    return point_of(anchor) != nullptr || line_of(anchor) != nullptr || std::holds_alternative<Polygon>(anchor.location.geometry) || anchor.strip;
}

/// The point that stands for an anchor where a relation needs one; nullopt where it isn't placed.
std::optional<LonLat> middle_of(const AreaAnchor& anchor) {
    if (const LonLat* point = point_of(anchor)) return *point;
    if (const LineString* line = line_of(anchor)) return midpoint(*line);
    if (const auto* polygon = std::get_if<Polygon>(&anchor.location.geometry)) return mean_position(polygon->outer);
    if (anchor.strip) return mean_position(anchor.strip->outer);
    return std::nullopt;
}

Polygon disc(LonLat centre, double radius_m) { return {geodesic_circle(centre, radius_m), {}}; }

/// Largest reach of a polygon from the mean of its vertices.
double reach_m(const Polygon& polygon) {
    constexpr double surely_nearer = 0.98;  // the sphere is within 0.6 % of the geodesic
    const LonLat middle = mean_position(polygon.outer);
    const Direction from = direction_of(middle);
    std::vector<double> roughly;
    for (const LonLat p : polygon.outer) roughly.push_back(quick_distance_m(from, direction_of(p)));
    const double furthest = *std::max_element(roughly.begin(), roughly.end());
    double reach = 0;
    for (std::size_t i = 0; i < roughly.size(); ++i) reach = roughly[i] < surely_nearer * furthest ? reach : std::max(reach, distance_m(middle, polygon.outer[i]));
    return reach;
}

struct Sector {
    Polygon polygon;
    double reach_m = 0;
};

/// Sector from the apex; arcs every 5 degrees at most. half_angle < 180.
Sector sector(LonLat apex, double bearing, double half_angle, double range_m) {
    // The south of a country is asked for again and again.
    constexpr std::size_t most_kept = 256;
    thread_local std::map<std::array<double, 5>, Sector> kept;
    const std::array key{apex.lon, apex.lat, bearing, half_angle, range_m};
    if (const auto known = kept.find(key); known != kept.end()) return known->second;
    if (kept.size() == most_kept) kept.clear();
    Ring ring{rounded(apex)};
    const LineString arc = geodesic_arc(apex, range_m, bearing + half_angle, 2 * half_angle, static_cast<int>(std::ceil(2 * half_angle / 5)));
    ring.insert(ring.end(), arc.begin(), arc.end());
    ring.push_back(ring.front());
    const Polygon polygon{std::move(ring), {}};
    return kept[key] = {polygon, reach_m(polygon)};
}

Polygon ellipse(LonLat centre, double along_deg, double along_m, double across_m) {
    Ring ring;
    constexpr int vertices = 72;
    for (int k = 0; k < vertices; ++k) {
        const double angle = -2 * std::numbers::pi * k / vertices;
        const double ahead = along_m * std::cos(angle), aside = across_m * std::sin(angle);
        ring.push_back(rounded(destination(centre, along_deg + std::atan2(aside, ahead) / degree, std::hypot(ahead, aside))));
    }
    ring.push_back(ring.front());
    return {ring, {}};
}

Geometry simplest(MultiPolygon polygons) {
    if (polygons.size() == 1) return std::move(polygons.front());
    return polygons;
}

constexpr double longest_corridor_m = 500'000;  // further apart, "between" says nothing that a map could show

Location relation_location(Geometry geometry, double uncertainty_m) { return {std::move(geometry), uncertainty_m, "relation", {}}; }

double doubt_of(const AreaAnchor& anchor) { return std::max(0.0, anchor.location.uncertainty_m); }

Location around(std::span<const AreaAnchor> anchors, const AreaValue& area, std::vector<std::string>& why) {
    std::vector<Polygon> discs;
    double largest = 0;
    for (const AreaAnchor& anchor : anchors) {
        const double radius = std::max(area.distance_m.value_or(area_radius_m(anchor.kind)), doubt_of(anchor));
        discs.push_back(disc(*middle_of(anchor), radius));
        largest = std::max(largest, radius);
        why.push_back("disc of " + kilometres(radius) + " around " + anchor.name + (anchor.kind.empty() ? "" : " (" + anchor.kind + ")"));
    }
    return relation_location(simplest(discs.size() == 1 ? MultiPolygon{discs.front()} : union_of(discs)), largest);
}

/// Sectors that lie near each other are one region: "the areas south of A and B".
Location towards(std::span<const AreaAnchor> anchors, double bearing, double range_m, std::vector<std::string>& why) {
    const double half = half_angle_deg(bearing);
    std::vector<Polygon> sectors;
    std::vector<LonLat> apexes;
    double first_reach = 0;
    for (const AreaAnchor& anchor : anchors) {
        apexes.push_back(*middle_of(anchor));
        const Sector next = sector(apexes.back(), bearing, half, range_m);
        if (sectors.empty()) first_reach = next.reach_m;
        sectors.push_back(next.polygon);
        why.push_back("sector from " + anchor.name + ", " + angles(bearing, half) + ", cut at " + kilometres(range_m));
    }
    bool near = sectors.size() > 1;
    for (std::size_t i = 0; i + 1 < apexes.size(); ++i) near = near && distance_m(apexes[i], apexes[i + 1]) <= 2 * range_m;
    if (!near) {
        return relation_location(simplest(sectors.size() == 1 ? MultiPolygon{sectors.front()} : union_of(sectors)), first_reach);
    }
    std::vector<LonLat> all;
    for (const Polygon& polygon : sectors) all.insert(all.end(), polygon.outer.begin(), polygon.outer.end());
    Polygon hull = convex_hull(all);
    why.push_back("the sectors are joined by their hull");
    const double reach = reach_m(hull);
    return relation_location(std::move(hull), reach);
}

std::string side_of(const LineString& line, double bearing) {
    const std::string left = side_left_of(line);
    if (left == "west" || left == "east") return bearing < 180 ? "east" : "west";
    return bearing < 90 || bearing > 270 ? "north" : "south";
}

std::optional<Location> beside_line(const AreaAnchor& anchor, double bearing, double range_m, std::vector<std::string>& why) {
    const LineString& line = *line_of(anchor);
    const std::string side = side_of(line, bearing);
    auto strip = offset_side_strip(line, range_m, side);
    if (!strip) {
        why.push_back("no strip " + side + " of " + anchor.name + ": " + strip.error().message);
        return std::nullopt;
    }
    why.push_back("strip " + side + " of " + anchor.name + ", cut at " + kilometres(range_m));
    return relation_location(std::move(strip->strip), range_m);
}

/// Band of two half widths along an axis: points to the left and right of each vertex. Good to a few metres for an axis that bends
/// little, which is all that a word like "between" can mean.
Polygon corridor(const LineString& axis, double half_width) {
    Ring left, right;
    for (std::size_t i = 0; i < axis.size(); ++i) {
        const LonLat& from = i + 1 < axis.size() ? axis[i] : axis[i - 1];
        const LonLat& to = i + 1 < axis.size() ? axis[i + 1] : axis[i];
        const double heading = azimuth_deg(from, to);
        left.push_back(destination(axis[i], heading - 90, half_width));
        right.push_back(destination(axis[i], heading + 90, half_width));
    }
    Ring ring = right;
    ring.insert(ring.end(), left.rbegin(), left.rend());
    ring.push_back(ring.front());
    for (LonLat& position : ring) position = rounded(position);
    return {ring, {}};
}

std::optional<Location> between(std::span<const AreaAnchor> anchors, std::vector<std::string>& why) {
    LineString axis;
    std::string names;
    for (const AreaAnchor& anchor : anchors) {
        axis.push_back(*middle_of(anchor));
        names += (names.empty() ? "" : " and ") + anchor.name;
    }
    if (axis.size() < 2) {
        why.push_back("no corridor between " + names + ": it needs two anchors");
        return std::nullopt;
    }
    double length = 0;
    for (std::size_t i = 0; i + 1 < axis.size(); ++i) length += distance_m(axis[i], axis[i + 1]);
    if (length > longest_corridor_m || length < 1) {
        why.push_back("no corridor between " + names + ": " + kilometres(length) + " apart");
        return std::nullopt;
    }
    const double half_width = std::clamp(length / 10, 2'000.0, 10'000.0);
    const Polygon strip = corridor(densify_geodesic(axis, std::max(2'000.0, length / 40)), half_width);
    why.push_back("corridor between " + names + ", " + kilometres(half_width) + " on each side of the geodesic");
    return relation_location(strip, half_width);
}

Location at_distance(const AreaAnchor& anchor, double distance, std::optional<double> bearing, std::vector<std::string>& why) {
    const LonLat from = *middle_of(anchor);
    const double along = distance_doubt * distance + doubt_of(anchor);
    if (!bearing) {
        Polygon ring = disc(from, distance + along);
        if (distance > along) {
            Ring hole = geodesic_circle(from, distance - along);
            std::reverse(hole.begin(), hole.end());
            ring.holes.push_back(std::move(hole));
        }
        why.push_back("ring of " + kilometres(distance) + " ± 15 % around " + anchor.name);
        return relation_location(std::move(ring), distance + along);
    }
    const double half = std::min(bearing_doubt_deg, half_angle_deg(*bearing));
    const double across = distance * std::tan(half * degree) + doubt_of(anchor);
    why.push_back(kilometres(distance) + " ± 15 % from " + anchor.name.substr(0, 60) + ", " + angles(*bearing, half));
    return relation_location(ellipse(destination(from, *bearing, distance), *bearing, along, across), std::max(along, across));
}

std::optional<Location> zone_of_line(const AreaAnchor& anchor, const AreaValue& area, std::vector<std::string>& why) {
    // A line that is drawn by its boundaries alone has no course of its own left to measure another width from.
    if (anchor.strip && (!area.distance_m || line_of(anchor) == nullptr)) {
        why.push_back("the strip drawn around " + anchor.name);
        return Location{*anchor.strip, anchor.location.uncertainty_m, "constructed", {}};
    }
    if (!area.distance_m) {
        why.push_back("the text gives no width of the zone along " + anchor.name);
        return std::nullopt;
    }
    const LineString* line = line_of(anchor);
    if (line == nullptr) {
        why.push_back(anchor.name + " has no course to measure the zone from");
        return std::nullopt;
    }
    auto strip = offset_strip(*line, *area.distance_m / 2);
    if (!strip) {
        why.push_back("no zone along " + anchor.name + ": " + strip.error().message);
        return std::nullopt;
    }
    why.push_back("zone " + kilometres(*area.distance_m) + " wide along " + anchor.name + ", half on each side");
    return Location{std::move(strip->strip), anchor.location.uncertainty_m, "constructed", {}};
}

/// "The area bounded by A, B and C": the hull of its corners.
std::optional<Location> bounded_by(std::span<const AreaAnchor> anchors, std::vector<std::string>& why) {
    std::vector<LonLat> corners;
    double doubt = 0;
    for (const AreaAnchor& anchor : anchors) {
        if (const LineString* line = line_of(anchor)) corners.insert(corners.end(), line->begin(), line->end());
        else corners.push_back(*middle_of(anchor));
        doubt = std::max(doubt, doubt_of(anchor));
    }
    Polygon hull = corners.size() >= 3 ? convex_hull(corners) : Polygon{};
    if (hull.outer.size() < 4 || !is_valid(hull)) {
        why.emplace_back("fewer than three corners have a place, or they lie on one line");
        return std::nullopt;
    }
    why.emplace_back("the hull of its corners");
    return relation_location(std::move(hull), doubt);
}

/// Between two rivers or lines: the hull of the parts of both that lie abreast of each other.
std::optional<Location> between_lines(std::span<const AreaAnchor> anchors, std::vector<std::string>& why) {
    const LineString a = densify_geodesic(*line_of(anchors[0]), 5'000), b = densify_geodesic(*line_of(anchors[1]), 5'000);
    std::vector<LonLat> all;
    const auto abreast = [&all](const LineString& from, const LineString& to) {
        for (const LonLat position : from) {
            const NearestPoint nearest = nearest_on_line(position, to);
            if (nearest.distance_m > 100'000 || nearest.point == to.front() || nearest.point == to.back()) continue;
            all.push_back(position);
            all.push_back(nearest.point);
        }
    };
    abreast(a, b);
    abreast(b, a);
    Polygon hull = all.size() >= 3 ? convex_hull(all) : Polygon{};
    if (hull.outer.size() < 4 || !is_valid(hull)) {
        why.push_back(anchors[0].name + " and " + anchors[1].name + " do not run abreast of each other within 100 km");
        return std::nullopt;
    }
    why.push_back("the hull of where " + anchors[0].name + " and " + anchors[1].name + " run abreast");
    const double doubt = std::max(doubt_of(anchors[0]), doubt_of(anchors[1]));
    return relation_location(std::move(hull), doubt);
}

/// "Ten kilometres north of the 38th parallel": the band from 85 to 115 % of the distance on that side.
std::optional<Location> distance_from_line(const AreaAnchor& anchor, double distance, std::optional<double> bearing, std::vector<std::string>& why) {
    const LineString& line = *line_of(anchor);
    const std::string side = side_of(line, bearing.value_or(0));
    const auto near = offset_side_strip(line, distance * (1 - distance_doubt), side), far = offset_side_strip(line, distance * (1 + distance_doubt), side);
    if (!near || !far) {
        why.push_back("no band " + side + " of " + anchor.name + ": " + (near ? far.error().message : near.error().message));
        return std::nullopt;
    }
    Polygon band;
    band.outer = near->boundary;
    band.outer.insert(band.outer.end(), far->boundary.rbegin(), far->boundary.rend());
    band.outer.push_back(band.outer.front());
    wind_right_handed(band);
    if (!is_valid(band)) {
        why.push_back("the line bends too much for a band " + kilometres(distance) + " " + side + " of it");
        return std::nullopt;
    }
    why.push_back("band " + kilometres(distance) + " ± 15 % " + side + " of " + anchor.name);
    return relation_location(std::move(band), distance_doubt * distance + doubt_of(anchor));
}

/// "Near the Imjin": the strip along it.
std::optional<Location> beside_both_sides(const AreaAnchor& anchor, const AreaValue& area, std::vector<std::string>& why) {
    constexpr double half_width = 5'000;
    if (line_of(anchor) == nullptr) return std::nullopt;
    const double width = area.distance_m.value_or(half_width);
    auto strip = offset_strip(*line_of(anchor), width);
    if (!strip) {
        why.push_back("no strip along " + anchor.name + ": " + strip.error().message);
        return std::nullopt;
    }
    why.push_back("strip of " + kilometres(width) + " on both sides of " + anchor.name);
    return relation_location(std::move(strip->strip), width);
}

std::vector<AreaAnchor> placed_of(std::span<const AreaAnchor> anchors, std::vector<std::string>& why) {
    std::vector<AreaAnchor> placed;
    for (const AreaAnchor& anchor : anchors) {
        if (is_placed(anchor)) placed.push_back(anchor);
        else why.push_back(anchor.name + " is not placed");
    }
    return placed;
}

}  // namespace

double area_radius_m(std::string_view kind) {
    struct Radius {
        std::string_view kind;
        double metres;
    };
    static constexpr Radius radii[] = {
        {"hill", 3'000},       {"ridge", 4'000},     {"mountain", 5'000},   {"pass", 3'000},       {"village", 3'000},  {"hamlet", 2'000},
        {"fort", 2'000},       {"installation", 3'000}, {"airfield", 3'000}, {"bridge", 1'000},    {"railway_station", 1'000}, {"station", 1'000},
        {"town", 6'000},       {"port", 6'000},      {"city", 12'000},      {"capital", 15'000},   {"lake", 6'000},     {"reservoir", 6'000},
        {"island", 8'000},     {"valley", 8'000},    {"district", 10'000},  {"county", 20'000},    {"peninsula", 30'000}, {"region", 60'000},
        {"province", 100'000}, {"state", 100'000},   {"sea", 200'000},      {"country", 250'000},  {"continent", 2'000'000},
    };
    for (const Radius& radius : radii) {
        if (radius.kind == kind) return radius.metres;
    }
    return 5'000;
}

double half_angle_deg(double bearing_deg) {
    const auto is_multiple = [&](double step) { return std::abs(std::remainder(bearing_deg, step)) < 1e-9; };
    return is_multiple(90) ? 45 : is_multiple(45) ? 22.5 : is_multiple(22.5) ? 11.25 : 5;
}

std::optional<double> bearing_of_relation(std::string_view relation) {
    std::string letters;
    for (const char c : relation) {
        if (c != '_' && c != '-') letters += c;
    }
    for (const std::string_view ending : {"of", "ern"}) {
        if (letters.ends_with(ending)) letters.resize(letters.size() - ending.size());
    }
    static constexpr std::array<std::string_view, 8> octants{"north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"};
    const auto found = std::find(octants.begin(), octants.end(), letters);
    if (found == octants.end()) return std::nullopt;
    return 45.0 * static_cast<double>(found - octants.begin());
}

std::optional<Location> area_location(const AreaValue& area, std::span<const AreaAnchor> all_anchors, const AreaOptions& options,
                                      std::vector<std::string>& why) {
    const std::vector<AreaAnchor> anchors = placed_of(all_anchors, why);
    if (anchors.empty()) {
        why.push_back("nothing that the area is relative to has a place");
        return std::nullopt;
    }
    if (area.distance_m && !(*area.distance_m > 0 && *area.distance_m <= furthest_m)) {
        why.push_back("the distance is not in (0, 2000] km");
        return std::nullopt;
    }
    const AreaAnchor& first = anchors.front();
    const auto relation_bearing = bearing_of_relation(area.relation);
    const auto bearing = area.bearing_deg ? area.bearing_deg : relation_bearing;
    if (area.relation == "bounded_by") return bounded_by(anchors, why);
    if (area.relation == "between" && anchors.size() == 2 && line_of(anchors[0]) != nullptr && line_of(anchors[1]) != nullptr) return between_lines(anchors, why);
    if (area.relation == "between") return between(anchors, why);
    if (area.relation == "distance_from" && area.distance_m && line_of(first) != nullptr) return distance_from_line(first, *area.distance_m, bearing, why);
    if (area.relation == "distance_from" && area.distance_m) return at_distance(first, *area.distance_m, area.bearing_deg, why);
    if (area.relation == "part_of" && bearing && line_of(first) == nullptr) return towards(anchors, *bearing, area_radius_m(first.kind), why);
    if (area.relation == "zone" && (first.strip || line_of(first) != nullptr)) return zone_of_line(first, area, why);
    if (relation_bearing) {
        const double range = area.distance_m.value_or(options.range_m);
        return line_of(first) != nullptr ? beside_line(first, *bearing, range, why) : towards(anchors, *bearing, range, why);
    }
    return std::any_of(anchors.begin(), anchors.end(), [](const AreaAnchor& anchor) { return line_of(anchor) != nullptr; }) ? beside_both_sides(first, area, why)
                                                                                                                             : around(anchors, area, why);
}

}  // namespace demarc
