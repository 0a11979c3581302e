#include "base/edtf.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "base/civil_date.hpp"

namespace demarc {
namespace {

constexpr std::size_t longest_text = 4'096, most_members = 1'000, most_year_digits = 18;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

EdtfQualifier with(EdtfQualifier a, EdtfQualifier b) { return static_cast<EdtfQualifier>(static_cast<int>(a) | static_cast<int>(b)); }

/// One date, from the front of a text to its end.
class DateParser {
public:
    explicit DateParser(std::string_view text) : text_(text) {}

    Result<EdtfDate> parse() {
        if (!year()) return wrong("a year is four digits or X, or Y and more of them");
        if (at_ < text_.size() && text_[at_] == '-') {
            ++at_;
            if (!component(date_.month, 1)) return wrong("a month is two digits or X");
            if (at_ < text_.size() && text_[at_] == '-') {
                ++at_;
                if (!component(date_.day, 2)) return wrong("a day is two digits or X");
            }
        }
        if (at_ < text_.size() && text_[at_] == 'T' && !clock()) return wrong("a time is hh, hh:mm or hh:mm:ss, then Z, +hh or +hh:mm");
        if (at_ != text_.size()) return wrong("nothing known begins with \"" + std::string(text_.substr(at_, 8)) + "\"");
        if (!valid()) return wrong("no such day");
        return std::move(date_);
    }

private:
    Error wrong(const std::string& what) const { return {ErrorCode::bad_data, "\"" + std::string(text_.substr(0, 80)) + "\" is no EDTF date: " + what, {}}; }

    EdtfQualifier qualifier() {
        if (at_ >= text_.size()) return EdtfQualifier::none;
        const char c = text_[at_];
        const auto found = c == '?' ? EdtfQualifier::uncertain : c == '~' ? EdtfQualifier::approximate : c == '%' ? EdtfQualifier::both : EdtfQualifier::none;
        if (found != EdtfQualifier::none) ++at_;
        return found;
    }

    // One in front is of this component; one behind of it and of all to its left.
    void behind(std::size_t component) {
        const EdtfQualifier found = qualifier();
        for (std::size_t i = 0; i <= component; ++i) date_.qualifiers[i] = with(date_.qualifiers[i], found);
    }

    std::string digits(std::size_t most, bool unspecified) {
        const std::size_t from = at_;
        while (at_ < text_.size() && at_ - from < most && (is_digit(text_[at_]) || (unspecified && text_[at_] == 'X'))) ++at_;
        return std::string(text_.substr(from, at_ - from));
    }

    bool year() {
        date_.qualifiers[0] = qualifier();
        date_.long_year = at_ < text_.size() && text_[at_] == 'Y';
        if (date_.long_year) ++at_;
        date_.negative = at_ < text_.size() && text_[at_] == '-';
        if (date_.negative) ++at_;
        date_.year = digits(date_.long_year ? most_year_digits : 4, !date_.long_year);
        if (date_.year.size() < (date_.long_year ? 1u : 4u)) return false;
        if (date_.long_year && at_ < text_.size() && text_[at_] == 'E') {
            ++at_;
            const std::string power = digits(2, false);
            date_.exponent = std::atoi(power.c_str());
            if (date_.exponent < 1) return false;
        } else if (date_.long_year && date_.year.size() < 5) {
            return false;
        }
        if (at_ < text_.size() && text_[at_] == 'S') {
            ++at_;
            const std::string count = digits(2, false);
            date_.significant_digits = std::atoi(count.c_str());
            if (date_.significant_digits < 1) return false;
        }
        if (date_.year == "0000" && date_.negative) return false;
        behind(0);
        return true;
    }

    bool component(std::string& out, std::size_t index) {
        date_.qualifiers[index] = qualifier();
        out = digits(2, true);
        if (out.size() != 2) return false;
        behind(index);
        return true;
    }

