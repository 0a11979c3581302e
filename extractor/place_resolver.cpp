#include <algorithm>
#include <cmath>

#include "extractor/predicates.hpp"
#include "extractor/resolvers.hpp"

namespace demarc {
namespace {

constexpr std::size_t max_candidates = 40;

// Score before any context: how far the name itself speaks for the record. geo/toponym_resolution.cpp does the rest.
float name_score(const Hit& hit) {
    switch (hit.stage) {
        case MatchStage::attested: return 1.0f - 0.2f * std::min(1.0f, hit.cost);
        case MatchStage::generated: return 0.7f - 0.3f * std::min(1.0f, hit.cost);
        case MatchStage::ocr: return 0.5f;
        case MatchStage::edit: return 0.4f - 0.3f * std::min(1.0f, hit.cost);
    }
    return 0.1f;
}

void add_candidates(const std::vector<Hit>& hits, const Gazetteer& gazetteer, Mention& mention) {
    for (const Hit& hit : hits) {
        if (mention.candidates.size() >= max_candidates) return;
        const Record record = gazetteer.record(hit.record);
        if (record.record_class != RecordClass::place) continue;
        const bool known = std::any_of(mention.candidates.begin(), mention.candidates.end(), [&](const Candidate& c) { return c.record == hit.record; });
        if (known) continue;
        Candidate candidate;
        candidate.record = hit.record;
        candidate.score = name_score(hit);
        candidate.id = record.id;
        candidate.name = record.name;
        if (hit.kind == NameKind::generated) candidate.route = gazetteer.route(hit);
        mention.candidates.push_back(std::move(candidate));
    }
}

}  // namespace

bool resolve_place(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    Workspace& ws = context.workspace;
    auto& value = mention.as<PlaceValue>();
    const std::string given = match.value("name");
    value.name = given.empty() ? std::string(mention.span.of(ws.text)) : given;
    value.kind = match.value("kind");
    const GazetteerMatch* known = ws.any_place_at(range.first);
    if (const std::string id = match.value("record"); !id.empty()) {
        const std::uint32_t record = context.gazetteer.find_id(id);
        if (record < context.gazetteer.size()) add_candidates({Hit{.record = record}}, context.gazetteer, mention);
    } else if (!given.empty()) {
        add_candidates(context.gazetteer.search(given, MatchStage::generated), context.gazetteer, mention);
    } else if (known != nullptr && known->tokens.last == range.last) {
        const std::vector<Hit> hits(ws.hit_pool.begin() + known->hits_begin, ws.hit_pool.begin() + known->hits_end);
        add_candidates(hits, context.gazetteer, mention);
    } else {
        // A name with its generic word, or one that no key holds as it stands: every stage for an editor's name, exact ones otherwise.
        const MatchStage last = mention.editorial ? MatchStage::edit : MatchStage::generated;
        add_candidates(context.gazetteer.search(value.name, last), context.gazetteer, mention);
    }
    mention.status = Certainty::unresolved;
    mention.confidence = mention.candidates.empty() ? 0.5 : 0.8;
    if (mention.candidates.empty()) mention.why.push_back("no gazetteer holds this name");
    return true;
}

}  // namespace demarc
