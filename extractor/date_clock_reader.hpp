#pragma once
#include <cstdint>

#include "extractor/date_token_reader.hpp"

namespace demarc {

/// The times of day in a date mention. Every reader here leaves at_ behind what it took, or where it was.
class DateClockReader : public DateTokenReader {
public:
    using DateTokenReader::DateTokenReader;

protected:
    /// "a.m.", "pm", "p m" at t: sets the half of the day; tokens taken, 0 where there is none.
    [[nodiscard]] std::uint32_t meridiem(std::uint32_t t, bool& afternoon) const;
    /// Takes the hour; `next` is the token behind its figures. Reads the half of the day there too: "a.m.", "in the evening".
    void put_hour(int hour, int minute, std::uint32_t next);
    /// "half past eight", "a quarter to 9", "ten minutes before six o'clock" at at_.
    [[nodiscard]] bool past_step();
    /// "seven pm", "seven thirty-five p.m.", "eight in the morning", "seven" in "yesterday at seven" at at_.
    [[nodiscard]] bool worded_clock();
    /// "mid-day", "mid night", "midafternoon" at at_, which stands on the last word then.
    [[nodiscard]] bool mid_step();
    /// Whether the number at at_ is the hour of a day that is pointed to: "this morning at 7", "to-night about 8".
    [[nodiscard]] bool hour_of_pointed_day();
    /// The hour of such a day, by the part of it that was named.
    void put_hour_of_part(int hour, int minute, std::uint32_t next);
    [[nodiscard]] bool is_hours_word(std::uint32_t t) const { return is(t, "hours") || is(t, "hrs") || is(t, "hour") || is(t, "hr") || is(t, "h"); }

private:
    /// The hour at t, in figures or words: 1 to 12; 0 where there is none.
    [[nodiscard]] int hour_at(std::uint32_t t) const;
};

}  // namespace demarc
