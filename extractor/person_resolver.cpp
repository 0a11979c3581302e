#include <algorithm>
#include <optional>
#include <span>

#include "base/token_hash.hpp"
#include "extractor/person_context.hpp"
#include "extractor/person_names.hpp"
#include "extractor/predicates.hpp"
#include "extractor/resolvers.hpp"
#include "extractor/sentence.hpp"
#include "gazetteer/name_tokens.hpp"

namespace demarc {
namespace {

// A cover name in its years; in a paper without a date only where the person is named otherwise too.
bool cover_holds(int from, int to, std::uint32_t record, const Workspace& ws) {
    const Document& document = *ws.document;
    if (!document.metadata.date) return std::binary_search(ws.people_openly.begin(), ws.people_openly.end(), record);
    const int year = document.metadata.date->year;
    return (from == 0 || year >= from) && (to == 0 || year <= to);
}

// A full or cover name of this record somewhere in the document: then its family name alone means it.
bool named_in_full(const Workspace& ws, std::uint32_t record) { return std::binary_search(ws.people_in_full.begin(), ws.people_in_full.end(), record); }

// Lived in the document's time: a namesake of another century is not meant.
bool fits_time(const Record& record, const Document& document) {
    if (!document.metadata.date) return true;
    const int year = document.metadata.date->year;
    return (record.from == 0 || year >= record.from + 15) && (record.to == 0 || year <= record.to + 80);
}

bool speaks_of_another(const PersonValue& value, const RuleSet& rules) {
    const Vocabulary& vocabulary = rules.vocabulary();
    const auto holds = [&](const std::string& title) {
        if (title.empty()) return false;
        const JoinedName words(title);
        if (words.size() == 0) return false;
        const std::uint32_t entry = vocabulary.find(words.key(words.size()));
        return entry != Vocabulary::none && !vocabulary.canonical_in(entry, "other_bearers").empty();
    };
    return holds(value.title) || holds(value.rank);
}

// A title before a family name alone may mean the well-known bearer in a paper of his lifetime; "Mrs. Lincoln" and "Captain Lee" are others.
bool title_may_mean(const Record& record, const PersonValue& value, const ResolveContext& context) {
    const Document& document = *context.workspace.document;
    if (!document.metadata.date || record.from == 0) return false;
    const int year = document.metadata.date->year;
    if (year < record.from + 15 || (record.to != 0 && year > record.to)) return false;
    return !speaks_of_another(value, context.rules);
}

std::optional<Hit> best_hit(const ResolveContext& context, std::span<const Hit> hits, bool titled, const PersonValue& value) {
    const Workspace& ws = context.workspace;
    std::optional<Hit> best;
    std::size_t rivals = 0;
    for (const Hit& hit : hits) {
        const Record record = context.gazetteer.record(hit.record);
        if (record.record_class != RecordClass::person || !fits_time(record, *ws.document)) continue;
        if (hit.kind == NameKind::cover) {
            const auto names = context.gazetteer.names(hit.record);
            const RecordName& name = names[hit.name];
            if (!cover_holds(name.from, name.to, hit.record, ws)) continue;
        }
        if (hit.family_only && !named_in_full(ws, hit.record)) {
            // A title before a family name that only one known person bears is enough.
            if (!titled || !title_may_mean(record, value, context)) continue;
            ++rivals;
        }
        const bool better = !best || (best->family_only && !hit.family_only) || (best->family_only == hit.family_only && hit.cost < best->cost) ||
                            (best->family_only && hit.family_only && named_in_full(ws, hit.record) && !named_in_full(ws, best->record));
        if (better) best = hit;
    }
    if (best && best->family_only && rivals > 1 && !named_in_full(ws, best->record)) return std::nullopt;
    return best;
}

// A family name that papers write alone: the lexicon gives the full one, and the gazetteer the record where it has one.
bool is_famous(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    auto& value = mention.as<PersonValue>();
    std::string name = match.value("name");
    if (name.empty() && range.last - range.first == 1 && !speaks_of_another(value, context.rules)) {
        name = token_canonical(context.workspace, context.rules, range.first, "famous_people");
    }
    if (name.empty()) return false;
    value.name = name;
    mention.entity = "person:" + name_slug(name);
    mention.why.push_back("papers of the time name " + name + " so");
    for (const Hit& hit : context.gazetteer.search_people(name, MatchStage::attested)) {
        if (hit.family_only || context.gazetteer.record(hit.record).record_class != RecordClass::person) continue;
        set_known_person(context.gazetteer, hit, mention);
        break;
    }
    return true;
}

}  // namespace

bool resolve_person(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    Workspace& ws = context.workspace;
    auto& value = mention.as<PersonValue>();
    const auto set = [&match](std::string& field, std::string_view key) {
        std::string text = match.value(key);
        if (!text.empty()) field = std::move(text);
    };
    set(value.title, "title");
    set(value.rank, "rank");
    set(value.role, "role");
    if (match.value("alias") == "true") value.alias = true;
    if (match.rule().amend) return true;

    if (match.value("last") == "true" && !letter_ends(ws, range.last)) return false;
    if (match.value("clock") == "true" && !clock_follows(ws, range.last)) return false;
    const bool titled = match.has("mention") || !value.role.empty();
    const bool bears_office = match.rule().name == "people.bearer_of_office";  // "(Washington)" behind an office is he, not the town
    if (!bears_office && names_place_or_ship(ws, context.rules, range, match.tokens().first < range.first)) return false;
    const GazetteerMatch* known = ws.person_at(range.first);
    std::optional<Hit> hit;
    if (known != nullptr && known->tokens.last == range.last) {
        hit = best_hit(context, ws.hits_of(*known), titled, value);
    } else if (const std::string_view spelling = mention.span.of(ws.text); range.last - range.first >= 2 && !ws.learned->known_names.stranger(MatchStage::ocr, spelling)) {
        const std::vector<Hit> found = context.gazetteer.search_people(spelling, MatchStage::ocr);
        if (found.empty()) ws.learned->known_names.add_stranger(MatchStage::ocr, spelling);
        hit = best_hit(context, found, titled, value);
    }
    if (hit) {
        set_known_person(context.gazetteer, *hit, mention);
        mention.confidence = hit->family_only ? 0.85 : 0.95;
        if (hit->kind == NameKind::cover) mention.why.push_back("cover name in these years of " + value.name);
        if (hit->family_only)
            mention.why.push_back(named_in_full(ws, hit->record) ? "family name; the full name stands in this document"
                                                                 : "family name after a title; one known person bears it");
        if (hit->stage == MatchStage::ocr) {
            mention.status = Certainty::inferred;
            mention.why.push_back("letters that reading machines confuse (I, l, 1): " + value.name);
        }
        for (std::string& step : context.gazetteer.route(*hit)) mention.why.push_back(std::move(step));
        return true;
    }
    if (!bears_office && names_something_else(match, range, context)) return false;
    if (match.rule().name == "people.known_family" || match.rule().name == "people.known" || match.rule().name == "people.signature_known") return false;
    mention.confidence = 0.8;
    if (is_famous(match, range, context, mention)) return true;
    value.name = std::string(mention.span.of(ws.text));
    return true;
}

}  // namespace demarc
