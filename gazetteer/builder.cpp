#include "gazetteer/builder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>
#include <set>
#include <unordered_map>

#include "base/token_hash.hpp"
#include "base/utf8.hpp"
#include "gazetteer/index_format.hpp"
#include "gazetteer/name_tokens.hpp"

namespace demarc {
namespace {

using namespace index_format;
using Tokens = std::vector<std::string>;

constexpr std::size_t min_letters = 2;
constexpr std::size_t min_generated_letters = 5;
constexpr std::size_t min_bare_letters = 5;
constexpr std::uint8_t min_bare_rank = 3;
constexpr float family_cost = 0.5f, bare_cost = 0.1f, ending_cost = 0.05f, reversed_cost = 0.05f, max_reversed_cost = 0.2f;
constexpr double max_load = 0.8;

template <class T>
void append_bytes(std::string& out, const T& value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

class StringPool {
public:
    StringPool() { add(""); }
    std::uint32_t add(std::string_view text) {
        const auto [it, fresh] = known_.try_emplace(std::string(text), static_cast<std::uint32_t>(bytes_.size()));
        if (fresh) {
            append_bytes(bytes_, static_cast<std::uint16_t>(std::min<std::size_t>(text.size(), 0xffff)));
            bytes_.append(text.substr(0, 0xffff));
        }
        return it->second;
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
    std::unordered_map<std::string, std::uint32_t> known_;
};

struct Entry {
    bool prefix = false;
    std::string sequence;  // what the key stands for, to prove that no other sequence shares it
    std::vector<PackedHit> hits;
};

class Compiler {
public:
    Compiler(std::vector<SourceRecord> records, const EndingGroups& endings) : sources_(std::move(records)) {
        for (const auto& group : endings) {
            for (const std::string& ending : group) endings_.emplace(ending, group);
        }
    }

    Result<std::string> run() {
        std::sort(sources_.begin(), sources_.end(), [](const SourceRecord& a, const SourceRecord& b) { return a.id < b.id; });
        for (std::size_t i = 0; i + 1 < sources_.size(); ++i) {
            if (sources_[i].id == sources_[i + 1].id) {
                return bad(sources_[i + 1].where, "id '" + sources_[i].id + "' is given twice (also at " + sources_[i].where + "); an id names one record");
            }
        }
        for (std::uint32_t i = 0; i < sources_.size(); ++i) {
            if (const Status status = record(i, sources_[i]); !status) return status.error();
        }
        return assemble();
    }

private:
    static Error bad(const std::string& where, std::string message) { return {ErrorCode::bad_data, std::move(message), where}; }

    std::uint32_t step(const std::vector<RouteStep>& route) {
        std::uint32_t parent = none;
        for (const RouteStep& s : route) {
            const auto key = std::tuple(strings_.add(s.text), strings_.add(s.label), parent);
            const auto [it, fresh] = known_steps_.try_emplace(key, static_cast<std::uint32_t>(steps_.size()));
            if (fresh) steps_.push_back({std::get<0>(key), std::get<1>(key), parent});
            parent = it->second;
        }
        return parent;
    }

    Status record(std::uint32_t index, const SourceRecord& source) {
        if (source.id.empty() || source.name.empty()) return bad(source.where, "a record needs an id and a name");
        if (source.names.size() > 0xffff) return bad(source.where, "'" + source.id + "' has " + std::to_string(source.names.size()) + " names; 65535 are allowed");
        PackedRecord packed{};
        if (source.position) {
            packed.lon = static_cast<std::int32_t>(std::llround(source.position->lon * 1e7));
            packed.lat = static_cast<std::int32_t>(std::llround(source.position->lat * 1e7));
            packed.flags |= record_flag::has_position;
            grid_.push_back({cell_of(*source.position), index});
        }
        packed.id = strings_.add(source.id);
        packed.name = strings_.add(source.name);
        packed.kind = strings_.add(source.kind);
        packed.country = strings_.add(source.country);
        packed.admin = strings_.add(source.admin);
        packed.family = strings_.add(source.family);
        packed.given = strings_.add(source.given);
        packed.source = strings_.add(source.source);
        packed.roles = strings_.add(source.roles);
        packed.names_begin = static_cast<std::uint32_t>(names_.size());
        packed.names_count = static_cast<std::uint16_t>(source.names.size());
        packed.rank = source.rank;
        if (source.record_class == RecordClass::person) packed.flags |= record_flag::person;
        if (source.imported) packed.flags |= record_flag::imported;
        if (source.ambiguous) packed.flags |= record_flag::ambiguous;
        packed.from = source.from;
        packed.to = source.to;
        packed.precision_m = static_cast<float>(source.precision_m);
        records_.push_back(packed);
        for (std::size_t n = 0; n < source.names.size(); ++n) {
            const SourceName& name = source.names[n];
            names_.push_back({strings_.add(name.text), strings_.add(name.lang), step(name.route), name.from, name.to, static_cast<std::uint8_t>(name.kind), {}});
            PackedHit hit{index, static_cast<std::uint16_t>(n), static_cast<std::uint8_t>(name.kind), 0};
            const Status status = source.record_class == RecordClass::person ? person_keys(source, name, hit) : place_keys(source, name, hit);
            if (!status) return status;
        }
        return {};
    }

    Status place_keys(const SourceRecord& source, const SourceName& name, PackedHit hit) {
        const Tokens tokens = name_tokens(name.text);
        if (const Status status = name_keys(source, tokens, hit, name.cost); !status) return status;
        const auto ending = tokens.size() < 2 ? endings_.end() : endings_.find(tokens.back());
        if (ending == endings_.end() || name.kind == NameKind::native) return {};
        Tokens other = tokens;
        for (const std::string& equal : ending->second) {
            other.back() = equal;
            if (equal == tokens.back()) continue;
            if (const Status status = name_keys(source, other, hit, name.cost + ending_cost); !status) return status;
        }
        other.pop_back();
        static constexpr std::array<std::string_view, 4> inhabited = {"village", "town", "city", "island"};
        // A river or province is said without its ending in Japanese ("Daidō", "Keiki"); in Korean that would be the town beside it.
        static constexpr std::array<std::string_view, 5> in_japanese = {"province", "county", "river", "lake", "reservoir"};
        const bool bare = std::find(inhabited.begin(), inhabited.end(), source.kind) != inhabited.end() ||
                          (name.lang.starts_with("ja") && std::find(in_japanese.begin(), in_japanese.end(), source.kind) != in_japanese.end());
        if (!bare || source.rank < min_bare_rank || joined_tokens(other).size() < min_bare_letters) return {};
        return name_keys(source, other, hit, name.cost + bare_cost);
    }

    Status person_keys(const SourceRecord& source, const SourceName& name, PackedHit hit) {
        const Tokens whole = name_tokens(name.text);
        const bool family_alone = name.kind != NameKind::cover && whole.size() == 1 && whole == name_tokens(source.family);
        if (family_alone) hit.kind |= family_bit;
        if (const Status status = name_keys(source, whole, hit, name.cost + (family_alone ? family_cost : 0)); !status) return status;
        if (name.family.empty()) return {};
        const Tokens family = name_tokens(name.family), given = name_tokens(name.given);
        if (!given.empty()) {
            const Tokens one_word{joined_tokens(given)};
            for (const Tokens& forename : {given, one_word}) {
                Tokens first = family, last = forename;
                first.insert(first.end(), forename.begin(), forename.end());
                last.insert(last.end(), family.begin(), family.end());
                if (source.family_first) {
                    if (const Status status = name_keys(source, first, hit, name.cost); !status) return status;
                }
                // "Jinan" for Nam Il in Japanese, turned round, is one guess too many.
                if (name.cost > max_reversed_cost) continue;
                if (const Status status = name_keys(source, last, hit, name.cost + (source.family_first ? reversed_cost : 0)); !status) return status;
            }
        }
        if (name.kind == NameKind::generated) return {};
        hit.kind |= family_bit;
        return name_keys(source, family, hit, name.cost + family_cost);
    }

    // The sequence, its proper prefixes, the joined word and, for names given by a source, the joined word's OCR key.
    Status name_keys(const SourceRecord& source, const Tokens& tokens, PackedHit hit, float cost) {
        const std::string joined = joined_tokens(tokens);
        const bool generated = (hit.kind & ~family_bit) == static_cast<std::uint8_t>(NameKind::generated);
        if (count_code_points(joined) < (generated ? min_generated_letters : min_letters)) return {};
        hit.cost = static_cast<std::uint8_t>(std::lround(std::clamp(cost, 0.0f, 2.5f) * 100));
        std::uint64_t key = 0;
        std::string sequence;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const std::uint64_t token = token_hash(tokens[i]);
            key = i == 0 ? token : extend_sequence(key, token);
            sequence += (i == 0 ? "" : " ") + tokens[i];
            const bool last = i + 1 == tokens.size();
            if (const Status status = key_entry(source, key, sequence, !last, last ? &hit : nullptr); !status) return status;
        }
        if (tokens.size() > 1) {
            if (const Status status = key_entry(source, token_hash(joined), joined, false, &hit); !status) return status;
        }
        if (generated || (hit.kind & family_bit) != 0) return {};
        return key_entry(source, ocr_key(joined), "ocr " + joined, false, &hit);
    }

    Status key_entry(const SourceRecord& source, std::uint64_t key, const std::string& sequence, bool prefix, const PackedHit* hit) {
        Entry& entry = entries_[key];
        const bool ocr = sequence.starts_with("ocr ");
        if (entry.sequence.empty()) {
            entry.sequence = sequence;
        } else if (entry.sequence != sequence && !(ocr && entry.sequence.starts_with("ocr "))) {
            return bad(source.where, "the names '" + sequence + "' and '" + entry.sequence + "' have the same key");
        }
        entry.prefix = entry.prefix || prefix;
        if (hit == nullptr) return {};
        // A record once a key, by its best name: trusted kinds first, then cost.
        const auto order = [](const PackedHit& h) { return std::tuple(h.kind == static_cast<std::uint8_t>(NameKind::generated), h.cost, h.name); };
        for (PackedHit& known : entry.hits) {
            if (known.record != hit->record) continue;
            if (order(*hit) < order(known)) known = *hit;
            return {};
        }
        entry.hits.push_back(*hit);
        return {};
    }

    static std::uint32_t cell_of(LonLat p) {
        const int row = std::clamp(static_cast<int>(std::floor((p.lat + 90) * cells_per_degree)), 0, grid_rows - 1);
        const int column = std::clamp(static_cast<int>(std::floor((p.lon + 180) * cells_per_degree)), 0, grid_columns - 1);
        return static_cast<std::uint32_t>(row * grid_columns + column);
    }

    Result<std::string> assemble() {
        std::string hits_bytes;
        std::uint64_t slot_count = 8;
        while (static_cast<double>(entries_.size()) > max_load * static_cast<double>(slot_count)) slot_count += slot_count / 4;
        std::vector<Slot> table(slot_count, Slot{0, 0, 0});
        std::uint32_t longest = 1, hits_count = 0;
        for (auto& [key, entry] : entries_) {
            std::sort(entry.hits.begin(), entry.hits.end(), [this](const PackedHit& a, const PackedHit& b) { return order(a) < order(b); });
            std::uint64_t home = static_cast<std::uint64_t>((static_cast<uint128>(key) * slot_count) >> 64);
            std::uint32_t probes = 1;
            while (table[home].key != 0) {
                home = home + 1 == slot_count ? 0 : home + 1;
                ++probes;
            }
            longest = std::max(longest, probes);
            table[home] = {key, hits_count, static_cast<std::uint32_t>(entry.hits.size()) | (entry.prefix ? prefix_bit : 0)};
            for (const PackedHit& hit : entry.hits) append_bytes(hits_bytes, hit);
            hits_count += static_cast<std::uint32_t>(entry.hits.size());
        }
        std::sort(grid_.begin(), grid_.end(), [](const GridEntry& a, const GridEntry& b) { return std::tie(a.cell, a.record) < std::tie(b.cell, b.record); });
        std::set<std::uint64_t> ending_hashes;
        for (const auto& [ending, group] : endings_) ending_hashes.insert(token_hash(ending));
        const std::vector<std::uint64_t> ending_list(ending_hashes.begin(), ending_hashes.end());

        Header header{};
        header.magic = magic;
        header.version = version;
        header.byte_order = byte_order;
        header.longest_probe = longest;
        header.contents = std::any_of(records_.begin(), records_.end(), [](const PackedRecord& r) { return (r.flags & record_flag::person) != 0; }) ? 1 : 0;
        std::string body;
        const auto section = [&](Section which, const void* data, std::size_t size) {
            header.sections[which] = {sizeof(Header) + body.size(), size};
            body.append(static_cast<const char*>(data), size);
            body.append((8 - body.size() % 8) % 8, '\0');
        };
        section(slots, table.data(), table.size() * sizeof(Slot));
        section(hits, hits_bytes.data(), hits_bytes.size());
        section(records, records_.data(), records_.size() * sizeof(PackedRecord));
        section(names, names_.data(), names_.size() * sizeof(PackedName));
        section(steps, steps_.data(), steps_.size() * sizeof(PackedStep));
        section(grid, grid_.data(), grid_.size() * sizeof(GridEntry));
        section(endings, ending_list.data(), ending_list.size() * sizeof(std::uint64_t));
        section(strings, strings_.bytes().data(), strings_.bytes().size());
        if (strings_.bytes().size() > 0xfffffffful) return bad("", "the strings are longer than 4 GiB");
        header.file_size = sizeof(Header) + body.size();
        header.content_digest = token_hash(body);
        header.header_digest = token_hash({reinterpret_cast<const char*>(&header), sizeof(Header) - sizeof header.header_digest});
        std::string file;
        file.reserve(header.file_size);
        append_bytes(file, header);
        file += body;
        return file;
    }

    // The order in which Gazetteer::hits gives them.
    std::tuple<bool, bool, int, int, std::uint32_t> order(const PackedHit& hit) const {
        const bool generated = (hit.kind & ~family_bit) == static_cast<std::uint8_t>(NameKind::generated);
        return {generated, (hit.kind & family_bit) != 0, -records_[hit.record].rank, hit.cost, hit.record};
    }

    std::vector<SourceRecord> sources_;
    std::map<std::string, std::vector<std::string>> endings_;
    StringPool strings_;
    std::vector<PackedRecord> records_;
    std::vector<PackedName> names_;
    std::vector<PackedStep> steps_;
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::uint32_t> known_steps_;
    std::vector<GridEntry> grid_;
    std::map<std::uint64_t, Entry> entries_;  // ordered: the same bytes each time, and near the slots' order
};

}  // namespace

Result<std::string> build_index(std::vector<SourceRecord> records, const EndingGroups& endings) { return Compiler(std::move(records), endings).run(); }

}  // namespace demarc
