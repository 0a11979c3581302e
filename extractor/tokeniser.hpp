#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "extractor/token.hpp"

namespace demarc {

/// Cuts valid UTF-8 into tokens, in order, not overlapping; white space lies between them. The text is not changed and
/// offsets are native. Time linear; no allocation but the growth of `tokens`, which is cleared first.
/// A word keeps inner apostrophes; a final 's is a token of its own; "65th" is number + word; hyphens are punctuation.
/// Chooses AVX2 at run time; both ways give identical tokens.
void tokenise(std::string_view text, std::vector<Token>& tokens);

/// The ways to classify 64 bytes at once, for tests and benchmarks.
enum class TokeniserKernel { scalar, avx2 };
[[nodiscard]] bool kernel_available(TokeniserKernel kernel);
void tokenise_with(TokeniserKernel kernel, std::string_view text, std::vector<Token>& tokens);

/// Bit i of each mask describes byte i of a block of 64.
struct ByteMasks {
    std::uint64_t letter = 0;  ///< A-Z a-z and every byte >= 0x80
    std::uint64_t high = 0;    ///< byte >= 0x80
    std::uint64_t upper = 0;   ///< A-Z
    std::uint64_t digit = 0;
    std::uint64_t space = 0;   ///< space, \t \n \v \f \r
    std::uint64_t blank = 0;   ///< space alone
};
using MaskFunction = ByteMasks (*)(const char* block);  ///< reads exactly 64 bytes
[[nodiscard]] ByteMasks masks_scalar(const char* block);
[[nodiscard]] ByteMasks masks_avx2(const char* block);

}  // namespace demarc
