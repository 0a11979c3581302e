#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace demarc {

/// The folded tokens of a name, cut as the extractor cuts text: words are runs of letters with inner apostrophes, runs of
/// ASCII digits are tokens of their own, everything else only separates.
/// "P'yŏnggang-ni" -> {"pyonggang", "ni"}, "Hill 395" -> {"hill", "395"}, "金城" -> {"金城"}, "—" -> {}.
[[nodiscard]] std::vector<std::string> name_tokens(std::string_view name);

/// Key of a token sequence (base/token_hash.hpp); 0 for an empty one.
[[nodiscard]] std::uint64_t sequence_key(const std::vector<std::string>& tokens);

/// The tokens as one word: {"munsan", "ni"} -> "munsanni".
[[nodiscard]] std::string joined_tokens(const std::vector<std::string>& tokens);

}  // namespace demarc
