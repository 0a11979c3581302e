#pragma once
#include <string_view>
#include <vector>

#include "extractor/token.hpp"

namespace demarc {

/// Joins words that a line end parts: "Vir¬ ginia" and "Vir¬\nginia" (the mark of OCR for a hyphen that isn't the word's own), and behind a plain hyphen a word in small letters on
/// the next line after one with a capital ("Chatta-\nhoochee", "Munsan-\nni"). The token spans both parts and has the hash of the whole word. O(tokens) where the text has such
/// a mark, else one search for it.
void join_hyphenated(std::string_view text, std::vector<Token>& tokens);

}  // namespace demarc
