#include "out/coastline.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "out/page_parts.hpp"

namespace demarc {
namespace {

static_assert(std::endian::native == std::endian::little, "the land is read where it lies");

/// The next `count` rows; nullopt where fewer are left.
template <class Row>
std::optional<std::span<const Row>> take(std::span<const std::byte>& rest, std::size_t count) {
    if (count > rest.size() / sizeof(Row)) return std::nullopt;
    const std::span<const Row> rows(reinterpret_cast<const Row*>(rest.data()), count);
    rest = rest.subspan(count * sizeof(Row));
    return rows;
}

void move_east(Ring& ring, double degrees) {
    for (LonLat& p : ring) p.lon += degrees;
}

// One side of the box: the positions that are inside, and those where the ring meets it.
template <class Inside, class Meeting>
Ring clip_side(Ring ring, Inside inside, Meeting meeting) {
    if (std::all_of(ring.begin(), ring.end(), inside)) return ring;
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

Ring clip_ring(Ring ring, const Coastline::Box& box) {
    const auto at_lon = [](double lon) {
        return [lon](const LonLat& a, const LonLat& b) { return LonLat{lon, a.lat + (b.lat - a.lat) * (lon - a.lon) / (b.lon - a.lon)}; };
    };
    const auto at_lat = [](double lat) {
        return [lat](const LonLat& a, const LonLat& b) { return LonLat{a.lon + (b.lon - a.lon) * (lat - a.lat) / (b.lat - a.lat), lat}; };
    };
    ring = clip_side(std::move(ring), [&](const LonLat& p) { return p.lon >= box[0]; }, at_lon(box[0]));
    ring = clip_side(std::move(ring), [&](const LonLat& p) { return p.lat >= box[1]; }, at_lat(box[1]));
    ring = clip_side(std::move(ring), [&](const LonLat& p) { return p.lon <= box[2]; }, at_lon(box[2]));
    return clip_side(std::move(ring), [&](const LonLat& p) { return p.lat <= box[3]; }, at_lat(box[3]));
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

/// Where a box lies about another: in one of the eight fields around it, of which the four at its sides are all of the land beyond that side and abreast of it.
struct Field {
    enum Way : std::uint8_t { before, abreast, behind, across };
    Way east_west, south_north;
    friend bool operator==(const Field&, const Field&) = default;
    [[nodiscard]] bool is_apart() const { return east_west == before || east_west == behind || south_north == before || south_north == behind; }
    [[nodiscard]] bool is_one() const { return is_apart() && east_west != across && south_north != across; }
};

Field::Way way_of(double low, double high, double from, double to) {
    return high < from ? Field::before : low > to ? Field::behind : low >= from && high <= to ? Field::abreast : Field::across;
}

/// Of a box [west, south, east, north].
Field field_of(double west, double south, double east, double north, const Coastline::Box& box) {
    return {way_of(west, east, box[0], box[2]), way_of(south, north, box[1], box[3])};
}

}  // namespace

std::optional<Coastline::Tables> Coastline::read_level(std::span<const std::byte>& rest) {
    const auto header = take<LandLevelHeader>(rest, 1);
    if (!header) return std::nullopt;
    Tables level{header->front(), {}, {}, {}, {}, {}, {}};
    const std::size_t before = rest.size();
    const auto table = [&rest]<class Row>(std::span<const Row>& rows, std::size_t count) {
        const auto taken = take<Row>(rest, count);
        if (taken) rows = *taken;
        return taken.has_value();
    };
    const LandLevelHeader& h = level.header;
    if (!table(level.rings, std::size_t{h.rings} + 1) || !table(level.groups, std::size_t{h.groups} + 1) || !table(level.runs, std::size_t{h.runs} + 1) || !table(level.cells, land_cells + 1) ||
        !table(level.cell_rings, h.cell_rings) || !table(level.positions, h.positions)) {
        return std::nullopt;
    }
    const auto padding = take<std::byte>(rest, (8 - (before - rest.size()) % 8) % 8);
    return padding ? std::optional(level) : std::nullopt;
}

std::optional<Coastline> Coastline::read(std::span<const std::byte> bytes) {
    if (bytes.size() < land_magic.size() || std::memcmp(bytes.data(), land_magic.data(), land_magic.size()) != 0) return std::nullopt;
    if (reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(LandLevelHeader) != 0) return std::nullopt;
    bytes = bytes.subspan(land_magic.size());
    const auto fine = read_level(bytes), coarse = fine ? read_level(bytes) : std::nullopt;
    if (!coarse) return std::nullopt;
    Coastline out;
    out.fine_ = *fine, out.coarse_ = *coarse;
    return out;
}

Coastline Coastline::embedded() { return read(page_parts::land()).value_or(Coastline{}); }

// An outer ring without what lies beyond one side of the box for a whole run: of that its first and last position stay, and the way between them is beyond the side too, so
// that the clipped ring is the same but for ways along the box's edge and back. All of a hole; but of what follows each other in one field, by runs and groups of them, the first
// and the last position alone, which changes nothing: each side of the box either keeps all of a field or none of it.
Ring Coastline::near_part(const Tables& level, std::size_t ring, const Box& box) {
    Ring out;
    const LandLevelHeader& grid = level.header;
    const auto at = [&](const LandRun& run, int east, int north) {
        return LonLat{grid.offset_x + grid.scale_x * (run.x + east) + 360.0 * run.turns, std::clamp(grid.offset_y + grid.scale_y * (run.y + north), -90.0, 90.0)};
    };
    const auto position = [&](const LandRun& run, std::size_t i) { return at(run, level.positions[i].east, level.positions[i].north); };
    std::optional<Field> passed;
    const auto pass_over = [&](std::size_t first, std::size_t end, const Field& field) {
        const LonLat last = position(level.runs[end - 1], level.runs[end].first - 1);
        if (passed == field) out.back() = last;
        else out.insert(out.end(), {position(level.runs[first], level.runs[first].first), last});
        passed.reset();
        if (field.is_one()) passed = field;
    };
    for (std::size_t g = level.rings[ring].first_group; g < level.rings[ring + 1].first_group; ++g) {
        const LandGroup& group = level.groups[g];
        const std::size_t end = level.groups[g + 1].first_run;
        if (const Field field = field_of(group.west, group.south, group.east, group.north, box); field.is_one()) {
            pass_over(group.first_run, end, field);
            continue;
        }
        for (std::size_t first = group.first_run, next = first; first < end; first = next) {
            Box around = no_bounds;
            do {
                const LandRun& run = level.runs[next];
                const LonLat low = at(run, 0, 0), high = at(run, run.width, run.height);
                around = {std::min(around[0], low.lon), std::min(around[1], low.lat), std::max(around[2], high.lon), std::max(around[3], high.lat)};
            } while (level.runs[next++].is_continued != 0);
            const std::size_t positions = level.runs[next].first - level.runs[first].first;
            const Field field = field_of(around[0], around[1], around[2], around[3], box);
            if (positions > 2 && (level.rings[ring].is_hole != 0 ? field.is_one() : field.is_apart())) {
                pass_over(first, next, field);
                continue;
            }
            out.resize(out.size() + positions);
            LonLat* put = &out.back() + 1 - positions;
            for (std::size_t r = first; r < next; ++r) {
                for (std::size_t i = level.runs[r].first; i < level.runs[r + 1].first; ++i) *put++ = position(level.runs[r], i);
            }
            passed.reset();
        }
    }
    return out;
}

MultiPolygon Coastline::cut(const Box& box, Level which, double tolerance) const {
    MultiPolygon out;
    const Tables& level = which == Level::fine ? fine_ : coarse_;
    if (level.header.rings == 0 || !(-1000 < box[0] && box[0] < box[2] && box[2] < 1000 && box[1] < box[3])) return out;
    std::vector<std::uint32_t> rings;
    struct Sides {
        double west, south, east, north;
    };
    each_land_cell(Sides{box[0], box[1], box[2], box[3]}, [&](std::size_t cell) {
        for (std::size_t i = level.cells[cell]; i < level.cells[cell + 1]; ++i) {
            const LandRing& around = level.rings[level.cell_rings[i]];
            if (around.south <= box[3] && around.north >= box[1]) rings.push_back(level.cell_rings[i]);
        }
    });
    std::sort(rings.begin(), rings.end());
    rings.erase(std::unique(rings.begin(), rings.end()), rings.end());
    for (const std::uint32_t ring : rings) {
        // A ring that runs over the antimeridian is met on either side of it.
        for (const double turn : {-360.0, 0.0, 360.0}) {
            const Box turned{box[0] - turn, box[1], box[2] - turn, box[3]};
            const LandRing& around = level.rings[ring];
            if (field_of(around.west, around.south, around.east, around.north, turned).is_apart()) continue;
            const auto part = [&](std::size_t number) {
                Ring clipped = clip_ring(near_part(level, number, turned), turned);
                move_east(clipped, turn);
                return tolerance > 0 ? simplified(clipped, tolerance) : clipped;
            };
            Polygon piece{part(ring), {}};
            if (piece.outer.size() < 4) continue;
            for (std::size_t hole = ring + 1; hole < level.header.rings && level.rings[hole].is_hole != 0; ++hole) {
                Ring inner = part(hole);
                if (inner.size() >= 4) piece.holes.push_back(std::move(inner));
            }
            out.push_back(std::move(piece));
        }
    }
    return out;
}

MultiPolygon Coastline::cut(const Box& box) const {
    constexpr double widest_fine = 4;
    return cut(box, box[2] - box[0] > widest_fine || box[3] - box[1] > widest_fine ? Level::coarse : Level::fine, 0);
}

}  // namespace demarc
