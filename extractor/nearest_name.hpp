#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace demarc {

/// Words for messages about rules.

/// "'name'".
[[nodiscard]] inline std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

/// The name that is likeliest meant by one that is unknown: at most two letters put in, left out, changed or swapped with the next, and no
/// more than a third of its letters. "" where none is so near; of several the nearest, then the first. O(names * letters²).
[[nodiscard]] std::string_view nearest_name(std::string_view unknown, const std::vector<std::string_view>& names);

/// "; did you mean 'months'?", or "" where no name is near.
[[nodiscard]] std::string meant(std::string_view unknown, const std::vector<std::string_view>& names);

}  // namespace demarc
