#include "extractor/readers/heading_date.hpp"

#include <re2/re2.h>

#include <array>
#include <charconv>
#include <string>

namespace demarc {
namespace {

constexpr const char* month_names =
    "(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

// One pattern for all forms, so that the leftmost date wins in one pass. Groups, in this order:
// 1-3 day month year; 4-6 month day year; 7-9 ISO year month day; 10-12 day month year in digits; 13-15 day month year of a date-time group.
// Each begins after the start, or after what is neither letter nor digit (in digit forms: nor a point).
const re2::RE2& pattern() {
    static const re2::RE2 compiled([] {
        const std::string gap = R"([\s\x{A0}]+)", month = std::string("(") + month_names + R"()\.?)", year = R"((\d{4}))";
        // Letters but for general punctuation and symbols; RE2's \pL would cost 3 ms to compile.
        const std::string outside = R"([^0-9A-Za-z\x{C0}-\x{1FFF}\x{2C00}-\x{FFFF}])";
        return "(?:^|" + outside + ")(?:"
               R"((\d{1,2})(?:st|nd|rd|th|d)?\.?(?:[\s\x{A0}]+day)?(?:[\s\x{A0}]+of)?)" + gap + month + R"(,?)" + gap + year +
               "|" + month + gap + R"((\d{1,2})(?:st|nd|rd|th|d)?,?)" + gap + year +
               R"(|(\d{4})-(\d{2})-(\d{2}))"
               R"(|(\d{1,2})\.[\s\x{A0}]?(\d{1,2})\.[\s\x{A0}]?(\d{4}))"
               R"(|(\d{2})\d{4}[A-Z]?[\s\x{A0}]+)" + month + R"([\s\x{A0}]+(\d{4}|\d{2}))" +
               ")(?:" + outside + "|$)";
    }());
    return compiled;
}

int number(const re2::StringPiece& digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

int month_number(std::string_view name) {
    static constexpr std::string_view starts[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    for (int i = 0; i < 12; ++i) {
        bool same = true;
        for (std::size_t k = 0; k < 3; ++k) same = same && (static_cast<unsigned char>(name[k]) | 0x20) == static_cast<unsigned char>(starts[i][k]);
        if (same) return i + 1;
    }
    return 0;
}

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

// Whether what stands before a year can be the rest of a date: "1.", "Nov.", "of May", "May 1,", "May 1st". More than the pattern takes, never less.
bool may_end_date(std::string_view before) {
    std::size_t end = before.size();
    while (end > 0 && (before[end - 1] == ' ' || (before[end - 1] >= '\t' && before[end - 1] <= '\r') || before[end - 1] == '\xA0' || before[end - 1] == '\xC2')) --end;
    const bool gap = end < before.size();
    if (gap && end > 0 && before[end - 1] == ',') --end;
    if (end == 0) return false;
    const char last = before[end - 1];
    if (last == '.') return gap || (end > 1 && digit(before[end - 2]));
    if (!gap) return false;
    if (digit(last)) return true;
    std::size_t begin = end;
    while (begin > 0 && letter(before[begin - 1])) --begin;
    if (begin > 0 && static_cast<unsigned char>(before[begin - 1]) >= 0x80) return true;  // (?i:s) of the pattern is ſ too
    if (end - begin >= 3) return month_number(before.substr(begin, 3)) != 0;
    return begin > 0 && begin < end && digit(before[begin - 1]);
}

// Whether the pattern can find an existing date: no text without a year of four digits, or the six of a date-time group, has one. Most lines have neither.
bool may_hold_date(std::string_view text) {
    constexpr std::size_t year_digits = 4, group_digits = 6;
    for (std::size_t at = year_digits - 1; at < text.size(); at += year_digits) {
        if (!digit(text[at])) continue;
        std::size_t begin = at;
        while (begin > 0 && digit(text[begin - 1])) --begin;
        while (at < text.size() && digit(text[at])) ++at;
        if (at - begin == group_digits) return true;
        if (at - begin != year_digits || (text[begin] != '1' && text[begin] != '2')) continue;
        if ((at < text.size() && text[at] == '-') || may_end_date(text.substr(0, begin))) return true;
    }
    return false;
}

std::optional<CivilDate> existing(int year, int month, int day) {
    if (year < 1000 || year > 2099 || month < 1 || month > 12 || day < 1) return std::nullopt;
    const CivilDate date{year, static_cast<std::int8_t>(month), static_cast<std::int8_t>(day), -1, -1};
    return is_valid(date) ? std::optional(date) : std::nullopt;
}

}  // namespace

std::optional<HeadingDate> first_full_date(std::string_view text) {
    if (!may_hold_date(text)) return std::nullopt;
    const re2::StringPiece piece(text.data(), text.size());
    std::array<re2::StringPiece, 16> groups;
    for (std::size_t at = 0; at < text.size();) {
        if (!pattern().Match(piece, at, text.size(), re2::RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) return std::nullopt;
        std::optional<CivilDate> date;
        std::size_t first = 1;
        while (first < 15 && groups[first].data() == nullptr) first += 3;
        const re2::StringPiece &a = groups[first], &b = groups[first + 1], &c = groups[first + 2];
        if (first == 1) date = existing(number(c), month_number(b), number(a));
        else if (first == 4) date = existing(number(c), month_number(a), number(b));
        else if (first == 7) date = existing(number(a), number(b), number(c));
        else if (first == 10) date = existing(number(c), number(b), number(a));
        else date = existing(number(c) + (c.size() == 2 ? 1900 : 0), month_number(b), number(a));
        const auto begin = static_cast<std::size_t>(a.data() - text.data());
        const auto end = static_cast<std::size_t>(c.data() + c.size() - text.data());
        if (date) return HeadingDate{*date, begin, end};
        at = begin + a.size();  // "31 November 1, 1951": what begins later may still be one
    }
    return std::nullopt;
}

}  // namespace demarc
