#pragma once
#include <string>
#include <string_view>

namespace demarc {

/// Lower-case slug of a designation for entity ids: words and numbers joined by "-"; marks, accents, apostrophes and possessive 's count for nothing, and
/// letters of other scripts are kept. "38th Regiment of the 12th Division" -> "38th-regiment-of-the-12th-division".
[[nodiscard]] std::string entity_slug(std::string_view words);

/// The slug of words of ASCII letters that blanks, points, commas, hyphens and line ends part, as most names are: neither cut into tokens nor folded. False for
/// anything else, and the slug is undefined.
[[nodiscard]] bool slug_of_plain_words(std::string_view words, std::string& slug);

}  // namespace demarc
