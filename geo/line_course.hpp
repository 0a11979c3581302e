#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/mention.hpp"
#include "geo/reference_lines.hpp"

namespace demarc {

/// The coast between two positions near it, in their order; nullopt where none is known.
using CoastLookup = std::function<std::optional<LineString>(LonLat from, LonLat to)>;

/// What a described line is drawn by.
struct CourseContext {
    const ReferenceLines* lines = nullptr;  ///< must be given: courses of rivers
    const CoastLookup* coast = nullptr;     ///< may be absent
};

/// A line drawn through the stages that a text gives (LineValue::legs).
struct DrawnCourse {
    LineString line;
    double uncertainty_m = 0;   ///< largest of the stages' and of what is followed, + 10 % of the widest gap
    double widest_gap_m = 0;    ///< between stages that nothing joins but their geodesic
    std::size_t stages = 0;     ///< positions that the text gives
    std::vector<std::string> why;
};

/// Draws the legs of a line mention: geodesics between its stages, a point each 2 km; along a river, another line or the coast where the text says so
/// and both stages lie within 25 km of it. A river that the line goes through is crossed where it is nearest to the stage before.
/// A way alone ("the south bank of the Imjin") is drawn whole. nullopt where fewer than two stages have a position and no way stands alone.
[[nodiscard]] std::optional<DrawnCourse> draw_course(const ExtractedDocument& document, const Mention& mention, const CourseContext& context);

}  // namespace demarc
