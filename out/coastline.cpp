#include "out/coastline.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <map>
#include <mutex>
#include <utility>

#include "out/page_parts.hpp"

namespace demarc {
namespace {

class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}
    [[nodiscard]] bool good() const { return good_; }
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at_ >= bytes_.size()) return fail();
            const auto byte = static_cast<std::uint64_t>(bytes_[at_++]);
            value |= (byte & 0x7F) << shift;
            if (byte < 0x80) return value;
        }
        return fail();
    }
    std::int64_t signed_varint() {
        const std::uint64_t value = varint();
        return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
    }
    double real() {
        std::uint64_t bits = 0;
        if (bytes_.size() - at_ < 8) return static_cast<double>(fail());
        for (int shift = 0; shift < 64; shift += 8) bits |= static_cast<std::uint64_t>(bytes_[at_++]) << shift;
        return std::bit_cast<double>(bits);
    }
    bool literal(std::string_view text) {
        if (bytes_.size() < text.size() || std::memcmp(bytes_.data(), text.data(), text.size()) != 0) return false;
        at_ = text.size();
        return true;
    }
    /// A number of things of at least one byte each; more than bytes are left is a fault.
    std::size_t count() {
        const std::uint64_t value = varint();
        return value <= bytes_.size() - at_ ? static_cast<std::size_t>(value) : static_cast<std::size_t>(fail());
    }

private:
    std::uint64_t fail() {
        good_ = false;
        at_ = bytes_.size();
        return 0;
    }
    std::span<const std::byte> bytes_;
    std::size_t at_ = 0;
    bool good_ = true;
};

// Longitudes made continuous where a ring runs over the antimeridian; a ring around a pole is closed along it.
void unwrap(Ring& ring) {
    const auto far = [](const LonLat& a, const LonLat& b) { return std::abs(b.lon - a.lon) > 180; };
    if (std::adjacent_find(ring.begin(), ring.end(), far) == ring.end()) return;
    double shift = 0, last = ring.empty() ? 0 : ring.front().lon;
    for (LonLat& p : ring) {
        if (p.lon - last > 180) shift -= 360;
        if (p.lon - last < -180) shift += 360;
        last = p.lon;
        p.lon += shift;
    }
    if (shift == 0) return;
    const double pole = ring.front().lat < 0 ? -90 : 90;
    ring.push_back({ring.back().lon, pole});
    ring.push_back({ring.front().lon, pole});
    ring.push_back(ring.front());
}

void move_east(Ring& ring, double degrees) {
    for (LonLat& p : ring) p.lon += degrees;
}

// Holes lie in the same run of longitudes as the ring around them.
void unwrap(Polygon& polygon) {
    unwrap(polygon.outer);
    if (polygon.outer.empty()) return;
    const auto [west, east] = std::minmax_element(polygon.outer.begin(), polygon.outer.end(), [](const LonLat& a, const LonLat& b) { return a.lon < b.lon; });
    for (Ring& hole : polygon.holes) {
        unwrap(hole);
        if (hole.empty()) continue;
        if (hole.front().lon < west->lon) move_east(hole, 360);
        else if (hole.front().lon > east->lon) move_east(hole, -360);
    }
}

MultiPolygon read_level(Reader& reader) {
    double transform[4];
    for (double& value : transform) value = reader.real();
    const std::size_t polygons = reader.count();
    MultiPolygon out;
    for (std::size_t p = 0; p < polygons && reader.good(); ++p) {
        Polygon polygon;
        const std::size_t rings = reader.count();
        for (std::size_t r = 0; r < rings && reader.good(); ++r) {
            Ring ring(reader.count());
            std::int64_t x = 0, y = 0;
            Reader differences = reader;  // in registers: half a million positions come by here
            for (LonLat& position : ring) {
                x += differences.signed_varint();
                y += differences.signed_varint();
                position = {transform[2] + transform[0] * static_cast<double>(x), transform[3] + transform[1] * static_cast<double>(y)};
            }
            reader = differences;
            if (r == 0) polygon.outer = std::move(ring);
            else polygon.holes.push_back(std::move(ring));
        }
        unwrap(polygon);
        out.push_back(std::move(polygon));
    }
    return out;
}

