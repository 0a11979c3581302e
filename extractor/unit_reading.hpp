#pragma once
#include <string>

#include "base/mention.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/workspace.hpp"

namespace demarc {

/// Reads the words of a unit's designation by the lexicons of rules/units: the first head gives the echelon, the numbers before it (or behind it,
/// "Co. B") the number, the words between them the branch, the first nation anywhere the nation, what follows "of the" or the next number the parent.
/// The designation is normalised: ordinals in figures ("8th Army"), abbreviations in full, all capitals in title case; it keeps the words' order.
/// `echelon`: used where the words have no head ("308th" of "divisions, 308th and 312th"); empty: none. sidc is filled in.
[[nodiscard]] UnitValue read_unit(const Workspace& workspace, const RuleSet& rules, TokenRange range, std::string_view echelon);

}  // namespace demarc
