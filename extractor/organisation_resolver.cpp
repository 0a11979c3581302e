#include <string>

#include "extractor/entity_slug.hpp"
#include "extractor/resolvers.hpp"
#include "extractor/sentence.hpp"

namespace demarc {
namespace {

// The kind of the last word, or group of words, of a name that a lexicon holds.
std::string kind_of_words(const ResolveContext& context, TokenRange range, std::string_view lexicon) {
    const Vocabulary& vocabulary = context.rules.vocabulary();
    const std::uint16_t id = vocabulary.lexicon_id(lexicon);
    if (id == 0xFFFF) return {};
    for (std::uint32_t first = range.last; first-- > range.first;) {
        for (std::uint32_t last = range.last; last > first; --last) {
            const std::string_view kind = vocabulary.canonical(id, context.workspace.sequence_key({first, last}));
            if (!kind.empty()) return std::string(kind);
        }
    }
    return {};
}

}  // namespace

bool resolve_organisation(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    const Workspace& ws = context.workspace;
    // "Soviet Union", "Russian Federation" are countries; "Weapons Company" is a unit without a number.
    if (const GazetteerMatch* place = ws.place_at(range.first); place != nullptr && place->tokens.last >= range.last) return false;
    // An abbreviation of two or three letters is written in capitals: "Un" is none.
    const Token& first = ws.tokens[range.first];
    if (range.last - range.first == 1 && (first.predicates & shape::cap) != 0 && first.end - first.begin <= 3) return false;
    const std::string_view last_word = ws.text_of({range.last - 1, range.last});
    const bool company = last_word == "Company" || last_word == "COMPANY";
    if (company && range.last - range.first > 1 && !token_canonical(ws, context.rules, range.last - 2, "unit_words").empty()) return false;
    auto& value = mention.as<OrganisationValue>();
    value.name = std::string(mention.span.of(context.workspace.text));
    value.kind = match.value("kind");
    const Vocabulary& vocabulary = context.rules.vocabulary();
    const std::uint64_t key = context.workspace.sequence_key(range);
    if (const std::uint16_t known = vocabulary.lexicon_id("organisations_known"); known != 0xFFFF) {
        if (const auto name = vocabulary.canonical(known, key); !name.empty()) value.name = std::string(name);
    }
    if (value.kind.empty()) {
        if (const std::uint16_t kinds = vocabulary.lexicon_id("organisation_known_kinds"); kinds != 0xFFFF) value.kind = std::string(vocabulary.canonical(kinds, key));
    }
    if (value.kind.empty()) value.kind = kind_of_words(context, range, match.value("words").empty() ? "organisation_suffixes" : match.value("words"));
    mention.entity = "organisation:" + entity_slug(value.name);
    return true;
}

}  // namespace demarc
