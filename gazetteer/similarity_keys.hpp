#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace demarc {

/// Letters that typists, telegraphists and OCR put for one another; each pair works both ways.
inline constexpr std::array<std::string_view, 16> confusion_pairs = {"ao", "ae", "ei", "ou", "ce", "co", "hn", "hb", "nu", "mn", "vy", "uv", "gq", "jy", "kh", "ft"};

/// A search tries no other words in the place of a longer one (folded, in letters).
inline constexpr std::size_t max_edit_letters = 40;

/// Keys that a folded ASCII word shares with every word that a search tries in its place (Gazetteer::search): where no name of an index has a word's key, none of these
/// need be looked up. Stored in index files: a change is a change of their version.
/// Of the words that OCR takes for one another.
[[nodiscard]] std::uint64_t ocr_similarity_key(std::string_view word);

/// Of the words one edit away: each shares one of the two keys at least. Letters that may be confused count as one, repeats as one; the first key holds the first three
/// letters as they are and the second the last three, repeats left out: where six letters or more remain no edit reaches both ends.
struct EditSimilarity {
    std::array<std::uint64_t, 2> keys{};
    std::size_t letters = 0;  ///< without repeats
};
inline constexpr std::size_t min_edit_similarity_letters = 6;
[[nodiscard]] EditSimilarity edit_similarity(std::string_view word);

/// A Bloom filter of similarity keys: two bits of one 64-bit word for each.
namespace similarity {
inline constexpr std::size_t bits_per_key = 10;
[[nodiscard]] inline std::uint64_t bits_of(std::uint64_t key) { return std::uint64_t{1} << (key & 63) | std::uint64_t{1} << (key >> 6 & 63); }
[[nodiscard]] inline std::size_t word_of(std::uint64_t key, std::size_t words) {
    __extension__ using wide = unsigned __int128;
    return static_cast<std::size_t>((static_cast<wide>(key) * words) >> 64);
}
/// Whether the key may be one of those added; true of a filter without words, which an index without people has.
[[nodiscard]] inline bool may_hold(std::span<const std::uint64_t> filter, std::uint64_t key) {
    const std::uint64_t bits = bits_of(key);
    return filter.empty() || (filter[word_of(key, filter.size())] & bits) == bits;
}
}  // namespace similarity

}  // namespace demarc
