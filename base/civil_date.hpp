#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace demarc {

/// A day of the proleptic Gregorian calendar, possibly incomplete, with an optional time of day.
/// month 0: only the year is known; day 0: only year and month. hour -1: no time of day.
/// minute -1: only the hour. No time zone: that is a property of the mention (DateValue::zone).
struct CivilDate {
    std::int32_t year = 0;
    std::int8_t month = 0;  ///< 1..12, 0 unknown
    std::int8_t day = 0;    ///< 1..31, 0 unknown
    std::int8_t hour = -1;  ///< 0..24 (24 only with minute 0), -1 none
    std::int8_t minute = -1;
    friend bool operator==(const CivilDate&, const CivilDate&) = default;
};

[[nodiscard]] bool is_leap_year(std::int32_t year);
/// Days in a month 1..12 of a year; 0 for any other month.
[[nodiscard]] int days_in_month(std::int32_t year, int month);
/// True where every known part is in range: no 30 February, no 24:30.
[[nodiscard]] bool is_valid(const CivilDate& date);
/// Days since 1970-01-01 of a complete date (H. Hinnant, "chrono-compatible low-level date algorithms", 2013).
[[nodiscard]] std::int64_t to_days(const CivilDate& date);
/// The complete date of a day number; no time of day.
[[nodiscard]] CivilDate from_days(std::int64_t days);
/// 1 Monday .. 7 Sunday (ISO 8601) of a complete date.
[[nodiscard]] int iso_weekday(const CivilDate& date);
/// Adds days to a complete date, keeps the time of day.
[[nodiscard]] CivilDate add_days(const CivilDate& date, std::int64_t days);
/// Adds months; the day is cut to the month's last ("31 January" + 1 month = "28 February").
[[nodiscard]] CivilDate add_months(const CivilDate& date, int months);
/// Easter Sunday of the western church: of the Gregorian calendar from 1583, of the Julian one before (Meeus, Astronomical Algorithms, ch. 8).
[[nodiscard]] CivilDate easter_sunday(std::int32_t year);
/// EDTF level 0: "1951", "1951-11", "1951-11-01", "1951-11-01T17:30". Years before 1 and after 9999 per ISO 8601-2 ("-0044", "Y12000").
[[nodiscard]] std::string to_edtf(const CivilDate& date);
/// First and last calendar day that the date covers, as "YYYY-MM-DD".
[[nodiscard]] std::string earliest_day(const CivilDate& date);
[[nodiscard]] std::string latest_day(const CivilDate& date);
/// Reads what to_edtf writes, the zone letters Z and +hh:mm ignored.
/// LEGAL "1951", "1951-11", "1951-11-01", "1951-11-01T17:30", "1951-11-01T17". ILLEGAL "1951-13", "51", "1951/11", "XXXX-11-01" (nullopt).
[[nodiscard]] std::optional<CivilDate> parse_civil_date(std::string_view text);

}  // namespace demarc
