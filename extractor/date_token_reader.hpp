#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "extractor/date_reading.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/workspace.hpp"

namespace demarc {

/// What the readers of date mentions share: the mention's tokens seen through the date lexicons, and the reading under way.
/// Token indices are the workspace's; a token behind the mention is empty and holds for no question.
class DateTokenReader {
public:
    DateTokenReader(const Workspace& workspace, const RuleSet& rules, TokenRange range) : ws_(workspace), rules_(rules), range_(range), at_(range.first) {
        reading_.parts.emplace_back();
    }

protected:
    [[nodiscard]] PartialDate& cur() { return reading_.parts.back(); }
    [[nodiscard]] std::string_view text(std::uint32_t t) const { return t < range_.last ? ws_.tokens[t].span().of(ws_.text) : std::string_view(); }
    [[nodiscard]] std::size_t length(std::uint32_t t) const { return text(t).size(); }
    [[nodiscard]] bool has(std::uint32_t t, std::uint32_t bits) const { return t < range_.last && (ws_.tokens[t].predicates & bits) == bits; }
    [[nodiscard]] bool is_number(std::uint32_t t) const { return has(t, shape::number); }
    [[nodiscard]] bool is_word(std::uint32_t t) const { return has(t, shape::word); }
    /// Whether a token is this lower-case word, in whatever case.
    [[nodiscard]] bool is(std::uint32_t t, std::string_view word) const {
        const std::string_view have = text(t);
        return have.size() == word.size() && std::equal(have.begin(), have.end(), word.begin(), [](char a, char b) { return (a | 0x20) == b || a == b; });
    }
    [[nodiscard]] bool is_oclock(std::uint32_t t) const { return is(t, "o'clock") || text(t) == "o’clock"; }
    [[nodiscard]] int number(std::uint32_t t) const;  ///< of a run of digits
    /// Canonical form in a lexicon as a number; 0 where the lexicon doesn't hold the token.
    [[nodiscard]] int lexicon_number(std::uint32_t t, std::string_view lexicon) const;
    [[nodiscard]] TimeUnit unit_at(std::uint32_t t) const;
    [[nodiscard]] std::string_view part_of_day(std::uint32_t t) const;  ///< TIMEX3 "MO" "AF" "EV" "NI", "" none
    [[nodiscard]] int season_at(std::uint32_t t) const;            ///< EDTF 21..24, 0 none
    /// "twenty-fifth", "third": its number, 0 for none; then at_ stands on its last word.
    [[nodiscard]] int ordinal_word();
    /// A dash, a stroke or "to", "until", "till", "through" at at_.
    [[nodiscard]] bool link() const;
    void modifier();  ///< takes "early", "middle", "late" … at at_
    void set_day(int day, int month);
    void set_clock(int hour, int minute);
    /// Hands over the reading where every part is possible in the calendar, nullopt otherwise.
    [[nodiscard]] std::optional<DateReading> checked();

    const Workspace& ws_;
    const RuleSet& rules_;
    TokenRange range_;
    std::uint32_t at_;  ///< token under way
    DateReading reading_;
};

}  // namespace demarc