// One side of the box: the positions that are inside, and those where the ring meets it.
template <class Inside, class Meeting>
Ring clip_side(const Ring& ring, Inside inside, Meeting meeting) {
    Ring out;
    out.reserve(ring.size());
    bool here = !ring.empty() && inside(ring.front());
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const bool next = inside(ring[i + 1]);
        if (here) out.push_back(ring[i]);
        if (here != next) out.push_back(meeting(ring[i], ring[i + 1]));
        here = next;
    }
    if (!out.empty()) out.push_back(out.front());
    return out;
}

Ring clip_ring(const Ring& ring, const Coastline::Box& box) {
    const auto at_lon = [](double lon) {
        return [lon](const LonLat& a, const LonLat& b) { return LonLat{lon, a.lat + (b.lat - a.lat) * (lon - a.lon) / (b.lon - a.lon)}; };
    };
    const auto at_lat = [](double lat) {
        return [lat](const LonLat& a, const LonLat& b) { return LonLat{a.lon + (b.lon - a.lon) * (lat - a.lat) / (b.lat - a.lat), lat}; };
    };
    Ring out = clip_side(ring, [&](const LonLat& p) { return p.lon >= box[0]; }, at_lon(box[0]));
    out = clip_side(out, [&](const LonLat& p) { return p.lat >= box[1]; }, at_lat(box[1]));
    out = clip_side(out, [&](const LonLat& p) { return p.lon <= box[2]; }, at_lon(box[2]));
    return clip_side(out, [&](const LonLat& p) { return p.lat <= box[3]; }, at_lat(box[3]));
}

double distance_to_chord(const LonLat& p, const LonLat& a, const LonLat& b) {
    const double dx = b.lon - a.lon, dy = b.lat - a.lat;
    const double length2 = dx * dx + dy * dy;
    const double t = length2 == 0 ? 0 : std::clamp(((p.lon - a.lon) * dx + (p.lat - a.lat) * dy) / length2, 0.0, 1.0);
    return std::hypot(p.lon - a.lon - t * dx, p.lat - a.lat - t * dy);
}

Ring simplified(const Ring& ring, double tolerance) {
    if (ring.size() < 5) return ring;
    std::vector<bool> kept(ring.size());
    kept.front() = kept.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> open = {{0, ring.size() - 1}};
    while (!open.empty()) {
        const auto [from, to] = open.back();
        open.pop_back();
        std::size_t farthest = from;
        double distance = tolerance;
        for (std::size_t i = from + 1; i < to; ++i) {
            const double d = distance_to_chord(ring[i], ring[from], ring[to]);
            if (d > distance) distance = d, farthest = i;
        }
        if (farthest == from) continue;
        kept[farthest] = true;
        open.emplace_back(from, farthest);
        open.emplace_back(farthest, to);
    }
    Ring out;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        if (kept[i]) out.push_back(ring[i]);
    }
    return out;
}

constexpr Coastline::Box no_bounds{1e9, 1e9, -1e9, -1e9};

Coastline::Box bounds_of(std::span<const LonLat> ring) {
    Coastline::Box around = no_bounds;
    for (const LonLat& p : ring) around = {std::min(around[0], p.lon), std::min(around[1], p.lat), std::max(around[2], p.lon), std::max(around[3], p.lat)};
    return around;
}

bool apart(const Coastline::Box& a, const Coastline::Box& b) { return a[0] > b[2] || a[2] < b[0] || a[1] > b[3] || a[3] < b[1]; }

constexpr std::size_t run_length = 64;

// The ring without what lies beyond one side of the box for a whole run: of that its first and last position stay, and the way between them is beyond the side too, so
// that the clipped ring is the same but for ways along the box's edge and back.
Ring thinned(const Ring& ring, const std::vector<Coastline::Box>& runs, const Coastline::Box& box) {
    Ring out;
    for (std::size_t run = 0; run < runs.size(); ++run) {
        const auto first = ring.begin() + static_cast<std::ptrdiff_t>(run * run_length), last = ring.begin() + static_cast<std::ptrdiff_t>(std::min(ring.size(), (run + 1) * run_length));
        if (!apart(runs[run], box) || last - first < 3) out.insert(out.end(), first, last);
        else out.insert(out.end(), {*first, *(last - 1)});
    }
    return out;
}

}  // namespace

std::optional<Coastline> Coastline::read(std::span<const std::byte> bytes) {
    Reader reader(bytes);
    if (!reader.literal("DMLAND01")) return std::nullopt;
    Coastline out;
    out.fine_ = with_bounds(read_level(reader));
    out.coarse_ = with_bounds(read_level(reader));
    if (!reader.good()) return std::nullopt;
    return out;
}

