#pragma once
#include <span>
#include <string_view>

#include "base/mention.hpp"
#include "gazetteer/gazetteer.hpp"

namespace demarc {

/// Records that a place's name as written may mean, appended to the mention's candidates: at most 24, those of the whole name first. Where the
/// gazetteer doesn't hold the name as it stands, the same name in other words is tried: "St." for "Saint", "Mt." for "Mount", without "the", without a
/// direction before it ("West Louisiana"), without the generic word behind it where that is as good as the place itself ("Orange Court-House", "Weldon Depot"), each
/// at a cost. `last`: the last stage of search.
void add_place_candidates(std::string_view name, const Gazetteer& gazetteer, MatchStage last, Mention& mention);

/// Records already found, as candidates, without Candidate::id and name.
void add_candidates(std::span<const Hit> hits, const Gazetteer& gazetteer, float penalty, Mention& mention);

}  // namespace demarc
