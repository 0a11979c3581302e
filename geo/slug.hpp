#pragma once
#include <string>
#include <string_view>

namespace demarc {

/// Part of an entity id made from words: folded, joined by hyphens, at most 80 bytes, cut between characters; a longer one ends
/// in a digest of the whole. "P'yŏnggang County" -> "pyonggang-county"; "front_line" -> "front-line"; "" -> "unnamed". Valid UTF-8 in.
[[nodiscard]] std::string slug_of(std::string_view words);

}  // namespace demarc
