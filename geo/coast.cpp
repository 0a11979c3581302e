#include "geo/coast.hpp"

#include <algorithm>
#include <cmath>

#include "geo/boost_adaptor.hpp"

namespace demarc {
namespace {

constexpr double margin_deg = 0.5;
constexpr double off_the_coast_m = 25'000;
constexpr double clear_deg = 0.05;
constexpr double edge_deg = 1e-6;

/// Whether an edge of a clipped ring is the box's and no shore.
bool is_cut(const BoundingBox& box, LonLat a, LonLat b) {
    const auto both = [&](double x, double y, double side) { return std::abs(x - side) < edge_deg && std::abs(y - side) < edge_deg; };
    return both(a.lon, b.lon, box.west) || both(a.lon, b.lon, box.east) || both(a.lat, b.lat, box.south) || both(a.lat, b.lat, box.north);
}

/// From one point of the ring forward to another; empty where the way runs along the box.
LineString forward(const Ring& ring, const NearestPoint& first, const NearestPoint& last, const BoundingBox& box) {
    const std::size_t edges = ring.size() - 1;
    LineString way{first.point};
    std::size_t edge = first.edge;
    for (std::size_t steps = 0; steps <= edges; ++steps) {
        if (is_cut(box, ring[edge], ring[edge + 1])) return {};
        if (edge == last.edge && (steps > 0 || distance_m(ring[edge], last.point) >= distance_m(ring[edge], first.point))) {
            way.push_back(last.point);
            return way;
        }
        way.push_back(ring[edge + 1]);
        edge = (edge + 1) % edges;
    }
    return {};
}

double length_of(const LineString& line) {
    double length = 0;
    for (std::size_t i = 1; i < line.size(); ++i) length += distance_m(line[i - 1], line[i]);
    return length;
}

}  // namespace

std::optional<LineString> coast_between(const LandLookup& land, LonLat from, LonLat to) {
    const BoundingBox box{std::min(from.lon, to.lon) - margin_deg, std::min(from.lat, to.lat) - margin_deg, std::max(from.lon, to.lon) + margin_deg, std::max(from.lat, to.lat) + margin_deg};
    if (box.east - box.west > 20 || box.north - box.south > 20 || box.west < -180 || box.east > 180) return std::nullopt;
    LineString best;
    double nearest = 2 * off_the_coast_m;
    for (const Polygon& polygon : land(box)) {
        const Ring& ring = polygon.outer;
        if (ring.size() < 4) continue;
        const NearestPoint first = nearest_on_line(from, ring), last = nearest_on_line(to, ring);
        if (first.distance_m > off_the_coast_m || last.distance_m > off_the_coast_m || first.distance_m + last.distance_m >= nearest) continue;
        LineString ahead = forward(ring, first, last, box), back = forward(ring, last, first, box);
        std::reverse(back.begin(), back.end());
        LineString& way = ahead.empty() || (!back.empty() && length_of(back) < length_of(ahead)) ? back : ahead;
        if (way.size() < 2) continue;
        best = std::move(way);
        nearest = first.distance_m + last.distance_m;
    }
    if (best.empty()) return std::nullopt;
    return best;
}

MultiPolygon on_land(const Polygon& area, const LandLookup& land, bool& cut) {
    cut = false;
    const BoundingBox tight = bounding_box(area.outer);
    const BoundingBox box{tight.west - clear_deg, tight.south - clear_deg, tight.east + clear_deg, tight.north + clear_deg};
    if (tight.west > tight.east || box.east - box.west > 20 || box.north - box.south > 20) return {area};
    // Wider than the area, so that the box's own edges, where clipped rings may run back and forth, stay clear of it.
    const MultiPolygon shores = land(box);
    // A box without a shore in it is one rectangle, or nothing.
    const bool all_land = shores.size() == 1 && shores[0].holes.empty() &&
                          std::adjacent_find(shores[0].outer.begin(), shores[0].outer.end(), [&](LonLat a, LonLat b) { return !is_cut(box, a, b); }) == shores[0].outer.end();
    if (shores.empty() || all_land) return {area};
    MultiPolygon dry;
    for (const Polygon& shore : shores) {
        MultiPolygon part = intersection_of(area, shore);
        dry.insert(dry.end(), part.begin(), part.end());
    }
    for (Polygon& part : dry) {
        for (LonLat& p : part.outer) p = rounded(p);
        for (Ring& hole : part.holes) {
            for (LonLat& p : hole) p = rounded(p);
        }
    }
    std::erase_if(dry, [](const Polygon& part) { return part.outer.size() < 4 || !is_valid(part); });
    if (dry.empty()) return {area};
    cut = true;
    return dry;
}

bool DryAreas::RingOrder::operator()(const Ring& a, const Ring& b) const {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](LonLat p, LonLat q) { return p.lon != q.lon ? p.lon < q.lon : p.lat < q.lat; });
}

std::optional<MultiPolygon> DryAreas::of(const Polygon& area) const {
    constexpr std::size_t most_kept = 512;
    if (area.holes.empty()) {
        const std::lock_guard lock(mutex_);
        if (const auto known = kept_.find(area.outer); known != kept_.end()) return known->second;
    }
    bool cut = false;
    std::optional<MultiPolygon> dry = on_land(area, land_, cut);
    if (!cut) dry.reset();
    if (area.holes.empty()) {
        const std::lock_guard lock(mutex_);
        if (kept_.size() == most_kept) kept_.clear();
        kept_.emplace(area.outer, dry);
    }
    return dry;
}

}  // namespace demarc
