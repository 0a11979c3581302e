#pragma once
#include <cstddef>
#include <span>

namespace demarc {

/// The built-in rules as they were compiled when the program was built: bytes for RuleSet::from_snapshot. Library demarc::compiled_rules.
[[nodiscard]] std::span<const std::byte> compiled_rules();

}  // namespace demarc
