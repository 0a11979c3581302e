#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "gazetteer/common_words.hpp"
#include "gazetteer/importers/import_report.hpp"
#include "gazetteer/importers/place_kinds.hpp"

namespace demarc {

/// What every importer asks about names and records.
struct ImportOptions {
    /// A record whose one-word name is among them is marked ambiguous; an alternate name that is among them is left out.
    const CommonWords* common_words = nullptr;
    /// Ids of records that are there already ("geonames-4781708"): left out.
    const std::unordered_set<std::string>* known_ids = nullptr;
};

/// A record in the making: an importer gives what its source says, finish() makes our record of it or says why there is none.
class RecordDraft {
public:
    RecordDraft(const ImportOptions& options, ImportReport& report, std::string where);

    /// Of the record itself: id (made a slug), country, admin, source, from, to.
    SourceRecord record;
    std::optional<double> lon, lat;  ///< degrees WGS 84
    PlaceKind kind;
    std::uint64_t population = 0;

    /// The display name; the first one given stays. Empty ones are nothing.
    void name_it(std::string_view text);
    /// Another name. `lang`: ISO 639 of two or three letters, "und" or "" for unknown. Codes, short forms and common words are left out, and counted.
    void add_name(std::string_view text, std::string_view lang = "", std::int16_t from = 0, std::int16_t to = 0);

    /// Gives the record to `use`, or leaves it with its reason.
    void finish(const UseRecord& use);

private:
    struct Name {
        std::string text, lang;
        std::int16_t from, to;
    };
    const ImportOptions& options_;
    ImportReport& report_;
    std::vector<Name> names_;
};

/// Language with script of a name by what its source says and by its letters: ("kor", "금성", "KP") is "ko-Hang", ("und", "金城", "KP") "ko-Hani", ("eng", "Kumsong", "KP") "en".
[[nodiscard]] std::string name_language(std::string_view lang, std::string_view text, std::string_view country);

/// An id of a-z, 0-9 and - of whatever a source calls its record, without `http://` and `www.`; known sources get short ones: "https://pleiades.stoa.org/places/59694" is
/// "pleiades-59694", "http://www.wikidata.org/entity/Q142" "wikidata-q142", "https://www.geonames.org/123" "geonames-123", "place:kp-kumsong" "kp-kumsong".
[[nodiscard]] std::string record_id(std::string_view source_id);

/// An id for a record whose source has none: its name and a digest of the name and of where it lies, so that it stays when others are added. "" without a name.
[[nodiscard]] std::string made_up_id(std::string_view name, std::string_view place);

/// ISO 3166 alpha-2 in capitals of a code of two letters or, where ICU knows it, three; else "".
[[nodiscard]] std::string country_code(std::string_view code);

/// Year of "1951", "-0050", "1951-10-31" or "AD 300"; 0 where there is none.
[[nodiscard]] std::int16_t year_of(std::string_view text);

}  // namespace demarc
