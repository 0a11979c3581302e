#include <algorithm>

#include "extractor/compass.hpp"
#include "extractor/resolvers.hpp"
#include "extractor/sentence.hpp"

namespace demarc {

namespace {

constexpr std::uint32_t zone_reach = 60;  // tokens between a zone and the line it lies along

std::optional<double> length_of(const Mention& mention) {
    const auto& measure = mention.as<MeasureValue>();
    if (measure.dimension != "length") return std::nullopt;
    if (measure.value_si) return *measure.value_si;
    if (measure.low_si && measure.high_si) return (*measure.low_si + *measure.high_si) / 2;
    return std::nullopt;
}

bool is_word(const Workspace& ws, std::uint32_t token, std::string_view word) { return token < ws.tokens.size() && ws.text_of({token, token + 1}) == word; }

/// "4 kilometer demilitarized zone", "zone 20 miles wide", "neutral zone with a radius of five miles": the width or the radius stands beside; and the line is
/// the one that the sentence speaks of, or that before it.
void read_zone(const ResolveContext& context, TokenRange range, Mention& mention) {
    Workspace& ws = context.workspace;
    auto& value = mention.as<AreaValue>();
    const TokenRange sentence = sentence_around(ws, range.first);
    const auto of_place = std::any_of(mention.anchors.begin(), mention.anchors.end(), [&](std::uint32_t a) { return ws.mentions[a].type == MentionType::place; });
    const TokenRange near{std::max(sentence.first, range.first - std::min(range.first, 3u)), std::min(sentence.last, range.last + 10)};
    for (const std::uint32_t index : ws.mentions_in(near, MentionType::measure)) {
        const TokenRange at = ws.mention_tokens[index];
        const auto length = length_of(ws.mentions[index]);
        if (!length || value.distance_m) continue;
        const bool before = at.last <= range.first && range.first - at.last <= 2;
        const bool wide = is_word(ws, at.last, "wide") || is_word(ws, at.last, "deep") || is_word(ws, at.last, "broad");
        const bool radius = is_word(ws, at.last, "radius") || is_word(ws, at.last + 1, "radius") || (at.first >= 2 && is_word(ws, at.first - 2, "radius"));
        if (of_place ? radius || before : before || wide) value.distance_m = *length;
    }
    if (!mention.anchors.empty()) return;
    const auto nearest_line = [&](TokenRange around) {
        std::optional<std::uint32_t> nearest;
        std::uint32_t least = zone_reach;
        for (const std::uint32_t index : ws.mentions_in(around, MentionType::line)) {
            const TokenRange at = ws.mention_tokens[index];
            const std::string& kind = ws.mentions[index].as<LineValue>().kind;
            if (kind == "withdrawal_boundary" || kind == "river" || kind == "coast" || kind == "road" || kind == "railway") continue;
            const std::uint32_t apart = at.first >= range.last ? at.first - range.last : range.first - std::min(range.first, at.last);
            if (apart < least) nearest = index, least = apart;
        }
        return nearest;
    };
    const std::uint32_t back = range.first - std::min(range.first, zone_reach);
    auto line = nearest_line({back, std::min(sentence.last, range.last + zone_reach)});
    // "A zone along a line which it marked on a map. The line runs from …": said only behind.
    if (!line) line = nearest_line({range.last, std::min(static_cast<std::uint32_t>(ws.tokens.size()), range.last + zone_reach)});
    if (line) mention.anchors.push_back(*line);
}

}  // namespace

bool resolve_area(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    Workspace& ws = context.workspace;
    auto& value = mention.as<AreaValue>();
    value.relation = match.value("relation");
    if (value.relation.empty() || value.relation == "_of") return false;
    for (const MentionType type : {MentionType::place, MentionType::line, MentionType::coordinate}) {
        for (const std::uint32_t anchor : ws.mentions_in(range, type)) mention.anchors.push_back(anchor);
    }
    std::sort(mention.anchors.begin(), mention.anchors.end(), [&](std::uint32_t a, std::uint32_t b) {
        return ws.mentions[a].span.begin < ws.mentions[b].span.begin;
    });
    if (value.relation == "zone") read_zone(context, range, mention);
    else if (mention.anchors.empty()) return false;
    if (match.has("direction")) {
        std::string_view direction = match.canonical("direction", "directions");
        if (direction.empty()) direction = match.canonical("direction", "direction_adjectives");
        value.bearing_deg = bearing_of_direction(direction);
    }
    if (const TokenRange distance = match.range("distance"); !distance.empty()) {
        const std::int32_t index = ws.mention_at[distance.first];
        if (index < 0) return false;
        value.distance_m = length_of(ws.mentions[static_cast<std::size_t>(index)]);
        if (!value.distance_m) return false;
    }
    return true;
}

}  // namespace demarc
