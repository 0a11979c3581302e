#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "extractor/rule_source.hpp"
#include "extractor/token_pattern.hpp"

namespace demarc {

/// Checks what a parsed pattern says before it is compiled, with messages for whoever wrote it. Keeps views of the sources.
class RuleCheck {
public:
    explicit RuleCheck(const RuleSources& sources);

    /// Every definition parses and uses known names, whether a rule uses it or not. Errors: bad_data with its file:line.
    [[nodiscard]] Status definitions() const;
    /// A rule's parsed token pattern and its text pattern: names, captures, classes that see ASCII only. Errors: bad_data with file:line.
    [[nodiscard]] Status rule(const RuleSource& rule, const PatternNode& pattern) const;

private:
    [[nodiscard]] Status names(const PatternNode& node) const;
    [[nodiscard]] Status term(const PatternTerm& term, bool alone) const;

    const RuleSources& sources_;
    std::vector<std::string_view> names_, types_;  // sorted: what {name} and {@type} may be
};

/// The first escape or class of a text pattern that sees ASCII only (\b \B \d \D \w \W \s \S, [:alpha:] and its like); "" where none is.
[[nodiscard]] std::string_view ascii_class(std::string_view text_pattern);

}  // namespace demarc
