#pragma once
#include <istream>
#include <string>

#include "gazetteer/importers/delimited.hpp"
#include "gazetteer/importers/import_report.hpp"
#include "gazetteer/importers/record_draft.hpp"

namespace demarc {

/// What a file of JSON holds, by its first bytes.
enum class PlacesJson {
    none,
    features,   ///< GeoJSON: Linked Places (LPF), Who's On First, or any other with a name; one collection, one feature, or a feature a line
    pleiades,   ///< {"@graph": […]} of Pleiades, or one of its places
    wikidata,   ///< results of the Wikidata query service: {"head", "results": {"bindings"}}, or the list of rows that its page downloads
};
[[nodiscard]] PlacesJson places_json_of(std::string_view beginning);

/// Reads places of JSON. Streams: a place is let go once it is read. Errors of a whole file (no JSON, cut short) are counted with their place and end the reading; what was read stays.
/// `lines`: each line is a value of its own (GeoJSONSeq, RFC 8142); a bad one is left alone then. Of a GeoJSON feature that is neither LPF nor Who's On First the property that a table would have is taken ("name", "title", "NAME_EN" …).
void read_places_json(std::istream& in, const std::string& path, PlacesJson form, const ImportOptions& options, const ExtraNames& extra, ImportReport& report, const UseRecord& use,
                      bool lines);

}  // namespace demarc
