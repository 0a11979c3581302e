#pragma once
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gazetteer/importers/import_mapping.hpp"
#include "gazetteer/importers/import_report.hpp"
#include "gazetteer/importers/record_draft.hpp"

namespace demarc {

/// Names that a table of their own gives to the places of another (alternateNamesV2, pleiades-names), by the record's id. Memory: the text and 16 bytes a name.
class ExtraNames {
public:
    void add(std::string_view record_id, std::string_view text, std::string_view lang, std::int16_t from, std::int16_t to);
    /// Adds the names of a record to a draft of it.
    void give(RecordDraft& draft) const;
    [[nodiscard]] bool empty() const { return names_.empty(); }

private:
    struct Name {
        std::uint64_t id;    ///< hash of the record's id
        std::size_t offset;  ///< into text_: years, language and name, each ended by a zero byte
    };
    mutable std::vector<Name> names_;
    mutable bool sorted_ = false;
    std::string text_;
};

/// The fields of one row of a table: by the delimiter, with quotes as in RFC 4180 where it is a comma or semicolon. `line` may hold line ends inside quotes.
/// False where a quote is not closed: then more lines belong to the row.
[[nodiscard]] bool split_row(std::string_view line, char delimiter, std::vector<std::string>& fields);

/// The mapping that reads a file, by its name or the columns of its first row ("lat|latitude": one of them), with the delimiter of that row; nullopt where none does.
[[nodiscard]] std::optional<ImportMapping> mapping_of(const std::string& path, std::string_view first_line, const std::vector<ImportMapping>& mappings);

/// Reads a table of places by its mapping. Bad rows are counted and left. Streams.
void read_delimited_places(std::istream& in, const std::string& path, const ImportMapping& mapping, const ImportOptions& options, const ExtraNames& extra, ImportReport& report, const UseRecord& use);

/// Reads a table of names by its mapping.
void read_delimited_names(std::istream& in, const std::string& path, const ImportMapping& mapping, ImportReport& report, ExtraNames& names);

/// "Point(126.5 37.9)" of well-known text, or "37.9, 126.5" (latitude first, as people write it), as longitude and latitude.
[[nodiscard]] std::optional<LonLat> point_of(std::string_view text);

/// The name of a state of the United States by its two letters; else "".
[[nodiscard]] std::string_view us_state_name(std::string_view code);

}  // namespace demarc
