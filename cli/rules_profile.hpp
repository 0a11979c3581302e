#pragma once
#include <string>
#include <vector>

#include "extractor/extractor.hpp"

namespace demarc {

/// Extracts the documents of the inputs in one thread and prints what each rule costs and how often it fires, the costliest first: a table, or JSON.
/// Returns an exit code.
[[nodiscard]] int print_rules_profile(const RuleSet& rules, const Extractor& extractor, const std::vector<std::string>& inputs, bool json);

}  // namespace demarc
