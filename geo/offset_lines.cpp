#include "geo/offset_lines.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>
#include <optional>

#include "geo/boost_adaptor.hpp"
#include "geo/geodesy.hpp"
#include "geo/local_projection.hpp"

namespace demarc {
namespace {

constexpr double bow_m = 0.2;              // by which an edge that is straight in degrees may bend away from its chord: that bounds the steps
constexpr double shortest_step_m = 500, longest_step_m = 5'000;
constexpr double most_steps = 2'000;       // of a long line near a pole: the time grows with the square of the points
constexpr double longest_m = 3'000'000;
constexpr double widest_m = 250'000;       // from the meridian: scale error 0.08 %, 1.5 m in 2 km
constexpr double nearest_vertices_m = 0.5; // Boost's pieces overlap: neighbours a hand apart may run backwards and make spikes
constexpr double end_tolerance_m = 0.5;    // a buffer's arc leaves the corner by 35 m at 2 km

enum class RingPart { side, start_cap, end_cap };

double distance(PlanePoint a, PlanePoint b) { return std::sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)); }

/// How far `p` lies behind the end `end` of a line that arrives there from `before`; positive: beyond the end.
double beyond(PlanePoint p, PlanePoint before, PlanePoint end) {
    const double length = distance(before, end);
    return ((p.x - end.x) * (end.x - before.x) + (p.y - end.y) * (end.y - before.y)) / length;
}

/// First position at least a metre from the end: the direction of an end must not hang on a doubled point.
PlanePoint before_end(const PlaneLine& line, bool at_start) {
    const std::size_t n = line.size();
    for (std::size_t i = 1; i < n; ++i) {
        const PlanePoint p = at_start ? line[i] : line[n - 1 - i];
        if (distance(p, at_start ? line.front() : line.back()) > 1) return p;
    }
    return at_start ? line.back() : line.front();
}

std::vector<RingPart> label_ring(const PlaneLine& ring, const PlaneLine& line, double distance_m) {
    const PlanePoint start = line.front(), end = line.back();
    const PlanePoint after_start = before_end(line, true), before_last = before_end(line, false);
    const double slack = 1e-3 * distance_m + end_tolerance_m;
    std::vector<RingPart> labels;
    for (const PlanePoint p : ring) {
        const bool at_start = std::abs(distance(p, start) - distance_m) < slack && beyond(p, after_start, start) > end_tolerance_m;
        const bool at_end = std::abs(distance(p, end) - distance_m) < slack && beyond(p, before_last, end) > end_tolerance_m;
        labels.push_back(at_start ? RingPart::start_cap : at_end ? RingPart::end_cap : RingPart::side);
    }
    return labels;
}

/// The vertices between the last of one cap and the first of the next, walking the ring from `from`.
PlaneLine run_from(const PlaneLine& ring, const std::vector<RingPart>& labels, std::size_t& at) {
    PlaneLine run;
    for (; labels[at % ring.size()] == RingPart::side; ++at) run.push_back(ring[at % ring.size()]);
    return run;
}

struct Sides {
    PlaneLine left, right;
};

/// A counter-clockwise ring passes start cap, right side, end cap, left side.
std::optional<Sides> cut_ring(PlaneLine ring, const PlaneLine& line, double distance_m) {
    ring.pop_back();  // closed: the last is the first
    const auto labels = label_ring(ring, line, distance_m);
    const std::size_t n = ring.size();
    std::size_t at = 0;
    const auto cap_then_side = [&](std::size_t i, RingPart cap) {
        return labels[i % n] == cap && labels[(i + 1) % n] == RingPart::side;
    };
    while (at < n && !cap_then_side(at, RingPart::start_cap)) ++at;
    if (at == n) return std::nullopt;
    Sides sides;
    sides.right = run_from(ring, labels, ++at);
    if (labels[at % n] != RingPart::end_cap) return std::nullopt;
    while (labels[at % n] == RingPart::end_cap) ++at;
    sides.left = run_from(ring, labels, at);
    if (labels[at % n] != RingPart::start_cap || sides.left.size() < 2 || sides.right.size() < 2) return std::nullopt;
    std::reverse(sides.left.begin(), sides.left.end());
    return sides;
}

/// Without vertices closer than nearest_vertices_m to the one before; both ends stay.
PlaneLine thinned(const PlaneLine& line) {
    PlaneLine out;
    for (const PlanePoint p : line) {
        if (out.empty() || distance(out.back(), p) >= nearest_vertices_m) out.push_back(p);
    }
    if (out.size() > 1) out.back() = line.back();
    return out;
}

