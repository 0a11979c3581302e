#include "gazetteer/builder.hpp"

#include <unicode/uvernum.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "base/token_hash.hpp"
#include "gazetteer/index_format.hpp"
#include "gazetteer/index_view.hpp"
#include "gazetteer/key_table.hpp"
#include "gazetteer/name_keys.hpp"
#include "gazetteer/record_spill.hpp"
#include "gazetteer/section_file.hpp"
#include "gazetteer/string_pool.hpp"

namespace demarc {

using namespace index_format;

namespace {

constexpr std::size_t run_items = std::size_t{4} << 20;  // of the keys' sorter: two runs of 96 MiB in memory

Error bad(const std::string& where, std::string message) { return {ErrorCode::bad_data, std::move(message), where}; }

std::uint32_t cell_of(LonLat p) {
    const int row = std::clamp(static_cast<int>(std::floor((p.lat + 90) * cells_per_degree)), 0, grid_rows - 1);
    const int column = std::clamp(static_cast<int>(std::floor((p.lon + 180) * cells_per_degree)), 0, grid_columns - 1);
    return static_cast<std::uint32_t>(row * grid_columns + column);
}

}  // namespace

struct IndexBuilder::State {
    State(SectionFile output, RecordSpill spilled, KeyTable table, const EndingGroups& groups)
        : file(std::move(output)), spill(std::move(spilled)), keys(std::move(table)), name_keys(groups) {}

    SectionFile file;
    RecordSpill spill;
    KeyTable keys;
    NameKeys name_keys;
    std::set<std::string> sources;

    StringPool strings;
    std::vector<PackedRecord> records;
    std::vector<PackedDetails> details;
    std::vector<PackedName> names;
    std::vector<PackedNameDetails> name_details;
    std::vector<PackedStep> steps;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> places;  // cell, record
    std::vector<std::uint32_t> codes;
    std::map<std::string, std::uint16_t, std::less<>> known_codes;
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t, int, int, float>, std::uint32_t> known_details;
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::uint32_t> known_steps;
    std::vector<NameKey> scratch;

    std::uint16_t code(const std::string& text) {
        const auto known = known_codes.find(text);
        if (known != known_codes.end()) return known->second;
        const auto number = static_cast<std::uint16_t>(codes.size());
        if (codes.size() < 0xffff) known_codes.emplace(text, number);
        codes.push_back(strings.add(text));
        return number;
    }

    std::uint32_t step(const std::vector<RouteStep>& route) {
        std::uint32_t parent = none;
        for (const RouteStep& s : route) {
            const auto key = std::tuple(strings.add(s.text), strings.add(s.label), parent);
            const auto [it, fresh] = known_steps.try_emplace(key, static_cast<std::uint32_t>(steps.size()));
            if (fresh) steps.push_back({std::get<0>(key), std::get<1>(key), parent});
            parent = it->second;
        }
        return parent;
    }

    std::uint32_t details_of(const SourceRecord& source) {
        const PackedDetails d{strings.add(source.family), strings.add(source.given), strings.add(source.source), strings.add(source.roles), source.from, source.to, static_cast<float>(source.precision_m)};
        const auto [it, fresh] = known_details.try_emplace(std::tuple(d.family, d.given, d.source, d.roles, int{d.from}, int{d.to}, d.precision_m), static_cast<std::uint32_t>(details.size()));
        if (fresh) details.push_back(d);
        return it->second;
    }

    Status pack(const SourceRecord& source) {
        const auto index = static_cast<std::uint32_t>(records.size());
        PackedRecord packed{};
        if (source.position) {
            packed.lon = static_cast<std::int32_t>(std::llround(source.position->lon * 1e7));
            packed.lat = static_cast<std::int32_t>(std::llround(source.position->lat * 1e7));
            packed.flags |= record_flag::has_position;
            places.emplace_back(cell_of(*source.position), index);
        }
        packed.id = strings.add(source.id);
        packed.kind = code(source.kind);
        packed.country = code(source.country);
        packed.admin = strings.add(source.admin);
        packed.details = details_of(source);
        packed.names_begin = static_cast<std::uint32_t>(names.size());
        packed.rank = source.rank;
        if (source.record_class == RecordClass::person) packed.flags |= record_flag::person;
        if (source.imported) packed.flags |= record_flag::imported;
        if (source.ambiguous) packed.flags |= record_flag::ambiguous;
        // The display name stands first; where it isn't among the names it is added without keys.
        const auto own = std::find_if(source.names.begin(), source.names.end(), [&](const SourceName& n) { return n.text == source.name && n.kind == NameKind::main; });
        if (own == source.names.end()) names.push_back({strings.add(source.name), index, code(""), static_cast<std::uint8_t>(NameKind::main), 0});
        else if (const Status status = pack_name(source, *own, index); !status) return status;
        for (auto name = source.names.begin(); name != source.names.end(); ++name) {
            if (name == own) continue;
            if (const Status status = pack_name(source, *name, index); !status) return status;
        }
        packed.names_count = static_cast<std::uint16_t>(names.size() - packed.names_begin);
        records.push_back(packed);
        return {};
    }

