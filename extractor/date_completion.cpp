#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "extractor/date_reading.hpp"
#include "extractor/resolvers.hpp"

namespace demarc {
namespace {

constexpr std::uint32_t same_sentence = 40;  // tokens between a date and the one that completes it from behind

/// A date that completes others: of the document, or met in the text.
struct Anchor {
    CivilDate date;
    std::uint32_t token = 0;
    bool weak = false;  ///< a year alone
    bool in_text = true;
};

std::int64_t month_distance(const CivilDate& a, const CivilDate& b) { return std::abs((a.year - b.year) * 12 + (a.month - b.month)); }

bool has_day(const CivilDate& date) { return date.month > 0 && date.day > 0; }

class Completion {
public:
    explicit Completion(Workspace& ws) : ws_(ws) {
        if (ws.document != nullptr && ws.document->metadata.date) document_ = Anchor{*ws.document->metadata.date, 0, false, false};
        if (document_) document_->date.hour = document_->date.minute = -1;
    }

    void run() {
        std::sort(ws_.date_readings.begin(), ws_.date_readings.end(), [&](const DateReading& a, const DateReading& b) {
            return ws_.mention_tokens[a.mention].first < ws_.mention_tokens[b.mention].first;
        });
        retrospective_ = looks_back();
        for (std::size_t i = 0; i < ws_.date_readings.size(); ++i) one(i);
    }

private:
    // A history or a report of old events: most of its dates that give a year lie more than a year from the document's.
    bool looks_back() const {
        if (!document_) return false;
        int near = 0, far = 0;
        for (const DateReading& reading : ws_.date_readings) {
            if (reading.parts.empty()) continue;
            const PartialDate& date = reading.parts.front();
            if (!date.has_year() || date.two_digit_year || date.span != TimeUnit::none) continue;
            const int weight = date.month > 0 ? 2 : 1;
            (std::abs(date.year - document_->date.year) > 1 ? far : near) += weight;
        }
        return far > 4 && far > near;
    }

    void one(std::size_t index) {
        DateReading& reading = ws_.date_readings[index];
        Mention& mention = ws_.mentions[reading.mention];
        auto& value = mention.as<DateValue>();
        forget_anchor();
        if (reading.kind == DateKind::duration || reading.kind == DateKind::set) {
            value.timex_type = reading.kind == DateKind::duration ? "DURATION" : "SET";
            value.timex_value = reading.timex;
            return;
        }
        token_ = ws_.mention_tokens[reading.mention].first;
        ahead_ = following_date(index);
        for (std::size_t i = 0; i < reading.parts.size(); ++i) complete(reading.parts[i], i > 0 ? &reading.parts[i - 1] : nullptr);
        write(reading, value);
        if (used_ != nullptr) {
            value.anchor = (used_->in_text ? "date in the text, " : "document date ") + to_edtf(used_->date);
            mention.why.push_back("completed from the " + value.anchor);
        }
        remember(reading);
    }

    // A date with its year that follows in the same sentence: "on 7 August and again on 9 September 1914".
    std::optional<Anchor> following_date(std::size_t index) const {
        if (index + 1 >= ws_.date_readings.size()) return std::nullopt;
        const DateReading& next = ws_.date_readings[index + 1];
        const TokenRange range = ws_.mention_tokens[next.mention];
        const std::uint32_t from = ws_.mention_tokens[ws_.date_readings[index].mention].last;
        if (next.parts.empty() || !next.parts[0].has_year() || next.parts[0].two_digit_year || next.parts[0].month == 0 || range.first > from + same_sentence) return std::nullopt;
        for (std::uint32_t t = from; t < range.first; ++t) {
            if (ws_.tokens[t].kind == TokenKind::paragraph || ws_.tokens[t].span().of(ws_.text) == ".") return std::nullopt;
        }
        return anchor_of(next.parts[0], next.mention);
    }

    Anchor anchor_of(const PartialDate& date, std::uint32_t mention) const {
        Anchor anchor{civil_part(date), ws_.mention_tokens[mention].first, date.month == 0};
        anchor.date.hour = anchor.date.minute = -1;
        if (date.season >= first_quarter) anchor.date.month = static_cast<std::int8_t>(3 * (date.season - first_quarter) + 1), anchor.date.day = 0;
        else if (date.season > 0) anchor.date.month = static_cast<std::int8_t>(std::min(3 * (date.season - 20) + 1, 12)), anchor.date.day = 0;
        return anchor;
    }

