#include <algorithm>
#include <unordered_map>
#include <vector>

#include "extractor/place_names.hpp"
#include "extractor/predicates.hpp"
#include "extractor/resolvers.hpp"

namespace demarc {
namespace {

bool name_shaped(const Workspace& ws, std::uint32_t t) {
    return t < ws.tokens.size() && (ws.tokens[t].predicates & (shape::cap | shape::caps | shape::initial)) != 0 && (ws.tokens[t].predicates & shape::line_start) == 0;
}

// "J. Salem", "Salem Smith": part of a longer name, where nothing but a blank stands between.
bool part_of_a_name(const Workspace& ws, TokenRange range) {
    if (name_shaped(ws, range.last) && ws.mention_at[range.last] < 0) return true;
    if (range.first == 0) return false;
    const Token& before = ws.tokens[range.first - 1];
    if (before.kind == TokenKind::word) {
        const bool starts_sentence = (before.predicates & shape::sentence_start) != 0;
        return (before.predicates & (shape::cap | shape::caps | shape::initial)) != 0 && !starts_sentence && (ws.tokens[range.first].predicates & shape::line_start) == 0;
    }
    return range.first > 1 && before.span().of(ws.text) == "." && (ws.tokens[range.first - 2].predicates & shape::initial) != 0;
}

// A comma or "and" between two names of a list: the token behind it, or the token before it; ws.tokens.size() where there is none.
std::uint32_t over_link(const Workspace& ws, std::uint32_t t, bool forwards) {
    const auto none = static_cast<std::uint32_t>(ws.tokens.size());
    bool linked = false;
    for (int i = 0; i < 2; ++i) {
        if (t >= none) return none;
        const std::string_view word = ws.tokens[t].span().of(ws.text);
        if (word != "," && word != "and" && word != "or" && word != "&") break;
        linked = true;
        t = forwards ? t + 1 : t == 0 ? none : t - 1;
    }
    return linked && t < none ? t : none;
}

bool is_place(const Workspace& ws, std::uint32_t t) {
    return t < ws.tokens.size() && ws.mention_at[t] >= 0 && ws.mention_types[static_cast<std::size_t>(ws.mention_at[t])] == MentionType::place;
}

std::unique_ptr<Mention> place_mention(const Workspace& ws, const GazetteerMatch& match, const Gazetteer& gazetteer, const char* rule, const char* why) {
    auto mention = std::make_unique<Mention>();
    mention->type = MentionType::place;
    mention->span = ws.span_of(match.tokens);
    mention->rule = rule;
    PlaceValue value;
    value.name = std::string(mention->span.of(ws.text));
    mention->value = std::move(value);
    add_candidates(ws.hits_of(match), gazetteer, 0, *mention);
    mention->status = Certainty::unresolved;
    mention->confidence = 0.7;
    mention->why.emplace_back(why);
    return mention;
}

}  // namespace

void repeat_places(const ResolveContext& context) {
    Workspace& ws = context.workspace;
    // Nearly all are mentions by now: nothing else need be asked of them.
    const auto taken = [&ws](const GazetteerMatch& match) { return ws.mention_at[match.tokens.first] >= 0; };
    if (std::all_of(ws.places.begin(), ws.places.end(), taken)) return;
    std::vector<std::uint64_t> named;   // sequence keys of what stood on evidence
    std::vector<std::uint64_t> people;  // token hashes
    named.reserve(ws.mentions.size());
    people.reserve(ws.mentions.size());
    for (std::uint32_t i = 0; i < ws.mentions.size(); ++i) {
        const TokenRange range = ws.mention_tokens[i];
        if (ws.mention_types[i] == MentionType::person) {
            for (std::uint32_t t = range.first; t < range.last; ++t) people.push_back(ws.tokens[t].hash);
        }
        if (ws.mention_types[i] != MentionType::place) continue;
        if (const Mention& mention = ws.mentions[i]; !mention.candidates.empty() && !mention.decided) named.push_back(ws.sequence_key(range));
    }
    if (named.empty()) return;
    std::sort(named.begin(), named.end());
    std::sort(people.begin(), people.end());
    const auto holds = [](const std::vector<std::uint64_t>& sorted, std::uint64_t key) { return std::binary_search(sorted.begin(), sorted.end(), key); };
    const auto open = [&](const GazetteerMatch& match) {
        for (std::uint32_t t = match.tokens.first; t < match.tokens.last; ++t) {
            if (ws.mention_at[t] >= 0 || holds(people, ws.tokens[t].hash)) return false;
        }
        return !part_of_a_name(ws, match.tokens);
    };
    for (const GazetteerMatch& match : ws.places) {
        if (taken(match) || !holds(named, ws.sequence_key(match.tokens)) || !open(match)) continue;
        ws.add(place_mention(ws, match, context.gazetteer, "places.again", "named as a place elsewhere in this document"), match.tokens);
    }
    // Names in a list with places: forwards through the list, then backwards.
    const auto list = [&](const GazetteerMatch& match) {
        if (taken(match)) return;
        const bool common = (ws.flags[match.tokens.first] & flag::ambiguous) != 0;
        const bool before = match.tokens.first > 0 && is_place(ws, over_link(ws, match.tokens.first - 1, false)), behind = is_place(ws, over_link(ws, match.tokens.last, true));
        if (!(common ? before && behind : before || behind) || !open(match)) return;
        ws.add(place_mention(ws, match, context.gazetteer, "places.in_list", "stands in a list with places"), match.tokens);
    };
    std::for_each(ws.places.begin(), ws.places.end(), list);
    std::for_each(ws.places.rbegin(), ws.places.rend(), list);
}

void take_abbreviation_points(const ResolveContext& context) {
    Workspace& ws = context.workspace;
    const std::uint16_t states = context.rules.vocabulary().lexicon_id("state_abbreviations");
    const auto is_state = [&](std::uint64_t key) { return states != Vocabulary::no_lexicon && !context.rules.vocabulary().canonical(states, key).empty(); };
    std::unordered_map<std::uint32_t, std::uint32_t> longer;  // byte where a mention ended -> where it ends with the point
    for (std::size_t i = 0; i < ws.mentions.size(); ++i) {
        TokenRange& range = ws.mention_tokens[i];
        if (ws.mention_types[i] != MentionType::place || range.last >= ws.tokens.size() || range.last == range.first) continue;
        const Token& point = ws.tokens[range.last];
        const Token& last = ws.tokens[range.last - 1];
        if ((point.predicates & shape::glued) == 0 || point.span().of(ws.text) != "." || ws.mention_at[range.last] >= 0) continue;
        const bool initials = (last.predicates & shape::initial) != 0 && range.last - range.first >= 3 && ws.tokens[range.last - 2].span().of(ws.text) == ".";
        if (!initials && !is_state(last.hash) && !is_state(ws.sequence_key(range))) continue;
        longer[ws.mentions[i].span.end] = point.end;
        if (auto& name = ws.mentions[i].as<PlaceValue>().name; name == ws.mentions[i].span.of(ws.text)) name += '.';
        ws.mention_at[range.last] = static_cast<std::int32_t>(i);
        ++range.last;
    }
    if (longer.empty()) return;
    // What holds the place ends with it still.
    for (Mention& mention : ws.mentions) {
        if (const auto end = longer.find(mention.span.end); end != longer.end()) mention.span.end = end->second;
    }
}

}  // namespace demarc
