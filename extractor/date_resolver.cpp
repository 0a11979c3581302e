#include <cstdlib>
#include <string>

#include "extractor/date_scanner.hpp"
#include "extractor/resolvers.hpp"
#include "extractor/sentence.hpp"

namespace demarc {
namespace {

bool in_lexicon(const Workspace& ws, const RuleSet& rules, std::uint32_t token, std::string_view lexicon) {
    return !token_canonical(ws, rules, token, lexicon).empty();
}

// "Hill 1951", "p. 1950", "No. 24": the figure before us names something.
bool labelled(const Workspace& ws, const RuleSet& rules, std::uint32_t first) {
    std::uint32_t t = first;
    while (t > 0 && first - t < 2) {
        const Token& before = ws.tokens[--t];
        if (before.kind == TokenKind::word) return in_lexicon(ws, rules, t, "number_labels");
        const std::string_view mark = before.span().of(ws.text);
        if (mark == "№" || mark == "#" || mark == "$" || mark == "£") return true;
        if (mark != "." && mark != "°") return false;
    }
    return false;
}

// Figures that go on, or that count what follows: "1951-A", "1,950.5", "1950 men", "1500 %".
bool counts_something(const Workspace& ws, const RuleSet& rules, std::uint32_t last) {
    if (last >= ws.tokens.size()) return false;
    const Token& next = ws.tokens[last];
    if (next.kind == TokenKind::word) return in_lexicon(ws, rules, last, "counted_nouns") || in_lexicon(ws, rules, last, "measure_units");
    const std::string_view mark = next.span().of(ws.text);
    if (mark == "%" || mark == "°" || mark == "°") return true;
    if ((next.predicates & shape::glued) == 0 || last + 1 >= ws.tokens.size()) return false;
    const Token& after = ws.tokens[last + 1];
    const bool number_follows = after.kind == TokenKind::number && (after.predicates & shape::glued) != 0;
    return number_follows && (mark == "." || mark == "," || mark == "/" || mark == "-" || mark == ":");
}

bool plausible(const RuleMatch& match, TokenRange range, const ResolveContext& context, const std::string& form) {
    const Workspace& ws = context.workspace;
    const bool figures = form == "year" || form == "years" || form == "numeric" || form == "group" || form == "clock";
    const bool clock = form == "calendar" && (ws.tokens[range.first].predicates & (shape::n3 | shape::n4)) != 0;
    if (clock && labelled(ws, context.rules, range.first)) return false;
    if (figures && (labelled(ws, context.rules, range.first) || counts_something(ws, context.rules, range.last))) return false;
    if (form == "year" && counts_something(ws, context.rules, match.tokens().last)) return false;
    if (form == "duration") {
        // "twenty second" is an ordinal; "between four and twenty hours" are two lengths.
        if (range.last - range.first == 2 && ws.tokens[range.first].kind == TokenKind::word && ws.text_of({range.last - 1, range.last}) == "second" && token_canonical(ws, context.rules, range.first, "number_words").ends_with('0')) return false;
        if (match.rule().name == "dates.duration_short" && range.first > 0) {
            const std::string_view before = ws.text_of({range.first - 1, range.first});
            if (before == "between" || before == "from" || in_lexicon(ws, context.rules, range.first - 1, "number_words")) return false;
        }
        // Ages and rates are neither dates nor durations.
        if (range.last < ws.tokens.size()) {
            const std::string_view next = ws.tokens[range.last].span().of(ws.text);
            if (next == "old" || next == "Old") return false;
            if (next == "-" && range.last + 1 < ws.tokens.size() && ws.tokens[range.last + 1].span().of(ws.text) == "old") return false;
            if (next == "of" && range.last + 1 < ws.tokens.size() && ws.tokens[range.last + 1].span().of(ws.text) == "age") return false;
        }
        if (labelled(ws, context.rules, range.first)) return false;
    }
    const std::string& rule = match.rule().name;
    const std::string_view next = range.last < ws.tokens.size() ? ws.tokens[range.last].span().of(ws.text) : std::string_view();
    if (rule == "dates.season" && next == "of" && ws.text_of({range.last - 1, range.last}) == "fall") return false;
    // "Washington November": in a line of names a month is one where a word in small letters stands before it.
    if (rule == "dates.month_alone" && range.first > 0 && (ws.tokens[range.last - 1].predicates & shape::line_end) != 0) {
        const bool alone = range.last >= ws.tokens.size() || (ws.tokens[range.last].predicates & (shape::cap | shape::caps | shape::initial | shape::number)) != 0;
        if (alone && (ws.tokens[range.first - 1].predicates & shape::lower) == 0) return false;
    }
    // "30 February": a month that a day stands before is no month alone.
    if ((rule == "dates.month_alone" || rule == "dates.month_cued") && range.first > 0 && ws.tokens[range.first - 1].kind == TokenKind::number) return false;
    const bool glued = (ws.tokens[range.first].predicates & shape::glued) != 0;
    if (glued && rule == "dates.deictic" && ws.tokens[range.first - 1].span().of(ws.text) == "-") return false;  // "day-to-day"
    return true;
}

}  // namespace

namespace {

// "Christmas 1914", "Good Friday, 1916", "home by Christmas". A day that hangs on Easter needs its year.
std::optional<DateReading> read_holiday(const RuleMatch& match, const Workspace& ws) {
    const std::string_view day = match.canonical("holiday", "holidays");
    PartialDate date;
    if (const TokenRange year = match.range("year"); !year.empty()) date.year = std::atoi(std::string(ws.text_of(year)).c_str());
    if (day.starts_with("easter")) {
        if (!date.has_year()) return std::nullopt;
        const CivilDate there = add_days(easter_sunday(date.year), std::atoi(std::string(day.substr(6)).c_str()));
        date.month = there.month, date.day = there.day;
    } else {
        if (day.size() != 5) return std::nullopt;
        date.month = static_cast<std::int8_t>(std::atoi(std::string(day.substr(0, 2)).c_str()));
        date.day = static_cast<std::int8_t>(std::atoi(std::string(day.substr(3)).c_str()));
    }
    DateReading reading;
    reading.parts.push_back(date);
    return reading;
}

// "the first Friday of July 1951", "the last Sunday in May". The year that isn't said is the document's, since the day hangs on it.
std::optional<DateReading> read_weekday_of_month(const RuleMatch& match, const Workspace& ws) {
    const auto number = [](std::string_view text) { return std::atoi(std::string(text).c_str()); };
    PartialDate date;
    const auto& written = ws.document->metadata.date;
    if (const TokenRange year = match.range("year"); !year.empty()) date.year = number(ws.text_of(year));
    else if (written) date.year = written->year;
    else return std::nullopt;
    const int month = number(match.canonical("month", "months")), weekday = number(match.canonical("weekday", "weekdays"));
    const int which = number(match.canonical("which", "ordinal_words"));  // 0: the last
    if (month < 1 || month > 12 || weekday < 1 || weekday > 7) return std::nullopt;
    // Days that hold the one meant: the first seven of the month, or its last seven.
    const int begin = which == 0 ? days_in_month(date.year, month) - 6 : 1;
    CivilDate day{date.year, static_cast<std::int8_t>(month), static_cast<std::int8_t>(begin)};
    for (int i = 0; i < 7 && iso_weekday(day) != weekday; ++i) day = add_days(day, 1);
    if (which > 1) day = add_days(day, 7 * (which - 1));
    if (day.month != month) return std::nullopt;
    date.month = static_cast<std::int8_t>(day.month), date.day = static_cast<std::int8_t>(day.day);
    DateReading reading;
    reading.parts.push_back(date);
    return reading;
}

}  // namespace

bool resolve_date(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    Workspace& ws = context.workspace;
    const std::string form = match.value("form");
    if (!plausible(match, range, context, form)) return false;
    auto reading = form == "holiday" ? read_holiday(match, ws) : form == "weekday_of_month" ? read_weekday_of_month(match, ws) : read_date(ws, context.rules, range, form);
    if (!reading) return false;
    reading->mention = static_cast<std::uint32_t>(ws.mentions.size());
    auto& value = mention.as<DateValue>();
    value.zone = reading->zone;
    ws.date_readings.push_back(std::move(*reading));
    return true;
}

}  // namespace demarc
