#include "extractor/date_reading.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace demarc {
namespace {

std::string two(int value) {
    const int last = std::abs(value % 100);
    return {static_cast<char>('0' + last / 10), static_cast<char>('0' + last % 10)};
}

std::string time_text(const PartialDate& date) {
    if (date.hour < 0) return {};
    return "T" + two(date.hour) + ":" + two(date.minute < 0 ? 0 : date.minute);
}

// Year, month and day with X for what isn't known; nothing behind the last known part.
bool goes_to_day(const PartialDate& date) { return date.day > 0 || date.hour >= 0 || (!date.has_year() && date.month == 0 && date.season == 0); }
std::string date_text(const PartialDate& date, std::string year) {
    std::string out = std::move(year);
    const bool to_day = goes_to_day(date);
    if (date.month > 0 || to_day) (out += '-') += date.month > 0 ? two(date.month) : "XX";
    if (to_day) (out += '-') += date.day > 0 ? two(date.day) : "XX";
    return out;
}

std::string year_text(const PartialDate& date) { return date.has_year() ? to_edtf({date.year, 0, 0, -1, -1}) : "XXXX"; }

// Year to minute, as far as they are known.
std::string date_and_time(const PartialDate& date) {
    if (date.has_year() && (date.year < 1000 || date.year > 9999)) return date_text(date, year_text(date)) + time_text(date);
    std::array<char, 16> text{'X', 'X', 'X', 'X'};
    std::size_t size = 0;
    const auto put = [&](int value) {
        text[size++] = static_cast<char>('0' + value / 10 % 10);
        text[size++] = static_cast<char>('0' + value % 10);
    };
    if (date.has_year()) put(date.year / 100), put(date.year % 100);
    size = 4;
    const bool to_day = goes_to_day(date);
    if (date.month > 0) text[size++] = '-', put(date.month);
    else if (to_day) text[size++] = '-', text[size++] = 'X', text[size++] = 'X';
    if (to_day && date.day > 0) text[size++] = '-', put(date.day);
    else if (to_day) text[size++] = '-', text[size++] = 'X', text[size++] = 'X';
    if (date.hour >= 0) text[size++] = 'T', put(date.hour), text[size++] = ':', put(std::max<int>(date.minute, 0));
    return {text.data(), size};
}

CivilDate day_of(const PartialDate& date) {
    CivilDate day = civil_part(date);
    day.hour = day.minute = -1;
    return day;
}

}  // namespace

CivilDate civil_part(const PartialDate& date) {
    CivilDate civil;
    civil.year = date.has_year() ? date.year : 0;
    civil.month = date.month;
    civil.day = date.month > 0 ? date.day : std::int8_t{0};
    civil.hour = date.hour;
    civil.minute = date.hour >= 0 && date.minute < 0 ? std::int8_t{0} : date.minute;
    return civil;
}

std::string partial_edtf(const PartialDate& date) {
    if (date.span == TimeUnit::decade && date.year > 0) return to_edtf({date.year, 0, 0, -1, -1}).substr(0, 3) + "X";
    if (date.span == TimeUnit::century && date.year > 0) return to_edtf({date.year, 0, 0, -1, -1}).substr(0, 2) + "XX";
    if (date.span == TimeUnit::decade || date.span == TimeUnit::century) return date.has_year() ? first_day(date).substr(0, 5) + "/" + last_day(date).substr(0, 5) : "XXXX";
    if (date.span == TimeUnit::week && date.has_year()) return first_day(date) + "/" + last_day(date);
    if (date.season > 0) return year_text(date) + "-" + std::to_string(date.season);
    return date_and_time(date);
}

