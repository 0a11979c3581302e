#pragma once
#include <cstdint>

#include "extractor/resolvers.hpp"

namespace demarc {

/// True where a name that no list knows stands in the name of something else: "Fort Smith", "James River", "N. High St", "W. Va.",
/// "U.S. Attorney", "Jones & Co". `range` is the name; titles before it belong to the match.
[[nodiscard]] bool names_something_else(const RuleMatch& match, TokenRange range, const ResolveContext& context);

/// True where a known person's name stands in the name of a place, ship or body: "Lincoln County", "Camp Lee", "the steamer Nelson".
[[nodiscard]] bool names_place_or_ship(const Workspace& workspace, const RuleSet& rules, TokenRange range, bool titled);

/// True where a clock time or date-time group begins at a token: "0130 31 October", "282400 Feb".
[[nodiscard]] bool clock_follows(const Workspace& workspace, std::uint32_t token);

/// True where the text, a letter or an enclosure ends before a token: nothing follows, or a bracketed heading, or a number of a paper.
[[nodiscard]] bool letter_ends(const Workspace& workspace, std::uint32_t token);

}  // namespace demarc