    bool two(int& out, int most) {
        const std::string text = digits(2, false);
        if (text.size() != 2) return false;
        out = std::atoi(text.c_str());
        return out <= most;
    }

    bool clock() {
        ++at_;
        if (date_.day.empty() || !two(date_.hour, 24)) return false;
        if (at_ < text_.size() && text_[at_] == ':') {
            ++at_;
            if (!two(date_.minute, 59)) return false;
            if (at_ < text_.size() && text_[at_] == ':') {
                ++at_;
                if (!two(date_.second, 59)) return false;
            }
        }
        if (date_.hour == 24 && (date_.minute > 0 || date_.second > 0)) return false;
        const std::string_view rest = text_.substr(at_);
        if (rest.empty()) return true;
        at_ = text_.size();
        date_.zone = rest;
        if (rest == "Z") return true;
        const auto number = [&](std::size_t from, int most) { return is_digit(rest[from]) && is_digit(rest[from + 1]) && std::atoi(std::string(rest.substr(from, 2)).c_str()) <= most; };
        if ((rest[0] != '+' && rest[0] != '-') || (rest.size() != 3 && rest.size() != 6) || !number(1, 14)) return false;
        return rest.size() == 3 || (rest[3] == ':' && number(4, 59));
    }

    static bool fits(int value, const std::string& pattern) {
        return (pattern[0] == 'X' || pattern[0] - '0' == value / 10) && (pattern[1] == 'X' || pattern[1] - '0' == value % 10);
    }

