#include "extractor/date_scanner.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "extractor/date_clock_reader.hpp"
#include "extractor/date_forms.hpp"
#include "extractor/sentence.hpp"

namespace demarc {
namespace {

class CalendarReader : public DateClockReader {
public:
    /// years_only: figures of four digits are years, never clock times.
    CalendarReader(const Workspace& ws, const RuleSet& rules, TokenRange range, bool years_only) : DateClockReader(ws, rules, range), years_only_(years_only) {}

    std::optional<DateReading> read() {
        while (at_ < range_.last) {
            if (!step()) return std::nullopt;
        }
        share();
        reading_.bare_year = years_only_;
        return checked();
    }

private:
    // "1950 November", "1950 the third quarter", "1951-Q2": a year that stands first.
    bool year_before(std::uint32_t next) {
        if (at_ != range_.first || !has(at_, shape::year_number)) return false;
        const int year = number(at_);
        while (text(next) == "," || text(next) == "-" || text(next) == "/" || is(next, "the")) ++next;
        const bool month = is_word(next) && lexicon_number(next, "months") > 0 && (next + 1 == range_.last || (text(next + 1) == "." && next + 2 == range_.last));
        std::uint32_t noun = next + 1;
        if (text(noun) == "-") ++noun;
        if (!month && !(is(next, "q") && is_number(next + 1)) && !(is(noun, "quarter") && is_word(next))) return false;
        cur().year = year;
        at_ = next;
        return true;
    }

    bool number_step() {
        const int value = number(at_);
        const std::size_t size = length(at_);
        const std::uint32_t next = at_ + 1;
        bool afternoon = false;
        // "this morning at 7", "yesterday at 14.30"
        if (size <= 2 && value <= 24 && cur().hour < 0 && hour_of_pointed_day()) {
            const bool minutes = (text(next) == "." || text(next) == ":") && has(next + 1, shape::minute_number | shape::glued);
            return put_hour_of_part(value, minutes ? number(next + 1) : 0, minutes ? next + 2 : next), true;
        }
        // "340 pm", "at 1140 a.m."
        if ((size == 3 || size == 4) && meridiem(next, afternoon) > 0) return put_hour(value / 100, value % 100, next), true;
        if (size == 1 && quarter_step(value, has(next, shape::word | shape::glued) ? next + 1 : next)) return true;
        const bool after_month = std::any_of(reading_.parts.begin(), reading_.parts.end(), [](const PartialDate& d) { return d.month > 0 || d.season > 0; });
        if (size == 4 && year_before(next)) return true;
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
        if ((text(next) == ":" || text(next) == ".") && has(next + 1, shape::minute_number) &&
            (text(next) == ":" || meridiem(next + 2, afternoon) > 0)) {
            std::uint32_t after = next + 2;
            if (text(after) == ":" && has(after + 1, shape::minute_number)) after += 2;
            put_hour(value, number(next + 1), after);
            return true;
        }
        if (is_oclock(next)) return put_hour(value, 0, next + 1), true;
        if (meridiem(next, afternoon) > 0) return put_hour(value, 0, next), true;
        if (is(next, "noon") || is(next, "midnight") || is(next, "midday")) return ++at_, true;
        if (value <= 12 && ((is(next, "in") && is(next + 1, "the") && !part_of_day(next + 2).empty()) || (is(next, "at") && is(next + 1, "night")))) return put_hour(value, 0, next), true;
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
        if (text(at_) == "-" && has(at_, shape::glued) && cur().month == 0 && is_word(at_ + 1) && lexicon_number(at_ + 1, "months") > 0) ++at_;  // "28-Nov"
        return value >= 1 && value <= 31;
    }

