#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/span.hpp"

namespace demarc {

enum class TokenKind : std::uint8_t {
    word,         ///< letters of any script, with inner apostrophes ("P'yŏnggang", "don't")
    number,       ///< ASCII digits
    punctuation,  ///< one code point
    possessive,   ///< 's or ’s cut from the word before it
    paragraph,    ///< zero-width: a blank line stands before the next token
};

/// What a token looks like: one bit each. The names are those that rules use as {name} (extractor/predicates.hpp).
namespace shape {
inline constexpr std::uint32_t word = 1u << 0;            ///< kind word
inline constexpr std::uint32_t cap = 1u << 1;             ///< upper case, then at least one lower-case letter
inline constexpr std::uint32_t caps = 1u << 2;            ///< two letters or more, all upper case
inline constexpr std::uint32_t initial = 1u << 3;         ///< one upper-case letter
inline constexpr std::uint32_t lower = 1u << 4;           ///< begins with a lower-case letter
inline constexpr std::uint32_t uncased = 1u << 5;         ///< a script without case (Han, hangul, kana)
inline constexpr std::uint32_t roman = 1u << 6;           ///< upper-case roman numeral, I to MMM
inline constexpr std::uint32_t number = 1u << 7;          ///< kind number
inline constexpr std::uint32_t n1 = 1u << 8;              ///< one digit … n6: six digits
inline constexpr std::uint32_t n2 = 1u << 9;
inline constexpr std::uint32_t n3 = 1u << 10;
inline constexpr std::uint32_t n4 = 1u << 11;
inline constexpr std::uint32_t n5 = 1u << 12;
inline constexpr std::uint32_t n6 = 1u << 13;
inline constexpr std::uint32_t day_number = 1u << 14;     ///< 1..31, one or two digits
inline constexpr std::uint32_t hour_number = 1u << 15;    ///< 0..24, one or two digits
inline constexpr std::uint32_t minute_number = 1u << 16;  ///< 00..59, two digits
inline constexpr std::uint32_t clock_number = 1u << 17;   ///< four digits HHMM, 0000..2400
inline constexpr std::uint32_t year_number = 1u << 18;    ///< four digits 1000..2099
inline constexpr std::uint32_t punct = 1u << 19;          ///< kind punctuation
inline constexpr std::uint32_t possessive = 1u << 20;
inline constexpr std::uint32_t paragraph = 1u << 21;
inline constexpr std::uint32_t glued = 1u << 22;          ///< no white space before it
inline constexpr std::uint32_t line_start = 1u << 23;     ///< first of its line
inline constexpr std::uint32_t line_end = 1u << 24;       ///< last of its line
inline constexpr std::uint32_t sentence_start = 1u << 25; ///< first of the text, or after a paragraph, or after . ! ? (quotes and brackets skipped)
}  // namespace shape

/// A token as a byte range of the untouched text.
struct Token {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint64_t hash = 0;        ///< token_hash of the folded word, of the digits, or of the punctuation's bytes
    std::uint32_t predicates = 0;  ///< shape bits
    TokenKind kind = TokenKind::word;

    [[nodiscard]] Span span() const { return {begin, end}; }
};

}  // namespace demarc
