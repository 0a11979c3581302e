#include "out/land_builder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "out/land_form.hpp"

namespace demarc {
namespace {

struct Turned {
    GridPosition position;
    std::int32_t turns = 0;
};
using TurnedRing = std::vector<Turned>;

class LevelBuilder {
public:
    explicit LevelBuilder(const LandGrid& grid) : grid_(grid), cells_(land_cells) {}

    std::string build() {
        for (const GridPolygon& polygon : grid_.polygons) add(polygon);
        const auto size = [](const auto& table) { return static_cast<std::uint32_t>(table.size()); };
        rings_.push_back({0, 0, 0, 0, size(groups_), 0});
        groups_.push_back({0, 0, 0, 0, size(runs_)});
        runs_.push_back({0, 0, 0, 0, 0, 0, size(positions_)});
        std::vector<std::uint32_t> beginnings{0}, cell_rings;
        for (const std::vector<std::uint32_t>& cell : cells_) {
            cell_rings.insert(cell_rings.end(), cell.begin(), cell.end());
            beginnings.push_back(size(cell_rings));
        }
        const std::array header{LandLevelHeader{grid_.scale_x, grid_.scale_y, grid_.offset_x, grid_.offset_y, size(rings_) - 1, size(groups_) - 1, size(runs_) - 1, size(cell_rings), size(positions_), 0}};
        append(header), append(rings_), append(groups_), append(runs_), append(beginnings), append(cell_rings), append(positions_);
        out_.resize((out_.size() + 7) / 8 * 8);
        return std::move(out_);
    }

private:
    [[nodiscard]] double lon(const Turned& p) const { return grid_.offset_x + grid_.scale_x * static_cast<double>(p.position.x) + 360.0 * p.turns; }
    [[nodiscard]] double lat(const Turned& p) const { return grid_.offset_y + grid_.scale_y * static_cast<double>(p.position.y); }

    /// Longitudes made continuous; a ring around a pole is closed beyond it.
    [[nodiscard]] TurnedRing unwrapped(const std::vector<GridPosition>& ring) const {
        TurnedRing out;
        std::int32_t turns = 0;
        for (const GridPosition& position : ring) {
            const double step = out.empty() ? 0 : static_cast<double>(position.x - out.back().position.x) * grid_.scale_x;
            turns += step > 180 ? -1 : step < -180 ? 1 : 0;
            out.push_back({position, turns});
        }
        if (turns == 0) return out;
        const bool south = lat(out.front()) < 0;
        const auto pole = static_cast<std::int64_t>(south ? std::floor((-90 - grid_.offset_y) / grid_.scale_y) : std::ceil((90 - grid_.offset_y) / grid_.scale_y));
        const Turned first = out.front(), last = out.back();
        out.insert(out.end(), {{{last.position.x, pole}, last.turns}, {{first.position.x, pole}, first.turns}, first});
        return out;
    }

    void add(const GridPolygon& polygon) {
        double west = 0, east = 0;
        for (std::size_t i = 0; i < polygon.size(); ++i) {
            TurnedRing ring = unwrapped(polygon[i]);
            if (ring.empty()) {
                if (i == 0) return;
                continue;
            }
            if (i == 0) {
                const auto [least, most] = std::minmax_element(ring.begin(), ring.end(), [this](const Turned& a, const Turned& b) { return lon(a) < lon(b); });
                west = lon(*least), east = lon(*most);
            } else {  // holes lie in the same run of longitudes as the ring around them
                const std::int32_t turns = lon(ring.front()) < west ? 1 : lon(ring.front()) > east ? -1 : 0;
                for (Turned& p : ring) p.turns += turns;
            }
            add(ring, i > 0);
        }
    }

    void add(const TurnedRing& ring, bool is_hole) {
        const auto number = static_cast<std::uint32_t>(rings_.size());
        const auto first_group = static_cast<std::uint32_t>(groups_.size());
        for (std::size_t i = 0; i < ring.size(); i += land_block_length) {
            if (constexpr std::size_t length = land_block_length * land_group_length; i % length == 0) {
                groups_.push_back(around<LandGroup>(ring, i, length));
                groups_.back().first_run = static_cast<std::uint32_t>(runs_.size());
            }
            const std::size_t end = std::min(ring.size(), i + land_block_length);
            for (std::size_t begin = i; begin < end;) begin = add_run(ring, begin, end);
        }
        LandRing& row = rings_.emplace_back(around<LandRing>(ring, 0, ring.size()));
        row.first_group = first_group, row.is_hole = is_hole ? 1 : 0;
        if (!is_hole) each_land_cell(row, [&](std::size_t cell) { cells_[cell].push_back(number); });
    }

    /// The run that begins at a position of a block; gives where it ends.
    std::size_t add_run(const TurnedRing& ring, std::size_t begin, std::size_t block_end) {
        constexpr std::int64_t widest = std::numeric_limits<std::uint16_t>::max();
        GridPosition low = ring[begin].position, high = low;
        std::size_t end = begin;
        for (; end < block_end && ring[end].turns == ring[begin].turns; ++end) {
            const GridPosition p = ring[end].position, lower{std::min(low.x, p.x), std::min(low.y, p.y)}, higher{std::max(high.x, p.x), std::max(high.y, p.y)};
            if (higher.x - lower.x > widest || higher.y - lower.y > widest) break;
            low = lower, high = higher;
        }
        runs_.push_back({static_cast<std::int32_t>(low.x), static_cast<std::int32_t>(low.y), static_cast<std::uint16_t>(high.x - low.x), static_cast<std::uint16_t>(high.y - low.y),
                         static_cast<std::int16_t>(ring[begin].turns), static_cast<std::uint16_t>(end < block_end ? 1 : 0), static_cast<std::uint32_t>(positions_.size())});
        for (std::size_t i = begin; i < end; ++i) {
            positions_.push_back({static_cast<std::uint16_t>(ring[i].position.x - low.x), static_cast<std::uint16_t>(ring[i].position.y - low.y)});
        }
        return end;
    }

    /// A row with the box of some positions, rounded outward.
    template <class Row>
    [[nodiscard]] Row around(const TurnedRing& ring, std::size_t begin, std::size_t count) const {
        Row row{};
        row.west = row.south = 1e9F, row.east = row.north = -1e9F;
        const auto outward = [](double value, float way) {
            const auto near = static_cast<float>(value);
            return (way < 0 ? near <= value : near >= value) ? near : std::nextafter(near, way);
        };
        constexpr float far = 1e9F;
        for (std::size_t i = begin; i < std::min(ring.size(), begin + count); ++i) {
            row.west = std::min(row.west, outward(lon(ring[i]), -far)), row.south = std::min(row.south, outward(lat(ring[i]), -far));
            row.east = std::max(row.east, outward(lon(ring[i]), far)), row.north = std::max(row.north, outward(lat(ring[i]), far));
        }
        return row;
    }

    template <class Table>
    void append(const Table& table) {
        out_.append(reinterpret_cast<const char*>(table.data()), table.size() * sizeof table[0]);
    }

    const LandGrid& grid_;
    std::vector<LandRing> rings_;
    std::vector<LandGroup> groups_;
    std::vector<LandRun> runs_;
    std::vector<LandPosition> positions_;
    std::vector<std::vector<std::uint32_t>> cells_;
    std::string out_;
};

}  // namespace

std::string build_land(const LandGrid& fine, const LandGrid& coarse) { return std::string(land_magic) + LevelBuilder(fine).build() + LevelBuilder(coarse).build(); }

}  // namespace demarc
