#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "gazetteer/builder.hpp"

namespace demarc {

/// Counties of the United States from the TopoJSON of us-atlas (U.S. Census Bureau, public domain; objects "counties" and "states", ids by FIPS):
/// "Henry County" (in Louisiana "… Parish") with the state's name as `admin`, the middle of the box around it and half its diagonal as precision.
/// Errors: bad_data (no TopoJSON with these objects; arcs that lead nowhere).
[[nodiscard]] Result<std::vector<SourceRecord>> read_us_counties(std::string_view topojson, const std::string& path);

}  // namespace demarc
