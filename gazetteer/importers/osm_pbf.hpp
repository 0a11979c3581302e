#pragma once
#include <string>

#include "base/result.hpp"
#include "gazetteer/importers/import_report.hpp"
#include "gazetteer/importers/record_draft.hpp"

namespace demarc {

/// Reads the named nodes of an OpenStreetMap file (.osm.pbf, .osm, .osm.gz) that are places, heights, waters, stations or forts, as `osm-nID`, with name:*, old_name, alt_name,
/// int_name and their languages (https://wiki.openstreetmap.org/wiki/Names). Ways and relations are counted and left: the nodes hold the places. Errors: no_input, bad_data.
[[nodiscard]] Status read_osm(const std::string& path, const ImportOptions& options, ImportReport& report, const UseRecord& use);

}  // namespace demarc
