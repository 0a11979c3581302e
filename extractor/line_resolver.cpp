#include <algorithm>

#include "extractor/line_course.hpp"
#include "extractor/resolvers.hpp"
#include "extractor/sentence.hpp"

namespace demarc {
namespace {

constexpr std::uint32_t binding_reach = 30;  // tokens between a boundary and the distance that belongs to it

bool is_front(std::string_view kind) { return kind == "front_line" || kind == "line_of_contact" || kind == "battle_line" || kind == "front" || kind == "main_line_of_resistance"; }

bool same_word(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return (x | 32) == (y | 32); });
}

double length_of(const Mention& mention) {
    const auto& measure = std::get<MeasureValue>(mention.value);
    if (measure.dimension != "length" || !measure.value_si) return -1;
    return *measure.value_si;
}

// "the former demarcation line", "the old front line".
bool is_former(const ResolveContext& context, TokenRange range, TokenRange sentence) {
    const std::uint32_t first = std::max(sentence.first, range.first - std::min(range.first, 2u));
    const std::uint32_t last = std::min(range.first + 1, range.last);
    return find_in_lexicon(context.workspace, context.rules, {first, last}, "former_words") < last;
}

// What the sentence says of a line: proposed where a word of negotiation governs it, and by whom.
void read_state(const ResolveContext& context, TokenRange range, TokenRange sentence, LineValue& value) {
    const Workspace& ws = context.workspace;
    if (is_front(value.kind) || value.kind == "parallel" || value.kind == "river" || value.kind == "border" || value.kind == "phase_line" ||
        value.kind == "defensive_line" || value.kind == "coast" || value.kind == "road" || value.kind == "railway") {
        value.state = is_former(context, range, sentence) ? "former" : "actual";
        return;
    }
    const TokenRange before{sentence.first, range.first};
    // "The demarcation line should be drawn …": the verb behind the line speaks for it too.
    const TokenRange verb{range.last, std::min(sentence.last, range.last + 2)};
    const auto is_modal = [&](std::uint32_t t) { return same_word(ws.text_of({t, t + 1}), "should") || same_word(ws.text_of({t, t + 1}), "shall"); };
    bool proposed = find_in_lexicon(ws, context.rules, before, "proposal_words") < before.last;
    for (std::uint32_t t = verb.first; t < verb.last; ++t) proposed = proposed || is_modal(t);
    if (!proposed) {
        const bool supposed = find_in_lexicon(ws, context.rules, before, "hypothetical_words") < before.last;
        value.state = is_former(context, range, sentence) ? "former" : supposed ? "hypothetical" : "actual";
        return;
    }
    value.state = "proposed";
    // The nearest subject before the line speaks for it.
    for (std::uint32_t t = range.first; t-- > before.first;) {
        if (const auto enemy = token_canonical(ws, context.rules, t, "enemy_words"); !enemy.empty()) {
            value.proposed_by = std::string(enemy);
            return;
        }
        if (const auto own = token_canonical(ws, context.rules, t, "own_words"); !own.empty()) {
            value.proposed_by = std::string(own);
            return;
        }
    }
}

// "a northern and southern boundary of the withdrawal … at two kilometers": the distance behind the boundary, and the line before it.
void bind_offset(const ResolveContext& context, TokenRange range, TokenRange sentence, Mention& mention) {
    Workspace& ws = context.workspace;
    auto& value = mention.as<LineValue>();
    const TokenRange behind{range.last, std::min(sentence.last, range.last + binding_reach)};
    for (const std::uint32_t index : ws.mentions_in(behind, MentionType::measure)) {
        const double length = length_of(ws.mentions[index]);
        if (length <= 0 || length > 100000) continue;
        value.offset_m = length;
        break;
    }
    if (!value.offset_m) return;
    const auto lines = ws.mentions_in({sentence.first, range.first}, MentionType::line);
    for (auto it = lines.rbegin(); it != lines.rend(); ++it) {
        const auto& base = std::get<LineValue>(ws.mentions[*it].value);
        if (!is_front(base.kind) && base.kind != "demarcation_line" && base.kind != "boundary_line" && base.kind != "armistice_line") continue;
        mention.anchors.push_back(*it);
        break;
    }
    value.kind = "withdrawal_boundary";
    mention.why.push_back("distance in the same sentence: offset of " + std::to_string(static_cast<long>(*value.offset_m)) + " m");
}

