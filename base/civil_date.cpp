#include "base/civil_date.hpp"

#include <array>

#include "base/number_text.hpp"

namespace demarc {
namespace {

std::optional<int> digits(std::string_view text) {
    return text.starts_with('-') ? std::nullopt : parse_number<int>(text);
}

std::string padded(int value, int width) {
    if (width == 2 && value >= 0 && value < 100) return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
    if (width == 4 && value >= 1000 && value < 10000) return std::to_string(value);
    const std::string sign = value < 0 ? "-" : "";
    std::string text = std::to_string(value < 0 ? -value : value);
    const std::size_t least = static_cast<std::size_t>(width) - sign.size();
    if (text.size() < least) text.insert(0, least - text.size(), '0');
    return sign + text;
}

std::string year_text(std::int32_t year) {
    if (year > 9999) return "Y" + std::to_string(year);
    if (year < -9999) return "Y" + std::to_string(year);
    return year < 0 ? "-" + padded(-year, 4) : padded(year, 4);
}

}  // namespace

bool is_leap_year(std::int32_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(std::int32_t year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) return 0;
    return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

bool is_valid(const CivilDate& date) {
    if (date.month < 0 || date.month > 12 || (date.month == 0 && date.day != 0)) return false;
    if (date.day != 0 && (date.day < 1 || date.day > days_in_month(date.year, date.month))) return false;
    if (date.hour < -1 || date.hour > 24 || date.minute < -1 || date.minute > 59) return false;
    if (date.hour == 24 && date.minute > 0) return false;
    return date.hour >= 0 || date.minute < 0;
}

std::int64_t to_days(const CivilDate& date) {
    const std::int64_t year = static_cast<std::int64_t>(date.year) - (date.month <= 2 ? 1 : 0);
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

CivilDate from_days(std::int64_t days) {
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const std::int64_t day_of_era = days - era * 146097;
    const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    CivilDate date;
    date.day = static_cast<std::int8_t>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    date.month = static_cast<std::int8_t>(shifted_month + (shifted_month < 10 ? 3 : -9));
    date.year = static_cast<std::int32_t>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
    return date;
}

int iso_weekday(const CivilDate& date) {
    const std::int64_t days = to_days(date);
    return static_cast<int>(((days + 3) % 7 + 7) % 7) + 1;
}

CivilDate add_days(const CivilDate& date, std::int64_t days) {
    CivilDate result = from_days(to_days(date) + days);
    result.hour = date.hour;
    result.minute = date.minute;
    return result;
}

CivilDate add_months(const CivilDate& date, int months) {
    CivilDate result = date;
    const std::int64_t index = static_cast<std::int64_t>(date.year) * 12 + (date.month - 1) + months;
    const std::int64_t year = index >= 0 ? index / 12 : (index - 11) / 12;
    result.year = static_cast<std::int32_t>(year);
    result.month = static_cast<std::int8_t>(index - year * 12 + 1);
    const int last = days_in_month(result.year, result.month);
    if (result.day > last) result.day = static_cast<std::int8_t>(last);
    return result;
}

CivilDate easter_sunday(std::int32_t year) {
    if (year < 1583) {
        const int d = (19 * (year % 19) + 15) % 30, e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7, f = d + e + 114;
        return {year, static_cast<std::int8_t>(f / 31), static_cast<std::int8_t>(f % 31 + 1), -1, -1};
    }
    const int a = year % 19, b = year / 100, c = year % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int f = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
    return {year, static_cast<std::int8_t>(f / 31), static_cast<std::int8_t>(f % 31 + 1), -1, -1};
}

std::string to_edtf(const CivilDate& date) {
    // Nearly every date: each mention of one has four or five of these texts.
    if (date.year >= 1000 && date.year <= 9999 && date.month >= 0 && date.month < 100 && date.day >= 0 && date.day < 100 && date.hour < 0) {
        std::array<char, 10> text;
        std::size_t size = 0;
        const auto put = [&](int value) {
            text[size++] = static_cast<char>('0' + value / 10);
            text[size++] = static_cast<char>('0' + value % 10);
        };
        put(date.year / 100), put(date.year % 100);
        if (date.month != 0) text[size++] = '-', put(date.month);
        if (date.day != 0) text[size++] = '-', put(date.day);
        return {text.data(), size};
    }
    std::string text = year_text(date.year);
    if (date.month != 0) text += "-" + padded(date.month, 2);
    if (date.day != 0) text += "-" + padded(date.day, 2);
    if (date.hour >= 0) text += "T" + padded(date.hour, 2) + ":" + padded(date.minute < 0 ? 0 : date.minute, 2);
    return text;
}

std::string earliest_day(const CivilDate& date) {
    CivilDate day = date;
    if (day.month == 0) day.month = 1;
    if (day.day == 0) day.day = 1;
    day.hour = day.minute = -1;
    return to_edtf(day);
}

std::string latest_day(const CivilDate& date) {
    CivilDate day = date;
    if (day.month == 0) day.month = 12;
    if (day.day == 0) day.day = static_cast<std::int8_t>(days_in_month(day.year, day.month));
    day.hour = day.minute = -1;
    return to_edtf(day);
}

std::optional<CivilDate> parse_civil_date(std::string_view text) {
    CivilDate date;
    bool negative = false;
    if (text.starts_with('-')) {
        negative = true;
        text.remove_prefix(1);
    }
    if (text.size() < 4) return std::nullopt;
    const auto year = digits(text.substr(0, 4));
    if (!year) return std::nullopt;
    date.year = negative ? -*year : *year;
    text.remove_prefix(4);
    const auto part = [&text](char lead) -> std::optional<int> {
        if (text.size() < 3 || text[0] != lead) return std::nullopt;
        const auto value = digits(text.substr(1, 2));
        if (value) text.remove_prefix(3);
        return value;
    };
    if (const auto month = part('-')) {
        if (*month == 0) return std::nullopt;
        date.month = static_cast<std::int8_t>(*month);
        if (const auto day = part('-')) {
            if (*day == 0) return std::nullopt;
            date.day = static_cast<std::int8_t>(*day);
            if (const auto hour = part('T')) {
                date.hour = static_cast<std::int8_t>(*hour);
                if (const auto minute = part(':')) date.minute = static_cast<std::int8_t>(*minute);
                if (part(':')) {}  // seconds are read and dropped: no document here is that exact
                if (text == "Z") text = {};
                if (text.size() == 6 && (text[0] == '+' || text[0] == '-')) text = {};
            }
        }
    }
    if (!text.empty() || !is_valid(date)) return std::nullopt;
    return date;
}

}  // namespace demarc
