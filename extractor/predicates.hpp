#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/mention.hpp"

namespace demarc {

/// Facts about a token that depend on its neighbours or on the gazetteer: one bit each of a 64-bit word beside the shape bits.
/// A thing of several tokens marks its first (begin), its others (inside) and its last (last). Mentions of declared kinds have no flags: the
/// roles of their kind say where they lie (Vocabulary::add_kind).
namespace flag {
[[nodiscard]] constexpr std::uint64_t mention_begin(MentionType type) { return 1ull << (3 * static_cast<int>(type)); }
[[nodiscard]] constexpr std::uint64_t mention_inside(MentionType type) { return 2ull << (3 * static_cast<int>(type)); }
[[nodiscard]] constexpr std::uint64_t mention_last(MentionType type) { return 4ull << (3 * static_cast<int>(type)); }
inline constexpr std::uint64_t any_mention = (1ull << 30) - 1;

inline constexpr std::uint64_t place_begin = 1ull << 30, place_inside = 1ull << 31, place_last = 1ull << 32;
inline constexpr std::uint64_t person_begin = 1ull << 33, person_inside = 1ull << 34, person_last = 1ull << 35;
// Classes, on the first token of a gazetteer hit.
inline constexpr std::uint64_t country = 1ull << 36;     ///< country, continent
inline constexpr std::uint64_t region = 1ull << 37;      ///< province, county, region, basin, peninsula, range
inline constexpr std::uint64_t settlement = 1ull << 38;  ///< capital, city, town, village
inline constexpr std::uint64_t river = 1ull << 39;
inline constexpr std::uint64_t water = 1ull << 40;       ///< river, lake, reservoir, sea, bay, strait
inline constexpr std::uint64_t relief = 1ull << 41;      ///< hill, ridge, mountain, pass, outpost
inline constexpr std::uint64_t island = 1ull << 42;
inline constexpr std::uint64_t ambiguous = 1ull << 43;   ///< every hit is ambiguous with a common word or a personal name
inline constexpr std::uint64_t generated = 1ull << 44;   ///< only generated names hit
inline constexpr std::uint64_t prominent = 1ull << 45;   ///< a hit of rank 6 or more
inline constexpr std::uint64_t full_name = 1ull << 46;   ///< person: full name or cover name, not a family name alone
inline constexpr std::uint64_t cover_name = 1ull << 47;  ///< person: a cover name
inline constexpr std::uint64_t short_name = 1ull << 49;  ///< place: ambiguous and of four letters or fewer
// A place that only large gazetteers have, of rank 5 or less: a name that takes more evidence. It has no place_begin.
inline constexpr std::uint64_t imported_begin = 1ull << 50, imported_inside = 1ull << 51, imported_last = 1ull << 52;
inline constexpr std::uint64_t several_words = 1ull << 53;  ///< such a place: a name of several words
inline constexpr std::uint64_t bracketed = 1ull << 48;   ///< inside [ ] on one line
}  // namespace flag

/// Shape bit of a predicate name ("cap", "n4", "line_start" …).
[[nodiscard]] std::optional<std::uint32_t> shape_predicate(std::string_view name);

/// A gazetteer class name ("gaz_place", "gaz_country", "gaz_person", "gaz_imported" …): its base and the class bit (0 for the base itself).
struct GazetteerPredicate {
    enum class Base : std::uint8_t { place, person, imported };
    Base base = Base::place;
    std::uint64_t class_bit = 0;
};
[[nodiscard]] std::optional<GazetteerPredicate> gazetteer_predicate(std::string_view name);
/// All names that the functions here know.
[[nodiscard]] std::vector<std::string_view> predicate_names();
/// Flags without a base: "bracketed".
[[nodiscard]] std::optional<std::uint64_t> flag_predicate(std::string_view name);

}  // namespace demarc
