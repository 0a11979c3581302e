#pragma once
#include "base/mention.hpp"

namespace demarc {

/// Puts each place mention without a location at that of the places named beside it to which the others are nearest: what no gazetteer holds is likely to lie
/// where the text is. Status inferred, confidence 0.25, location source "relation", uncertainty 50 km or twice the mean distance to the others, whichever is more.
/// Looks at eight placed mentions before and behind, weighted by exp(-bytes apart / 600) and their confidence; places of an uncertainty of 100 km or more don't count.
/// Where none is placed, nothing is done.
void place_among_neighbours(ExtractedDocument& document);

}  // namespace demarc
