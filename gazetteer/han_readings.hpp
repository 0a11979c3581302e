#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace demarc {

/// Readings of Han characters in Japanese, Korean and Mandarin, and of names made of them. The table is made by tools/han_readings from the Unihan database
/// (Unicode, Inc.), whose first reading of a character is the commonest one.
class HanReadings {
public:
    struct Reading {
        std::string text;  ///< lower case: "kinjō", "keiki-dō"; hangul; pinyin without tones, "xi'an"
        int rank = 0;      ///< sum of the ranks of the characters' readings, 0: the commonest of each; a changed sound counts one
    };

    /// `text`: columns han, ja, ko, zh, readings parted by |. Errors: bad_data with line.
    [[nodiscard]] static Result<HanReadings> parse(std::string_view text, const std::string& path);

    /// Readings of a name in Han characters, the surest first, at most 24; none where it holds anything else, more than eight characters, or one without a
    /// reading. `system`: "ja", "ko", "zh". With `generic_apart` a generic last character (郡, 江 …) of a longer name stands behind a hyphen.
    [[nodiscard]] std::vector<Reading> read(std::string_view han, std::string_view system, bool generic_apart) const;

private:
    struct Row {
        std::vector<std::string> of[3];  ///< ja, ko, zh
    };
    std::map<char32_t, Row> rows_;
};

/// Bytes of the family name at the begin of a person's name in Han characters: one character, or two of a compound family name (司馬).
[[nodiscard]] std::size_t han_family_bytes(std::string_view name);

}  // namespace demarc
