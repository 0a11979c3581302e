#pragma once
#include <vector>

#include "base/mention.hpp"
#include "geo/coast.hpp"
#include "geo/reference_lines.hpp"

namespace demarc {

/// What the areas of one document are placed by.
struct AreaContext {
    const ReferenceLines* lines = nullptr;  ///< must be given: courses of rivers
    double range_m = 30'000;                ///< reach of "south of X" where the text gives none
    std::vector<LonLat> positions;          ///< of the document's placed places and coordinates
    const DryAreas* dry = nullptr;          ///< may be absent: nothing is cut at the coast then
};

/// Gives geometry, entity and reasons to the area mentions of a document whose places and lines are placed (geo/areas.hpp says which geometry).
/// A river as anchor is the reach of its course, 60 km either way of the document's place nearest to it; an area may be relative to another that
/// stands later in the text. What lies in a direction from its anchor ends at the coast.
void place_areas(ExtractedDocument& document, const AreaContext& context);

}  // namespace demarc