    // Whether any month and day of a leap or common year, as the year allows, is what the digits leave open.
    bool valid() const {
        if (date_.month.empty()) return true;
        if (date_.is_season()) return date_.day.empty() && date_.month >= "21" && date_.month <= "41";
        const bool year_open = date_.year.find('X') != std::string::npos || date_.long_year;
        const int year = year_open ? 2000 : std::atoi(date_.year.c_str()) * (date_.negative ? -1 : 1);
        for (int month = 1; month <= 12; ++month) {
            if (!fits(month, date_.month)) continue;
            if (date_.day.empty()) return true;
            for (int day = 1; day <= days_in_month(year, month); ++day) {
                if (fits(day, date_.day)) return true;
            }
        }
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    EdtfDate date_;
};

Result<EdtfPart> parse_member(std::string_view text) {
    EdtfPart part;
    const auto dots = text.find("..");
    if (dots == std::string_view::npos) {
        auto date = DateParser(text).parse();
        if (!date) return date.error();
        part.first = std::move(*date);
        return part;
    }
    const std::string_view from = text.substr(0, dots), to = text.substr(dots + 2);
    if (from.empty() && to.empty()) return Error{ErrorCode::bad_data, "\"..\" alone is no member of a set", {}};
    part.kind = from.empty() ? EdtfPart::Kind::before : to.empty() ? EdtfPart::Kind::after : EdtfPart::Kind::range;
    auto first = DateParser(from.empty() ? to : from).parse();
    if (!first) return first.error();
    part.first = std::move(*first);
    if (part.kind == EdtfPart::Kind::range) {
        auto last = DateParser(to).parse();
        if (!last) return last.error();
        part.last = std::move(*last);
    }
    return part;
}

Result<Edtf> parse_set(std::string_view text) {
    Edtf set;
    set.kind = text.front() == '[' ? Edtf::Kind::one_of : Edtf::Kind::all_of;
    const char close = text.front() == '[' ? ']' : '}';
    if (text.size() < 3 || text.back() != close) return Error{ErrorCode::bad_data, "\"" + std::string(text.substr(0, 80)) + "\" is a set without its members or without " + close, {}};
    for (std::string_view rest = text.substr(1, text.size() - 2); !rest.empty();) {
        const auto comma = rest.find(',');
        std::string_view member = rest.substr(0, comma);
        while (member.starts_with(' ')) member.remove_prefix(1);
        if (set.parts.size() == most_members) return Error{ErrorCode::bad_data, "a set of more than 1,000 members", {}};
        auto part = parse_member(member);
        if (!part) return part.error();
        set.parts.push_back(std::move(*part));
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
        if (rest.empty()) return Error{ErrorCode::bad_data, "a set ends with a comma", {}};
    }
    return set;
}

Result<EdtfPart> parse_end(std::string_view text) {
    EdtfPart part;
    part.kind = text.empty() ? EdtfPart::Kind::unknown : text == ".." ? EdtfPart::Kind::open : EdtfPart::Kind::date;
    if (part.kind != EdtfPart::Kind::date) return part;
    auto date = DateParser(text).parse();
    if (!date) return date.error();
    part.first = std::move(*date);
    return part;
}

char mark_of(EdtfQualifier qualifier) { return qualifier == EdtfQualifier::uncertain ? '?' : qualifier == EdtfQualifier::approximate ? '~' : '%'; }

std::string two_digits(int value) { return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)}; }

std::string to_text(const EdtfPart& part) {
    switch (part.kind) {
        case EdtfPart::Kind::range: return to_text(part.first) + ".." + to_text(part.last);
        case EdtfPart::Kind::before: return ".." + to_text(part.first);
        case EdtfPart::Kind::after: return to_text(part.first) + "..";
        case EdtfPart::Kind::open: return "..";
        case EdtfPart::Kind::unknown: return "";
        default: return to_text(part.first);
    }
}

/// First and last value that a pattern of digits and X may mean.
std::array<std::int64_t, 2> range_of(const std::string& pattern) {
    std::string low = pattern, high = pattern;
    std::replace(low.begin(), low.end(), 'X', '0');
    std::replace(high.begin(), high.end(), 'X', '9');
    return {std::atoll(low.c_str()), std::atoll(high.c_str())};
}

// Months of the EDTF seasons, quarters, four-month periods and half-years (ISO 8601-2 4.8); first month and length. 25-28 are of the north, 29-32 of the south.
struct Season { int code, first_month, months; };
constexpr Season seasons[] = {{21, 3, 3}, {22, 6, 3}, {23, 9, 3}, {24, 12, 3}, {25, 3, 3}, {26, 6, 3}, {27, 9, 3}, {28, 12, 3}, {29, 9, 3}, {30, 12, 3}, {31, 3, 3},
                              {32, 6, 3}, {33, 1, 3}, {34, 4, 3}, {35, 7, 3},  {36, 10, 3}, {37, 1, 4}, {38, 5, 4}, {39, 9, 4}, {40, 1, 6}, {41, 7, 6}};

std::optional<std::array<std::int64_t, 2>> years_of(const EdtfDate& date) {
    auto years = range_of(date.year);
    for (int i = 0; i < date.exponent; ++i) {
        if (years[1] > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
        years[0] *= 10, years[1] *= 10;
    }
    if (date.significant_digits > 0) {
        std::int64_t unit = 1;
        const auto length = static_cast<int>(std::to_string(years[0]).size());
        for (int i = date.significant_digits; i < length; ++i) unit *= 10;
        years[0] = years[0] / unit * unit;
        years[1] = years[0] + unit - 1;
    }
    if (date.negative) years = {-years[1], -years[0]};
    if (years[0] < std::numeric_limits<std::int32_t>::min() || years[1] > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
    return years;
}

std::optional<std::array<std::string, 2>> bounds_of(const EdtfDate& date) {
    const auto years = years_of(date);
    // With the year wholly open nothing can be put on a calendar.
    if (!years || date.year == "XXXX") return std::nullopt;
    CivilDate first{static_cast<std::int32_t>((*years)[0]), 1, 1, -1, -1}, last{static_cast<std::int32_t>((*years)[1]), 12, 31, -1, -1};
    if (date.is_season()) {
        const auto* season = std::find_if(std::begin(seasons), std::end(seasons), [&](const Season& s) { return s.code == std::atoi(date.month.c_str()); });
        if (season == std::end(seasons)) return std::nullopt;
        first.month = last.month = static_cast<std::int8_t>(season->first_month);
        last.day = 1;
        last = add_days(add_months(last, season->months), -1);
    } else if (!date.month.empty()) {
        const auto months = range_of(date.month);
        first.month = static_cast<std::int8_t>(std::clamp<std::int64_t>(months[0], 1, 12));
        last.month = static_cast<std::int8_t>(std::clamp<std::int64_t>(months[1], 1, 12));
        last.day = static_cast<std::int8_t>(days_in_month(last.year, last.month));
        if (!date.day.empty()) {
            const auto days = range_of(date.day);
            first.day = static_cast<std::int8_t>(std::clamp<std::int64_t>(days[0], 1, days_in_month(first.year, first.month)));
            last.day = static_cast<std::int8_t>(std::clamp<std::int64_t>(days[1], 1, days_in_month(last.year, last.month)));
        }
    }
    return std::array{earliest_day(first), latest_day(last)};
}

int level_of(const EdtfDate& date) {
    int level = 0;
    if (date.long_year || date.negative || date.is_season()) level = 1;
    if (date.exponent > 0 || date.significant_digits > 0 || (date.is_season() && date.month > "24")) return 2;
    const bool has_month = !date.month.empty(), has_day = !date.day.empty();
    const auto q = date.qualifiers;
    if (q[0] != EdtfQualifier::none || q[1] != EdtfQualifier::none || q[2] != EdtfQualifier::none) {
        level = 1;
        if ((has_month && q[1] != q[0]) || (has_day && q[2] != q[0])) return 2;
    }
    if ((date.year + date.month + date.day).find('X') == std::string::npos) return level;
    // Level 1 leaves open the last digits of a year alone, or whole months and days behind a whole year.
    const bool year_open = date.year.find('X') != std::string::npos;
    const bool tail = date.year.substr(2) == "XX" || (date.year[3] == 'X' && date.year.substr(0, 3).find('X') == std::string::npos);
    if (year_open && (has_month || !tail || date.year.substr(0, 2).find('X') != std::string::npos)) return 2;
    if (has_month && date.month != "XX" && date.month.find('X') != std::string::npos) return 2;
    if (has_day && date.day != "XX" && date.day.find('X') != std::string::npos) return 2;
    if (has_day && date.month == "XX" && date.day != "XX") return 2;
    return 1;
}

}  // namespace

Result<Edtf> parse_edtf(std::string_view text) {
    if (text.empty() || text.size() > longest_text) return Error{ErrorCode::bad_data, text.empty() ? "an empty text is no EDTF" : "an EDTF of more than 4,096 bytes", {}};
    if (text.front() == '[' || text.front() == '{') return parse_set(text);
    Edtf out;
    const auto slash = text.find('/');
    if (slash != std::string_view::npos) out.kind = Edtf::Kind::interval;
    auto first = out.kind == Edtf::Kind::interval ? parse_end(text.substr(0, slash)) : parse_member(text);
    if (!first) return first.error();
    if (first->kind != EdtfPart::Kind::date && out.kind == Edtf::Kind::date) return Error{ErrorCode::bad_data, "\"..\" stands in sets and intervals only", {}};
    out.parts.push_back(std::move(*first));
    if (out.kind == Edtf::Kind::date) return out;
    auto last = parse_end(text.substr(slash + 1));
    if (!last) return last.error();
    out.parts.push_back(std::move(*last));
    // "../..", always, is not among the specification's examples; reference lines of rivers say it.
    if (out.parts[0].kind != EdtfPart::Kind::date && out.parts[1].kind != EdtfPart::Kind::date && text != "../..") return Error{ErrorCode::bad_data, "an interval has a date at one end at least", {}};
    return out;
}

std::string to_text(const EdtfDate& date) {
    const std::array<const std::string*, 3> components{&date.year, &date.month, &date.day};
    const std::size_t count = date.month.empty() ? 1 : date.day.empty() ? 2 : 3;
    // Those that are alike from the left share one mark, behind the last of them.
    std::size_t alike = 1;
    while (alike < count && date.qualifiers[alike] == date.qualifiers[0]) ++alike;
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) out += '-';
        if (i >= alike && date.qualifiers[i] != EdtfQualifier::none) out += mark_of(date.qualifiers[i]);
        if (i == 0) {
            if (date.long_year) out += 'Y';
            if (date.negative) out += '-';
        }
        out += *components[i];
        if (i == 0 && date.exponent > 0) out += 'E' + std::to_string(date.exponent);
        if (i == 0 && date.significant_digits > 0) out += 'S' + std::to_string(date.significant_digits);
        if (i + 1 == alike && date.qualifiers[0] != EdtfQualifier::none) out += mark_of(date.qualifiers[0]);
    }
    if (date.hour >= 0) {
        out += 'T' + two_digits(date.hour);
        if (date.minute >= 0) out += ':' + two_digits(date.minute);
        if (date.second >= 0) out += ':' + two_digits(date.second);
        out += date.zone;
    }
    return out;
}

