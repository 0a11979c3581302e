#pragma once
#include <array>
#include <bit>
#include <cstdint>

namespace demarc::index_format {

/// Layout of a .gaz file (docs/gazetteer.md). Little-endian, every section on a 64-byte boundary. All offsets into `strings`
/// name an entry of 2 bytes length and that many bytes of UTF-8; offset 0 is the empty string.
static_assert(std::endian::native == std::endian::little, "the index is mapped as it lies; a big-endian machine needs a converter");

inline constexpr std::array<char, 8> magic = {'D', 'E', 'M', 'A', 'R', 'C', 'G', 'Z'};
inline constexpr std::uint32_t version = 4;
inline constexpr std::uint32_t byte_order = 0x01020304;
inline constexpr std::uint32_t none = 0xffffffff;
inline constexpr std::uint64_t section_alignment = 64;

enum Section : std::uint32_t { buckets, hits, records, details, names, name_details, steps, grid, places, endings, codes, strings, similarity, section_count };

struct SectionEntry {
    std::uint64_t offset;  ///< bytes from the file's begin
    std::uint64_t size;    ///< bytes
    std::uint64_t digest;  ///< of its bytes
};

struct Header {
    std::array<char, 8> magic;
    std::uint32_t version;
    std::uint32_t byte_order;
    std::uint64_t file_size;
    std::uint64_t content_digest;  ///< over the digests of the sections
    std::uint64_t key_check;       ///< key of a fixed name: another way of hashing or folding makes another one
    std::uint32_t longest_probe;   ///< buckets that a look-up may visit
    std::uint32_t contents;        ///< bit 0: some record is a person
    std::uint64_t home_buckets;    ///< buckets that keys have their home in; some more lie behind them for what runs over
    std::uint32_t attribution;     ///< strings: the sources and their licences, a line each
    std::uint16_t unicode_version; ///< major * 256 + minor, of the ICU that folded the names
    std::uint16_t icu_version;     ///< major * 256 + minor
    std::array<SectionEntry, section_count> sections;
    std::uint64_t header_digest;   ///< over every byte of the header before it
};
static_assert(sizeof(Header) == 384);

/// One cache line of the key table. A key has its home in bucket (high 64 bits of key * home_buckets) and lies there or, where that is full, in the ones behind it.
/// 48 bits of the key are kept; the builder proves that no two keys are taken for one another, and a word of a text is taken for a key by accident
/// with a chance of about 10^-14 a look-up.
struct Bucket {
    static constexpr int capacity = 5;
    std::uint32_t low[capacity];    ///< bits 0..31 of the key
    std::uint32_t value[capacity];  ///< index into `hits`; with direct_bit into `names`
    std::uint16_t middle[capacity]; ///< bits 32..47 of the key
    std::uint16_t count[capacity];  ///< key_bits and number of hits, at most hit_limit
    std::uint8_t used;              ///< entries in use
    std::uint8_t runs_over;         ///< 1: keys of this bucket or of one before it lie in the next
    std::uint8_t reserved[2];
};
static_assert(sizeof(Bucket) == 64);
namespace key_bits {
inline constexpr std::uint16_t prefix = 0x8000;  ///< some longer name begins with this sequence
inline constexpr std::uint16_t direct = 0x4000;  ///< one hit at no cost, the name at `value`
}
inline constexpr std::uint16_t hit_limit = 0x3fff;

struct PackedHit {
    std::uint32_t name;   ///< index into `names`
    std::uint8_t cost;    ///< hundredths
    std::uint8_t family;  ///< 1: the family name alone
    std::uint8_t reserved[2];
};
static_assert(sizeof(PackedHit) == 8);

/// Sorted by id (bytes), so that the index of a record is its rank among the ids. Its first name is the display name.
struct PackedRecord {
    std::int32_t lon, lat;       ///< 1e-7 degrees
    std::uint32_t id;            ///< strings
    std::uint16_t kind, country; ///< indices into `codes`
    std::uint32_t admin;         ///< strings
    std::uint32_t details;       ///< index into `details`
    std::uint32_t names_begin;   ///< index into `names`
    std::uint16_t names_count;
    std::uint8_t rank;
    std::uint8_t flags;          ///< record_flag
};
static_assert(sizeof(PackedRecord) == 32);
namespace record_flag {
inline constexpr std::uint8_t person = 1, ambiguous = 2, has_position = 4, imported = 8;
}

/// What many records share, each set once.
struct PackedDetails {
    std::uint32_t family, given, source, roles;  ///< strings
    std::int16_t from, to;
    float precision_m;
};
static_assert(sizeof(PackedDetails) == 24);

struct PackedName {
    std::uint32_t text;    ///< strings
    std::uint32_t record;  ///< index into `records`
    std::uint16_t lang;    ///< index into `codes`
    std::uint8_t kind;     ///< NameKind
    std::uint8_t details;  ///< 1: `name_details` has years or a route of it
};
static_assert(sizeof(PackedName) == 12);

/// Sorted by name.
struct PackedNameDetails {
    std::uint32_t name;
    std::uint32_t step;  ///< index into `steps` of the last step of a generated name; `none`: not generated
    std::int16_t from, to;
};
static_assert(sizeof(PackedNameDetails) == 12);

/// A step of a route; steps form trees that share their beginnings. A parent's index is smaller than its child's.
struct PackedStep {
    std::uint32_t text;    ///< strings: the spelling reached
    std::uint32_t label;   ///< strings: how ("Polivanov"); empty for the first
    std::uint32_t parent;  ///< `none` for the first
};

/// `grid`: for each cell the index of its first entry in `places`, and one more for the end; `places`: record numbers (4 bytes each) of the places with a position by
/// cell. Cells of half a degree: row (from the south pole) * 720 + column (from 180 W). `codes`: offsets into `strings`. `endings`: token hashes (8 bytes each, sorted) of
/// the generic endings that a search may leave off ("ni", "dong"). `similarity`: a filter (8-byte words) of the names' similarity keys (gazetteer/similarity_keys.hpp); empty where no
/// record is a person.
inline constexpr int cells_per_degree = 2;
inline constexpr int grid_rows = 180 * cells_per_degree, grid_columns = 360 * cells_per_degree;
inline constexpr std::uint32_t grid_cells = grid_rows * grid_columns;

}  // namespace demarc::index_format