    bool link_step() {
        const bool disjunction = is(at_, "or"), conjunction = is(at_, "and") || text(at_) == "&";
        if (!disjunction && !conjunction && !link()) return false;
        const PartialDate& date = cur();
        const bool something = date.day > 0 || date.month > 0 || date.has_year() || date.hour >= 0 || date.season > 0 || date.weekday > 0 || date.has_offset;
        if (at_ + 1 >= range_.last || !something) return false;
        // "January 20, 1930—2 p.m.": the dash stands before the time of the same day.
        const bool dash = text(at_) == "—" || text(at_) == "–" || text(at_) == "-";
        bool afternoon = false;
        const bool twelve = is(at_ + 1, "noon") || is(at_ + 1, "midnight") || is(at_ + 1, "midday");
        if (dash && date.day > 0 && date.has_year() && date.hour < 0 &&
            (twelve || (is_number(at_ + 1) && length(at_ + 1) <= 2 && (meridiem(at_ + 2, afternoon) > 0 || text(at_ + 2) == ":" || text(at_ + 2) == "." || is_oclock(at_ + 2))))) {
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

    // "4th of march", "may twenty-first", "jan-1": in small letters a word that may be another is a month beside its day.
    bool beside_day() {
        const std::uint32_t next = at_ + 1;
        return cur().day > 0 || is_number(next) || text(next) == "-" || is(next, "the") || lexicon_number(next, "number_words") > 0 || lexicon_number(next, "ordinal_words") > 0;
    }

    bool word_step() {
        PartialDate& date = cur();
        if (const int month = lexicon_number(at_, "months"); month > 0 && (!has(at_, shape::lower) || !token_canonical(ws_, rules_, at_, "plain_months").empty() || beside_day())) {
            if (date.month > 0) return false;
            date.month = static_cast<std::int8_t>(month);
            ++at_;
            return true;
        }
        int weekday = lexicon_number(at_, "weekdays");
        if (weekday == 0) weekday = lexicon_number(at_, "weekday_abbreviations");
        if (weekday > 0 && (!has(at_, shape::lower) || length(at_) > 5)) {
            date.weekday = static_cast<std::int8_t>(weekday);
        } else if (const int season = season_at(at_); season > 0) {
            date.season = static_cast<std::int8_t>(season);
        } else if (is(at_, "noon") || is(at_, "midday")) {
            set_clock(12, 0);
        } else if (is(at_, "midnight")) {
            set_clock(24, 0);
        } else if (const std::string_view part = part_of_day(at_); !part.empty()) {
            date.day_part = part;
            date.relation_unit = TimeUnit::night;
        } else if (mid_step() || week_edge() || weekend()) {
        } else if (is(at_, "last") && quarter_step(4, at_ + 1)) {
            return true;
        } else if (is(at_, "q") && is_number(at_ + 1) && length(at_ + 1) == 1 && number(at_ + 1) >= 1 && number(at_ + 1) <= 4) {
            date.season = static_cast<std::int8_t>(first_quarter - 1 + number(at_ + 1));
            ++at_;
        } else if (relation_word()) {
        } else if (deictic()) {
        } else if (worded_clock()) {
            return true;
        } else if (const int ordinal = ordinal_word(); ordinal > 0) {
            if (date.month == 0 && quarter_step(ordinal, at_ + 1)) return true;
            if (is_stretch(at_ + 1)) {
                date.modifier = ordinal == 1 ? 1 : ordinal == 2 ? (is(at_ + 1, "half") ? 3 : 2) : 3;
                ++at_;
            } else {
                if (date.day > 0 || ordinal > 31) return false;
                date.day = static_cast<std::int8_t>(ordinal);
            }
        } else if (const int hour = lexicon_number(at_, "number_words"); hour > 0 && hour <= 12 && is_oclock(at_ + 1)) {
            put_hour(hour, 0, at_ + 2);
            return true;
        } else if (const TimeUnit unit = unit_at(at_); unit != TimeUnit::none) {
            date.relation_unit = unit;
            // "the end of the year": the one that is told of.
            const std::uint32_t head = is(range_.first, "the") ? range_.first + 1 : range_.first;
            const bool later = is(head, "later") || is(head, "earlier") || is(head, "rest") || is(head, "remainder");
            if (date.relation == DateRelation::none && (date.modifier != 0 || later) && at_ > 0 && is(at_ - 1, "the")) date.relation = DateRelation::same;
        } else {
            modifier();
        }
        ++at_;
        return true;
    }

    // "third quarter", "3rd quarter", "third-quarter": with the word "quarter" at `t`, or behind a hyphen there. Of a month it is a stretch, read as ever.
    bool quarter_step(int quarter, std::uint32_t t) {
        if (text(t) == "-") ++t;
        if (!is(t, "quarter") || quarter < 1 || quarter > 4 || lexicon_number(t + 2, "months") > 0) return false;
        cur().season = static_cast<std::int8_t>(first_quarter - 1 + quarter);
        at_ = t + 1;
        return true;
    }

    // What a longer time has a first and a last of: "the first week of May".
    bool is_stretch(std::uint32_t t) const {
        return is(t, "week") || is(t, "weeks") || is(t, "days") || is(t, "half") || is(t, "part") || is(t, "quarter") || is(t, "months");
    }

    bool weekend() {
        if (!is(at_, "weekend")) return false;
        cur().relation_unit = TimeUnit::week;
        cur().week_edge = PartialDate::weekend;
        if (cur().relation == DateRelation::none) cur().relation = DateRelation::same;
        return true;
    }

    // "week ending 4 November", "w/c 5 May": at_ stands on the word of the edge then.
    bool week_edge() {
        std::uint32_t t = at_ + 1;
        if (is(at_, "w") && text(t) == "/") {
            if (!is(++t, "c")) return false;
        } else if (!is(at_, "week")) {
            return false;
        }
        const bool begins = is(t, "commencing") || is(t, "beginning") || is(t, "starting") || is(t, "c"), ends = is(t, "ending") || is(t, "ended");
        if (!begins && !ends) return false;
        cur().span = TimeUnit::week;
        cur().week_edge = begins ? 1 : -1;
        at_ = t;
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
            if (word == "last" && is_stretch(at_ + 1) && (is(at_ + 2, "of") || is(at_ + 2, "in") || is(at_ + 2, "this") || is(at_ + 2, "next") || is(at_ + 2, "last") || is(at_ + 2, "that"))) {
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
        if (name.empty() && is(at_, "now") && reading_.parts.size() > 1) name = "now";
        if (name.empty()) return false;
        if (name == "today" || name == "tonight" || name == "now") days = 0;
        // "the day before yesterday", "the day after tomorrow"
        if (at_ > range_.first + 1 && is(at_ - 2, "day") && (is(at_ - 1, "before") || is(at_ - 1, "after"))) days += is(at_ - 1, "after") ? 1 : -1, date.relation = DateRelation::none;
        date.has_offset = date.from_writing = true;
        date.offset = days;
        date.offset_unit = TimeUnit::day;
        if (name == "tonight") date.day_part = "NI";
        return true;
    }

    bool step() {
        if (cur().hour < 0 && past_step()) return true;
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
        // "the 6th and 12th of last month"
        if (to.day > 0 && to.month == 0 && to.relation == DateRelation::none && from.relation_unit == TimeUnit::month) to.relation = from.relation, to.relation_unit = from.relation_unit;
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

    bool years_only_;
};

}  // namespace

std::optional<DateReading> read_date(const Workspace& workspace, const RuleSet& rules, TokenRange range, std::string_view form) {
    if (form == "calendar" || form == "clock" || form == "year") return CalendarReader(workspace, rules, range, form == "year").read();
    return read_date_form(workspace, rules, range, form);
}

}  // namespace demarc
