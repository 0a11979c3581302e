#pragma once
#include <cstdint>

#include "extractor/resolvers.hpp"

namespace demarc {

/// True where a name that no list knows is the country, a street or a place after all: "U.S. Attorney", "N. High", "(Paris)".
/// `range` is the name; titles before it belong to the match.
[[nodiscard]] bool names_something_else(const RuleMatch& match, TokenRange range, const ResolveContext& context);

/// True where a name stands in the name of a place, ship or firm: "Lincoln County", "Camp Lee", "the steamer Nelson", "Jones & Co".
[[nodiscard]] bool names_place_or_ship(const Workspace& workspace, const RuleSet& rules, TokenRange range, bool titled);

/// True where a clock time or date-time group begins at a token: "0130 31 October", "282400 Feb".
[[nodiscard]] bool clock_follows(const Workspace& workspace, std::uint32_t token);

/// True where the text, a letter or an enclosure ends before a token: nothing follows, or a bracketed heading, or a number of a paper.
[[nodiscard]] bool letter_ends(const Workspace& workspace, std::uint32_t token);

/// A word that fills its line but for a point, as a signature does: "Page" may be a page elsewhere.
[[nodiscard]] bool alone_on_its_line(const Workspace& ws, std::uint32_t token);

/// Whether a capitalised word stands right behind or before a token, so that it may be part of a longer name. A word before it that has its capital for the
/// beginning of its sentence or line is none, but for a given name at the beginning of a line.
[[nodiscard]] bool next_is_name(const Workspace& ws, std::uint32_t token);
[[nodiscard]] bool previous_is_name(const Workspace& ws, const RuleSet& rules, std::uint32_t token);

/// Whether two tokens are the same word, in whatever case and with whatever marks. Not every two words with the same hash are.
[[nodiscard]] bool same_word(const Workspace& ws, std::uint32_t a, std::uint32_t b);

/// Last word of a name, before "Jr.".
[[nodiscard]] std::uint32_t family_token(const Workspace& ws, const RuleSet& rules, TokenRange name);

/// A capitalised word of three letters or more that may be a name by itself.
[[nodiscard]] bool can_stand_alone(const Workspace& ws, const RuleSet& rules, std::uint32_t token);

}  // namespace demarc
