#include "extractor/date_reading.hpp"

#include "tests/catch.hpp"

using namespace demarc;

namespace {

PartialDate date(std::int32_t year, int month = 0, int day = 0, int hour = -1, int minute = -1) {
    PartialDate out;
    out.year = year;
    out.month = static_cast<std::int8_t>(month);
    out.day = static_cast<std::int8_t>(day);
    out.hour = static_cast<std::int8_t>(hour);
    out.minute = static_cast<std::int8_t>(minute);
    return out;
}

}  // namespace

TEST_CASE("unknown parts are X in EDTF") {
    CHECK(partial_edtf(date(1951, 11, 1, 17, 30)) == "1951-11-01T17:30");
    CHECK(partial_edtf(date(PartialDate::unknown_year, 10, 30)) == "XXXX-10-30");
    CHECK(partial_edtf(date(PartialDate::unknown_year, 10)) == "XXXX-10");
    CHECK(partial_edtf(date(1951, 0, 24)) == "1951-XX-24");
    CHECK(partial_edtf(date(PartialDate::unknown_year, 0, 0, 14, 9)) == "XXXX-XX-XXT14:09");
    CHECK(partial_edtf(date(-43)) == "-0043");
}

TEST_CASE("seasons, decades, centuries and weeks") {
    PartialDate season = date(1951);
    season.season = 21;
    CHECK(partial_edtf(season) == "1951-21");
    CHECK(partial_timex(season) == "1951-SP");
    CHECK(first_day(season) == "1951-03-01");
    CHECK(last_day(season) == "1951-05-31");
    season.season = 24;
    CHECK(last_day(season) == "1952-02-29");
    PartialDate decade = date(1950);
    decade.span = TimeUnit::decade;
    CHECK(partial_edtf(decade) == "195X");
    CHECK(last_day(decade) == "1959-12-31");
    PartialDate century = date(1800);
    century.span = TimeUnit::century;
    CHECK(partial_edtf(century) == "18XX");
    CHECK(first_day(century) == "1800-01-01");
    PartialDate week = date(1951, 11, 1);
    week.span = TimeUnit::week;
    CHECK(partial_edtf(week) == "1951-10-29/1951-11-04");
    CHECK(partial_timex(week) == "1951-W44");
}

TEST_CASE("early, middle and late narrow the days, not the value") {
    PartialDate month = date(1951, 2);
    month.modifier = 1;
    CHECK(partial_edtf(month) == "1951-02");
    CHECK(last_day(month) == "1951-02-10");
    month.modifier = 3;
    CHECK(first_day(month) == "1951-02-21");
    CHECK(last_day(month) == "1951-02-28");
    PartialDate year = date(1951);
    year.modifier = 2;
    CHECK(first_day(year) == "1951-05-01");
    CHECK(last_day(year) == "1951-08-31");
    CHECK(first_day(date(PartialDate::unknown_year, 3)).empty());
}

TEST_CASE("TIMEX values of parts of a day, days of the week and years before Christ") {
    PartialDate night = date(1950, 6, 24);
    night.day_part = "NI";
    CHECK(partial_timex(night) == "1950-06-24TNI");
    CHECK(partial_edtf(night) == "1950-06-24");
    PartialDate tuesday = date(PartialDate::unknown_year);
    tuesday.weekday = 2;
    CHECK(partial_timex(tuesday) == "XXXX-WXX-2");
    CHECK(partial_timex(date(-43)) == "BC0044");
}

TEST_CASE("military time zone letters") {
    CHECK(zone_of_letter('Z') == "Z");
    CHECK(zone_of_letter('I') == "+09:00");
    CHECK(zone_of_letter('K') == "+10:00");
    CHECK(zone_of_letter('a') == "+01:00");
    CHECK(zone_of_letter('N') == "-01:00");
    CHECK(zone_of_letter('Y') == "-12:00");
    CHECK(zone_of_letter('J').empty());
    CHECK(zone_of_letter('1').empty());
}
