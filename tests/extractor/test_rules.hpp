#pragma once
#include "extractor/rule_set.hpp"
#include "tests/catch.hpp"

namespace demarc {

/// The built-in rules, parsed with every check (as a folder of a user is) and compiled once.
[[nodiscard]] inline const RuleSet& test_rules() {
    static const Result<RuleSet> rules = [] {
        auto sources = parse_rule_files(builtin_rule_files());
        return sources ? RuleSet::compile(std::move(*sources)) : Result<RuleSet>(sources.error());
    }();
    if (!rules) FAIL(rules.error().text());
    return *rules;
}

}  // namespace demarc
