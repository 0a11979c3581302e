#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace demarc {

/// A table of spellings: column `from` and one column per system (rules/names/*.tsv). `from` may begin with ^ (only at a
/// word's begin) or end with $ (only at its end). A cell "-" stands for nothing; an empty cell takes the first system's.
class TransliterationTable {
public:
    [[nodiscard]] static Result<TransliterationTable> parse(std::string_view text, const std::string& path);
    [[nodiscard]] bool has_system(std::string_view system) const { return system_index(system).has_value(); }

    /// Words (runs between spaces and hyphens, which stay) rewritten by longest match from the left; lower case in and out.
    /// nullopt where some part has no row.
    [[nodiscard]] std::optional<std::string> letters(std::string_view text, std::string_view system) const;

    /// Words cut into pinyin syllables, each looked up, the new syllables joined by hyphens. A syllable that is not a word's
    /// first begins with a consonant, as pinyin's apostrophe rule wants: "xian" is one, "xi'an" two.
    /// nullopt where a word is not made of syllables of the table.
    [[nodiscard]] std::optional<std::string> syllables(std::string_view text, std::string_view system) const;

private:
    struct Row {
        std::string from;
        bool at_begin = false, at_end = false;
        std::vector<std::string> to;
    };
    [[nodiscard]] std::optional<std::size_t> system_index(std::string_view system) const;
    std::vector<std::string> systems_;
    std::multimap<std::string, Row, std::less<>> rows_;
    std::size_t longest_ = 0;  // bytes of the longest `from`
};

}  // namespace demarc
