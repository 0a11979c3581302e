#pragma once
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace demarc {

/// The number that is the whole of a text, as std::from_chars reads it: no blanks, no plus sign, "." for the decimal point whatever the locale; nullopt for
/// anything else, and for what T can't hold. NaN and infinities are read where T is a floating type: whoever bounds the value refuses them.
template <class T>
[[nodiscard]] std::optional<T> parse_number(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// A number as printf writes it with %.<precision>f (fixed) or %.<precision>g (general), "." for the decimal point whatever the locale; precision up to 20.
[[nodiscard]] inline std::string number_text(double value, std::chars_format format, int precision) {
    std::array<char, 352> text;  // the largest number has 309 digits before its point
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value, format, precision).ptr};
}

}  // namespace demarc