// "the south bank of the Imjin", not "the Bank of England".
bool names_water(const ResolveContext& context, const Mention& line) {
    return std::any_of(line.anchors.begin(), line.anchors.end(), [&](std::uint32_t anchor) { return may_be_water(context, context.workspace.mentions[anchor]); });
}

bool resolve_side_boundary(const RuleMatch& match, TokenRange range, const ResolveContext& context, TokenRange sentence, Mention& mention) {
    auto& value = mention.as<LineValue>();
    const std::string_view first = match.canonical("side", "direction_adjectives");
    const std::string_view second = match.canonical("side2", "direction_adjectives");
    if (first == "centre") return false;
    bind_offset(context, range, sentence, mention);
    if (value.offset_m) value.offset_side = second.empty() ? std::string(first) : "both";
    return true;
}

// "The line of demarcation runs from …" is a demarcation line, described by its points.
void read_head(const RuleMatch& match, TokenRange range, const ResolveContext& context, LineValue& value) {
    for (const std::string_view capture : {"mention2", "head"}) {
        if (!match.has(capture)) continue;
        const std::string_view kind = match.canonical(capture, "line_heads");
        if (!kind.empty()) value.kind = kind;
    }
    if (value.kind == "described_line" && same_word(context.workspace.text_of({range.first, range.first + 1}), "axis")) value.kind = "axis";
}

// "The battle line ran along the south bank of the Imjin": two lines, of which one follows the other (rules/lines/where_line.toml).
bool follows_alone(const Workspace& ws, const LineValue& value) {
    if (value.legs.size() != 1 || value.legs[0].role != LineLeg::Role::along) return false;
    const Mention& way = ws.mentions[value.legs[0].anchor];
    return way.type == MentionType::line && way.as<LineValue>().legs.size() <= 1;
}

// The first anchor that may be water is followed, between the others.
void read_reach(const ResolveContext& context, Mention& mention) {
    auto& legs = mention.as<LineValue>().legs;
    const auto water = std::find_if(mention.anchors.begin(), mention.anchors.end(), [&](std::uint32_t anchor) { return may_be_water(context, context.workspace.mentions[anchor]); });
    for (auto anchor = mention.anchors.begin(); anchor != mention.anchors.end(); ++anchor) {
        if (anchor != water) legs.push_back({LineLeg::Role::through, *anchor, {}, {}});
    }
    legs.insert(legs.begin() + (legs.empty() ? 0 : 1), {LineLeg::Role::along, *water, {}, {}});
}

void read_coast(Mention& mention) {
    auto& legs = mention.as<LineValue>().legs;
    for (const std::uint32_t anchor : mention.anchors) {
        legs.push_back({LineLeg::Role::through, anchor, {}, {}});
        if (legs.size() == 1) legs.push_back({LineLeg::Role::coast, 0, {}, {}});
    }
}

bool mention_is_described(const Mention& mention) { return mention.type == MentionType::line && mention.as<LineValue>().legs.size() >= 2; }

// "It runs from …" is said of a line in the same sentence or one of the two before; "Line Kansas from …" of a line with a name.
bool speaks_of_a_line(const RuleMatch& match, TokenRange range, const ResolveContext& context, TokenRange sentence) {
    const Workspace& ws = context.workspace;
    if (match.value("form") == "named") {
        const std::int32_t named = ws.mention_at[match.range("named").first];
        if (named < 0) return false;
        const std::string& kind = ws.mentions[static_cast<std::size_t>(named)].as<LineValue>().kind;
        return kind == "phase_line" || kind == "defensive_line";
    }
    TokenRange before{sentence.first, range.first};
    for (int sentences = 0; sentences < 2 && before.first > 0; ++sentences) before.first = sentence_around(ws, before.first - 1).first;
    for (std::uint32_t t = before.first; t < before.last; ++t) {
        if (same_word(ws.text_of({t, t + 1}), "line") || same_word(ws.text_of({t, t + 1}), "front")) return true;
    }
    const auto lines = ws.mentions_in(before, MentionType::line);
    return std::any_of(lines.begin(), lines.end(), [&](std::uint32_t line) {
        const std::string& kind = ws.mentions[line].as<LineValue>().kind;
        return kind != "parallel" && kind != "river" && kind != "coast" && kind != "road" && kind != "railway";
    });
}

