#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"
#include "base/mention.hpp"
#include "base/result.hpp"
#include "gazetteer/gazetteer.hpp"
#include "geo/reference_lines.hpp"

namespace demarc::test {

/// A corpus of texts about lines and areas with the geometry that they mean. A file:
///
///   # comment; a file says where its geometry comes from
///   world: drawn                            or `real`: the built-in gazetteer and reference lines
///   place: Alba town 127.0 38.0             of a drawn world: name, kind, lon lat; words of a name joined by _
///   river: Tarn 127.0 38.5, 127.2 38.2      its course, downstream
///   front: old 1951-10-01/1951-10-31 126.5 38.0, 127.5 38.2     a reference line (kind front_line) with its dates
///   date: 1951-10-20                        of the documents below
///
///   text: Hold the line from Alba to Borg.  begins a block
///   line "line from Alba to Borg": through Alba, Borg ~ 100
///   area "south of Alba": holds Cern, 127.0 37.9; lacks Borg
///
/// After the quoted words, which stand in the text once: `[north]`, a part of the mention. Then what is expected:
///   through P, P …       geodesics through the positions (places of the world or lon lat)
///   coords P, P …        straight lon/lat edges
///   reference ID         a reference line or river
///   parallel LAT P P     the parallel between the longitudes of two positions
///   offset METRES SPEC   all of it METRES from the line SPEC
///   disc METRES P        holds all within 0.95, nothing beyond 1.05 of METRES
///   holds P, P …; lacks P, P …
///   unplaced             found, and without geometry
/// `~ METRES` is the tolerance of lines: Hausdorff distance, or the deviation of an offset. `{state=proposed}` at the end: further values.
///   none: line           no mention of the type in the text
struct GeometryReport {
    std::size_t blocks = 0, expectations = 0;
    double largest_m = 0;                ///< largest Hausdorff distance of a line within its tolerance
    std::string largest_where;
    std::vector<std::string> failures;   ///< "file:line: …"
};

/// Runs a corpus file. Errors: bad_data with file and line.
[[nodiscard]] Status run_geometry_corpus(const std::string& path, GeometryReport& report);

}  // namespace demarc::test
