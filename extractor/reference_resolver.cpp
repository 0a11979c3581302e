#include <string>

#include "extractor/resolvers.hpp"
#include "extractor/entity_slug.hpp"

namespace demarc {

bool resolve_reference(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    (void)range;
    auto& value = mention.as<ReferenceValue>();
    value.kind = match.value("kind");
    for (const RuleMatch::Capture& capture : match.captures()) {
        if (!capture.name.starts_with("mention")) value.parts.emplace_back(std::string(capture.name), std::string(capture.span.of(context.workspace.text)));
    }
    if (value.kind != "telegram" && value.kind != "archive_reference") return true;
    std::string key = value.kind == "telegram" ? "telegram" : "";
    for (const auto& [name, part] : value.parts) key += " " + part;
    mention.entity = "document_ref:" + entity_slug(key);
    return true;
}

}  // namespace demarc
