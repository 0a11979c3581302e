#pragma once
#include <string>
#include <string_view>

#include "base/span.hpp"

namespace demarc {

/// The sentence around a span of valid UTF-8: white space collapsed, at most `limit` code points (an ellipsis where it is cut).
[[nodiscard]] std::string quote_around(std::string_view text, Span span, std::size_t limit = 300);

}  // namespace demarc
