#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"
#include "base/result.hpp"

namespace demarc {

enum class RecordClass : std::uint8_t { place, person };

/// How a name came into the index; also the order of trust.
enum class NameKind : std::uint8_t {
    main,       ///< the display name
    attested,   ///< given by the source in a Latin spelling
    native,     ///< in a native script
    cover,      ///< a cover name of a person, valid in its years
    generated,  ///< made by a romanisation route (rules/names/)
};

/// By which key a query met a name; stages are tried in this order (docs/gazetteer.md).
enum class MatchStage : std::uint8_t { attested, generated, ocr, edit };

/// A name of a record. Views into the index: valid as long as the Gazetteer.
struct RecordName {
    std::string_view text;
    std::string_view lang;  ///< BCP 47 with script: "ko-Latn", "ko-Hani", "ja-Latn", "ru-Cyrl"; "" unknown. Generated names: of the last
                            ///< spelling tradition ("ru-Latn": through Russian, so an original in Russian speaks for it)
    NameKind kind = NameKind::attested;
    std::int16_t from = 0, to = 0;  ///< years in which it was used; 0: always
};

/// A gazetteer record as a view into the mapped index; cheap to copy. Unknown text is "".
struct Record {
    std::uint32_t index = 0;
    RecordClass record_class = RecordClass::place;
    std::string_view id;       ///< slug: "kp-kumsong", "mao-zedong"
    std::string_view name;     ///< display name
    std::string_view kind;     ///< places: capital city town village hill ridge … (docs/gazetteer.md)
    std::string_view country;  ///< ISO 3166 alpha-2 (people: nation; SU for the Soviet Union)
    std::string_view admin;
    std::string_view family, given;  ///< people
    std::string_view source;
    std::string_view roles;    ///< people: "office@from/to|office@from/to"
    bool has_position = false; ///< places whose position is known
    LonLat position;                 ///< legal only where has_position
    double precision_m = -1;
    std::int16_t from = 0, to = 0;   ///< years of existence or life; 0 unknown
    std::uint8_t rank = 0;           ///< 0 hamlet .. 9 capital of a great power
    bool imported = false;           ///< from a large gazetteer, not from a table written for the subject
    bool ambiguous = false;          ///< the name is also a common word, given name or surname
};

/// One record met by a key.
struct Hit {
    std::uint32_t record = 0;
    std::uint32_t name = 0;  ///< ordinal of the matched name in Gazetteer::names(record)
    NameKind kind = NameKind::attested;
    MatchStage stage = MatchStage::attested;
    bool family_only = false; ///< a family name alone: the document must tell which person
    float cost = 0;          ///< 0 exact and attested; grows with route, reading rank, edits
};

/// Answer of a key probe. `prefix`: some longer name begins with this token sequence.
struct Probe {
    bool prefix = false;
    std::uint8_t found_in = 0;  ///< bit p: the gazetteer's p-th index has records of the sequence; read with Gazetteer::hits
    std::array<std::uint64_t, 4> entries{};  ///< opaque
    [[nodiscard]] bool found() const { return found_in != 0; }
};

/// A compiled gazetteer: an immutable memory-mapped index (docs/gazetteer.md gives the layout). Thread-safe for reading.
///
/// Token sequences: a key is extend_sequence over token_hash of the folded word tokens (base/token_hash.hpp, gazetteer/fold.hpp);
/// hyphens, and points after up to four letters, between words are left out ("Munsan-ni" and "Munsan ni" have one key).
/// The builder also stores the joined form ("Munsanni") of each name, of large gazetteers' names up to three words.
class Gazetteer {
public:
    /// Maps a .gaz file and checks its header and section table, no more (O(1)). Errors: no_input, bad_data (wrong magic,
    /// version, size, header digest; the message says which).
    [[nodiscard]] static Result<Gazetteer> open(const std::string& path);
    /// Several as one: a record of an earlier one goes before an equal one of a later one. The parts' records keep their order: those of the first are [0, its
    /// size()), and so on. Errors: bad_data (more than 4 indices).
    [[nodiscard]] static Result<Gazetteer> join(std::vector<Gazetteer> parts);
    /// Uses an index in memory, which must outlive the Gazetteer and be 8-byte aligned (the embedded one).
    [[nodiscard]] static Result<Gazetteer> from_memory(std::span<const std::byte> bytes);

    Gazetteer(Gazetteer&&) noexcept;
    Gazetteer& operator=(Gazetteer&&) noexcept;
    ~Gazetteer();

    /// O(1), no allocation: at most a few cache lines.
    [[nodiscard]] Probe probe(std::uint64_t sequence_key) const noexcept;
    /// Begins to fetch what a probe of the key will read, so that it finds it in the cache a hundred nanoseconds later.
    void prefetch(std::uint64_t sequence_key) const noexcept;
    /// Hits of a probe, attested before generated, then by descending rank. Appends to `out`.
    void hits(const Probe& probe, std::vector<Hit>& out) const;

    /// Every stage in order for a whole name (slow path: folds, OCR spellings, bounded edits). Attested and generated names of places are given together; for people, and from the
    /// OCR stage on, it stops at the first stage that hits. `max_stage` bounds it. Best first.
    [[nodiscard]] std::vector<Hit> search(std::string_view name, MatchStage max_stage = MatchStage::edit) const;
    /// The same in the indices that hold people, without the others: large gazetteers hold places alone. Stages before `first_stage` are left out, for a name that they are known to
    /// find nothing for.
    [[nodiscard]] std::vector<Hit> search_people(std::string_view name, MatchStage max_stage = MatchStage::edit, MatchStage first_stage = MatchStage::attested) const;

    [[nodiscard]] std::size_t size() const noexcept;  ///< records
    [[nodiscard]] Record record(std::uint32_t index) const;  ///< index < size()
    [[nodiscard]] RecordClass record_class(std::uint32_t index) const;  ///< of record(index), at one look
    [[nodiscard]] bool imported(std::uint32_t index) const;             ///< the same
    [[nodiscard]] std::uint64_t identity() const noexcept;  ///< differs between any two gazetteers of a process
    [[nodiscard]] std::vector<RecordName> names(std::uint32_t index) const;
    /// Record with this id, of the first index that has it; size() where there is none. O(log n).
    [[nodiscard]] std::uint32_t find_id(std::string_view id) const;
    /// Steps from the record's own name to the matched spelling, for `why`:
    /// ["金城 Kŭmsŏng", "Kinjō (Japanese reading)", "Киндзё (Polivanov)", "Kindzyo (ё = yo)"]. Empty for attested names.
    [[nodiscard]] std::vector<std::string> route(const Hit& hit) const;
    /// Indices of place records within radius_m of a position, nearest first.
    [[nodiscard]] std::vector<std::uint32_t> near(LonLat position, double radius_m, std::size_t limit) const;
    /// Reads every byte against the content digest and checks every reference of the index. O(size). Errors: bad_data.
    /// Without it a damaged file is still safe to query: each reference is checked when it is followed.
    [[nodiscard]] Status verify() const;
    /// Sources and licences of the records, a line each.
    [[nodiscard]] std::string attribution() const;
    /// Hex digest of the content, for run.json; of several indices joined by "+".
    [[nodiscard]] std::string digest() const;

private:
    [[nodiscard]] Probe probe_in(std::uint64_t sequence_key, std::uint32_t parts) const noexcept;
    [[nodiscard]] std::vector<Hit> search_in(std::string_view name, MatchStage first_stage, MatchStage max_stage, std::uint32_t parts) const;

    struct State;
    explicit Gazetteer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace demarc
