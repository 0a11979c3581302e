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
    /// Slot of a key; null where there is none.
    [[nodiscard]] const index_format::Slot* slot(std::uint64_t key) const {
        const auto table = section<index_format::Slot>(index_format::slots);
        if (table.empty() || key == 0) return nullptr;
        __extension__ using wide = unsigned __int128;
        auto at = static_cast<std::size_t>((static_cast<wide>(key) * table.size()) >> 64);
        for (std::uint32_t i = 0; i < header_->longest_probe; ++i) {
            if (table[at].key == key) return &table[at];
            if (table[at].key == 0) return nullptr;
            at = at + 1 == table.size() ? 0 : at + 1;
        }
        return nullptr;
    }
    [[nodiscard]] std::span<const index_format::PackedHit> hits(const index_format::Slot& slot) const {
        const auto all = section<index_format::PackedHit>(index_format::hits);
        const std::size_t count = slot.hits_count & ~index_format::prefix_bit;
        if (slot.hits_begin > all.size() || count > all.size() - slot.hits_begin) return {};
        return all.subspan(slot.hits_begin, count);
    }
    [[nodiscard]] std::span<const index_format::PackedName> names(const index_format::PackedRecord& record) const {
        const auto all = section<index_format::PackedName>(index_format::names);
        if (record.names_begin > all.size() || record.names_count > all.size() - record.names_begin) return {};
        return all.subspan(record.names_begin, record.names_count);
    }
    /// Content digest and every reference. O(size). Errors: bad_data.
    [[nodiscard]] Status check() const;

private:
    std::span<const std::byte> bytes_;
    const index_format::Header* header_ = nullptr;
};

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
