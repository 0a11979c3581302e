#include "extractor/date_clock_reader.hpp"

#include <string>

namespace demarc {

std::uint32_t DateClockReader::meridiem(std::uint32_t t, bool& afternoon) const {
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

void DateClockReader::put_hour(int hour, int minute, std::uint32_t next) {
    bool afternoon = false;
    const std::uint32_t taken = meridiem(next, afternoon);
    if (taken > 0) hour = hour % 12 + (afternoon ? 12 : 0);
    set_clock(hour, minute);
    at_ = next + taken;
    if (taken == 0) {
        // "8 o'clock in the evening"
        for (std::uint32_t t = at_; t < range_.last && t < at_ + 3; ++t) {
            const std::string_view part = part_of_day(t);
            if ((part == "AF" || part == "EV" || (part == "NI" && hour > 5)) && hour < 12) set_clock(hour + 12, minute);
            if (!part.empty()) at_ = t + 1;
        }
    }
}

int DateClockReader::hour_at(std::uint32_t t) const {
    if (t >= range_.last) return 0;
    const int hour = is_number(t) ? (length(t) <= 2 ? number(t) : 0) : lexicon_number(t, "number_words");
    return hour >= 1 && hour <= 12 ? hour : 0;
}

bool DateClockReader::past_step() {
    if (at_ + 2 >= range_.last) return false;  // "six past two" is three words
    std::uint32_t t = is(at_, "a") ? at_ + 1 : at_;
    int minutes = 0;
    bool said = true;  // that minutes are meant: "6 to 8" is none
    if (is(t, "half")) {
        minutes = 30;
    } else if (is(t, "quarter")) {
        minutes = 15;
    } else {
        minutes = is_number(t) ? (length(t) <= 2 ? number(t) : 0) : is_word(t) ? lexicon_number(t, "number_words") : 0;
        said = is(t + 1, "minutes") || is(t + 1, "minute") || is(t + 1, "min") || is(t + 1, "mins");
        if (said) ++t;
    }
    if (minutes < 1 || minutes > 59) return false;
    ++t;
    if (text(t) == "-") ++t;
    const bool past = is(t, "past") || is(t, "after"), before = is(t, "to") || is(t, "before");
    if ((!past && !before) || (before && minutes == 30) || (!said && !is(t, "past"))) return false;
    const int hour = hour_at(t + 1);
    if (hour == 0) return false;
    const std::uint32_t next = is_oclock(t + 2) ? t + 3 : t + 2;
    if (past) put_hour(hour, minutes, next);
    else put_hour(hour == 1 ? 12 : hour - 1, 60 - minutes, next);
    return true;
}

bool DateClockReader::hour_of_pointed_day() {
    return at_ > range_.first && (is(at_ - 1, "at") || is(at_ - 1, "about") || is(at_ - 1, "around")) && (!cur().day_part.empty() || cur().has_offset);
}

void DateClockReader::put_hour_of_part(int hour, int minute, std::uint32_t next) {
    const std::string_view part = cur().day_part;
    put_hour(hour, minute, next);
    if (part == "NI" && hour == 12) return set_clock(24, minute);
    // "last night at 2" is this morning's.
    if (part == "NI" && hour < 6 && cur().relation == DateRelation::last) cur().relation = DateRelation::current;
    if (cur().hour < 12 && (part == "AF" || part == "EV" || (part == "NI" && hour > 5))) set_clock(cur().hour + 12, cur().minute);
}

bool DateClockReader::mid_step() {
    if (is(at_, "midmorning")) return cur().day_part = "MO", true;
    if (is(at_, "midafternoon")) return cur().day_part = "AF", true;
    if (!is(at_, "mid")) return false;
    const std::uint32_t next = text(at_ + 1) == "-" ? at_ + 2 : at_ + 1;
    if (is(next, "day")) set_clock(12, 0);
    else if (is(next, "night")) set_clock(24, 0);
    else return false;
    at_ = next;
    return true;
}

bool DateClockReader::worded_clock() {
    const int hour = is_word(at_) ? lexicon_number(at_, "number_words") : 0;
    if (hour < 1 || hour > 12 || cur().hour >= 0) return false;
    std::uint32_t next = at_ + 1;
    int minute = is_word(next) ? lexicon_number(next, "number_words") : 0;
    if (minute > 0) {
        ++next;
        const std::uint32_t ones_at = text(next) == "-" ? next + 1 : next;
        const int ones = minute % 10 == 0 && is_word(ones_at) ? lexicon_number(ones_at, "number_words") : 0;
        if (ones > 0 && ones < 10) minute += ones, next = ones_at + 1;
    }
    if (minute == 0 && hour_of_pointed_day()) return put_hour_of_part(hour, 0, next), true;
    bool afternoon = false;
    const bool part = minute == 0 && ((is(next, "in") && is(next + 1, "the") && !part_of_day(next + 2).empty()) || (is(next, "at") && is(next + 1, "night")));
    if (minute > 59 || (!part && meridiem(next, afternoon) == 0)) return false;
    put_hour(hour, minute, next);
    return true;
}

}  // namespace demarc
