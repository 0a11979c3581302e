#include <algorithm>
#include <string>

#include "extractor/entity_slug.hpp"
#include "extractor/resolvers.hpp"

namespace demarc {

bool resolve_declared(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    (void)range;
    const auto& kinds = context.rules.sources().kinds;
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const DeclaredKind& one) { return one.name == match.rule().type_name; });
    if (kind == kinds.end()) return false;
    auto& value = mention.as<DeclaredValue>();
    value.kind = kind->name;
    if (std::string name = match.value("name"); !name.empty()) value.name = std::move(name);
    else if (value.name.empty()) value.name = std::string(mention.span.of(context.workspace.text));
    for (const std::string& field : kind->fields) {
        std::string text = match.value(field);
        if (text.empty()) continue;
        const auto known = std::find_if(value.fields.begin(), value.fields.end(), [&](const auto& pair) { return pair.first == field; });
        if (known != value.fields.end()) known->second = std::move(text);
        else value.fields.emplace_back(field, std::move(text));
    }
    const auto place_of = [&](const auto& pair) { return std::find(kind->fields.begin(), kind->fields.end(), pair.first); };
    std::sort(value.fields.begin(), value.fields.end(), [&](const auto& a, const auto& b) { return place_of(a) < place_of(b); });
    mention.entity = kind->name + ":" + entity_slug(value.name);
    return true;
}

}  // namespace demarc