PlaneLine densify_plane(const PlaneLine& line, double step) {
    PlaneLine out;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const int pieces = std::max(1, static_cast<int>(std::ceil(distance(line[i], line[i + 1]) / step)));
        for (int k = 0; k < pieces; ++k) {
            const double t = static_cast<double>(k) / pieces;
            out.push_back({line[i].x + t * (line[i + 1].x - line[i].x), line[i].y + t * (line[i + 1].y - line[i].y)});
        }
    }
    if (!line.empty()) out.push_back(line.back());
    return out;
}

/// Each position moved along its own geodesic to the exact distance.
void set_right(LineString& boundary, const LineString& line, double distance_m) {
    for (LonLat& position : boundary) {
        const LonLat foot = nearest_on_line(position, line).point;
        position = destination(foot, azimuth_deg(foot, position), distance_m);
    }
}

/// Length of the chords of a line and of its boundaries. An edge bends most along a parallel: a chord of s metres leaves that by s^2 tan(lat) / 8 earth radii.
/// A wide strip takes longer ones at high latitudes, so that not too many pieces of it lie on each other.
double step_of(const LineString& line, double distance_m) {
    double furthest = 1;
    for (const LonLat p : line) furthest = std::max(furthest, std::abs(p.lat));
    const double step = std::sqrt(8 * 6'371'009.0 * bow_m / std::abs(std::tan(furthest * std::numbers::pi / 180)));
    return std::clamp(std::max({step, distance_m / 20, length_m(line) / most_steps}), shortest_step_m, longest_step_m);
}

/// Positions rounded to 7 decimals, doubles left out.
LineString tidy(const LineString& line) {
    LineString out;
    for (const LonLat position : line) {
        const LonLat next = rounded(position);
        if (out.empty() || !(out.back() == next)) out.push_back(next);
    }
    return out;
}

/// With a point next to either end: across the first and the last chord a strip has its flat ends.
LineString with_short_ends(LineString line, double distance_m) {
    const double step = std::clamp(distance_m / 20, shortest_step_m, longest_step_m);
    for (const bool at_start : {true, false}) {
        if (line.size() < 2) break;
        const std::size_t edge = at_start ? 0 : line.size() - 2;
        const LineString fine = densify_straight({line[edge], line[edge + 1]}, step);
        if (fine.size() > 2) line.insert(line.begin() + static_cast<std::ptrdiff_t>(edge) + 1, at_start ? fine[1] : fine[fine.size() - 2]);
    }
    return line;
}

Ring closed(Ring ring) {
    if (!(ring.front() == ring.back())) ring.push_back(ring.front());
    return ring;
}

Ring joined(const LineString& there, const LineString& back) {
    Ring ring = there;
    ring.insert(ring.end(), back.rbegin(), back.rend());
    return closed(std::move(ring));
}

Result<LineString> checked(const LineString& line, double distance_m) {
    if (!(distance_m >= 1 && distance_m <= 200'000)) {
        char text[96];
        std::snprintf(text, sizeof text, "offset %.3f m is not in [1, 200000] m", distance_m);
        return Error{ErrorCode::bad_data, text, {}};
    }
    const double length = length_m(line);
    if (!(length <= longest_m)) {
        char text[96];
        std::snprintf(text, sizeof text, "a line of %.0f km; strips are drawn of at most %.0f km", length / 1000, longest_m / 1000);
        return Error{ErrorCode::bad_data, text, {}};
    }
    LineString fine = tidy(densify_straight(with_short_ends(line, distance_m), step_of(line, distance_m)));
    if (fine.size() < 2) return Error{ErrorCode::bad_data, "a line without length has no sides", {}};
    return fine;
}

/// The strips that a thread drew last: the texts of a war name the same line and distance again and again, and a strip takes up to some milliseconds.
template <class Strip>
class KeptStrips {
public:
    template <class Draw>
    Strip get(const LineString& line, double distance_m, std::string_view side, Draw draw) {
        for (const Entry& entry : entries_) {
            if (entry.distance_m == distance_m && entry.side == side && entry.line == line) return entry.strip;
        }
        Entry entry{line, distance_m, std::string(side), draw()};
        if (entries_.size() < most) return entries_.emplace_back(std::move(entry)).strip;
        Entry& oldest = entries_[next_++ % most];
        oldest = std::move(entry);
        return oldest.strip;
    }

private:
    static constexpr std::size_t most = 64;
    struct Entry {
        LineString line;
        double distance_m;
        std::string side;
        Strip strip;
    };
    std::vector<Entry> entries_;
    std::size_t next_ = 0;
};

Result<OffsetStrip> draw_strip(const LineString& line, double distance_m);
Result<SideStrip> draw_side_strip(const LineString& line, double distance_m, std::string_view side);

}  // namespace

