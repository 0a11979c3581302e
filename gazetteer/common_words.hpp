#pragma once
#include <string>
#include <unordered_set>

#include "base/result.hpp"

namespace demarc {

/// Words that are no name of a place by themselves, folded (gazetteer/fold.hpp): common words, given and family names.
using CommonWords = std::unordered_set<std::string>;

/// Adds the words of a list: parted by white space or |, comment lines with #. Errors: no_input.
[[nodiscard]] Status read_word_list(const std::string& path, CommonWords& words);

/// Adds a dictionary's words (one a line) that begin with a small letter: with a capital it has London. Errors: no_input.
[[nodiscard]] Status read_dictionary(const std::string& path, CommonWords& words);

}  // namespace demarc
