#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "extractor/rule_source.hpp"

namespace demarc {

/// A rule that a file switches off: its name, or "topic.*".
struct SwitchedOff {
    std::string name, where;
};

/// What one folder brings, before it is joined with the others. For rule_source.cpp only.
struct LayerParts {
    std::string folder;
    RuleSources sources;
    std::vector<SwitchedOff> off;

    /// "folder/dates/calendar.toml:12"; a line of 0 is left out.
    [[nodiscard]] std::string place(const RuleFile& file, std::size_t line) const;
};

// Each adds what a file says. Errors: bad_data with file:line.
[[nodiscard]] Status parse_rule_file(const RuleFile& file, LayerParts& parts);
[[nodiscard]] Status parse_lexicon_file(const RuleFile& file, LayerParts& parts);
[[nodiscard]] Status parse_decision_file(const RuleFile& file, LayerParts& parts);

}  // namespace demarc
