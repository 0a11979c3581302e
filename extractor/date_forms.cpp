#include "extractor/date_forms.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>
#include <utility>

#include "base/number_text.hpp"
#include "extractor/date_token_reader.hpp"
#include "extractor/measure_number.hpp"

namespace demarc {
namespace {

std::string duration_number(double value) { return number_text(value, std::chars_format::general, 6); }

// ISO 8601 duration of a count; "X" stands for a count that isn't given.
std::string iso_duration(const std::string& count, TimeUnit unit) {
    switch (unit) {
        case TimeUnit::second: return "PT" + count + "S";
        case TimeUnit::minute: return "PT" + count + "M";
        case TimeUnit::hour: return "PT" + count + "H";
        case TimeUnit::day: return "P" + count + "D";
        case TimeUnit::night: return "P" + count + "NI";
        case TimeUnit::week: return "P" + count + "W";
        case TimeUnit::fortnight: return count == "X" ? "PXW" : "P" + duration_number(2 * std::atof(count.c_str())) + "W";
        case TimeUnit::month: return "P" + count + "M";
        case TimeUnit::year: return "P" + count + "Y";
        case TimeUnit::decade: return "P" + count + "DE";
        case TimeUnit::century: return "P" + count + "CE";
        default: return {};
    }
}

class FormReader : public DateTokenReader {
public:
    using DateTokenReader::DateTokenReader;

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

    // "13.8.1951", "13/VIII/51", "1951-11-01", "8/24/51", "2019/Sep/01"; "22/04" and "Friday, 7/6" without a year
    std::optional<DateReading> numeric() {
        std::array<int, 3> value{};
        std::array<std::size_t, 3> digits{};
        std::size_t count = 0;
        bool month_is_sure = false;
        for (; at_ < range_.last && count < 3; ++at_) {
            if (has(at_, shape::clock_number) && count == 0 && text(at_ + 1) != "-" && text(at_ + 1) != "/") {
                set_clock(number(at_) / 100, number(at_) % 100);
            } else if (is_number(at_)) {
                digits[count] = length(at_);
                value[count++] = number(at_);
            } else if (const int weekday = count == 0 ? lexicon_number(at_, "weekdays") : 0; weekday > 0) {
                cur().weekday = static_cast<std::int8_t>(weekday);
            } else if (is_word(at_) && count == 1) {
                value[count] = lexicon_number(at_, "months");
                if (value[count] == 0) value[count] = roman_month(text(at_));
                month_is_sure = value[count++] > 0;
            }
        }
        if (count < 2) return std::nullopt;
        PartialDate& date = cur();
        if (count == 2) {
            // "22/04": only the first can be the day ("on 2/23" is a battalion); else a weekday must say that it is a date at all.
            if ((value[0] <= 12 || value[1] > 12) && date.weekday == 0) return std::nullopt;
            if (value[1] > 12) std::swap(value[0], value[1]);
            set_day(value[0], value[1]);
            return checked();
        }
        if (digits[0] == 4) {
            date.year = value[0];
            set_day(value[2], value[1]);
        } else {
            date.year = value[2];
            date.two_digit_year = digits[2] == 2;
            if (!month_is_sure && value[1] > 12) std::swap(value[0], value[1]);
            set_day(value[0], value[1]);
        }
        // "13.8.1951 at 1430"
        for (; at_ < range_.last; ++at_) {
            if (has(at_, shape::clock_number)) set_clock(number(at_) / 100, number(at_) % 100);
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
            if (is(at_, "ago") || is(at_, "hence") || is(at_, "now") || is(at_, "today")) date.from_writing = true;
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
            vague = vague || is(at_, "few") || is(at_, "several") || is(at_, "many") || is(at_, "some");
            if (low.empty() && unit == TimeUnit::none && (is(at_, "all") || is(at_, "full") || is(at_, "another") || is(at_, "whole") || is(at_, "entire"))) low = "1";
            if (const auto value = unit == TimeUnit::none ? read_number(ws_, rules_, at_, range_.last) : std::nullopt) {
                // "four and twenty hours", "twenty and four hours"
                const double said = std::atof(low.c_str()), more = value->value;
                const bool sum = !low.empty() && at_ > range_.first && is(at_ - 1, "and") && (said < 10) != (more < 10) && std::fmod(std::max(said, more), 10) == 0;
                if (sum) low = duration_number(said + more);
                else (low.empty() ? low : high) = duration_number(value->value);
                at_ = value->next;
                continue;
            }
            if (unit == TimeUnit::none) unit = has(at_, shape::glued) && is(at_, "h") ? TimeUnit::hour : unit_at(at_);
            else if (is(at_, "half")) low = duration_number(std::atof(low.c_str()) + 0.5);  // "a year and a half"
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
            else if (!part_of_day(at_).empty()) reading_.timex += (reading_.timex.empty() ? "XXXX-XX-XXT" : "T") + std::string(part_of_day(at_));
            else if (const auto value = read_number(ws_, rules_, at_, range_.last)) count = duration_number(value->value), at_ = value->next - 1;
        }
        return reading_.timex.empty() ? std::nullopt : std::optional(reading_);
    }

private:
    static int roman_month(std::string_view text) {
        static constexpr std::string_view romans[] = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"};
        for (int i = 0; i < 12; ++i) {
            if (romans[i] == text) return i + 1;
        }
        return 0;
    }
    bool counted_one() const {
        for (std::uint32_t t = range_.first; t < range_.last; ++t) {
            if (is(t, "a") || is(t, "an") || is(t, "one") || text(t) == "1") return true;
        }
        return false;
    }
};

}  // namespace

std::optional<DateReading> read_date_form(const Workspace& workspace, const RuleSet& rules, TokenRange range, std::string_view form) {
    using Read = std::optional<DateReading> (FormReader::*)();
    static constexpr std::pair<std::string_view, Read> forms[] = {
        {"years", &FormReader::years}, {"era", &FormReader::era}, {"decade", &FormReader::decade}, {"century", &FormReader::century}, {"numeric", &FormReader::numeric},
        {"group", &FormReader::group}, {"noon", &FormReader::noon}, {"offset", &FormReader::offset}, {"duration", &FormReader::duration}, {"set", &FormReader::set}};
    for (const auto& [name, read] : forms) {
        if (name == form) return (FormReader(workspace, rules, range).*read)();
    }
    return std::nullopt;
}

}  // namespace demarc
