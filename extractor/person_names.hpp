#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extractor/resolvers.hpp"

namespace demarc {

/// Folded words of a name: "Kim II Sung" -> {"kim", "ii", "sung"}; initials stay as one letter.
[[nodiscard]] std::vector<std::string> name_words(std::string_view name);

/// token_hash of each of these words.
[[nodiscard]] std::vector<std::uint64_t> name_word_hashes(std::string_view name);

/// Lower-case ASCII slug of a name, words joined by "-": "Le Kenong" -> "le-kenong". Letters of other scripts are kept.
[[nodiscard]] std::string name_slug(std::string_view name);

/// Whether two different words are one letter put in, left out or changed apart. O(n).
[[nodiscard]] bool one_edit_apart(std::string_view a, std::string_view b);

/// True where two names differ by one letter in one word of two letters or more and agree in words of five letters or more together:
/// "le kenong" and "li kenong".
[[nodiscard]] bool one_slip_apart(const std::vector<std::string>& a, const std::vector<std::string>& b);

/// Writes a known person into a mention: value.name, alias, entity, candidate.
void set_known_person(const Gazetteer& gazetteer, const Hit& hit, Mention& mention);

}  // namespace demarc
