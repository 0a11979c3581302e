#include <unordered_map>
#include <unordered_set>

#include "extractor/place_names.hpp"
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

}  // namespace

void repeat_places(const ResolveContext& context) {
    Workspace& ws = context.workspace;
    std::unordered_map<std::uint64_t, std::uint32_t> named;  // sequence key -> the mention that stood on evidence
    std::unordered_set<std::uint64_t> people;                // token hashes
    for (std::uint32_t i = 0; i < ws.mentions.size(); ++i) {
        const Mention& mention = ws.mentions[i];
        const TokenRange range = ws.mention_tokens[i];
        if (mention.type == MentionType::person) {
            for (std::uint32_t t = range.first; t < range.last; ++t) people.insert(ws.tokens[t].hash);
        }
        if (mention.type == MentionType::place && !mention.candidates.empty() && !mention.decided) named.try_emplace(ws.sequence_key(range), i);
    }
    if (named.empty()) return;
    for (const GazetteerMatch& match : ws.places) {
        bool taken = false;
        for (std::uint32_t t = match.tokens.first; t < match.tokens.last; ++t) taken = taken || ws.mention_at[t] >= 0 || people.contains(ws.tokens[t].hash);
        if (taken || part_of_a_name(ws, match.tokens)) continue;
        const auto first = named.find(ws.sequence_key(match.tokens));
        if (first == named.end()) continue;
        Mention mention;
        mention.type = MentionType::place;
        mention.span = ws.span_of(match.tokens);
        mention.rule = "places.again";
        PlaceValue value;
        value.name = std::string(mention.span.of(ws.text));
        mention.value = std::move(value);
        add_candidates({ws.hit_pool.begin() + match.hits_begin, ws.hit_pool.begin() + match.hits_end}, context.gazetteer, 0, mention);
        mention.status = Certainty::unresolved;
        mention.confidence = 0.7;
        mention.why.push_back("named as a place elsewhere in this document");
        ws.add(std::move(mention), match.tokens);
    }
}

}  // namespace demarc
