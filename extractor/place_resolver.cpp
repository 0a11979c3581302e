#include <algorithm>
#include <array>
#include <cmath>

#include "extractor/place_names.hpp"
#include "extractor/predicates.hpp"
#include "extractor/resolvers.hpp"

namespace demarc {
bool resolve_place(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    Workspace& ws = context.workspace;
    auto& value = mention.as<PlaceValue>();
    const std::string given = match.value("name");
    value.name = given.empty() ? std::string(mention.span.of(ws.text)) : given;
    value.kind = match.value("kind");
    const GazetteerMatch* known = ws.any_place_at(range.first);
    if (const std::string id = match.value("record"); !id.empty()) {
        const std::uint32_t record = context.gazetteer.find_id(id);
        if (record < context.gazetteer.size()) add_candidates(std::array{Hit{.record = record}}, context.gazetteer, 0, mention);
    } else if (!given.empty()) {
        add_candidates(context.gazetteer.search(given, MatchStage::generated), context.gazetteer, 0, mention);
    } else if (known != nullptr && known->tokens.last == range.last) {
        add_candidates(ws.hits_of(*known), context.gazetteer, 0, mention);
    } else {
        // A name with its generic word, or one that no key holds as it stands: every stage for an editor's name, exact ones otherwise.
        const MatchStage last = mention.editorial ? MatchStage::edit : MatchStage::generated;
        add_place_candidates(value.name, context.gazetteer, last, mention);
    }
    mention.status = Certainty::unresolved;
    mention.confidence = mention.candidates.empty() ? 0.5 : 0.8;
    if (mention.candidates.empty()) mention.why.push_back("no gazetteer holds this name");
    return true;
}

}  // namespace demarc
