#include <string>

#include "extractor/entity_slug.hpp"
#include "extractor/person_names.hpp"
#include "extractor/resolvers.hpp"
#include "extractor/unit_reading.hpp"

namespace demarc {
namespace {

void decide_person(const ResolveContext& context, const std::string& name, Mention& mention) {
    mention.as<PersonValue>().name = name;
    mention.entity = "person:" + name_slug(name);
    for (const Hit& hit : context.gazetteer.search(name, MatchStage::attested)) {
        if (hit.family_only || context.gazetteer.record(hit.record).record_class != RecordClass::person) continue;
        set_known_person(context.gazetteer, hit, mention);
        return;
    }
}

}  // namespace

bool resolve_decision(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    const Workspace& ws = context.workspace;
    const RuleSource& decision = match.rule();
    std::string name = decision.value.empty() || decision.value.front().first != "name" ? std::string() : decision.value.front().second;
    const bool renamed = !name.empty();
    if (!renamed) name = std::string(mention.span.of(ws.text));
    mention.decided = true;
    // The file's name alone: where the folder lies is no part of the result.
    const std::size_t slash = decision.where.rfind('/');
    mention.why.push_back("decided in " + decision.where.substr(slash == std::string::npos ? 0 : slash + 1) + (decision.why.empty() ? "" : ": " + decision.why));
    switch (mention.type) {
        case MentionType::place: return resolve_place(match, range, context, mention);
        case MentionType::declared: return resolve_declared(match, range, context, mention);
        case MentionType::person: decide_person(context, name, mention); return true;
        case MentionType::organisation:
            mention.as<OrganisationValue>().name = name;
            mention.entity = "organisation:" + entity_slug(name);
            return true;
        case MentionType::military_unit: {
            UnitReading reading = read_unit_words(ws, context.rules, range, {});
            UnitValue value = whole_value(ws, context.rules, reading);
            if (renamed) value.designation = name;
            mention.entity = "unit:" + (renamed ? entity_slug(name) : reading.key);
            mention.value = std::move(value);
            return true;
        }
        default: return false;
    }
}

}  // namespace demarc