std::vector<Coastline::LandMass> Coastline::with_bounds(MultiPolygon polygons) {
    std::vector<LandMass> masses;
    masses.reserve(polygons.size());
    for (Polygon& polygon : polygons) {
        LandMass mass{std::move(polygon), no_bounds, {}};
        const std::span<const LonLat> ring = mass.polygon.outer;
        mass.runs.reserve((ring.size() + run_length - 1) / run_length);
        for (std::size_t i = 0; i < ring.size(); i += run_length) {
            const Box& run = mass.runs.emplace_back(bounds_of(ring.subspan(i, std::min(run_length, ring.size() - i))));
            mass.bounds = {std::min(mass.bounds[0], run[0]), std::min(mass.bounds[1], run[1]), std::max(mass.bounds[2], run[2]), std::max(mass.bounds[3], run[3])};
        }
        masses.push_back(std::move(mass));
    }
    return masses;
}

Polygon Coastline::clip(const LandMass& land, const Box& box) {
    Polygon part{clip_ring(thinned(land.polygon.outer, land.runs, box), box), {}};
    if (part.outer.size() < 4) return part;
    for (const Ring& hole : land.polygon.holes) {
        Ring inner = clip_ring(hole, box);
        if (inner.size() >= 4) part.holes.push_back(std::move(inner));
    }
    return part;
}

Coastline Coastline::embedded() { return read(page_parts::land()).value_or(Coastline{}); }

MultiPolygon Coastline::cut(const Box& box, Level level, double tolerance) const {
    MultiPolygon out;
    for (const LandMass& land : level == Level::fine ? fine_ : coarse_) {
        if (land.polygon.outer.size() < 4 || land.bounds[1] > box[3] || land.bounds[3] < box[1]) continue;
        // A ring that runs over the antimeridian is met on either side of it.
        for (const double turn : {-360.0, 0.0, 360.0}) {
            const Box turned{box[0] - turn, box[1], box[2] - turn, box[3]};
            if (apart(land.bounds, turned)) continue;
            Polygon part = clip(land, turned);
            const auto fitted = [&](Ring ring) {
                move_east(ring, turn);
                return tolerance > 0 ? simplified(ring, tolerance) : ring;
            };
            Polygon piece{fitted(std::move(part.outer)), {}};
            if (piece.outer.size() < 4) continue;
            for (Ring& hole : part.holes) {
                Ring inner = fitted(std::move(hole));
                if (inner.size() >= 4) piece.holes.push_back(std::move(inner));
            }
            out.push_back(std::move(piece));
        }
    }
    return out;
}

struct CoastTiles::State {
    std::mutex mutex;
    std::optional<Coastline> coastline;
    std::map<std::pair<int, int>, std::shared_ptr<const std::vector<Coastline::LandMass>>> tiles;
};

CoastTiles::CoastTiles() : state_(std::make_unique<State>()) {}
CoastTiles::~CoastTiles() = default;

MultiPolygon CoastTiles::cut(const Coastline::Box& box) const {
    constexpr double side = 10, margin = 4;  // a box of up to four degrees lies in the tile of its corner, widened
    constexpr double tolerance = 0;
    const std::pair<int, int> key{static_cast<int>(std::floor(box[0] / side)), static_cast<int>(std::floor(box[1] / side))};
    std::shared_ptr<const std::vector<Coastline::LandMass>> tile;
    {
        const std::lock_guard lock(state_->mutex);
        if (!state_->coastline) state_->coastline = Coastline::embedded();
        if (box[2] - box[0] > margin || box[3] - box[1] > margin) return state_->coastline->cut(box, Coastline::Level::coarse, tolerance);
        auto& kept = state_->tiles[key];
        if (!kept) {
            const double west = key.first * side, south = key.second * side;
            kept = std::make_shared<const std::vector<Coastline::LandMass>>(
                Coastline::with_bounds(state_->coastline->cut({west, south, west + side + margin, south + side + margin}, Coastline::Level::fine, tolerance)));
        }
        tile = kept;
    }
    MultiPolygon out;
    for (const Coastline::LandMass& land : *tile) {
        if (apart(land.bounds, box)) continue;
        if (Polygon part = Coastline::clip(land, box); part.outer.size() >= 4) out.push_back(std::move(part));
    }
    return out;
}

}  // namespace demarc
