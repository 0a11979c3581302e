#include "gazetteer/gazetteer.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>

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

std::uint64_t Gazetteer::State::next_identity() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

std::uint64_t Gazetteer::identity() const noexcept { return state_->identity; }

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
    auto state = std::make_unique<State>();
    state->add({std::move(*file), *index});
    return Gazetteer(std::move(state));
}

Result<Gazetteer> Gazetteer::from_memory(std::span<const std::byte> bytes) {
    auto index = IndexView::of(bytes);
    if (!index) return index.error();
    auto state = std::make_unique<State>();
    state->add({MappedFile(), *index});
    return Gazetteer(std::move(state));
}

Result<Gazetteer> Gazetteer::join(std::vector<Gazetteer> parts) {
    auto state = std::make_unique<State>();
    for (Gazetteer& gazetteer : parts) {
        for (State::Part& part : gazetteer.state_->parts) {
            if (state->parts.size() == Probe{}.slots.size()) return Error{ErrorCode::bad_data, "more than " + std::to_string(Probe{}.slots.size()) + " gazetteers at once", ""};
            if (part.records.size() > std::numeric_limits<std::uint32_t>::max() - 1 - state->size) return Error{ErrorCode::bad_data, "more than 4,294,967,294 records", ""};
            state->add(std::move(part));
        }
    }
    return Gazetteer(std::move(state));
}

Probe Gazetteer::probe(std::uint64_t sequence_key) const noexcept { return probe_in(sequence_key, all_parts); }

Probe Gazetteer::probe_in(std::uint64_t sequence_key, std::uint32_t parts) const noexcept {
    Probe out;
    for (std::size_t p = 0; p < state_->parts.size(); ++p) {
        if ((parts >> p & 1u) == 0) continue;
        const Slot* slot = state_->parts[p].index.slot(sequence_key);
        if (slot == nullptr) continue;
        out.slots[p] = slot;
        out.prefix = out.prefix || (slot->hits_count & prefix_bit) != 0;
        if ((slot->hits_count & ~prefix_bit) != 0) out.found_in = static_cast<std::uint8_t>(out.found_in | 1u << p);
    }
    return out;
}

void Gazetteer::hits(const Probe& probe, std::vector<Hit>& out) const {
    const std::size_t before = out.size();
    for (std::size_t p = 0; p < state_->parts.size(); ++p) {
        if ((probe.found_in >> p & 1u) == 0) continue;
        const State::Part& part = state_->parts[p];
        for (const PackedHit& packed : part.index.hits(*static_cast<const Slot*>(probe.slots[p]))) {
            const auto kind = static_cast<std::uint8_t>(packed.kind & ~family_bit);
            if (packed.record >= part.records.size() || kind > static_cast<std::uint8_t>(NameKind::generated)) continue;
            Hit hit;
            hit.record = part.first + packed.record;
            hit.name = packed.name;
            hit.kind = static_cast<NameKind>(kind);
            hit.stage = hit.kind == NameKind::generated ? MatchStage::generated : MatchStage::attested;
            hit.family_only = (packed.kind & family_bit) != 0;
            hit.cost = static_cast<float>(packed.cost) / 100;
            out.push_back(hit);
        }
    }
    if ((probe.found_in & (probe.found_in - 1)) == 0) return;  // one index has its hits in this order
    const auto order = [this](const Hit& hit) { return std::tuple(hit.kind == NameKind::generated, hit.family_only, -static_cast<int>(state_->packed(hit.record)->rank), hit.cost, hit.record); };
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(), [&](const Hit& a, const Hit& b) { return order(a) < order(b); });
}

std::size_t Gazetteer::size() const noexcept { return state_->size; }

Record Gazetteer::record(std::uint32_t index) const {
    Record out;
    out.index = index;
    const State::Part* part = state_->part_of(index);
    if (part == nullptr) return out;
    const IndexView& view = part->index;
    const PackedRecord& packed = part->records[index - part->first];
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
    out.imported = (packed.flags & record_flag::imported) != 0;
    out.ambiguous = (packed.flags & record_flag::ambiguous) != 0;
    return out;
}

RecordClass Gazetteer::record_class(std::uint32_t index) const {
    const PackedRecord* packed = state_->packed(index);
    return packed != nullptr && (packed->flags & record_flag::person) != 0 ? RecordClass::person : RecordClass::place;
}

std::vector<RecordName> Gazetteer::names(std::uint32_t index) const {
    std::vector<RecordName> out;
    const State::Part* part = state_->part_of(index);
    if (part == nullptr) return out;
    const IndexView& view = part->index;
    for (const PackedName& name : view.names(part->records[index - part->first])) {
        const auto kind = std::min<std::uint8_t>(name.kind, static_cast<std::uint8_t>(NameKind::generated));
        out.push_back({view.string(name.text), view.string(name.lang), static_cast<NameKind>(kind), name.from, name.to});
    }
    return out;
}

std::uint32_t Gazetteer::find_id(std::string_view id) const {
    for (const State::Part& part : state_->parts) {
        const auto all = part.records;
        const auto it = std::lower_bound(all.begin(), all.end(), id, [&](const PackedRecord& r, std::string_view wanted) { return part.index.string(r.id) < wanted; });
        if (it != all.end() && part.index.string(it->id) == id) return part.first + static_cast<std::uint32_t>(it - all.begin());
    }
    return state_->size;
}

std::vector<std::string> Gazetteer::route(const Hit& hit) const {
    std::vector<std::string> out;
    const State::Part* part = state_->part_of(hit.record);
    if (part == nullptr) return out;
    const IndexView& view = part->index;
    const auto names = view.names(part->records[hit.record - part->first]);
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
        for (const State::Part& part : state_->parts) {
            const auto cells = part.index.section<GridEntry>(grid);
            for (auto it = std::lower_bound(cells.begin(), cells.end(), low, [](const GridEntry& e, std::uint32_t c) { return e.cell < c; });
                 it != cells.end() && it->cell <= high; ++it) {
                if (it->record >= part.records.size()) continue;
                const double distance = sphere_distance_m(position, position_of(part.records[it->record]));
                if (distance <= radius_m) found.emplace_back(distance, part.first + it->record);
            }
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

Status Gazetteer::verify() const {
    for (const State::Part& part : state_->parts) {
        if (auto status = part.index.check(); !status) return status;
    }
    return {};
}

std::string Gazetteer::digest() const {
    std::string out;
    for (const State::Part& part : state_->parts) {
        char text[17];
        std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(part.index.header().content_digest));
        out += (out.empty() ? "" : "+") + std::string(text);
    }
    return out;
}

}  // namespace demarc