    void remember(const DateReading& reading) {
        const PartialDate& date = reading.parts.back();
        if (!date.has_year() || date.span == TimeUnit::decade || date.span == TimeUnit::century || date.modifier < 0) return;
        if (date.has_offset && date.from_writing) return;
        if (date.month == 0 && date.season == 0 && narrative_) {
            // A year that the last date already has takes nothing away from it; one said in passing doesn't move the story.
            if (narrative_->date.year == date.year) return;
            if (retrospective_ && !narrative_->weak && !opens_sentence(ws_.mention_tokens[reading.mention])) return;
        }
        narrative_ = anchor_of(date, reading.mention);
    }

    // "In 1965 the …", "By early 1966, …", "Operations in 1916": a year among the first words of a sentence, or in a line without an end.
    bool opens_sentence(TokenRange year) const {
        constexpr std::uint32_t first_words = 4, heading_words = 10;
        std::uint32_t begin = year.first;
        while (begin > 0 && !ends_sentence(begin - 1) && year.first - begin < heading_words) --begin;
        if (year.first - begin < first_words) return true;
        std::uint32_t end = year.last;
        while (end < ws_.tokens.size() && !ends_sentence(end) && end - begin < heading_words) ++end;
        return begin > 0 && end < ws_.tokens.size() && ws_.tokens[begin - 1].kind == TokenKind::paragraph && ws_.tokens[end].kind == TokenKind::paragraph;
    }
    bool ends_sentence(std::uint32_t token) const {
        const std::string_view text = ws_.tokens[token].span().of(ws_.text);
        return ws_.tokens[token].kind == TokenKind::paragraph || text == "." || text == "?" || text == "!";
    }

    bool same_paragraph(const Anchor& anchor) const {
        for (std::uint32_t t = anchor.token; t < token_; ++t) {
            if (ws_.tokens[t].kind == TokenKind::paragraph) return false;
        }
        return true;
    }

    // What a date in the text is completed from: the document's date, unless this paragraph tells of another time.
    const Anchor* for_year() {
        if (retrospective_ && ahead_ && !(narrative_ && same_paragraph(*narrative_) && token_ - narrative_->token < same_sentence)) return use(&*ahead_);
        if (retrospective_ && narrative_) return use(&*narrative_);
        if (document_ && narrative_ && !narrative_->weak && std::abs(narrative_->date.year - document_->date.year) > 1 && same_paragraph(*narrative_)) return use(&*narrative_);
        if (document_) return use(&*document_);
        if (ahead_ && !(narrative_ && same_paragraph(*narrative_) && token_ - narrative_->token < same_sentence)) return use(&*ahead_);
        return narrative_ ? use(&*narrative_) : nullptr;
    }
    const Anchor* writing_first() { return document_ ? use(&*document_) : narrative_ ? use(&*narrative_) : nullptr; }
    const Anchor* story_first() {
        if (narrative_ && (!narrative_->weak || !document_ || retrospective_)) return use(&*narrative_);
        return writing_first();
    }
    const Anchor* use(const Anchor* anchor) {
        used_ = anchor;
        return anchor;
    }

    void forget_anchor() { used_ = nullptr; }

    void complete(PartialDate& date, const PartialDate* before) {
        if (date.has_offset) return pointed(date);
        if (date.two_digit_year) century(date);
        if (date.relation != DateRelation::none && !date.has_year()) return related(date);
        if (date.has_year()) return;
        if (date.month > 0) return year_of(date, before);
        if (date.season > 0) {
            if (const Anchor* anchor = for_year()) date.year = anchor->date.year;
            return;
        }
        if (date.day > 0) return month_of(date, before);
        if (date.weekday > 0) {
            // "Friday to Sunday"
            if (before != nullptr && before->has_year() && before->day > 0) return put_day(date, weekday_near(civil_part(*before), date.weekday, 1));
            if (const Anchor* anchor = story_first(); anchor != nullptr && has_day(anchor->date)) put_day(date, weekday_near(anchor->date, date.weekday, document_ && anchor == &*document_ ? 0 : 1));
            return;
        }
        if (date.hour >= 0 || !date.day_part.empty()) {
            const bool here = narrative_ && same_paragraph(*narrative_);
            const Anchor* anchor = here ? use(&*narrative_) : writing_first();
            if (anchor != nullptr && has_day(anchor->date)) put_day(date, anchor->date);
            else forget_anchor();
        }
    }

