#include "gazetteer/gazetteer.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "gazetteer/index_view.hpp"

namespace demarc {

using namespace index_format;

namespace {

constexpr double earth_radius_m = 6'371'008.8;  // mean radius of WGS 84 (IUGG R1)

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

// Haversine on the mean sphere: within 0.6 % of the geodesic, enough to order neighbours.
double sphere_distance_m(LonLat a, LonLat b) {
    const double s = std::sin(radians(b.lat - a.lat) / 2), t = std::sin(radians(b.lon - a.lon) / 2);
    const double h = s * s + std::cos(radians(a.lat)) * std::cos(radians(b.lat)) * t * t;
    return 2 * earth_radius_m * std::asin(std::min(1.0, std::sqrt(h)));
}

LonLat position_of(const PackedRecord& record) { return {record.lon / 1e7, record.lat / 1e7}; }

}  // namespace

Gazetteer::Gazetteer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Gazetteer::Gazetteer(Gazetteer&&) noexcept = default;
Gazetteer& Gazetteer::operator=(Gazetteer&&) noexcept = default;
Gazetteer::~Gazetteer() = default;

Result<Gazetteer> Gazetteer::open(const std::string& path) {
    auto file = MappedFile::open(path);
    if (!file) return file.error();
    auto index = IndexView::of(file->bytes());
    if (!index) {
        Error error = index.error();
        error.where = path;
        return error;
    }
    return Gazetteer(std::make_unique<State>(State{std::move(*file), *index}));
}

Result<Gazetteer> Gazetteer::from_memory(std::span<const std::byte> bytes) {
    auto index = IndexView::of(bytes);
    if (!index) return index.error();
    return Gazetteer(std::make_unique<State>(State{MappedFile(), *index}));
}

Probe Gazetteer::probe(std::uint64_t sequence_key) const noexcept {
    const Slot* slot = state_->index.slot(sequence_key);
    if (slot == nullptr) return {};
    return {(slot->hits_count & prefix_bit) != 0, std::as_bytes(state_->index.hits(*slot))};
}

void Gazetteer::hits(const Probe& probe, std::vector<Hit>& out) const {
    const auto records = state_->index.section<PackedRecord>(index_format::records);
    for (std::size_t at = 0; at + sizeof(PackedHit) <= probe.packed_hits.size(); at += sizeof(PackedHit)) {
        PackedHit packed;
        std::memcpy(&packed, probe.packed_hits.data() + at, sizeof packed);
        const auto kind = static_cast<std::uint8_t>(packed.kind & ~family_bit);
        if (packed.record >= records.size() || kind > static_cast<std::uint8_t>(NameKind::generated)) continue;
        Hit hit;
        hit.record = packed.record;
        hit.name = packed.name;
        hit.kind = static_cast<NameKind>(kind);
        hit.stage = hit.kind == NameKind::generated ? MatchStage::generated : MatchStage::attested;
        hit.family_only = (packed.kind & family_bit) != 0;
        hit.cost = static_cast<float>(packed.cost) / 100;
        out.push_back(hit);
    }
}

std::size_t Gazetteer::size() const noexcept { return state_->index.section<PackedRecord>(records).size(); }

Record Gazetteer::record(std::uint32_t index) const {
    const IndexView& view = state_->index;
    const auto all = view.section<PackedRecord>(records);
    Record out;
    out.index = index;
    if (index >= all.size()) return out;
    const PackedRecord& packed = all[index];
    out.record_class = (packed.flags & record_flag::person) != 0 ? RecordClass::person : RecordClass::place;
    out.id = view.string(packed.id);
    out.name = view.string(packed.name);
    out.kind = view.string(packed.kind);
    out.country = view.string(packed.country);
    out.admin = view.string(packed.admin);
    out.family = view.string(packed.family);
    out.given = view.string(packed.given);
    out.source = view.string(packed.source);
    out.roles = view.string(packed.roles);
    out.has_position = (packed.flags & record_flag::has_position) != 0;
    out.position = position_of(packed);
    out.precision_m = packed.precision_m;
    out.from = packed.from;
    out.to = packed.to;
    out.rank = packed.rank;
    out.ambiguous = (packed.flags & record_flag::ambiguous) != 0;
    return out;
}

RecordClass Gazetteer::record_class(std::uint32_t index) const {
    const auto all = state_->index.section<PackedRecord>(records);
    return index < all.size() && (all[index].flags & record_flag::person) != 0 ? RecordClass::person : RecordClass::place;
}

std::vector<RecordName> Gazetteer::names(std::uint32_t index) const {
    const IndexView& view = state_->index;
    const auto all = view.section<PackedRecord>(records);
    std::vector<RecordName> out;
    if (index >= all.size()) return out;
    for (const PackedName& name : view.names(all[index])) {
        const auto kind = std::min<std::uint8_t>(name.kind, static_cast<std::uint8_t>(NameKind::generated));
        out.push_back({view.string(name.text), view.string(name.lang), static_cast<NameKind>(kind), name.from, name.to});
    }
    return out;
}

std::uint32_t Gazetteer::find_id(std::string_view id) const {
    const IndexView& view = state_->index;
    const auto all = view.section<PackedRecord>(records);
    const auto it = std::lower_bound(all.begin(), all.end(), id, [&](const PackedRecord& r, std::string_view wanted) { return view.string(r.id) < wanted; });
    const bool found = it != all.end() && view.string(it->id) == id;
    return static_cast<std::uint32_t>(found ? it - all.begin() : all.end() - all.begin());
}

std::vector<std::string> Gazetteer::route(const Hit& hit) const {
    const IndexView& view = state_->index;
    const auto all = view.section<PackedRecord>(records);
    std::vector<std::string> out;
    if (hit.record >= all.size()) return out;
    const auto names = view.names(all[hit.record]);
    const auto steps = view.section<PackedStep>(index_format::steps);
    if (hit.name >= names.size()) return out;
    for (std::uint32_t at = names[hit.name].step; at < steps.size();) {
        const PackedStep& step = steps[at];
        std::string text(view.string(step.text));
        const std::string_view label = view.string(step.label);
        if (!label.empty()) text.append(" (").append(label).append(")");
        out.push_back(std::move(text));
        if (step.parent >= at) break;  // the first, or damaged: parents come before children
        at = step.parent;
    }
    std::reverse(out.begin(), out.end());
    return out;
}

std::vector<std::uint32_t> Gazetteer::near(LonLat position, double radius_m, std::size_t limit) const {
    const auto all = state_->index.section<PackedRecord>(records);
    const auto cells = state_->index.section<GridEntry>(grid);
    std::vector<std::pair<double, std::uint32_t>> found;
    if (!(radius_m >= 0) || !std::isfinite(radius_m) || !std::isfinite(position.lon) || !std::isfinite(position.lat)) return {};
    const double reach = std::min(180.0, radius_m / earth_radius_m * 180 / std::numbers::pi * 1.01);
    const auto row_of = [](double lat) { return std::clamp(static_cast<int>(std::floor((lat + 90) * cells_per_degree)), 0, grid_rows - 1); };
    const double far_lat = std::min(90.0, std::max(std::abs(position.lat - reach), std::abs(position.lat + reach)));
    const double shrink = std::cos(radians(far_lat));
    const double reach_lon = shrink * 180 <= reach ? 180.0 : reach / shrink;
    const int first = static_cast<int>(std::floor((position.lon - reach_lon + 180) * cells_per_degree));
    const int columns = std::min(grid_columns, static_cast<int>(std::floor((position.lon + reach_lon + 180) * cells_per_degree)) - first + 1);
    const auto scan = [&](int row, int from, int to) {
        const auto low = static_cast<std::uint32_t>(row * grid_columns + from), high = static_cast<std::uint32_t>(row * grid_columns + to);
        for (auto it = std::lower_bound(cells.begin(), cells.end(), low, [](const GridEntry& e, std::uint32_t c) { return e.cell < c; });
             it != cells.end() && it->cell <= high; ++it) {
            if (it->record >= all.size()) continue;
            const double distance = sphere_distance_m(position, position_of(all[it->record]));
            if (distance <= radius_m) found.emplace_back(distance, it->record);
        }
    };
    for (int row = row_of(position.lat - reach); row <= row_of(position.lat + reach); ++row) {
        // Columns run over the antimeridian: one piece, or two.
        const int from = ((first % grid_columns) + grid_columns) % grid_columns;
        const int to = from + columns - 1;
        scan(row, from, std::min(to, grid_columns - 1));
        if (to >= grid_columns) scan(row, 0, to - grid_columns);
    }
    // A position of longitude 180 lies in the last column and its twin -180 in the first.
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (found.size() > limit) found.resize(limit);
    std::vector<std::uint32_t> out;
    out.reserve(found.size());
    for (const auto& [distance, record] : found) out.push_back(record);
    return out;
}

Status Gazetteer::verify() const { return state_->index.check(); }

std::string Gazetteer::digest() const {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(state_->index.header().content_digest));
    return text;
}

}  // namespace demarc
