#pragma once
#include <istream>
#include <string>

#include "gazetteer/importers/delimited.hpp"
#include "gazetteer/importers/import_report.hpp"
#include "gazetteer/importers/record_draft.hpp"

namespace demarc {

/// Reads rows of a GeoNames dump (https://download.geonames.org/export/dump/readme.txt: 19 columns by tabs, no header, UTF-8): "US.txt", "cities500.txt".
/// Places that people live in, hills, waters, islands, regions and forts are taken, each as `geonames-ID` with kind, country, admin1 (the state's name in the United
/// States), position, rank by population (docs/gazetteer.md), its names, and those of `extra` (alternateNamesV2). A bad row is counted and left; so are features that no history
/// names (wells, hotels). Streams: memory for one row, besides what `use` keeps.
void read_geonames(std::istream& in, const std::string& path, const ImportOptions& options, const ExtraNames& extra, ImportReport& report, const UseRecord& use);

}  // namespace demarc
