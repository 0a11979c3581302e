#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil_date.hpp"

namespace demarc {

/// Units of time in which expressions point and count.
enum class TimeUnit : std::uint8_t { none, second, minute, hour, day, night, week, fortnight, month, year, decade, century, season, weekday };

/// How an expression points: "last", "the same", "inst." …
enum class DateRelation : std::uint8_t { none, last, next, current, same, following, previous };

/// EDTF level 2 code of a year's first quarter; the others follow.
inline constexpr int first_quarter = 33;

/// A date as far as its own words give it.
struct PartialDate {
    static constexpr std::int32_t unknown_year = std::numeric_limits<std::int32_t>::min();

    std::int32_t year = unknown_year;  ///< astronomical: 44 BC is -43; with `two_digit_year` 0..99
    bool two_digit_year = false;
    std::int8_t month = 0, day = 0;    ///< 0: not given
    std::int8_t hour = -1, minute = -1;
    std::int8_t weekday = 0;           ///< ISO 8601, 0: not given
    std::int8_t season = 0;            ///< EDTF code 21..24, of a quarter 33..36; 0: none
    TimeUnit span = TimeUnit::none;    ///< decade, century, week: the year (and day) is its first
    std::int8_t week_edge = 0;         ///< of a week: 1 it begins with the day, -1 it ends with it, 0 the calendar's week that holds it; or `weekend`
    static constexpr std::int8_t weekend = 2;  ///< its Saturday and Sunday
    std::string_view day_part;         ///< TIMEX3 "MO" "AF" "EV" "NI", a literal
    int modifier = 0;                  ///< 1 early, 2 middle, 3 late, 0 none
    DateRelation relation = DateRelation::none;
    TimeUnit relation_unit = TimeUnit::none;
    bool has_offset = false;           ///< `offset` counts `offset_unit` from the anchor
    double offset = 0;
    TimeUnit offset_unit = TimeUnit::none;
    bool from_writing = false;         ///< points from the day of writing ("today", "ago"), not from the story

    [[nodiscard]] bool has_year() const { return year != unknown_year; }
};

enum class DateKind : std::uint8_t { point, interval, one_of, all_of, duration, set };

/// What the words of a date mention say, before it is completed. Index of the mention in Workspace::mentions.
struct DateReading {
    std::uint32_t mention = 0;
    DateKind kind = DateKind::point;
    std::vector<PartialDate> parts;  ///< one for a point, two for an interval, two or more for sets of days
    std::string timex;               ///< durations and sets: their TIMEX3 value
    std::string zone;                ///< "Z" "+09:00", empty: not given
    bool bare_year = false;          ///< only a year: a weak anchor for what follows
};

/// EDTF of a completed or half-completed date: "1951-11-01T17:30", "XXXX-10-30", "1941-22", "195X", "18XX".
[[nodiscard]] std::string partial_edtf(const PartialDate& date);
/// TIMEX3 value: "1951-11-01T17:30", "1941-SU", "195", "1950-06-24TNI", "BC0044", "XXXX-WXX-2".
[[nodiscard]] std::string partial_timex(const PartialDate& date);
/// The parts that a calendar knows; incomplete where a coarser part is missing.
[[nodiscard]] CivilDate civil_part(const PartialDate& date);
/// First and last day of a date with a year, narrowed by early, middle, late (thirds); empty without a year.
[[nodiscard]] std::string first_day(const PartialDate& date);
[[nodiscard]] std::string last_day(const PartialDate& date);
/// Offset of a military time zone letter: "Z" -> "Z", "I" -> "+09:00"; "" for J and anything else (ACP 121).
[[nodiscard]] std::string zone_of_letter(char letter);

}  // namespace demarc
