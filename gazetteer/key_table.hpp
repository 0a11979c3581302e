#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "gazetteer/external_sort.hpp"
#include "gazetteer/index_format.hpp"
#include "gazetteer/section_file.hpp"

namespace demarc {

/// One name under one key.
struct KeyEntry {
    std::uint64_t key;
    std::uint32_t check;  ///< second hash of the words
    std::uint32_t name;   ///< index into the names
    std::uint8_t cost;    ///< hundredths
    std::uint8_t family;
    std::uint8_t prefix;
    std::uint8_t reserved[5];
};
static_assert(sizeof(KeyEntry) == 24);

struct KeyEntryLess {
    bool operator()(const KeyEntry& a, const KeyEntry& b) const {
        if (a.key != b.key) return a.key < b.key;
        if (a.name != b.name) return a.name < b.name;
        return a.cost != b.cost ? a.cost < b.cost : a.family + 2 * a.prefix + 4ull * a.check < b.family + 2 * b.prefix + 4ull * b.check;
    }
};

/// What the table asks of the records and names while it orders hits.
struct KeyTableSource {
    const std::vector<index_format::PackedRecord>& records;
    const std::vector<index_format::PackedName>& names;
};

/// Makes the key table of an index from its entries: groups them by key, orders each key's hits and lays the keys into buckets in the order of their homes, so that the
/// table is written from front to end. Memory: the hits of keys that have several, and what the sorter takes.
class KeyTable {
public:
    /// Errors: cannot_create.
    [[nodiscard]] static Result<KeyTable> make(const std::string& folder, std::size_t run_items);
    Status add(const KeyEntry& entry) { return entries_.add(entry); }
    /// Writes the sections `buckets` and `hits` and fills in what the header says of them. Errors: io; bad_data where two sequences of words have one key.
    Status write(const KeyTableSource& source, SectionFile& file, index_format::Header& header);

private:
    struct Group {
        std::uint64_t key;
        std::uint32_t value;
        std::uint16_t count;
        std::uint16_t reserved;
    };
    KeyTable(ExternalSorter<KeyEntry, KeyEntryLess> entries, TemporaryFile groups) : entries_(std::move(entries)), groups_(std::move(groups)) {}
    Status end_group(const KeyTableSource& source);
    Status write_buckets(SectionFile& file, index_format::Header& header);

    ExternalSorter<KeyEntry, KeyEntryLess> entries_;
    TemporaryFile groups_;
    std::uint64_t group_count_ = 0;
    std::vector<KeyEntry> group_;  ///< entries of the key at hand
    std::vector<index_format::PackedHit> hits_;
};

}  // namespace demarc
