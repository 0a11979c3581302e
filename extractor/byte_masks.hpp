#pragma once
#include <array>
#include <cstdint>

namespace demarc {

/// Bit i of each mask describes byte i of a block of 64. Of use to the tokeniser alone.
struct ByteMasks {
    std::uint64_t letter = 0;      ///< A-Z a-z and every byte >= 0x80
    std::uint64_t high = 0;        ///< byte >= 0x80
    std::uint64_t upper = 0;       ///< A-Z
    std::uint64_t digit = 0;
    std::uint64_t space = 0;       ///< space, \t \n \v \f \r
    std::uint64_t blank = 0;       ///< space alone
    std::uint64_t line = 0;        ///< \n and \r
    std::uint64_t apostrophe = 0;  ///< '
};

enum class ByteClass : std::uint8_t { other, space, lower, upper, digit, high };

constexpr std::array<ByteClass, 256> make_byte_classes() {
    std::array<ByteClass, 256> classes{};
    for (int c = 0; c < 256; ++c) {
        ByteClass value = ByteClass::other;
        if (c >= 0x80) value = ByteClass::high;
        else if (c >= 'A' && c <= 'Z') value = ByteClass::upper;
        else if (c >= 'a' && c <= 'z') value = ByteClass::lower;
        else if (c >= '0' && c <= '9') value = ByteClass::digit;
        else if (c == ' ' || (c >= '\t' && c <= '\r')) value = ByteClass::space;
        classes[static_cast<std::size_t>(c)] = value;
    }
    return classes;
}
inline constexpr std::array<ByteClass, 256> byte_classes = make_byte_classes();

[[nodiscard]] inline ByteClass class_of_byte(char c) { return byte_classes[static_cast<unsigned char>(c)]; }
[[nodiscard]] inline bool is_letter_byte(char c) {
    const ByteClass value = class_of_byte(c);
    return value == ByteClass::lower || value == ByteClass::upper || value == ByteClass::high;
}

/// Of exactly 64 bytes.
[[nodiscard]] inline ByteMasks masks_scalar(const char* block) {
    ByteMasks masks;
    for (int i = 0; i < 64; ++i) {
        const std::uint64_t bit = 1ull << i;
        switch (class_of_byte(block[i])) {
            case ByteClass::high: masks.high |= bit; masks.letter |= bit; break;
            case ByteClass::upper: masks.upper |= bit; masks.letter |= bit; break;
            case ByteClass::lower: masks.letter |= bit; break;
            case ByteClass::digit: masks.digit |= bit; break;
            case ByteClass::space:
                masks.space |= bit;
                if (block[i] == ' ') masks.blank |= bit;
                if (block[i] == '\n' || block[i] == '\r') masks.line |= bit;
                break;
            case ByteClass::other:
                if (block[i] == '\'') masks.apostrophe |= bit;
                break;
        }
    }
    return masks;
}

}  // namespace demarc
