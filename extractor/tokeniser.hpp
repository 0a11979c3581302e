#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "extractor/token.hpp"

namespace demarc {

/// Cuts valid UTF-8 into tokens, in order, not overlapping; white space lies between them. The text is not changed and
/// offsets are native. Time linear; no allocation but the growth of `tokens`, whose earlier content is dropped.
/// A word keeps inner apostrophes; a final 's is a token of its own; "65th" is number + word; hyphens are punctuation.
/// Chooses AVX2 (with BMI) at run time; both ways give identical tokens.
void tokenise(std::string_view text, std::vector<Token>& tokens);

/// The ways to classify 64 bytes at once, for tests and benchmarks.
enum class TokeniserKernel { scalar, avx2 };
[[nodiscard]] bool kernel_available(TokeniserKernel kernel);
void tokenise_with(TokeniserKernel kernel, std::string_view text, std::vector<Token>& tokens);

}  // namespace demarc