bool amend(const RuleMatch& match, const ResolveContext& context, Mention& mention) {
    Workspace& ws = context.workspace;
    auto& value = mention.as<LineValue>();
    const std::string form = match.value("form");
    if (form == "follows") {
        const std::int32_t base = ws.mention_at[match.range("base").first];
        if (base < 0 || is_front(value.kind)) return false;
        mention.anchors.assign(1, static_cast<std::uint32_t>(base));
        mention.why.push_back("said to follow the line named beside it");
        return true;
    }
    if (form == "described") {
        const std::int32_t base = ws.mention_at[match.range("base").first];
        if (base < 0 || !value.legs.empty() || !mention_is_described(ws.mentions[static_cast<std::size_t>(base)])) return false;
        mention.anchors.assign(1, static_cast<std::uint32_t>(base));
        mention.why.push_back("described point by point behind it");
        return true;
    }
    const std::int32_t distance = ws.mention_at[match.range("distance").first];
    if (distance < 0 || value.offset_m || value.kind == "coast" || value.kind == "river" || value.kind == "road" || value.kind == "railway") return false;
    const double length = length_of(ws.mentions[static_cast<std::size_t>(distance)]);
    if (length <= 0) return false;
    value.offset_m = length;
    value.offset_side = "both";
    mention.why.push_back("a distance on both sides of this line");
    return true;
}

}  // namespace

bool resolve_line(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    if (match.rule().amend) return amend(match, context, mention);
    Workspace& ws = context.workspace;
    auto& value = mention.as<LineValue>();
    value.kind = match.value("kind");
    const TokenRange sentence = sentence_around(ws, range.first);
    if (value.kind == "described_line" || value.kind == "road" || value.kind == "railway") {
        read_head(match, range, context, value);
        if (!match.value("form").empty() && !speaks_of_a_line(match, range, context, sentence)) return false;
        const TokenRange course = match.has("lead") ? TokenRange{match.range("lead").first, range.last} : range;
        if (!match.has("mention2") || match.range("mention2").first != range.first) read_line_course(context, course, mention);
        if (follows_alone(ws, value)) return false;
    } else {
        mention.anchors = ws.mentions_in(range, MentionType::place);
        const auto coordinates = ws.mentions_in(range, MentionType::coordinate);
        mention.anchors.insert(mention.anchors.end(), coordinates.begin(), coordinates.end());
        std::sort(mention.anchors.begin(), mention.anchors.end(), [&](std::uint32_t a, std::uint32_t b) { return ws.mentions[a].span.begin < ws.mentions[b].span.begin; });
    }
    if (value.kind == "river") {
        if (!names_water(context, mention)) return false;
        read_reach(context, mention);
    } else if (value.kind == "coast") {
        read_coast(mention);
    }
    if (value.kind == "boundary_line" && match.has("side")) {
        if (!resolve_side_boundary(match, range, context, sentence, mention)) return false;
    } else if (value.kind == "parallel") {
        value.name = match.has("degree") ? std::string(match.text("degree")) : std::string(match.canonical("word", "ordinal_degrees"));
    } else if (value.kind == "phase_line") {
        const std::string_view known = match.canonical("name", "phase_line_names");
        value.name = known.empty() ? std::string(match.text("name")) : std::string(known);
    } else if (match.has("name")) {
        value.name = std::string(match.canonical("name", "named_lines"));
    }
    read_state(context, range, sentence, value);
    return true;
}

}  // namespace demarc
