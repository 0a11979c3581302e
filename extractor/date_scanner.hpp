#pragma once
#include <optional>
#include <string_view>

#include "extractor/date_reading.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/workspace.hpp"

namespace demarc {

/// Reads the tokens of a date mention. `form` is that of the rule's value (docs/dates-and-measures.md):
/// "calendar" (and clock, intervals, months, seasons, pointing words), "year", "years", "decade", "century", "numeric", "group", "offset",
/// "duration", "set". nullopt where the words make no date: 30 February, 25:10, 13/14/51.
[[nodiscard]] std::optional<DateReading> read_date(const Workspace& workspace, const RuleSet& rules, TokenRange range, std::string_view form);

}  // namespace demarc