    static void put_day(PartialDate& date, const CivilDate& day) {
        date.year = day.year;
        date.month = day.month;
        date.day = day.day;
    }

    // The century in which the year lies at most ten years after the anchor; without an anchor the twentieth.
    void century(PartialDate& date) {
        const Anchor* anchor = writing_first();
        const std::int32_t base = anchor != nullptr ? anchor->date.year + 10 : 1999;
        std::int32_t year = base / 100 * 100 + date.year;
        if (year > base) year -= 100;
        date.year = year;
        date.two_digit_year = false;
    }

    // The year that brings the date nearest to the anchor; at equal distance the past from a document, the future in a story.
    void year_of(PartialDate& date, const PartialDate* before) {
        if (before != nullptr && before->has_year()) {
            date.year = before->year + (date.month < before->month ? 1 : 0);
            return;
        }
        const Anchor* anchor = for_year();
        if (anchor == nullptr) return;
        date.year = anchor->date.year;
        if (anchor->date.month == 0) return;
        // A story goes forward: "in December" after May is of the same year.
        if (retrospective_ && narrative_ && anchor == &*narrative_ && date.month >= anchor->date.month) return;
        std::int64_t best = 1000;
        for (const int step : {0, -1, 1}) {
            CivilDate there{anchor->date.year + step, date.month, 0, -1, -1};
            const std::int64_t distance = month_distance(there, anchor->date);
            if (distance < best) {
                best = distance;
                date.year = there.year;
            }
        }
        if (date.day > 0 && date.day > days_in_month(date.year, date.month)) date.year = PartialDate::unknown_year;
    }

    void month_of(PartialDate& date, const PartialDate* before) {
        if (before != nullptr && before->has_year() && before->month > 0) {
            date.year = before->year;
            date.month = before->month;
            return;
        }
        const bool here = narrative_ && narrative_->date.month > 0;
        const Anchor* anchor = here ? use(&*narrative_) : writing_first();
        if (anchor == nullptr || anchor->date.month == 0) {
            forget_anchor();
            return;
        }
        CivilDate month = anchor->date;
        // "the 24th" of a telegram of the 1st is last month's; in a story the days go forward.
        if (!here && month.day > 0 && date.day > month.day) month = add_months(month, -1);
        if (here && month.day > 0 && date.day + 14 < month.day) month = add_months(month, 1);
        date.year = month.year;
        date.month = month.month;
        if (date.day > days_in_month(date.year, date.month)) date.month = 0, date.year = PartialDate::unknown_year, forget_anchor();
    }

    // direction 0: on or before the anchor; 1: after it.
    static CivilDate weekday_near(const CivilDate& anchor, int weekday, int direction) {
        const int now = iso_weekday(anchor);
        const int back = (now - weekday + 7) % 7;
        return direction == 0 ? add_days(anchor, -back) : add_days(anchor, back == 0 ? 0 : 7 - back);
    }

    // "today", "three weeks ago", "two days later"
    void pointed(PartialDate& date) {
        const Anchor* anchor = date.from_writing ? writing_first() : story_first();
        if (anchor == nullptr || std::isnan(date.offset)) {
            forget_anchor();
            return;
        }
        const CivilDate from = anchor->date;
        const auto whole = static_cast<int>(std::lround(date.offset));
        switch (date.offset_unit) {
            case TimeUnit::day:
            case TimeUnit::night:
            case TimeUnit::week:
            case TimeUnit::fortnight: {
                if (!has_day(from)) break;
                const int days = date.offset_unit == TimeUnit::week ? 7 : date.offset_unit == TimeUnit::fortnight ? 14 : 1;
                return put_day(date, add_days(from, std::lround(date.offset * days)));
            }
            case TimeUnit::month: {
                if (from.month == 0) break;
                const CivilDate there = add_months({from.year, from.month, 1, -1, -1}, whole);
                date.year = there.year;
                date.month = there.month;
                return;
            }
            case TimeUnit::year: date.year = from.year + whole; return;
            case TimeUnit::decade: date.year = from.year + 10 * whole; return;
            case TimeUnit::century: date.year = from.year + 100 * whole; return;
            default: break;
        }
        forget_anchor();
    }

    static int steps(DateRelation relation) {
        switch (relation) {
            case DateRelation::last:
            case DateRelation::previous: return -1;
            case DateRelation::next:
            case DateRelation::following: return 1;
            default: return 0;
        }
    }

