#include "base/civil_date.hpp"
#include "base/edtf.hpp"

#include "tests/catch.hpp"

using demarc::CivilDate;

namespace {

CivilDate day(std::int32_t year, int month, int day) { return {year, static_cast<std::int8_t>(month), static_cast<std::int8_t>(day), -1, -1}; }

CivilDate at(std::int32_t year, int month, int of_month, int hour, int minute) {
    CivilDate date = day(year, month, of_month);
    date.hour = static_cast<std::int8_t>(hour);
    date.minute = static_cast<std::int8_t>(minute);
    return date;
}

}  // namespace

TEST_CASE("leap years of the Gregorian calendar") {
    for (const int year : {1600, 1896, 1904, 1952, 2000, 2024, 2400, 0, -4}) CHECK(demarc::is_leap_year(year));
    for (const int year : {1700, 1800, 1900, 1951, 1953, 2100, 2200, 2300, -1, -100}) CHECK_FALSE(demarc::is_leap_year(year));
}

TEST_CASE("days of a month") {
    CHECK(demarc::days_in_month(1951, 2) == 28);
    CHECK(demarc::days_in_month(1952, 2) == 29);
    CHECK(demarc::days_in_month(1900, 2) == 28);
    CHECK(demarc::days_in_month(2000, 2) == 29);
    int year = 0;
    for (int month = 1; month <= 12; ++month) year += demarc::days_in_month(1951, month);
    CHECK(year == 365);
    for (const int month : {-1, 0, 13, 100}) CHECK(demarc::days_in_month(1951, month) == 0);
}

TEST_CASE("which dates exist") {
    CHECK(demarc::is_valid(day(1951, 0, 0)));
    CHECK(demarc::is_valid(day(1951, 11, 0)));
    CHECK(demarc::is_valid(day(1952, 2, 29)));
    CHECK(demarc::is_valid(at(1951, 11, 1, 24, 0)));
    CHECK(demarc::is_valid(at(1951, 11, 1, 17, -1)));
    CHECK_FALSE(demarc::is_valid(day(1951, 2, 29)));
    CHECK_FALSE(demarc::is_valid(day(1951, 2, 30)));
    CHECK_FALSE(demarc::is_valid(day(1951, 4, 31)));
    CHECK_FALSE(demarc::is_valid(day(1951, 13, 1)));
    CHECK_FALSE(demarc::is_valid(day(1951, 0, 5)));
    CHECK_FALSE(demarc::is_valid(at(1951, 11, 1, 24, 30)));
    CHECK_FALSE(demarc::is_valid(at(1951, 11, 1, 25, 0)));
    CHECK_FALSE(demarc::is_valid(at(1951, 11, 1, 12, 60)));
    CHECK_FALSE(demarc::is_valid(at(1951, 11, 1, -1, 30)));
}

TEST_CASE("day numbers count every day of 1600 to 2400 once, both ways") {
    std::int64_t number = demarc::to_days(day(1600, 1, 1));
    int weekday = demarc::iso_weekday(day(1600, 1, 1));
    std::size_t wrong = 0;
    for (int year = 1600; year <= 2400; ++year) {
        for (int month = 1; month <= 12; ++month) {
            for (int of_month = 1; of_month <= demarc::days_in_month(year, month); ++of_month) {
                const CivilDate date = day(year, month, of_month);
                wrong += demarc::to_days(date) != number;
                wrong += demarc::from_days(number) != date;
                wrong += demarc::iso_weekday(date) != weekday;
                ++number;
                weekday = weekday == 7 ? 1 : weekday + 1;
            }
        }
    }
    CHECK(wrong == 0);
    CHECK(demarc::to_days(day(1970, 1, 1)) == 0);
    CHECK(demarc::to_days(day(2000, 3, 1)) == 11017);
    CHECK(demarc::from_days(-719528) == day(0, 1, 1));
}

TEST_CASE("weekdays of known dates") {
    CHECK(demarc::iso_weekday(day(1950, 6, 25)) == 7);   // the Korean War began on a Sunday
    CHECK(demarc::iso_weekday(day(1953, 7, 27)) == 1);   // armistice, a Monday
    CHECK(demarc::iso_weekday(day(1945, 5, 8)) == 2);    // VE Day, a Tuesday
    CHECK(demarc::iso_weekday(day(1918, 11, 11)) == 1);  // armistice, a Monday
    CHECK(demarc::iso_weekday(day(1944, 6, 6)) == 2);    // D-Day, a Tuesday
    CHECK(demarc::iso_weekday(day(1815, 6, 18)) == 7);   // Waterloo, a Sunday
    CHECK(demarc::iso_weekday(day(1863, 7, 3)) == 5);    // third day of Gettysburg, a Friday
}

TEST_CASE("adding days keeps the time of day, adding months stays inside the month") {
    CHECK(demarc::add_days(at(1951, 12, 31, 23, 30), 1) == at(1952, 1, 1, 23, 30));
    CHECK(demarc::add_days(day(1952, 3, 1), -1) == day(1952, 2, 29));
    CHECK(demarc::add_days(day(1951, 3, 1), -1) == day(1951, 2, 28));
    CHECK(demarc::add_months(day(1951, 1, 31), 1) == day(1951, 2, 28));
    CHECK(demarc::add_months(day(1952, 1, 31), 1) == day(1952, 2, 29));
    CHECK(demarc::add_months(day(1951, 12, 15), 1) == day(1952, 1, 15));
    CHECK(demarc::add_months(day(1951, 1, 15), -1) == day(1950, 12, 15));
    CHECK(demarc::add_months(day(1951, 3, 31), -13) == day(1950, 2, 28));
}

