#pragma once
#include <string>

#include "base/result.hpp"
#include "gazetteer/importers/delimited.hpp"
#include "gazetteer/importers/import_report.hpp"
#include "gazetteer/importers/record_draft.hpp"

namespace demarc {

/// Whether GDAL is asked for a file of this name: Shapefile, GeoPackage, KML, FlatGeobuf, GML, File Geodatabase, MapInfo, SpatiaLite.
[[nodiscard]] bool is_gdal_source(const std::string& path);

/// Reads the features of a file through GDAL's own program ogr2ogr, turned to WGS 84, as places_json.hpp reads GeoJSON. A program of its own, since its library would treble the time
/// that ours takes to start. Errors: missing_part (no ogr2ogr), bad_data (it can't read the file; its message is said).
[[nodiscard]] Status read_gdal(const std::string& path, const ImportOptions& options, const ExtraNames& extra, ImportReport& report, const UseRecord& use);

}  // namespace demarc