std::string partial_timex(const PartialDate& date) {
    if (!date.has_year() && date.weekday > 0 && date.month == 0 && date.day == 0) {
        return "XXXX-WXX-" + std::to_string(date.weekday) + (date.hour >= 0 ? time_text(date) : date.day_part.empty() ? "" : "T" + std::string(date.day_part));
    }
    if (date.has_year() && date.year <= 0) {
        char year[24];
        std::snprintf(year, sizeof year, "BC%04d", 1 - date.year);
        const std::string text = year;
        if (date.span == TimeUnit::decade) return text.substr(0, 5);
        if (date.span == TimeUnit::century) {
            std::snprintf(year, sizeof year, "BC%02d", -date.year / 100);
            return year;
        }
        return date_text(date, text) + time_text(date);
    }
    if (date.span == TimeUnit::decade && date.has_year()) return year_text(date).substr(0, 3);
    if (date.span == TimeUnit::century && date.has_year()) return year_text(date).substr(0, 2);
    if (date.span == TimeUnit::week && date.has_year()) {
        if (date.week_edge != 0 && date.week_edge != PartialDate::weekend) return first_day(date) + "/" + last_day(date);
        // ISO 8601: the week belongs to the year of its Thursday.
        const CivilDate monday = add_days(day_of(date), 1 - iso_weekday(day_of(date)));
        const CivilDate thursday = add_days(monday, 3);
        const auto week = (to_days(thursday) - to_days({thursday.year, 1, 1, -1, -1})) / 7 + 1;
        return to_edtf({thursday.year, 0, 0, -1, -1}) + "-W" + two(static_cast<int>(week)) + (date.week_edge == PartialDate::weekend ? "-WE" : "");
    }
    if (date.season >= first_quarter) return year_text(date) + "-Q" + std::to_string(date.season - first_quarter + 1);
    if (date.season > 0) {
        static constexpr const char* codes[] = {"SP", "SU", "FA", "WI"};
        return year_text(date) + "-" + codes[date.season - 21];
    }
    if (date.hour < 0 && !date.day_part.empty()) {
        PartialDate day = date;
        day.hour = 0;  // a part of a day needs the day's place, known or not
        return date_text(day, year_text(date)) + "T" + std::string(date.day_part);
    }
    return date_and_time(date);
}

namespace {

CivilDate bound(const PartialDate& date, bool last) {
    CivilDate civil = day_of(date);
    if (date.span == TimeUnit::week && date.week_edge == PartialDate::weekend) return add_days(civil, (last ? 7 : 6) - iso_weekday(civil));
    if (date.span == TimeUnit::week && date.week_edge != 0) return add_days(civil, date.week_edge > 0 ? (last ? 6 : 0) : (last ? 0 : -6));
    if (date.span == TimeUnit::week) return add_days(add_days(civil, 1 - iso_weekday(civil)), last ? 6 : 0);
    int months = 1;
    if (date.span == TimeUnit::decade || date.span == TimeUnit::century) {
        const int years = date.span == TimeUnit::decade ? 10 : 100;
        civil.month = 1;
        months = 12 * years;
    } else if (date.season > 0) {
        civil.month = static_cast<std::int8_t>(date.season >= first_quarter ? 3 * (date.season - first_quarter) + 1 : date.season == 24 ? 12 : 3 * (date.season - 20));
        months = 3;
    } else if (civil.month == 0) {
        civil.month = 1;
        months = 12;
    } else if (civil.day > 0) {
        return civil;
    }
    civil.day = 1;
    const CivilDate end = add_days(add_months(civil, months), -1);
    if (date.modifier == 0) return last ? end : civil;
    if (months >= 3) {
        const CivilDate third = add_months(civil, months / 3 * (date.modifier - 1));
        return last ? add_days(add_months(third, months / 3), -1) : third;
    }
    CivilDate third = civil;
    third.day = static_cast<std::int8_t>(last ? (date.modifier == 3 ? end.day : 10 * date.modifier) : 10 * (date.modifier - 1) + 1);
    return third;
}

std::string day_text(const PartialDate& date, bool last) {
    if (!date.has_year()) return {};
    CivilDate day = bound(date, last);
    day.hour = day.minute = -1;
    return to_edtf(day);
}

}  // namespace

std::string first_day(const PartialDate& date) { return day_text(date, false); }
std::string last_day(const PartialDate& date) { return day_text(date, true); }

std::string zone_of_letter(char letter) {
    const char upper = static_cast<char>(letter & ~0x20);
    int hours = 0;
    if (upper == 'Z') return "Z";
    if (upper >= 'A' && upper <= 'I') hours = upper - 'A' + 1;
    else if (upper >= 'K' && upper <= 'M') hours = upper - 'K' + 10;
    else if (upper >= 'N' && upper <= 'Y') hours = -(upper - 'N' + 1);
    else return {};
    return (hours < 0 ? "-" : "+") + two(std::abs(hours)) + ":00";
}

}  // namespace demarc