const LineString* OffsetStrip::boundary(std::string_view side) const {
    if (side == left_side) return &left;
    if (side == right_side) return &right;
    return nullptr;
}

std::string side_left_of(const LineString& line) {
    const double azimuth = azimuth_deg(line.front(), line.back());
    if (azimuth >= 45 && azimuth <= 135) return "north";
    if (azimuth >= 225 && azimuth <= 315) return "south";
    return azimuth < 45 || azimuth > 315 ? "west" : "east";
}

std::string opposite_side(std::string_view side) {
    if (side == "north") return "south";
    if (side == "south") return "north";
    return side == "east" ? "west" : "east";
}

Result<OffsetStrip> offset_strip(const LineString& line, double distance_m) {
    thread_local KeptStrips<Result<OffsetStrip>> kept;
    return kept.get(line, distance_m, "", [&] { return draw_strip(line, distance_m); });
}

Result<SideStrip> offset_side_strip(const LineString& line, double distance_m, std::string_view side) {
    thread_local KeptStrips<Result<SideStrip>> kept;
    return kept.get(line, distance_m, side, [&] { return draw_side_strip(line, distance_m, side); });
}

namespace {

LocalProjection projection_of(const LineString& line) {
    const BoundingBox box = bounding_box(line);
    const double middle = normalised_longitude(box.west + longitude_difference(box.west, box.east) / 2);
    return LocalProjection({middle, (box.south + box.north) / 2});
}

Result<OffsetStrip> draw_strip(const LineString& line, double distance_m) {
    const auto fine = checked(line, distance_m);
    if (!fine) return fine.error();
    const LocalProjection projection = projection_of(*fine);
    const PlaneLine plane = projection.forward(*fine);

    const auto buffer = round_buffer(plane, distance_m);
    if (!buffer) return buffer.error();
    auto sides = cut_ring(buffer->outer, plane, distance_m);
    if (!sides) {
        return Error{ErrorCode::bad_data, "an end of the line lies within the offset of another part of it, so that it has no two sides", {}};
    }
    OffsetStrip out;
    const double step = step_of(line, distance_m);
    out.left = projection.inverse(densify_plane(thinned(sides->left), step));
    out.right = projection.inverse(densify_plane(thinned(sides->right), step));
    double reach = 0;
    for (const PlanePoint p : plane) reach = std::max(reach, std::abs(p.x));
    if (reach > widest_m) {
        set_right(out.left, *fine, distance_m);
        set_right(out.right, *fine, distance_m);
    }
    out.left = tidy(out.left), out.right = tidy(out.right);
    out.left_side = side_left_of(line), out.right_side = opposite_side(out.left_side);
    out.strip.outer = joined(out.right, out.left);
    for (const PlaneLine& hole : buffer->holes) out.strip.holes.push_back(closed(tidy(projection.inverse(thinned(hole)))));
    wind_right_handed(out.strip);
    return out;
}

Result<SideStrip> draw_side_strip(const LineString& line, double distance_m, std::string_view side) {
    auto both = offset_strip(line, distance_m);
    if (!both) return both.error();
    const LineString* boundary = both->boundary(side);
    if (boundary == nullptr) {
        return Error{ErrorCode::bad_data, "side \"" + std::string(side) + "\" is not one of this line's sides, " + both->left_side + " and " +
                                              both->right_side, {}};
    }
    const LineString fine = tidy(densify_straight(line, step_of(line, distance_m)));
    SideStrip out{*boundary, {joined(fine, *boundary), {}}};
    wind_right_handed(out.strip);
    if (!is_valid(out.strip)) return Error{ErrorCode::bad_data, "the line crosses the end of its own strip", {}};
    return out;
}

}  // namespace

Result<Polygon> offset_zone(const LineString& line, double distance_m) {
    const auto fine = checked(line, distance_m);
    if (!fine) return fine.error();
    const LocalProjection projection = projection_of(*fine);
    const auto buffer = round_buffer(projection.forward(*fine), distance_m);
    if (!buffer) return buffer.error();
    Polygon zone{closed(tidy(projection.inverse(thinned(buffer->outer)))), {}};
    for (const PlaneLine& hole : buffer->holes) zone.holes.push_back(closed(tidy(projection.inverse(thinned(hole)))));
    wind_right_handed(zone);
    return zone;
}

}  // namespace demarc
