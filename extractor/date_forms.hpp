#pragma once
#include <optional>
#include <string_view>

#include "extractor/date_reading.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/workspace.hpp"

namespace demarc {

/// Reads the date mentions that have a form of their own: "years" "era" "decade" "century" "numeric" "group" "noon" "offset" "duration" "set"
/// (docs/dates-and-measures.md). nullopt for what makes no date. `form` must be one of them.
[[nodiscard]] std::optional<DateReading> read_date_form(const Workspace& workspace, const RuleSet& rules, TokenRange range, std::string_view form);

}  // namespace demarc
