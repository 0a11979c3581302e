#include "extractor/readers/heading_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace demarc {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

int number(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

constexpr std::uint32_t three(const char* letters) { return static_cast<std::uint32_t>(letters[0]) | static_cast<std::uint32_t>(letters[1]) << 8 | static_cast<std::uint32_t>(letters[2]) << 16; }

// The month that a word of letters in lower case names; 0 for any other.
int month_number(std::string_view word) {
    constexpr std::size_t start = 3, september = 8;
    static constexpr std::uint32_t starts[] = {three("jan"), three("feb"), three("mar"), three("apr"), three("may"), three("jun"),
                                               three("jul"), three("aug"), three("sep"), three("oct"), three("nov"), three("dec")};
    static constexpr std::string_view rests[] = {"uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember"};
    if (word.size() < start) return 0;
    const auto month = static_cast<std::size_t>(std::find(std::begin(starts), std::end(starts), three(word.data())) - starts);
    if (month == std::size(starts)) return 0;
    const std::string_view rest = word.substr(start);
    return rest.empty() || rest == rests[month] || (month == september && (rest == "t" || rest == "ember")) ? static_cast<int>(month) + 1 : 0;
}

// Whether a whole character that is no letter or digit stands at the start of a text. Letters but for general punctuation and symbols.
bool outside(std::string_view text) {
    if (text.empty()) return false;
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80) return !digit(text[0]) && !letter(text[0]);
    if (lead == 0xC2) return text.size() > 1;                                                       // U+0080..00BF
    if (lead == 0xE2) return text.size() > 2 && static_cast<unsigned char>(text[1]) < 0xB0;          // U+2000..2BFF
    return lead >= 0xF0 && text.size() > 3;                                                          // U+10000..10FFFF
}

// Reads the parts of a date, one after the other.
class DateReader {
public:
    DateReader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

    [[nodiscard]] std::size_t at() const { return at_; }
    void go_to(std::size_t at) { at_ = at; }
    bool take(std::string_view wanted) {
        if (!text_.substr(at_).starts_with(wanted)) return false;
        at_ += wanted.size();
        return true;
    }
    bool space() {
        if (at_ == text_.size() || std::string_view(" \t\n\f\r").find(text_[at_]) == std::string_view::npos) return take("\u00A0");
        ++at_;
        return true;
    }
    bool gap() {
        const std::size_t before = at_;
        while (space()) {
        }
        return at_ > before;
    }
    // All digits that stand there.
    std::string_view digits() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && digit(text_[at_])) ++at_;
        return text_.substr(begin, at_ - begin);
    }
    void ordinal_ending() {
        for (const std::string_view ending : {"st", "nd", "rd", "th", "d"}) {
            if (take(ending)) return;
        }
    }
    void capital() { at_ += at_ < text_.size() && text_[at_] >= 'A' && text_[at_] <= 'Z'; }
    // 0 for a word that is no month.
    int month() {
        std::array<char, 9> word;
        std::size_t size = 0;
        for (; at_ < text_.size() && size < word.size(); ++size) {
            if (letter(text_[at_])) word[size] = static_cast<char>(text_[at_++] | 0x20);
            else if (take("ſ")) word[size] = 's';
            else break;
        }
        return month_number(std::string_view(word.data(), size));
    }
    [[nodiscard]] bool ends() const { return at_ == text_.size() || outside(text_.substr(at_)); }

private:
    std::string_view text_;
    std::size_t at_;
};

struct Parts {
    std::size_t first_end = 0, end = 0;  // of its first part, of its last
    int year = 0, month = 0, day = 0;
};

// "1 November 1951", "22d Nov. 1951", "27th day of July, 1953"; the day is read.
std::optional<Parts> after_day(DateReader& reader, std::string_view day) {
    const std::size_t first_end = reader.at();
    reader.ordinal_ending();
    reader.take(".");
    if (!reader.gap() || (reader.take("day") && !reader.gap()) || (reader.take("of") && !reader.gap())) return std::nullopt;
    const int month = reader.month();
    if (month == 0) return std::nullopt;
    reader.take(".");
    reader.take(",");
    if (!reader.gap()) return std::nullopt;
    const std::string_view year = reader.digits();
    return year.size() == 4 && reader.ends() ? std::optional(Parts{first_end, reader.at(), number(year), month, number(day)}) : std::nullopt;
}

// "24.11.1942", "3. 8. 1914"; as above. nullopt without having read on where that is another form.
std::optional<Parts> after_day_in_digits(DateReader& reader, std::string_view day) {
    const std::size_t first_end = reader.at();
    const auto part = [&reader] {
        if (!reader.take(".")) return std::string_view();
        reader.space();
        return reader.digits();
    };
    const std::string_view month = part(), year = month.empty() || month.size() > 2 ? std::string_view() : part();
    if (year.size() == 4 && reader.ends()) return Parts{first_end, reader.at(), number(year), number(month), number(day)};
    reader.go_to(first_end);
    return std::nullopt;
}

