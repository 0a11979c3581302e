#pragma once
#include <array>
#include <bit>
#include <cstdint>

namespace demarc::index_format {

/// Layout of a .gaz file (docs/gazetteer.md). Little-endian, every section on an 8-byte boundary. All offsets into `strings`
/// name an entry of 2 bytes length and that many bytes of UTF-8; offset 0 is the empty string.
static_assert(std::endian::native == std::endian::little, "the index is mapped as it lies; a big-endian machine needs a converter");

inline constexpr std::array<char, 8> magic = {'D', 'E', 'M', 'A', 'R', 'C', 'G', 'Z'};
inline constexpr std::uint32_t version = 2;
inline constexpr std::uint32_t byte_order = 0x01020304;
inline constexpr std::uint32_t none = 0xffffffff;

enum Section : std::uint32_t { slots, hits, records, names, steps, grid, endings, strings, section_count };

struct SectionEntry {
    std::uint64_t offset;  ///< bytes from the file's begin
    std::uint64_t size;    ///< bytes
};

struct Header {
    std::array<char, 8> magic;
    std::uint32_t version;
    std::uint32_t byte_order;
    std::uint64_t file_size;
    std::uint64_t content_digest;  ///< over every byte behind the header
    std::uint32_t longest_probe;   ///< slots that a look-up may visit
    std::uint32_t contents;        ///< bit 0: some record is a person
    std::array<SectionEntry, section_count> sections;
    std::uint64_t header_digest;   ///< over every byte of the header before it
};
static_assert(sizeof(Header) == 176);

/// A key of the open-addressing table; key 0: free. Home slot: high 64 bits of key * slot count; then linearly on.
struct Slot {
    std::uint64_t key;
    std::uint32_t hits_begin;  ///< index into `hits`
    std::uint32_t hits_count;  ///< bit 31: some longer name begins with this sequence
};
static_assert(sizeof(Slot) == 16);
inline constexpr std::uint32_t prefix_bit = 0x80000000;

struct PackedHit {
    std::uint32_t record;
    std::uint16_t name;   ///< ordinal among the record's names
    std::uint8_t kind;    ///< NameKind; bit 7: family name alone
    std::uint8_t cost;    ///< hundredths
};
static_assert(sizeof(PackedHit) == 8);
inline constexpr std::uint8_t family_bit = 0x80;

/// Sorted by id (bytes), so that the index of a record is its rank among the ids.
struct PackedRecord {
    std::int32_t lon, lat;  ///< 1e-7 degrees
    std::uint32_t id, name, kind, country, admin, family, given, source, roles;  ///< strings
    std::uint32_t names_begin;  ///< index into `names`
    std::uint16_t names_count;
    std::uint8_t rank;
    std::uint8_t flags;         ///< record_flag
    std::int16_t from, to;
    float precision_m;
    std::uint32_t reserved;
};
static_assert(sizeof(PackedRecord) == 64);
namespace record_flag {
inline constexpr std::uint8_t person = 1, ambiguous = 2, has_position = 4, imported = 8;
}

struct PackedName {
    std::uint32_t text, lang;  ///< strings
    std::uint32_t step;        ///< index into `steps` of the last step of a generated name; `none`: not generated
    std::int16_t from, to;
    std::uint8_t kind;
    std::uint8_t reserved[3];
};
static_assert(sizeof(PackedName) == 20);

/// A step of a route; steps form trees that share their beginnings. A parent's index is smaller than its child's.
struct PackedStep {
    std::uint32_t text;    ///< strings: the spelling reached
    std::uint32_t label;   ///< strings: how ("Polivanov"); empty for the first
    std::uint32_t parent;  ///< `none` for the first
};

/// Place records by cell, sorted by (cell, record). Cells of half a degree: row (from the south pole) * 720 + column (from 180 W).
struct GridEntry {
    std::uint32_t cell;
    std::uint32_t record;
};
/// `endings`: token hashes (8 bytes each, sorted) of the generic endings that a search may leave off ("ni", "dong").

inline constexpr int cells_per_degree = 2;
inline constexpr int grid_rows = 180 * cells_per_degree, grid_columns = 360 * cells_per_degree;

}  // namespace demarc::index_format
