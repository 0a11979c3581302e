#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/index_format.hpp"

namespace demarc {

/// Typed, bounds-checked access to the bytes of an index. Every reference that leads nowhere reads as nothing ("" or an empty
/// range), so that damaged bytes cannot lead a reader astray; `check` finds them.
class IndexView {
public:
    /// Checks header and section table. O(1). Errors: bad_data.
    [[nodiscard]] static Result<IndexView> of(std::span<const std::byte> bytes);

    [[nodiscard]] const index_format::Header& header() const { return *header_; }
    template <class T>
    [[nodiscard]] std::span<const T> section(index_format::Section which) const {
        const index_format::SectionEntry& entry = header_->sections[which];
        return {reinterpret_cast<const T*>(bytes_.data() + entry.offset), entry.size / sizeof(T)};
    }
    [[nodiscard]] std::string_view string(std::uint32_t offset) const {
        const auto pool = section<char>(index_format::strings);
        if (pool.size() < 2 || offset > pool.size() - 2) return {};
        std::uint16_t length = 0;
        std::memcpy(&length, pool.data() + offset, sizeof length);
        return length > pool.size() - offset - 2 ? std::string_view() : std::string_view(pool.data() + offset + 2, length);
    }
    /// Text of a code: kind, country or language.
    [[nodiscard]] std::string_view code(std::uint16_t number) const {
        const auto all = section<std::uint32_t>(index_format::codes);
        return number < all.size() ? string(all[number]) : std::string_view();
    }
    /// What the table has for a key: count in the high half, value in the low one; 0 where it has nothing.
    [[nodiscard]] std::uint64_t find(std::uint64_t key) const {
        const auto table = section<index_format::Bucket>(index_format::buckets);
        const std::uint64_t homes = header_->home_buckets;
        if (homes > table.size() || homes == 0) return 0;
        __extension__ using wide = unsigned __int128;
        auto at = static_cast<std::size_t>((static_cast<wide>(key) * homes) >> 64);
        const auto low = static_cast<std::uint32_t>(key);
        const auto middle = static_cast<std::uint16_t>(key >> 32);
        for (std::uint32_t i = 0; i < header_->longest_probe && at < table.size(); ++i, ++at) {
            const index_format::Bucket& bucket = table[at];
            // Most keys that are looked for are in no table: all entries are compared at once, those that aren't in use as well.
            static_assert(index_format::Bucket::capacity == 5);
            if ((bucket.low[0] == low) | (bucket.low[1] == low) | (bucket.low[2] == low) | (bucket.low[3] == low) | (bucket.low[4] == low)) [[unlikely]] {
                const int used = bucket.used < index_format::Bucket::capacity ? bucket.used : index_format::Bucket::capacity;
                for (int e = 0; e < used; ++e) {
                    if (bucket.low[e] == low && bucket.middle[e] == middle) return static_cast<std::uint64_t>(bucket.count[e]) << 32 | bucket.value[e];
                }
            }
            if (bucket.runs_over == 0) return 0;
        }
        return 0;
    }
    void prefetch(std::uint64_t key) const {
        const auto table = section<index_format::Bucket>(index_format::buckets);
        __extension__ using wide = unsigned __int128;
        const auto home = static_cast<std::size_t>((static_cast<wide>(key) * header_->home_buckets) >> 64);
        if (home < table.size()) __builtin_prefetch(&table[home]);
    }
    /// Number of hits and whether a longer name begins here, of what `find` gave.
    [[nodiscard]] static std::uint32_t hit_count(std::uint64_t found) { return static_cast<std::uint32_t>(found >> 32) & index_format::hit_limit; }
    [[nodiscard]] static bool is_prefix(std::uint64_t found) { return (found >> 32 & index_format::key_bits::prefix) != 0; }
    /// Calls use(hit) for the hits of what `find` gave.
    template <class Use>
    void each_hit(std::uint64_t found, Use use) const {
        const auto value = static_cast<std::uint32_t>(found);
        if ((found >> 32 & index_format::key_bits::direct) != 0) {
            use(index_format::PackedHit{value, 0, 0, {}});
            return;
        }
        const auto all = section<index_format::PackedHit>(index_format::hits);
        const std::size_t count = hit_count(found);
        if (value > all.size() || count > all.size() - value) return;
        for (const index_format::PackedHit& hit : all.subspan(value, count)) use(hit);
    }
    [[nodiscard]] std::span<const index_format::PackedName> names(const index_format::PackedRecord& record) const {
        const auto all = section<index_format::PackedName>(index_format::names);
        if (record.names_begin > all.size() || record.names_count > all.size() - record.names_begin) return {};
        return all.subspan(record.names_begin, record.names_count);
    }
    /// Years and route of a name; none where there are none.
    [[nodiscard]] index_format::PackedNameDetails details_of_name(std::uint32_t name) const;
    [[nodiscard]] const index_format::PackedDetails* details(const index_format::PackedRecord& record) const {
        const auto all = section<index_format::PackedDetails>(index_format::details);
        return record.details < all.size() ? &all[record.details] : nullptr;
    }
    /// Content digest and every reference. O(size). Errors: bad_data.
    [[nodiscard]] Status check() const;

private:
    std::span<const std::byte> bytes_;
    const index_format::Header* header_ = nullptr;
};

/// Header::key_check and Header::unicode_version of this program.
[[nodiscard]] std::uint64_t key_check();
[[nodiscard]] std::uint16_t unicode_version();

/// Every part of a gazetteer, as bits.
inline constexpr std::uint32_t all_parts = 0xFFFFFFFF;

/// A file mapped into memory, or nothing.
class MappedFile {
public:
    MappedFile() = default;
    [[nodiscard]] static Result<MappedFile> open(const std::string& path);
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    ~MappedFile();
    [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

private:
    std::span<const std::byte> bytes_;
};

struct Gazetteer::State {
    struct Part {
        MappedFile file;
        IndexView index;
        std::uint32_t first = 0;  ///< number of its first record among those of all parts
        std::span<const index_format::PackedRecord> records = {};
    };
    std::vector<Part> parts;
    std::uint32_t size = 0;
    std::uint64_t identity = next_identity();

    static std::uint64_t next_identity();

    void add(Part part) {
        part.first = size;
        part.records = part.index.section<index_format::PackedRecord>(index_format::records);
        size += static_cast<std::uint32_t>(part.records.size());
        parts.push_back(std::move(part));
    }
    /// The part that holds a record; null where no record has this number.
    [[nodiscard]] const Part* part_of(std::uint32_t record) const {
        for (const Part& part : parts) {
            if (record - part.first < part.records.size()) return &part;
        }
        return nullptr;
    }
    [[nodiscard]] const index_format::PackedRecord* packed(std::uint32_t record) const {
        const Part* part = part_of(record);
        return part == nullptr ? nullptr : &part->records[record - part->first];
    }
};

}  // namespace demarc
