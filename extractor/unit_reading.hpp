#pragma once
#include <string>
#include <string_view>

#include "base/mention.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/sidc.hpp"
#include "extractor/workspace.hpp"

namespace demarc {

/// What the words of a unit say: its value, and what the symbol and the entity need beside it.
struct UnitReading {
    UnitValue value;           ///< sidc and superiors not filled in
    SymbolModifiers modifiers;
    std::string symbol_branch; ///< as value.branch, or mechanised_infantry, motorised_infantry
    bool several = false;      ///< several units under one head
    TokenRange parent;         ///< the words of value.parent; empty where there is none
    /// What all ways of writing the unit share: nation, number in figures, words of its name, branch, echelon, and the same of its parent
    /// ("us-8th-army", "2nd-battalion-of-65th-infantry-regiment").
    std::string key;
};

/// Reads the words of a unit's designation by the lexicons of rules/units: the first head gives the echelon, the numbers before it (or behind it,
/// "Co. B") the number, the words between them the branch, the first nation anywhere the nation, what follows "of the", a comma or the next number the parent.
/// The designation is normalised: ordinals in figures ("8th Army"), abbreviations in full, all capitals in title case; it keeps the words' order.
/// `echelon`: used where the words have no head ("308th" of "divisions, 308th and 312th"); empty: none.
[[nodiscard]] UnitReading read_unit_words(const Workspace& workspace, const RuleSet& rules, TokenRange range, std::string_view echelon);

/// The symbol of a reading whose value may have been changed since; empty where there is none to be sure of.
[[nodiscard]] std::string symbol_of(const UnitReading& reading);

/// The units above, nearest first, by their words.
[[nodiscard]] std::vector<UnitSuperior> read_superiors(const Workspace& workspace, const RuleSet& rules, TokenRange parent);

/// The value of a reading with its symbol and superiors.
[[nodiscard]] UnitValue whole_value(const Workspace& workspace, const RuleSet& rules, UnitReading reading);

}  // namespace demarc
