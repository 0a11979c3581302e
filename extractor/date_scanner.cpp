#include "extractor/date_scanner.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>

#include "extractor/measure_number.hpp"
#include "extractor/sentence.hpp"

namespace demarc {
namespace {

TimeUnit parse_unit(std::string_view name) {
    static constexpr std::pair<std::string_view, TimeUnit> units[] = {
        {"second", TimeUnit::second}, {"minute", TimeUnit::minute}, {"hour", TimeUnit::hour}, {"day", TimeUnit::day}, {"night", TimeUnit::night},
        {"week", TimeUnit::week}, {"fortnight", TimeUnit::fortnight}, {"month", TimeUnit::month}, {"year", TimeUnit::year},
        {"decade", TimeUnit::decade}, {"century", TimeUnit::century}};
    for (const auto& [known, unit] : units) {
        if (known == name) return unit;
    }
    return TimeUnit::none;
}

std::string number_text(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

// ISO 8601 duration of a count; "X" stands for a count that isn't given.
std::string iso_duration(const std::string& count, TimeUnit unit) {
    switch (unit) {
        case TimeUnit::second: return "PT" + count + "S";
        case TimeUnit::minute: return "PT" + count + "M";
        case TimeUnit::hour: return "PT" + count + "H";
        case TimeUnit::day: return "P" + count + "D";
        case TimeUnit::night: return "P" + count + "NI";
        case TimeUnit::week: return "P" + count + "W";
        case TimeUnit::fortnight: return count == "X" ? "PXW" : "P" + number_text(2 * std::atof(count.c_str())) + "W";
        case TimeUnit::month: return "P" + count + "M";
        case TimeUnit::year: return "P" + count + "Y";
        case TimeUnit::decade: return "P" + count + "DE";
        case TimeUnit::century: return "P" + count + "CE";
        default: return {};
    }
}

class Scanner {
public:
    Scanner(const Workspace& ws, const RuleSet& rules, TokenRange range) : ws_(ws), rules_(rules), range_(range), at_(range.first) { reading_.parts.emplace_back(); }

    std::optional<DateReading> calendar() {
        while (at_ < range_.last) {
            if (!step()) return std::nullopt;
        }
        share();
        return checked();
    }

    std::optional<DateReading> year() {
        std::optional<DateReading> out = calendar();
        if (out) out->bare_year = true;
        return out;
    }

    // "1939-45", "1950 to 1953"
    std::optional<DateReading> years() {
        std::array<int, 2> found{};
        std::size_t count = 0;
        for (; at_ < range_.last && count < 2; ++at_) {
            if (is_number(at_)) found[count++] = number(at_);
        }
        if (count < 2) return std::nullopt;
        if (found[1] < 100) found[1] += found[0] / 100 * 100;
        if (found[1] <= found[0]) return std::nullopt;
        reading_.kind = DateKind::interval;
        reading_.parts.resize(2);
        for (std::size_t i = 0; i < 2; ++i) reading_.parts[i].year = found[i];
        reading_.bare_year = true;
        return reading_;
    }

    std::optional<DateReading> era() {
        bool before = false;
        for (std::uint32_t t = range_.first; t < range_.last; ++t) before = before || is(t, "bc") || is(t, "bce") || is(t, "b");
        for (; at_ < range_.last; ++at_) {
            if (is_number(at_) && !(cur().has_year() || length(at_) > 5)) {
                cur().year = before ? 1 - number(at_) : number(at_);
            } else if (const int month = lexicon_number(at_, "months"); month > 0 && is_word(at_)) {
                cur().month = static_cast<std::int8_t>(month);
            } else if (link() && cur().has_year()) {
                reading_.parts.emplace_back();
                reading_.kind = DateKind::interval;
            } else {
                modifier();
            }
        }
        if (reading_.parts.size() == 2 && !cur().has_year()) reading_.parts.pop_back(), reading_.kind = DateKind::point;
        return cur().has_year() ? std::optional(reading_) : std::nullopt;
    }

    std::optional<DateReading> decade() {
        static constexpr std::pair<std::string_view, int> words[] = {{"twenties", 20}, {"thirties", 30}, {"forties", 40}, {"fifties", 50}, {"sixties", 60},
                                                                     {"seventies", 70}, {"eighties", 80}, {"nineties", 90}};
        for (; at_ < range_.last; ++at_) {
            modifier();
            if (is_number(at_)) {
                cur().year = number(at_);
                cur().two_digit_year = length(at_) == 2;
            }
            for (const auto& [word, value] : words) {
                if (is(at_, word)) cur().year = value, cur().two_digit_year = true;
            }
        }
        if (!cur().has_year() || cur().year % 10 != 0) return std::nullopt;
        cur().span = TimeUnit::decade;
        return reading_;
    }

    std::optional<DateReading> century() {
        bool before = false;
        int value = 0;
        for (; at_ < range_.last; ++at_) {
            modifier();
            if (is_number(at_)) value = number(at_);
            else if (const int ordinal = ordinal_word(); ordinal > 0) value = ordinal;
            before = before || is(at_, "bc") || is(at_, "b") || is(at_, "bce");
        }
        if (value < 1 || value > 21) return std::nullopt;
        cur().year = before ? 1 - value * 100 : (value - 1) * 100;
        cur().span = TimeUnit::century;
        return reading_;
    }

    // "13.8.1951", "13/VIII/51", "1951-11-01", "8/24/51"
    std::optional<DateReading> numeric() {
        std::array<int, 3> value{};
        std::array<std::size_t, 3> digits{};
        std::size_t count = 0;
        bool month_is_sure = false, slash = false;
        for (; at_ < range_.last && count < 3; ++at_) {
            slash = slash || text(at_) == "/";
            if (is_number(at_)) {
                digits[count] = length(at_);
                value[count++] = number(at_);
            } else if (is_word(at_) && count == 1) {
                value[count] = lexicon_number(at_, "months");
                if (value[count] == 0) value[count] = roman_month(text(at_));
                month_is_sure = value[count++] > 0;
            }
        }
        if (count < 3) return std::nullopt;
        PartialDate& date = cur();
        if (digits[0] == 4) {
            date.year = value[0];
            set_day(value[2], value[1]);
        } else {
            date.year = value[2];
            date.two_digit_year = digits[2] == 2;
            if (!month_is_sure && value[1] > 12) std::swap(value[0], value[1]);
            set_day(value[0], value[1]);
        }
        if (at_ < range_.last) {
            const PartialDate kept = date;
            while (at_ < range_.last) {
                if (!step()) return std::nullopt;
            }
            cur().year = kept.year, cur().month = kept.month, cur().day = kept.day, cur().two_digit_year = kept.two_digit_year;
        }
        return checked();
    }

    // Date-time groups: "311630Z OCT 51", "282400 Feb 1951", "250800/I", "1409K".
    std::optional<DateReading> group() {
        PartialDate& date = cur();
        for (; at_ < range_.last; ++at_) {
            const std::size_t size = length(at_);
            if (is_number(at_) && date.hour < 0 && size >= 4) {
                const int value = number(at_);
                if (size == 6) date.day = static_cast<std::int8_t>(value / 10000);
                date.hour = static_cast<std::int8_t>(value / 100 % 100);
                date.minute = static_cast<std::int8_t>(value % 100);
                if (size == 6 && (date.day < 1 || date.day > 31)) return std::nullopt;
            } else if (is_number(at_) && (size == 4 || size == 2) && date.month > 0) {
                date.year = number(at_);
                date.two_digit_year = size == 2;
            } else if (is_word(at_) && size == 1) {
                reading_.zone = zone_of_letter(text(at_)[0]);
                if (reading_.zone.empty()) return std::nullopt;
            } else if (is_word(at_)) {
                date.month = static_cast<std::int8_t>(lexicon_number(at_, "months"));
            }
        }
        return checked();
    }

    std::optional<DateReading> noon() {
        set_clock(12, 0);
        return reading_;
    }

    // "two days later", "three weeks ago", "a month earlier"
    std::optional<DateReading> offset() {
        PartialDate& date = cur();
        date.has_offset = true;
        double count = -1;
        bool vague = false;
        while (at_ < range_.last) {
            vague = vague || is(at_, "few") || is(at_, "several") || is(at_, "some");
            if (const auto value = count < 0 && !is(at_, "half") ? read_number(ws_, rules_, at_, range_.last) : std::nullopt) {
                count = value->value;
                at_ = value->next;
                continue;
            }
            if (const TimeUnit unit = unit_at(at_); unit != TimeUnit::none) date.offset_unit = unit;
            if (is(at_, "ago") || is(at_, "hence")) date.from_writing = true;
            if (is(at_, "ago") || is(at_, "earlier") || is(at_, "before") || is(at_, "previously")) count = -count;
            ++at_;
        }
        if (date.offset_unit == TimeUnit::none) return std::nullopt;
        date.offset = count;
        if (vague || (count == -1 && !counted_one())) date.offset = std::nan("");
        return reading_;
    }

    std::optional<DateReading> duration() {
        reading_.kind = DateKind::duration;
        std::string low, high;
        TimeUnit unit = TimeUnit::none;
        bool vague = false;
        while (at_ < range_.last) {
            vague = vague || is(at_, "few") || is(at_, "several");
            if (const auto value = unit == TimeUnit::none ? read_number(ws_, rules_, at_, range_.last) : std::nullopt) {
                (low.empty() ? low : high) = number_text(value->value);
                at_ = value->next;
                continue;
            }
            if (unit == TimeUnit::none) unit = unit_at(at_);
            else if (is(at_, "half")) low = number_text(std::atof(low.c_str()) + 0.5);  // "a year and a half"
            ++at_;
        }
        reading_.timex = iso_duration(low.empty() || vague ? "X" : low, unit);
        if (!high.empty()) reading_.timex += "/" + iso_duration(high, unit);
        // "2430 hours" without a comma is a clock time gone wrong.
        if (unit == TimeUnit::none || (unit == TimeUnit::hour && has(range_.first, shape::n4))) return std::nullopt;
        return reading_;
    }

    std::optional<DateReading> set() {
        reading_.kind = DateKind::set;
        std::string count = "1";
        for (; at_ < range_.last; ++at_) {
            if (is(at_, "every") || is(at_, "each")) continue;
            if (const int day = lexicon_number(at_, "weekdays"); day > 0 && is_word(at_)) reading_.timex = "XXXX-WXX-" + std::to_string(day);
            else if (const int month = lexicon_number(at_, "months"); month > 0 && is_word(at_)) reading_.timex = month < 10 ? "XXXX-0" + std::to_string(month) : "XXXX-" + std::to_string(month);
            else if (is(at_, "other")) count = "2";
            else if (const TimeUnit unit = unit_at(at_); unit != TimeUnit::none) reading_.timex = iso_duration(count, unit);
            else if (!part_of_day(at_).empty()) reading_.timex += (reading_.timex.empty() ? "XXXX-XX-XXT" : "T") + part_of_day(at_);
            else if (const auto value = read_number(ws_, rules_, at_, range_.last)) count = number_text(value->value), at_ = value->next - 1;
        }
        return reading_.timex.empty() ? std::nullopt : std::optional(reading_);
    }

private:
    PartialDate& cur() { return reading_.parts.back(); }
    std::string_view text(std::uint32_t t) const { return t < range_.last ? ws_.tokens[t].span().of(ws_.text) : std::string_view(); }
    std::size_t length(std::uint32_t t) const { return ws_.tokens[t].end - ws_.tokens[t].begin; }
    bool has(std::uint32_t t, std::uint32_t bits) const { return t < range_.last && (ws_.tokens[t].predicates & bits) == bits; }
    bool is_number(std::uint32_t t) const { return has(t, shape::number); }
    bool is_word(std::uint32_t t) const { return has(t, shape::word); }
    bool is(std::uint32_t t, std::string_view word) const {
        const std::string_view have = text(t);
        return have.size() == word.size() && std::equal(have.begin(), have.end(), word.begin(), [](char a, char b) { return (a | 0x20) == b || a == b; });
    }
    int number(std::uint32_t t) const {
        int value = 0;
        const std::string_view digits = text(t);
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return value;
    }
    int lexicon_number(std::uint32_t t, std::string_view lexicon) const {
        if (t >= range_.last) return 0;
        const std::string_view canonical = token_canonical(ws_, rules_, t, lexicon);
        int value = 0;
        std::from_chars(canonical.data(), canonical.data() + canonical.size(), value);
        return value;
    }
    TimeUnit unit_at(std::uint32_t t) const {
        if (!is_word(t)) return TimeUnit::none;
        if (is(t, "night") || is(t, "nights")) return TimeUnit::night;
        std::string_view name = token_canonical(ws_, rules_, t, "time_units");
        if (name.empty()) name = token_canonical(ws_, rules_, t, "time_units_plural");
        return parse_unit(name == "sec" ? "second" : name == "min" ? "minute" : name == "hr" ? "hour" : name);
    }
    std::string part_of_day(std::uint32_t t) const {
        if (!is_word(t)) return {};
        const std::string_view part = token_canonical(ws_, rules_, t, "day_parts");
        return part == "morning" ? "MO" : part == "afternoon" ? "AF" : part == "evening" ? "EV" : part == "night" ? "NI" : "";
    }
    int season_at(std::uint32_t t) const {
        const std::string_view name = token_canonical(ws_, rules_, t, "seasons");
        return name == "spring" ? 21 : name == "summer" ? 22 : name == "autumn" ? 23 : name == "winter" ? 24 : 0;
    }
    bool counted_one() const {
        for (std::uint32_t t = range_.first; t < range_.last; ++t) {
            if (is(t, "a") || is(t, "an") || is(t, "one") || text(t) == "1") return true;
        }
        return false;
    }
    static int roman_month(std::string_view text) {
        static constexpr std::string_view romans[] = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"};
        for (int i = 0; i < 12; ++i) {
            if (romans[i] == text) return i + 1;
        }
        return 0;
    }
    // "twenty-fifth", "third"; stands on the last word when it returns.
    int ordinal_word() {
        if (!is_word(at_)) return 0;
        int tens = lexicon_number(at_, "number_words");
        if (tens >= 20 && tens <= 30) {
            const std::uint32_t next = text(at_ + 1) == "-" ? at_ + 2 : at_ + 1;
            const int ones = is_word(next) ? lexicon_number(next, "ordinal_words") : 0;
            if (ones == 0 || ones > 9) return 0;
            at_ = next;
            return tens + ones;
        }
        return lexicon_number(at_, "ordinal_words");
    }
    bool link() const { return text(at_) == "-" || text(at_) == "–" || text(at_) == "—" || text(at_) == "/" || is(at_, "to") || is(at_, "until") || is(at_, "till") || is(at_, "through") || is(at_, "thru"); }

    void modifier() {
        if (is(at_, "early") || is(at_, "beginning") || is(at_, "start") || is(at_, "opening") || is(at_, "first")) cur().modifier = 1;
        else if (is(at_, "mid") || is(at_, "middle")) cur().modifier = 2;
        else if (is(at_, "late") || is(at_, "end") || is(at_, "close") || is(at_, "latter")) cur().modifier = 3;
    }

    void set_day(int day, int month) {
        cur().day = static_cast<std::int8_t>(std::min(day, 99));
        cur().month = static_cast<std::int8_t>(std::min(month, 99));
    }

    void set_clock(int hour, int minute) {
        cur().hour = static_cast<std::int8_t>(std::min(hour, 99));
        cur().minute = static_cast<std::int8_t>(minute);
    }

    // am/pm at t: sets the half of the day and returns the tokens it takes, 0 where there is none.
    std::uint32_t meridiem(std::uint32_t t, bool& afternoon) const {
        if (is(t, "am") || is(t, "pm")) {
            afternoon = is(t, "pm");
            return text(t + 1) == "." ? 2 : 1;
        }
        if (!is(t, "a") && !is(t, "p")) return 0;
        std::uint32_t m = text(t + 1) == "." ? t + 2 : t + 1;
        if (!is(m, "m")) return 0;
        afternoon = is(t, "p");
        if (text(m + 1) == ".") ++m;
        return m + 1 - t;
    }

    void put_hour(int hour, int minute, std::uint32_t next) {
        bool afternoon = false;
        const std::uint32_t taken = meridiem(next, afternoon);
        if (taken > 0) hour = hour % 12 + (afternoon ? 12 : 0);
        set_clock(hour, minute);
        at_ = next + taken;
        if (taken == 0) {
            // "8 o'clock in the evening"
            for (std::uint32_t t = at_; t < range_.last && t < at_ + 3; ++t) {
                const std::string part = part_of_day(t);
                if ((part == "AF" || part == "EV" || (part == "NI" && hour > 5)) && hour < 12) set_clock(hour + 12, minute);
                if (!part.empty()) at_ = t + 1;
            }
        }
    }

    bool is_hours_word(std::uint32_t t) const { return is(t, "hours") || is(t, "hrs") || is(t, "hour") || is(t, "hr") || is(t, "h"); }

    bool number_step() {
        const int value = number(at_);
        const std::size_t size = length(at_);
        const std::uint32_t next = at_ + 1;
        const bool after_month = std::any_of(reading_.parts.begin(), reading_.parts.end(), [](const PartialDate& d) { return d.month > 0 || d.season > 0; });
        if (size == 4) {
            const bool time = is_hours_word(next) || (at_ > range_.first && (is(at_ - 1, "at") || is(at_ - 1, "about"))) || (has(next, shape::initial | shape::glued));
            const bool year_place = after_month && !cur().has_year() && has(at_, shape::year_number);
            if (years_only_ || (!time && (year_place || !has(at_, shape::clock_number) || (cur().hour >= 0 && has(at_, shape::year_number))))) {
                if (cur().has_year()) return false;
                cur().year = value;
            } else {
                if (cur().hour >= 0) return false;
                set_clock(value / 100, value % 100);
                if (has(next, shape::initial | shape::glued)) {
                    reading_.zone = zone_of_letter(text(next)[0]);
                    ++at_;
                }
                if (is_hours_word(at_ + 1)) ++at_;
            }
            ++at_;
            return true;
        }
        if (size > 2) return false;
        bool afternoon = false;
        if ((text(next) == ":" || text(next) == ".") && has(next + 1, shape::minute_number) &&
            (text(next) == ":" || meridiem(next + 2, afternoon) > 0)) {
            std::uint32_t after = next + 2;
            if (text(after) == ":" && has(after + 1, shape::minute_number)) after += 2;
            put_hour(value, number(next + 1), after);
            return true;
        }
        if (is(next, "o'clock") || text(next) == "o’clock") return put_hour(value, 0, next + 1), true;
        if (meridiem(next, afternoon) > 0) return put_hour(value, 0, next), true;
        if (is(next, "noon") || is(next, "midnight") || is(next, "midday")) return ++at_, true;
        const bool apostrophe = at_ > range_.first && (text(at_ - 1) == "'" || text(at_ - 1) == "’");
        if (size == 2 && !cur().has_year() && (apostrophe || (after_month && (cur().day > 0 || value > 31 || value == 0)))) {
            cur().year = value;
            cur().two_digit_year = true;
            ++at_;
            return true;
        }
        if (cur().day > 0) {
            // A further day of a list: "24, 25 and 26 June".
            PartialDate another;
            another.month = cur().month;
            reading_.parts.push_back(another);
            if (reading_.kind == DateKind::point) reading_.kind = DateKind::all_of;
        }
        cur().day = static_cast<std::int8_t>(value);
        ++at_;
        if (has(at_, shape::word | shape::glued) && !token_canonical(ws_, rules_, at_, "ordinal_suffixes").empty()) ++at_;
        return value >= 1 && value <= 31;
    }

    bool link_step() {
        const bool disjunction = is(at_, "or"), conjunction = is(at_, "and") || text(at_) == "&";
        if (!disjunction && !conjunction && !link()) return false;
        const PartialDate& date = cur();
        const bool something = date.day > 0 || date.month > 0 || date.has_year() || date.hour >= 0 || date.season > 0 || date.weekday > 0;
        if (at_ + 1 >= range_.last || !something) return false;
        // "January 20, 1930—2 p.m.": the dash stands before the time of the same day.
        const bool dash = text(at_) == "—" || text(at_) == "–" || text(at_) == "-";
        bool afternoon = false;
        if (dash && date.day > 0 && date.has_year() && date.hour < 0 && is_number(at_ + 1) && length(at_ + 1) <= 2 &&
            (meridiem(at_ + 2, afternoon) > 0 || text(at_ + 2) == ":" || text(at_ + 2) == "." || is(at_ + 2, "o'clock"))) {
            ++at_;
            return true;
        }
        if (text(at_) == "-" && at_ > range_.first && (is(at_ - 1, "mid") || is(at_ - 1, "early") || is(at_ - 1, "late"))) return false;
        // "1941-42": the second year in two digits.
        if (date.has_year() && link() && has(at_ + 1, shape::n2 | shape::glued) && at_ + 2 == range_.last) {
            PartialDate second;
            second.year = date.year / 100 * 100 + number(at_ + 1);
            if (second.year <= date.year) return false;
            second.season = 0;
            if (date.season == 0) {
                reading_.parts.push_back(second);
                reading_.kind = DateKind::interval;
            }
            at_ += 2;
            return true;
        }
        reading_.parts.emplace_back();
        const bool between = range_.first > 0 && token_is_between(range_.first - 1);
        reading_.kind = disjunction ? DateKind::one_of : conjunction && !between ? DateKind::all_of : DateKind::interval;
        ++at_;
        return true;
    }

    bool token_is_between(std::uint32_t t) const {
        const std::string_view word = ws_.tokens[t].span().of(ws_.text);
        return word == "between" || word == "Between";
    }

    bool word_step() {
        PartialDate& date = cur();
        if (const int month = lexicon_number(at_, "months"); month > 0 && !has(at_, shape::lower)) {
            if (date.month > 0) return false;
            date.month = static_cast<std::int8_t>(month);
            ++at_;
            return true;
        }
        int weekday = lexicon_number(at_, "weekdays");
        if (weekday == 0) weekday = lexicon_number(at_, "weekday_abbreviations");
        if (weekday > 0 && !has(at_, shape::lower)) {
            date.weekday = static_cast<std::int8_t>(weekday);
        } else if (const int season = season_at(at_); season > 0) {
            date.season = static_cast<std::int8_t>(season);
        } else if (is(at_, "noon") || is(at_, "midday")) {
            set_clock(12, 0);
        } else if (is(at_, "midnight")) {
            set_clock(24, 0);
        } else if (const std::string part = part_of_day(at_); !part.empty()) {
            date.day_part = part;
            date.relation_unit = TimeUnit::night;
        } else if (relation_word()) {
        } else if (deictic()) {
        } else if (const int ordinal = ordinal_word(); ordinal > 0) {
            if (is(at_ + 1, "week") || is(at_ + 1, "half") || is(at_ + 1, "part") || is(at_ + 1, "days") || is(at_ + 1, "weeks") || is(at_ + 1, "months") || is(at_ + 1, "quarter")) {
                date.modifier = ordinal == 1 ? 1 : ordinal == 2 ? (is(at_ + 1, "half") ? 3 : 2) : 3;
                ++at_;
            } else {
                if (date.day > 0 || ordinal > 31) return false;
                date.day = static_cast<std::int8_t>(ordinal);
            }
        } else if (const int hour = lexicon_number(at_, "number_words"); hour > 0 && hour <= 12 && (is(at_ + 1, "o'clock") || text(at_ + 1) == "o’clock")) {
            put_hour(hour, 0, at_ + 2);
            return true;
        } else if (const TimeUnit unit = unit_at(at_); unit != TimeUnit::none) {
            date.relation_unit = unit;
        } else {
            modifier();
        }
        ++at_;
        return true;
    }

    bool relation_word() {
        static constexpr std::pair<std::string_view, DateRelation> words[] = {
            {"last", DateRelation::last}, {"past", DateRelation::last}, {"ult", DateRelation::last}, {"ultimo", DateRelation::last}, {"next", DateRelation::next},
            {"coming", DateRelation::next}, {"prox", DateRelation::next}, {"proximo", DateRelation::next}, {"this", DateRelation::current}, {"inst", DateRelation::current},
            {"instant", DateRelation::current}, {"same", DateRelation::same}, {"that", DateRelation::same}, {"following", DateRelation::following}, {"ensuing", DateRelation::following},
            {"previous", DateRelation::previous}, {"preceding", DateRelation::previous}, {"before", DateRelation::previous}, {"after", DateRelation::following}};
        for (const auto& [word, relation] : words) {
            if (!is(at_, word)) continue;
            // "the last week of August" is late in August.
            if (word == "last" && is(at_ + 2, "of") && (is(at_ + 1, "week") || is(at_ + 1, "days") || is(at_ + 1, "weeks") || is(at_ + 1, "half") || is(at_ + 1, "part") || is(at_ + 1, "quarter") || is(at_ + 1, "months"))) {
                cur().modifier = 3;
                ++at_;
                return true;
            }
            if (cur().relation == DateRelation::none || cur().relation == DateRelation::current) cur().relation = relation;
            if (word.starts_with("ult") || word.starts_with("prox") || word.starts_with("inst")) cur().relation_unit = TimeUnit::month;
            return true;
        }
        return false;
    }

    bool deictic() {
        PartialDate& date = cur();
        double days = 0;
        if (is(at_, "yesterday")) days = -1;
        else if (is(at_, "tomorrow") || is(at_, "to")) days = 1;
        const std::string_view word = token_canonical(ws_, rules_, at_, "deictic_days");
        std::string_view name = word;
        if (name.empty() && is(at_, "to") && text(at_ + 1) == "-") {
            name = is(at_ + 2, "day") ? "today" : is(at_ + 2, "night") ? "tonight" : is(at_ + 2, "morrow") ? "tomorrow" : "";
            if (!name.empty()) at_ += 2;
        }
        if (name.empty()) return false;
        if (name == "today" || name == "tonight") days = 0;
        date.has_offset = date.from_writing = true;
        date.offset = days;
        date.offset_unit = TimeUnit::day;
        if (name == "tonight") date.day_part = "NI";
        return true;
    }

    bool step() {
        if (is_number(at_)) return number_step();
        // "to-day" begins with a linking word.
        if (!(is(at_, "to") && text(at_ + 1) == "-") && link_step()) return true;
        if (is_word(at_)) return word_step();
        ++at_;
        return true;
    }

    // What the ends of an interval, or the days of a list, have in common stands with one of them only.
    void share() {
        if (reading_.parts.size() < 2) return;
        for (std::size_t i = reading_.parts.size(); i-- > 1;) give(reading_.parts[i], reading_.parts[i - 1], true);
        for (std::size_t i = 1; i < reading_.parts.size(); ++i) give(reading_.parts[i - 1], reading_.parts[i], false);
    }

    static void give(const PartialDate& from, PartialDate& to, bool backwards) {
        const bool time_only = to.hour >= 0 && to.day == 0 && to.month == 0;
        if (time_only) to.day = from.day;
        if (to.month == 0 && (to.day > 0 || time_only)) to.month = from.month;
        if (to.day == 0 && to.month == 0 && to.season == 0 && to.weekday == 0 && from.month > 0 && !to.has_year() && to.modifier != 0) to.month = from.month;
        if (!to.has_year() && from.has_year() && (to.month > 0 || to.season > 0)) {
            to.year = from.year;
            to.two_digit_year = from.two_digit_year;
            // "28 December to 3 January 1951"
            if (backwards && to.month > from.month && from.month > 0) --to.year;
            if (!backwards && to.month > 0 && to.month < from.month) ++to.year;
        }
    }

    std::optional<DateReading> checked() const {
        for (const PartialDate& date : reading_.parts) {
            if (date.hour > 24 || date.minute > 59 || (date.hour == 24 && date.minute > 0)) return std::nullopt;
            if (date.month > 12 || date.month < 0 || date.day > 31) return std::nullopt;
            if (date.day > 0 && date.month > 0 && date.day > days_in_month(date.has_year() && !date.two_digit_year ? date.year : 2000, date.month)) return std::nullopt;
            const bool something = date.day > 0 || date.month > 0 || date.has_year() || date.hour >= 0 || date.season > 0 || date.weekday > 0 || date.has_offset ||
                                   date.relation != DateRelation::none || !date.day_part.empty();
            if (!something) return std::nullopt;
        }
        return reading_;
    }

public:
    bool years_only_ = false;

private:
    const Workspace& ws_;
    const RuleSet& rules_;
    TokenRange range_;
    std::uint32_t at_;
    DateReading reading_;
};

}  // namespace

std::optional<DateReading> read_date(const Workspace& workspace, const RuleSet& rules, TokenRange range, std::string_view form) {
    Scanner scanner(workspace, rules, range);
    if (form == "year") {
        scanner.years_only_ = true;
        return scanner.year();
    }
    if (form == "years") return scanner.years();
    if (form == "era") return scanner.era();
    if (form == "decade") return scanner.decade();
    if (form == "century") return scanner.century();
    if (form == "numeric") return scanner.numeric();
    if (form == "group") return scanner.group();
    if (form == "noon") return scanner.noon();
    if (form == "offset") return scanner.offset();
    if (form == "duration") return scanner.duration();
    if (form == "set") return scanner.set();
    return scanner.calendar();
}

}  // namespace demarc
