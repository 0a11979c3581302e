#include "extractor/relations.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace demarc {
namespace {

std::optional<std::uint32_t> mention_over(const Workspace& ws, TokenRange range) {
    if (range.empty() || ws.mention_at[range.first] < 0) return {};
    const auto index = static_cast<std::uint32_t>(ws.mention_at[range.first]);
    const TokenRange tokens = ws.mention_tokens[index];
    if (tokens.first != range.first || tokens.last != range.last) return {};
    return index;
}

std::string name_of(const Mention& mention) {
    if (const auto* person = std::get_if<PersonValue>(&mention.value)) return person->name;
    if (const auto* body = std::get_if<OrganisationValue>(&mention.value)) return body->name;
    if (const auto* unit = std::get_if<UnitValue>(&mention.value)) return unit->designation;
    return {};
}

void add_correspondence(Workspace& ws) {
    const auto has_role = [&ws](std::uint32_t i, std::string_view role) {
        return ws.mention_types[i] == MentionType::person && ws.mentions[i].as<PersonValue>().role == role && !ws.mentions[i].entity.empty();
    };
    const auto count = static_cast<std::uint32_t>(ws.mentions.size());
    std::uint32_t first = 0;
    while (first < count && !has_role(first, "sender")) ++first;
    if (first == count) return;
    Mention& sender = ws.mentions[first];
    const auto& date = ws.document->metadata.date;
    std::set<std::string_view> known{sender.entity};
    for (const Relation& relation : sender.relations) known.insert(ws.mentions[relation.target].entity);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (!has_role(i, "recipient") || !known.insert(ws.mentions[i].entity).second) continue;
        sender.relations.push_back({"sent_to", i, {}, date ? to_edtf(*date) : std::string(), {}});
    }
}

}  // namespace

bool states_relation(const RuleMatch& match) {
    const auto& value = match.rule().value;
    return std::any_of(value.begin(), value.end(), [](const auto& entry) { return entry.first == "relation"; });
}

bool add_relation(const RuleMatch& match, const ResolveContext& context, Mention& mention) {
    // Areas of an earlier phase are relations themselves; people, bodies and units hold what is said of them.
    if (mention.type != MentionType::military_unit && mention.type != MentionType::person && mention.type != MentionType::organisation) return false;
    const auto target = mention_over(context.workspace, match.range("object"));
    if (!target) return false;
    Relation relation{match.value("relation"), *target, {}, {}, match.rule().name};
    for (const std::string_view capture : {"when", "when2", "when3"}) {
        if (!relation.date) relation.date = mention_over(context.workspace, match.range(capture));
    }
    const bool known = std::any_of(mention.relations.begin(), mention.relations.end(), [&](const Relation& r) { return r.kind == relation.kind && r.target == relation.target; });
    // A line that somebody proposes is a proposed one, unless the text says that it is drawn.
    if (auto* line = std::get_if<LineValue>(&context.workspace.mentions[*target].value); line != nullptr && relation.kind == "proposed") {
        if (line->proposed_by.empty()) line->proposed_by = name_of(mention);
        if (line->kind == "demarcation_line" || line->kind == "boundary_line" || line->kind == "armistice_line" || line->kind == "described_line") line->state = "proposed";
    }
    if (!known) mention.relations.push_back(std::move(relation));
    return true;
}

void complete_relations(Workspace& workspace) {
    if (!workspace.amendments.empty()) {  // by which all relations came
        for (Mention& mention : workspace.mentions) {
            for (Relation& relation : mention.relations) {
                if (relation.date) relation.when = workspace.mentions[*relation.date].as<DateValue>().edtf;
            }
        }
    }
    add_correspondence(workspace);
}

}  // namespace demarc