    // "last week", "the following day", "10th inst.", "last October", "next Monday"
    void related(PartialDate& date) {
        const bool story = (retrospective_ && date.relation != DateRelation::current) || date.relation == DateRelation::same || date.relation == DateRelation::following || date.relation == DateRelation::previous ||
                           (date.relation == DateRelation::next && (date.relation_unit == TimeUnit::day || date.relation_unit == TimeUnit::night));
        const Anchor* anchor = story ? story_first() : writing_first();
        if (anchor == nullptr) return;
        const CivilDate from = anchor->date;
        const int step = steps(date.relation);
        if (date.weekday > 0) {
            if (!has_day(from)) return forget_anchor();
            // "Friday next week": by the calendar's weeks.
            if (date.relation_unit == TimeUnit::week) return put_day(date, add_days(from, 7 * step + date.weekday - iso_weekday(from)));
            CivilDate day = weekday_near(from, date.weekday, step > 0 ? 1 : 0);
            if (day == from && step != 0) day = add_days(day, 7 * step);
            return put_day(date, day);
        }
        if (date.month > 0) {
            date.year = from.year;
            if (date.relation_unit == TimeUnit::year) date.year += step;  // "August of that year"
            else if (step < 0 && date.month >= from.month) --date.year;
            else if (step > 0 && date.month <= from.month) ++date.year;
            return;
        }
        if (date.season > 0) {
            const int now = from.month == 0 ? 0 : date.season >= first_quarter ? first_quarter + (from.month - 1) / 3 : 20 + (from.month == 12 ? 4 : from.month < 3 ? 0 : from.month / 3);
            date.year = from.year;
            if (date.relation_unit == TimeUnit::year) date.year += step;  // "the first quarter of last year"
            else if (step < 0 && now > 0 && date.season >= now) --date.year;
            else if (step > 0 && now > 0 && date.season <= now) ++date.year;
            return;
        }
        switch (date.relation_unit) {
            case TimeUnit::day:
            case TimeUnit::night: {
                if (!has_day(from)) return forget_anchor();
                // "this morning" is today's, "last night" yesterday's.
                return put_day(date, add_days(from, step));
            }
            case TimeUnit::week: {
                if (!has_day(from)) return forget_anchor();
                put_day(date, add_days(from, 7 * step));
                date.span = TimeUnit::week;
                return;
            }
            case TimeUnit::month: {
                if (from.month == 0) return forget_anchor();
                const CivilDate there = add_months({from.year, from.month, 1, -1, -1}, step);
                if (date.day > days_in_month(there.year, there.month)) return forget_anchor();
                date.year = there.year;
                date.month = there.month;
                return;
            }
            case TimeUnit::year: date.year = from.year + step; return;
            case TimeUnit::decade: date.year = (from.year / 10 + step) * 10, date.span = TimeUnit::decade; return;
            case TimeUnit::century: date.year = (from.year / 100 + step) * 100, date.span = TimeUnit::century; return;
            default: forget_anchor();
        }
    }

    static void write(const DateReading& reading, DateValue& value) {
        const auto joined = [&reading](std::string (*text_of)(const PartialDate&), const char* separator) {
            std::string out = text_of(reading.parts.front());
            for (std::size_t i = 1; i < reading.parts.size(); ++i) out += separator + text_of(reading.parts[i]);
            return out;
        };
        const PartialDate& first = reading.parts.front();
        value.timex_type = first.hour >= 0 || !first.day_part.empty() ? "TIME" : "DATE";
        switch (reading.kind) {
            case DateKind::interval:
                value.edtf = joined(partial_edtf, "/");
                value.timex_value = joined(partial_timex, "/");
                break;
            case DateKind::one_of:
                value.edtf = "[" + joined(partial_edtf, ",") + "]";
                value.timex_value = joined(partial_timex, "/");
                break;
            case DateKind::all_of:
                value.edtf = "{" + joined(partial_edtf, ",") + "}";
                value.timex_value = joined(partial_timex, "/");
                break;
            default:
                value.edtf = partial_edtf(first);
                value.timex_value = partial_timex(first);
        }
        value.earliest = first_day(first);
        value.latest = last_day(reading.parts.back());
    }

    Workspace& ws_;
    std::optional<Anchor> document_, narrative_, ahead_;
    const Anchor* used_ = nullptr;  // one of these, by the date at hand
    std::uint32_t token_ = 0;
    bool retrospective_ = false;
};

}  // namespace

void complete_dates(Workspace& workspace) { Completion(workspace).run(); }

}  // namespace demarc
