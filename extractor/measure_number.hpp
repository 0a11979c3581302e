#pragma once
#include <cstdint>
#include <optional>

#include "extractor/rule_set.hpp"
#include "extractor/workspace.hpp"

namespace demarc {

/// A number read from tokens, and the token behind it.
struct NumberReading {
    double value = 0;
    std::uint32_t next = 0;
};

/// Reads the longest number that begins at `first`, not past `last`. One token of look-ahead; time linear in the number's length.
/// LEGAL "10,000" "2.5" "2 1/2" "2½" "3/4" "½" "two" "twenty-five" "two hundred and fifty" "three thousand" "2 million"
///       "two and a half" "one-half" "half a(n)" "half" "a quarter" "three quarters" "a" "an"
/// ILLEGAL "1,95" (read as 1), "V", "several" (nullopt).
[[nodiscard]] std::optional<NumberReading> read_number(const Workspace& workspace, const RuleSet& rules, std::uint32_t first, std::uint32_t last);

}  // namespace demarc
