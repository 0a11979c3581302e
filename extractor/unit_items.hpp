#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extractor/rule_set.hpp"
#include "extractor/workspace.hpp"

namespace demarc {

/// A part of a unit's designation, as the lexicons of rules/units know it.
struct UnitItem {
    enum class Kind : std::uint8_t { other, number, nation, branch, head, arms, state, headquarters, task_force, link, slash, letter };
    Kind kind = Kind::other;
    std::string_view canonical;  ///< of a number its digits or letters as written; valid as long as the rule set and the text
    TokenRange tokens;
    [[nodiscard]] bool is_number() const { return kind == Kind::number || kind == Kind::letter; }
    [[nodiscard]] bool is_arm() const { return kind == Kind::arms || (kind == Kind::branch && canonical != "none"); }
    [[nodiscard]] bool is_nation() const { return kind == Kind::nation && canonical.starts_with("iso-"); }
};

/// The parts in the order of the text, without gaps; the longest lexicon entry wins at each place. O(tokens).
[[nodiscard]] std::vector<UnitItem> unit_items(const Workspace& workspace, const RuleSet& rules, TokenRange range);

/// "22" -> "22nd"; what doesn't end in a digit stays as it is.
[[nodiscard]] std::string with_ordinal_ending(std::string number);

/// "IV" -> 4; 0 where the letters are no Roman number below 4000.
[[nodiscard]] int roman_number(std::string_view letters);

}  // namespace demarc
