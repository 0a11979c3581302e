#include "gazetteer/gazetteer.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>

#include "gazetteer/index_view.hpp"
#include "gazetteer/sphere_distance.hpp"

namespace demarc {

using namespace index_format;

namespace {

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

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
            if (state->parts.size() == Probe{}.entries.size()) return Error{ErrorCode::bad_data, "more than " + std::to_string(Probe{}.entries.size()) + " gazetteers at once", ""};
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
        const std::uint64_t entry = state_->parts[p].index.find(sequence_key);
        if (entry == 0) continue;
        out.entries[p] = entry;
        out.prefix = out.prefix || IndexView::is_prefix(entry);
        if (IndexView::hit_count(entry) != 0) out.found_in = static_cast<std::uint8_t>(out.found_in | 1u << p);
    }
    return out;
}

void Gazetteer::prefetch(std::uint64_t sequence_key) const noexcept {
    for (const State::Part& part : state_->parts) part.index.prefetch(sequence_key);
}

void Gazetteer::hits(const Probe& probe, std::vector<Hit>& out) const {
    const std::size_t before = out.size();
    for (std::size_t p = 0; p < state_->parts.size(); ++p) {
        if ((probe.found_in >> p & 1u) == 0) continue;
        const State::Part& part = state_->parts[p];
        const auto all_names = part.index.section<PackedName>(index_format::names);
        part.index.each_hit(probe.entries[p], [&](const PackedHit& packed) {
            if (packed.name >= all_names.size()) return;
            const PackedName& name = all_names[packed.name];
            if (name.record >= part.records.size() || name.kind > static_cast<std::uint8_t>(NameKind::generated)) return;
            Hit hit;
            hit.record = part.first + name.record;
            hit.name = packed.name - part.records[name.record].names_begin;
            hit.kind = static_cast<NameKind>(name.kind);
            hit.stage = hit.kind == NameKind::generated ? MatchStage::generated : MatchStage::attested;
            hit.family_only = packed.family != 0;
            hit.cost = static_cast<float>(packed.cost) / 100;
            out.push_back(hit);
        });
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
    if (const auto own = view.names(packed); !own.empty()) out.name = view.string(own.front().text);
    out.kind = view.code(packed.kind);
    out.country = view.code(packed.country);
    out.admin = view.string(packed.admin);
    if (const PackedDetails* details = view.details(packed); details != nullptr) {
        out.family = view.string(details->family);
        out.given = view.string(details->given);
        out.source = view.string(details->source);
        out.roles = view.string(details->roles);
        out.precision_m = details->precision_m;
        out.from = details->from;
        out.to = details->to;
    }
    out.has_position = (packed.flags & record_flag::has_position) != 0;
    out.position = position_of(packed);
    out.rank = packed.rank;
    out.imported = (packed.flags & record_flag::imported) != 0;
    out.ambiguous = (packed.flags & record_flag::ambiguous) != 0;
    return out;
}

RecordClass Gazetteer::record_class(std::uint32_t index) const {
    const PackedRecord* packed = state_->packed(index);
    return packed != nullptr && (packed->flags & record_flag::person) != 0 ? RecordClass::person : RecordClass::place;
}

bool Gazetteer::imported(std::uint32_t index) const {
    const PackedRecord* packed = state_->packed(index);
    return packed != nullptr && (packed->flags & record_flag::imported) != 0;
}

std::vector<RecordName> Gazetteer::names(std::uint32_t index) const {
    std::vector<RecordName> out;
    const State::Part* part = state_->part_of(index);
    if (part == nullptr) return out;
    const IndexView& view = part->index;
    for (const PackedName& name : view.names(part->records[index - part->first])) {
        const auto kind = std::min<std::uint8_t>(name.kind, static_cast<std::uint8_t>(NameKind::generated));
        out.push_back({view.string(name.text), view.code(name.lang), static_cast<NameKind>(kind)});
        if (name.details == 0) continue;
        const PackedNameDetails details = view.details_of_name(part->records[index - part->first].names_begin + static_cast<std::uint32_t>(out.size()) - 1);
        out.back().from = details.from, out.back().to = details.to;
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
    const std::uint32_t number = part->records[hit.record - part->first].names_begin + hit.name;
    for (std::uint32_t at = view.details_of_name(number).step; at < steps.size();) {
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
    const double reach = std::min(180.0, radius_m / mean_earth_radius_m * 180 / std::numbers::pi * 1.01);
    const auto row_of = [](double lat) { return std::clamp(static_cast<int>(std::floor((lat + 90) * cells_per_degree)), 0, grid_rows - 1); };
    const double far_lat = std::min(90.0, std::max(std::abs(position.lat - reach), std::abs(position.lat + reach)));
    const double shrink = std::cos(radians(far_lat));
    const double reach_lon = shrink * 180 <= reach ? 180.0 : reach / shrink;
    const int first = static_cast<int>(std::floor((position.lon - reach_lon + 180) * cells_per_degree));
    const int columns = std::min(grid_columns, static_cast<int>(std::floor((position.lon + reach_lon + 180) * cells_per_degree)) - first + 1);
    const auto scan = [&](int row, int from, int to) {
        const auto low = static_cast<std::uint32_t>(row * grid_columns + from), high = static_cast<std::uint32_t>(row * grid_columns + to);
        for (const State::Part& part : state_->parts) {
            const auto cells = part.index.section<std::uint32_t>(grid);
            const auto all = part.index.section<std::uint32_t>(places);
            if (high + 1 >= cells.size()) continue;
            for (std::size_t at = cells[low]; at < std::min<std::size_t>(cells[high + 1], all.size()); ++at) {
                const std::uint32_t record = all[at];
                if (record >= part.records.size()) continue;
                const double distance = sphere_distance_m(position, position_of(part.records[record]));
                if (distance <= radius_m) found.emplace_back(distance, part.first + record);
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

std::string Gazetteer::attribution() const {
    std::string out;
    for (const State::Part& part : state_->parts) {
        const std::string_view text = part.index.string(part.index.header().attribution);
        if (!text.empty()) out.append(out.empty() ? "" : "\n").append(text);
    }
    return out;
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
