#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace demarc {

/// A way to spell hangul in another script, by the table in which such systems are published: what a syllable's end and the
/// next one's begin become together (rules/names/hangul_*.tsv), and what each vowel becomes.
///
/// The table's rows are `^` (a word begins), `-` (after a vowel) and the seven codas that are heard (k n t l m p ng); its
/// columns `end` (the word ends) and the 19 initial consonants. In a cell the hyphen parts the two syllables: "ng-n", "-g".
/// Before ㅇ a consonant moves over with its own sound; double codas part: the first stays, the second moves.
class HangulRomanisation {
public:
    /// `vowels`: column `from` (the 21 vowels as compatibility jamo) and one per system. Errors: bad_data.
    [[nodiscard]] static Result<HangulRomanisation> parse(std::string_view matrix, const std::string& matrix_path, std::string_view vowels,
                                                          const std::string& vowels_path, std::string_view system);

    /// Pieces of each syllable of a word of hangul: "금성" -> {"kŭm", "sŏng"} (McCune-Reischauer). nullopt where the word holds anything else.
    [[nodiscard]] std::optional<std::vector<std::string>> pieces(std::string_view word) const;

private:
    std::vector<std::string> vowels_;                         // by index in Unicode's order
    std::map<std::string, std::vector<std::string>, std::less<>> rows_;  // row -> [initial] and, last, end
};

}  // namespace demarc
