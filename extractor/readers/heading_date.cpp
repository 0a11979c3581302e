#include "extractor/readers/heading_date.hpp"

#include <re2/re2.h>

#include <array>
#include <charconv>
#include <string>

#include "base/utf8.hpp"

namespace demarc {
namespace {

constexpr const char* month_names =
    "(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

// One pattern for all forms, so that the leftmost date wins in one pass: day month year; month day year; ISO; day month year in digits; date-time group.
// Each begins after the start, or after what is neither letter nor digit (in digit forms: nor a point). Without groups, for which RE2 would search a match again, at twice the cost.
const re2::RE2& pattern() {
    static const re2::RE2 compiled([] {
        const std::string gap = R"([\s\x{A0}]+)", month = month_names + std::string(R"(\.?)"), year = R"(\d{4})";
        // Letters but for general punctuation and symbols; RE2's \pL would cost 3 ms to compile.
        const std::string outside = R"([^0-9A-Za-z\x{C0}-\x{1FFF}\x{2C00}-\x{FFFF}])";
        return "(?:^|" + outside + ")(?:"
               R"(\d{1,2}(?:st|nd|rd|th|d)?\.?(?:[\s\x{A0}]+day)?(?:[\s\x{A0}]+of)?)" + gap + month + R"(,?)" + gap + year +
               "|" + month + gap + R"(\d{1,2}(?:st|nd|rd|th|d)?,?)" + gap + year +
               R"(|\d{4}-\d{2}-\d{2})"
               R"(|\d{1,2}\.[\s\x{A0}]?\d{1,2}\.[\s\x{A0}]?\d{4})"
               R"(|\d{6}[A-Z]?[\s\x{A0}]+)" + month + R"([\s\x{A0}]+(?:\d{4}|\d{2}))" +
               ")(?:" + outside + "|$)";
    }());
    return compiled;
}

int number(std::string_view digits) {
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
// White space, or the last byte of a no-break space.
bool blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == '\xA0'; }
bool letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

// Whether what stands before a year can be the rest of a date: "1.", "Nov.", "of May", "May 1,", "May 1st". More than the pattern takes, never less.
bool may_end_date(std::string_view before) {
    std::size_t end = before.size();
    while (end > 0 && (blank(before[end - 1]) || before[end - 1] == '\xC2')) --end;
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

struct FoundDate {
    std::optional<CivilDate> date;  // nullopt where there is no such day
    std::size_t begin = 0, end = 0;
};

// The parts of what the pattern took, [begin, end) of a text: its form follows from its numbers, and from whether one of them stands first.
FoundDate read_parts(std::string_view text, std::size_t begin, std::size_t end) {
    constexpr std::size_t year_digits = 4, day_digits = 2;
    std::size_t at = begin;
    if (!digit(text[at]) && !letter(text[at]) && !text.substr(at).starts_with("ſ")) (void)next_code_point(text, at);  // (?i:s) of the pattern is ſ too
    std::array<std::string_view, 3> numbers;
    std::size_t count = 0;
    for (std::size_t i = at; i < end && count < numbers.size(); ++i) {
        const std::size_t first = i;
        while (i < end && digit(text[i])) ++i;
        if (i > first) numbers[count++] = text.substr(first, i - first);
    }
    const auto& [a, b, c] = numbers;
    FoundDate found{std::nullopt, at, static_cast<std::size_t>(numbers[count - 1].data() - text.data()) + numbers[count - 1].size()};
    if (count == numbers.size()) {
        found.date = a.size() == year_digits ? existing(number(a), number(b), number(c)) : existing(number(c), number(b), number(a));
        return found;
    }
    std::size_t month = at;
    if (digit(text[at])) {
        month = static_cast<std::size_t>(b.data() - text.data());
        while (!letter(text[month - 1])) --month;
        while (!blank(text[month - 1])) --month;
    }
    found.date = existing(number(b) + (b.size() == year_digits ? 0 : 1900), month_number(text.substr(month)), number(a.substr(0, day_digits)));
    return found;
}

}  // namespace

std::optional<HeadingDate> first_full_date(std::string_view text) {
    if (!may_hold_date(text)) return std::nullopt;
    const re2::StringPiece piece(text.data(), text.size());
    re2::StringPiece match;
    for (std::size_t at = 0; at < text.size();) {
        if (!pattern().Match(piece, at, text.size(), re2::RE2::UNANCHORED, &match, 1)) return std::nullopt;
        const auto begin = static_cast<std::size_t>(match.data() - text.data());
        const FoundDate found = read_parts(text, begin, begin + match.size());
        if (found.date) return HeadingDate{*found.date, found.begin, found.end};
        at = found.begin + 1;  // "31 November 1, 1951": what begins later may still be one
    }
    return std::nullopt;
}

}  // namespace demarc