std::string to_text(const Edtf& edtf) {
    std::string out;
    for (const EdtfPart& part : edtf.parts) {
        if (!out.empty() || &part != &edtf.parts.front()) out += edtf.kind == Edtf::Kind::interval ? '/' : ',';
        out += to_text(part);
    }
    if (edtf.kind == Edtf::Kind::one_of) return "[" + out + "]";
    if (edtf.kind == Edtf::Kind::all_of) return "{" + out + "}";
    return out;
}

int edtf_level(const Edtf& edtf) {
    if (edtf.kind == Edtf::Kind::one_of || edtf.kind == Edtf::Kind::all_of) return 2;
    int level = 0;
    for (const EdtfPart& part : edtf.parts) {
        if (part.kind != EdtfPart::Kind::date) level = std::max(level, 1);
        else if (edtf.kind == Edtf::Kind::interval && level_of(part.first) == 1 && (part.first.year + part.first.month + part.first.day).find('X') != std::string::npos) level = 2;
        else level = std::max(level, level_of(part.first));
    }
    return level;
}

std::optional<std::array<std::string, 2>> edtf_bounds(const Edtf& edtf) {
    std::array<std::string, 2> out;
    bool open_start = false, open_end = false, any = false;
    for (std::size_t i = 0; i < edtf.parts.size(); ++i) {
        const EdtfPart& part = edtf.parts[i];
        if (part.kind == EdtfPart::Kind::open || part.kind == EdtfPart::Kind::unknown) {
            (i == 0 ? open_start : open_end) = true;
            continue;
        }
        auto bounds = bounds_of(part.first);
        if (bounds && part.kind == EdtfPart::Kind::range) {
            const auto last = bounds_of(part.last);
            if (!last) return std::nullopt;
            (*bounds)[1] = (*last)[1];
        }
        if (!bounds) return std::nullopt;
        open_start = open_start || part.kind == EdtfPart::Kind::before;
        open_end = open_end || part.kind == EdtfPart::Kind::after;
        const bool ordered = edtf.kind == Edtf::Kind::interval;
        if (!any || (!ordered && (*bounds)[0] < out[0])) out[0] = (*bounds)[0];
        if (!any || ordered || (*bounds)[1] > out[1]) out[1] = (*bounds)[1];
        any = true;
    }
    if (!any && !(open_start && open_end)) return std::nullopt;
    if (open_start) out[0].clear();
    if (open_end) out[1].clear();
    return out;
}

std::optional<std::array<std::string, 2>> edtf_bounds(std::string_view text) {
    const auto edtf = parse_edtf(text);
    return edtf ? edtf_bounds(*edtf) : std::nullopt;
}

}  // namespace demarc
