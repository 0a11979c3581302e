#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "extractor/rule_source.hpp"

namespace demarc {

/// A key that rules of a type may put in their `value`; docs/rules.md says what each is for.
struct ValueKey {
    std::string_view name;
    std::vector<std::string_view> allowed;  ///< what a value without a template may be; empty: any text
    bool needed = false;                    ///< in every rule of the type that doesn't amend
};
/// Keys that the resolver of a type reads. Declared kinds have the fields of their declaration instead.
[[nodiscard]] std::span<const ValueKey> value_keys(MentionType type);

/// Part of a template: plain text, or what a capture holds, or its canonical form in a lexicon.
struct TemplatePart {
    std::string_view text, capture, lexicon;
};
/// Cuts "$name", "${name}", "${name:lexicon}" and plain text apart. Errors: bad_data (a $ that begins none of these).
[[nodiscard]] Result<std::vector<TemplatePart>> parse_template(std::string_view text);

/// Checks a rule's `value` against the keys of its type, its captures and the lexicons at hand. Errors: bad_data with file:line.
[[nodiscard]] Status check_value(const RuleSource& rule, const std::vector<std::string>& captures, const RuleSources& sources);

}  // namespace demarc
