#include "base/edtf.hpp"

#include <algorithm>
#include <cstdlib>

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

}  // namespace demarc