TEST_CASE("EDTF of a date and back") {
    struct {
        CivilDate date;
        const char* text;
    } const cases[] = {{day(1951, 0, 0), "1951"},
                       {day(1951, 11, 0), "1951-11"},
                       {day(1951, 11, 1), "1951-11-01"},
                       {at(1951, 11, 1, 17, 30), "1951-11-01T17:30"},
                       {at(1951, 11, 1, 0, 0), "1951-11-01T00:00"},
                       {at(1951, 11, 1, 24, 0), "1951-11-01T24:00"},
                       {day(-44, 3, 15), "-0044-03-15"},
                       {day(7, 0, 0), "0007"}};
    for (const auto& c : cases) {
        CHECK(demarc::to_edtf(c.date) == c.text);
        CHECK(demarc::parse_civil_date(c.text) == c.date);
    }
    CHECK(demarc::to_edtf(at(1951, 11, 1, 17, -1)) == "1951-11-01T17:00");
    CHECK(demarc::to_edtf(day(12000, 0, 0)) == "Y12000");
    CHECK(demarc::to_edtf(day(999, 12, 31)) == "0999-12-31");
    CHECK(demarc::to_edtf(day(1000, 1, 1)) == "1000-01-01");
    CHECK(demarc::to_edtf(day(9999, 12, 31)) == "9999-12-31");
    CHECK(demarc::to_edtf(day(10000, 1, 1)) == "Y10000-01-01");
    CHECK(demarc::parse_civil_date("1951-11-01T17") == at(1951, 11, 1, 17, -1));
    CHECK(demarc::parse_civil_date("1951-11-01T17:30Z") == at(1951, 11, 1, 17, 30));
    CHECK(demarc::parse_civil_date("1951-11-01T17:30:15+09:00") == at(1951, 11, 1, 17, 30));
}

TEST_CASE("what is no date stays none") {
    for (const char* text : {"",
                             "-",
                             "51",
                             "195",
                             "1951-",
                             "1951-1",
                             "1951-13",
                             "1951-00",
                             "1951-11-00",
                             "1951-11-31",
                             "1951-02-29",
                             "1951/11",
                             "1951-11-1",
                             "XXXX-11-01",
                             "195X",
                             "1951-11-01T25:00",
                             "1951-11-01T24:30",
                             "1951-11-01T",
                             "1951-11-01 17:30",
                             "19511101",
                             "November 1951",
                             "1951-11-01x",
                             " 1951"}) {
        INFO(text);
        CHECK_FALSE(demarc::parse_civil_date(text));
    }
}

TEST_CASE("first and last day of an EDTF expression") {
    struct {
        const char* edtf;
        const char* first;
        const char* last;
    } const cases[] = {{"1951", "1951-01-01", "1951-12-31"},
                       {"1952-02", "1952-02-01", "1952-02-29"},
                       {"1951-02", "1951-02-01", "1951-02-28"},
                       {"1951-11-01", "1951-11-01", "1951-11-01"},
                       {"1951-11-01T17:30", "1951-11-01", "1951-11-01"},
                       {"1951-11~", "1951-11-01", "1951-11-30"},
                       {"1951?", "1951-01-01", "1951-12-31"},
                       {"1951-11-01%", "1951-11-01", "1951-11-01"},
                       {"195X", "1950-01-01", "1959-12-31"},
                       {"19XX", "1900-01-01", "1999-12-31"},
                       {"1951-21", "1951-03-01", "1951-05-31"},  // spring
                       {"1951-24", "1951-12-01", "1952-02-29"},  // winter runs into a leap year
                       {"1951-33", "1951-01-01", "1951-03-31"},  // first quarter
                       {"1951-41", "1951-07-01", "1951-12-31"},  // second half
                       {"1951-11-01/1951-11-03", "1951-11-01", "1951-11-03"},
                       {"1951-11/1952", "1951-11-01", "1952-12-31"},
                       {"1951-11-01/..", "1951-11-01", ""},
                       {"../1951-11", "", "1951-11-30"},
                       {"1951-11-01T08:00/1951-11-01T18:00", "1951-11-01", "1951-11-01"},
                       {"[1951-11-01,1951-11-02]", "1951-11-01", "1951-11-02"},
                       {"{1951-11-01..1951-11-05}", "1951-11-01", "1951-11-05"},
                       {"[1951]", "1951-01-01", "1951-12-31"}};
    for (const auto& c : cases) {
        INFO(c.edtf);
        const auto bounds = demarc::edtf_bounds(c.edtf);
        REQUIRE(bounds);
        CHECK((*bounds)[0] == c.first);
        CHECK((*bounds)[1] == c.last);
    }
    for (const char* text : {"", "[", "{", "[]", "1951-42", "1951-20", "1951-02-30", "yesterday", "1951/x", "x/1951", "[1951,x]", "XXXX-11-01"}) {
        INFO(text);
        CHECK_FALSE(demarc::edtf_bounds(text));
    }
}