    Status pack_name(const SourceRecord& source, const SourceName& name, std::uint32_t record) {
        const auto number = static_cast<std::uint32_t>(names.size());
        PackedName packed{strings.add(name.text), record, code(name.lang), static_cast<std::uint8_t>(name.kind), 0};
        const std::uint32_t route = step(name.route);
        if (route != none || name.from != 0 || name.to != 0) {
            packed.details = 1;
            name_details.push_back({number, route, name.from, name.to});
        }
        names.push_back(packed);
        scratch.clear();
        name_keys.of(source, name, scratch);
        for (const NameKey& key : scratch) {
            if (const Status status = keys.add({key.key, key.check, number, key.cost, key.family, key.prefix, {}}); !status) return status;
        }
        return {};
    }

    template <class T>
    void section(Section which, const std::vector<T>& items) {
        file.begin(which);
        file.add(items.data(), items.size() * sizeof(T));
        file.end();
    }

    Status write_all(Header& header) {
        if (const Status status = keys.write({records, names}, file, header); !status) return status;
        section(index_format::records, records);
        section(index_format::details, details);
        section(index_format::names, names);
        section(index_format::name_details, name_details);
        section(index_format::steps, steps);
        std::sort(places.begin(), places.end());
        std::vector<std::uint32_t> cells, ordered;
        for (const auto& [cell, record] : places) {
            while (cells.size() <= cell) cells.push_back(static_cast<std::uint32_t>(ordered.size()));
            ordered.push_back(record);
        }
        while (cells.size() <= grid_cells) cells.push_back(static_cast<std::uint32_t>(ordered.size()));
        section(index_format::grid, cells);
        section(index_format::places, ordered);
        section(index_format::endings, name_keys.ending_hashes());
        std::string text;
        for (const std::string& source : sources) text += (text.empty() ? "" : "\n") + source;
        header.attribution = strings.add(text);
        section(index_format::codes, codes);
        file.begin(index_format::strings);
        file.add(strings.bytes().data(), strings.bytes().size());
        file.end();
        section(index_format::similarity, name_keys.make_similarity_filter());
        if (strings.full()) return bad("", "the strings are longer than 4 GiB");
        if (codes.size() > 0xffff) return bad("", "more than 65,535 kinds, countries and languages");
        return file.finish(header);
    }
};

IndexBuilder::IndexBuilder(std::unique_ptr<State> state) : state_(std::move(state)) {}
IndexBuilder::IndexBuilder(IndexBuilder&&) noexcept = default;
IndexBuilder& IndexBuilder::operator=(IndexBuilder&&) noexcept = default;
IndexBuilder::~IndexBuilder() = default;

Result<IndexBuilder> IndexBuilder::create(const std::string& path, const EndingGroups& endings) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    auto file = SectionFile::create(path);
    if (!file) return file.error();
    auto spill = TemporaryFile::make(folder);
    if (!spill) return spill.error();
    auto keys = KeyTable::make(folder, run_items);
    if (!keys) return keys.error();
    return IndexBuilder(std::make_unique<State>(std::move(*file), RecordSpill(std::move(*spill)), std::move(*keys), endings));
}

Status IndexBuilder::add(const SourceRecord& record) {
    if (record.record_class == RecordClass::person) state_->name_keys.keep_similarity_keys();
    return state_->spill.add(record);
}

void IndexBuilder::attribute(const std::string& text) {
    if (!text.empty()) state_->sources.insert(text);
}

Result<IndexSummary> IndexBuilder::finish() {
    State& state = *state_;
    if (const Status status = state.spill.sort(); !status) return status.error();
    for (std::size_t i = 0; i < state.spill.size(); ++i) {
        const auto record = state.spill.read(i);
        if (!record) return record.error();
        if (const Status status = state.pack(*record); !status) return status.error();
    }
    Header header{};
    header.magic = magic;
    header.version = version;
    header.byte_order = byte_order;
    header.key_check = key_check();
    header.contents = std::any_of(state.records.begin(), state.records.end(), [](const PackedRecord& r) { return (r.flags & record_flag::person) != 0; }) ? 1 : 0;
    header.unicode_version = unicode_version();
    header.icu_version = U_ICU_VERSION_MAJOR_NUM * 256 + U_ICU_VERSION_MINOR_NUM;
    if (const Status status = state.write_all(header); !status) return status.error();
    return IndexSummary{state.records.size(), state.names.size(), header.file_size};
}

Result<std::string> build_index(const std::vector<SourceRecord>& records, const EndingGroups& endings) {
    std::string folder = (std::filesystem::temp_directory_path() / "demarc-index-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return Error{ErrorCode::cannot_create, "no temporary folder can be made", folder};
    const std::string path = folder + "/index.gaz";
    const auto build = [&]() -> Result<std::string> {
        auto builder = IndexBuilder::create(path, endings);
        if (!builder) return builder.error();
        for (const SourceRecord& record : records) {
            if (const Status status = builder->add(record); !status) return status.error();
        }
        if (const auto done = builder->finish(); !done) return done.error();
        std::ifstream in(path, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    auto bytes = build();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return bytes;
}

}  // namespace demarc
