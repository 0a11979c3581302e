#pragma once
#include <string>
#include <string_view>

#include "base/span.hpp"

namespace demarc {

/// The sentence around a span of valid UTF-8: white space collapsed, at most `limit` code points (an ellipsis where it is cut).
[[nodiscard]] std::string quote_around(std::string_view text, Span span, std::size_t limit = 300);

/// Text with a blank for each run of white space (blank, tab, line feed, vertical tab, form feed, carriage return), none at its ends.
[[nodiscard]] std::string collapse_white_space(std::string_view text);

}  // namespace demarc