// "1951-11-01"; the year is read.
std::optional<Parts> after_year(DateReader& reader, std::string_view year) {
    const std::size_t first_end = reader.at();
    const auto part = [&reader] { return reader.take("-") ? reader.digits() : std::string_view(); };
    const std::string_view month = part(), day = part();
    return month.size() == 2 && day.size() == 2 && reader.ends() ? std::optional(Parts{first_end, reader.at(), number(year), number(month), number(day)}) : std::nullopt;
}

// "061800I Oct 51"; day and time are read.
std::optional<Parts> after_day_and_time(DateReader& reader, std::string_view group) {
    const std::size_t first_end = reader.at() - group.size() + 2;
    reader.capital();
    if (!reader.gap()) return std::nullopt;
    const int month = reader.month();
    if (month == 0) return std::nullopt;
    reader.take(".");
    if (!reader.gap()) return std::nullopt;
    const std::string_view year = reader.digits();
    if ((year.size() != 4 && year.size() != 2) || !reader.ends()) return std::nullopt;
    return Parts{first_end, reader.at(), number(year) + (year.size() == 2 ? 1900 : 0), month, number(group.substr(0, 2))};
}

// "November 1, 1951".
std::optional<Parts> from_month(DateReader& reader) {
    const int month = reader.month();
    if (month == 0) return std::nullopt;
    const std::size_t first_end = reader.at();
    reader.take(".");
    if (!reader.gap()) return std::nullopt;
    const std::string_view day = reader.digits();
    if (day.empty() || day.size() > 2) return std::nullopt;
    reader.ordinal_ending();
    reader.take(",");
    if (!reader.gap()) return std::nullopt;
    const std::string_view year = reader.digits();
    return year.size() == 4 && reader.ends() ? std::optional(Parts{first_end, reader.at(), number(year), month, number(day)}) : std::nullopt;
}

// The date that begins at `at`, existing or not. How many digits it begins with tells its form.
std::optional<Parts> date_at(std::string_view text, std::size_t at) {
    DateReader reader(text, at);
    const std::string_view digits = reader.digits();
    switch (digits.size()) {
        case 0: return from_month(reader);
        case 1:
        case 2: {
            const auto in_digits = after_day_in_digits(reader, digits);
            return in_digits ? in_digits : after_day(reader, digits);
        }
        case 4: return after_year(reader, digits);
        case 6: return after_day_and_time(reader, digits);
        default: return std::nullopt;
    }
}

// A digit, the first letter of a month, or the first byte of ſ, which is read as s.
bool may_be_first(char c) {
    constexpr std::uint32_t initials = 1u << ('a' & 31) | 1u << ('d' & 31) | 1u << ('f' & 31) | 1u << ('j' & 31) | 1u << ('m' & 31) | 1u << ('n' & 31) | 1u << ('o' & 31) | 1u << ('s' & 31);
    return digit(c) || (letter(c) && (initials >> (c & 31) & 1u) != 0) || c == '\xC5';
}

// Whether a date may begin at `at`: at the text's start, or after a character from `from` on that is no letter or digit.
bool may_begin(std::string_view text, std::size_t from, std::size_t at) {
    if (at == 0) return true;
    std::size_t before = at - 1;
    while (before > from && (text[before] & 0xC0) == 0x80) --before;
    return at > from && outside(text.substr(before, at - before));
}

// Whether there can be an existing date: none is without a year of four digits, or the six of a date-time group. Most lines have neither.
bool may_hold_date(std::string_view text) {
    constexpr std::size_t year_digits = 4, group_digits = 6;
    for (std::size_t at = year_digits - 1; at < text.size(); at += year_digits) {
        if (!digit(text[at])) continue;
        std::size_t begin = at;
        while (begin > 0 && digit(text[begin - 1])) --begin;
        while (at < text.size() && digit(text[at])) ++at;
        if (at - begin == group_digits || (at - begin == year_digits && (text[begin] == '1' || text[begin] == '2'))) return true;
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
    std::size_t from = 0;
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
        if (!may_be_first(text[begin]) || !may_begin(text, from, begin)) continue;
        const std::optional<Parts> parts = date_at(text, begin);
        if (!parts) continue;
        if (const auto date = existing(parts->year, parts->month, parts->day)) return HeadingDate{*date, begin, parts->end};
        from = parts->first_end;  // "31 November 1, 1951": what begins later may still be one
        begin = from - 1;
    }
    return std::nullopt;
}

}  // namespace demarc
