#include "extractor/date_token_reader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

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

}  // namespace

int DateTokenReader::number(std::uint32_t t) const {
    int value = 0;
    const std::string_view digits = text(t);
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

int DateTokenReader::lexicon_number(std::uint32_t t, std::string_view lexicon) const {
    if (t >= range_.last) return 0;
    const std::string_view canonical = token_canonical(ws_, rules_, t, lexicon);
    int value = 0;
    std::from_chars(canonical.data(), canonical.data() + canonical.size(), value);
    return value;
}

TimeUnit DateTokenReader::unit_at(std::uint32_t t) const {
    if (!is_word(t)) return TimeUnit::none;
    if (is(t, "night") || is(t, "nights")) return TimeUnit::night;
    std::string_view name = token_canonical(ws_, rules_, t, "time_units");
    if (name.empty()) name = token_canonical(ws_, rules_, t, "time_units_plural");
    return parse_unit(name == "sec" ? "second" : name == "min" ? "minute" : name == "hr" ? "hour" : name);
}

std::string_view DateTokenReader::part_of_day(std::uint32_t t) const {
    if (!is_word(t)) return {};
    const std::string_view part = token_canonical(ws_, rules_, t, "day_parts");
    return part == "morning" ? "MO" : part == "afternoon" ? "AF" : part == "evening" ? "EV" : part == "night" ? "NI" : "";
}

int DateTokenReader::season_at(std::uint32_t t) const {
    const std::string_view name = token_canonical(ws_, rules_, t, "seasons");
    return name == "spring" ? 21 : name == "summer" ? 22 : name == "autumn" ? 23 : name == "winter" ? 24 : 0;
}

int DateTokenReader::ordinal_word() {
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

bool DateTokenReader::link() const {
    const std::string_view mark = text(at_);
    return mark == "-" || mark == "–" || mark == "—" || mark == "/" || is(at_, "to") || is(at_, "until") || is(at_, "till") || is(at_, "through") || is(at_, "thru");
}

void DateTokenReader::modifier() {
    if (is(at_, "early") || is(at_, "beginning") || is(at_, "start") || is(at_, "opening") || is(at_, "first")) cur().modifier = 1;
    else if (is(at_, "mid") || is(at_, "middle")) cur().modifier = 2;
    else if (is(at_, "late") || is(at_, "end") || is(at_, "close") || is(at_, "latter")) cur().modifier = 3;
}

void DateTokenReader::set_day(int day, int month) {
    cur().day = static_cast<std::int8_t>(std::min(day, 99));
    cur().month = static_cast<std::int8_t>(std::min(month, 99));
}

void DateTokenReader::set_clock(int hour, int minute) {
    cur().hour = static_cast<std::int8_t>(std::min(hour, 99));
    cur().minute = static_cast<std::int8_t>(minute);
}

std::optional<DateReading> DateTokenReader::checked() {
    for (const PartialDate& date : reading_.parts) {
        if (date.hour > 24 || date.minute > 59 || (date.hour == 24 && date.minute > 0)) return std::nullopt;
        if (date.month > 12 || date.month < 0 || date.day > 31) return std::nullopt;
        if (date.day > 0 && date.month > 0 && date.day > days_in_month(date.has_year() && !date.two_digit_year ? date.year : 2000, date.month)) return std::nullopt;
        const bool something = date.day > 0 || date.month > 0 || date.has_year() || date.hour >= 0 || date.season > 0 || date.weekday > 0 || date.has_offset ||
                               date.relation != DateRelation::none || !date.day_part.empty();
        if (!something) return std::nullopt;
    }
    return std::move(reading_);
}

}  // namespace demarc
