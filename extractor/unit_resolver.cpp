#include <string>

#include "extractor/entity_slug.hpp"
#include "extractor/resolvers.hpp"
#include "extractor/unit_reading.hpp"

namespace demarc {

bool resolve_unit(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    const Workspace& ws = context.workspace;
    // "A Company of men …" begins a sentence.
    const bool article = ws.text_of({range.first, range.first + 1}) == "A" && (ws.tokens[range.first].predicates & shape::sentence_start) != 0;
    if (article && range.last < ws.tokens.size() && ws.text_of({range.last, range.last + 1}) == "of") return false;
    // An abbreviation of two or three letters is written in capitals: "Ira" is a man.
    const Token& first = ws.tokens[range.first];
    if (range.last - range.first == 1 && (first.predicates & shape::cap) != 0 && first.end - first.begin <= 3) return false;
    const std::string form = match.value("form");
    UnitValue value = read_unit(context.workspace, context.rules, range, match.canonical("head", "unit_head_plural"));
    if (form == "named") {
        // A national army or a body with a name of its own: its words say no echelon.
        value.echelon = match.value("echelon");
        value.number.clear();
        value.parent.clear();
        value.sidc.clear();
        if (const auto known = match.canonical("known", "unit_known"); !known.empty()) value.designation = std::string(known);
        if (const auto nation = match.canonical("known", "unit_known_nations"); nation.starts_with("iso-")) {
            value.nation.clear();
            for (const char c : nation.substr(4)) value.nation += static_cast<char>(c & ~0x20);
        }
        if (const auto echelon = match.canonical("known", "unit_known_echelons"); !echelon.empty()) value.echelon = std::string(echelon);
    }
    mention.entity = "unit:" + entity_slug(value.designation);
    mention.value = std::move(value);
    return true;
}

}  // namespace demarc
