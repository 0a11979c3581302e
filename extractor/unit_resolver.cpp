#include <algorithm>
#include <array>
#include <string>

#include "extractor/entity_slug.hpp"
#include "extractor/resolvers.hpp"
#include "extractor/unit_items.hpp"
#include "extractor/unit_reading.hpp"

namespace demarc {
namespace {

std::string nation_code(std::string_view canonical) {
    std::string code;
    if (!canonical.starts_with("iso-")) return code;
    for (const char c : canonical.substr(4)) code += static_cast<char>(c & ~0x20);
    return code;
}

// Formations whose number was borne by one army alone in a war, by the year of the document.
struct War {
    int first, last;
    std::string_view lexicon;
};
constexpr std::array<War, 2> wars = {{{1939, 1945, "unit_formations_1939_1945"}, {1950, 1953, "unit_formations_1950_1953"}}};

// A national army or a body with a name of its own: its words say no echelon.
void read_named(const RuleMatch& match, UnitReading& reading) {
    UnitValue& value = reading.value;
    value.echelon = match.value("echelon");
    value.number.clear();
    value.parent.clear();
    reading.parent = {};
    if (const auto known = match.canonical("known", "unit_known"); !known.empty()) value.designation = std::string(known);
    if (const auto nation = match.canonical("known", "unit_known_nations"); !nation.empty()) value.nation = nation_code(nation);
    if (const auto echelon = match.canonical("known", "unit_known_echelons"); !echelon.empty()) value.echelon = std::string(echelon);
    if (value.echelon == "fleet") value.branch = "naval";
    reading.key = entity_slug(value.designation);
}

// What the rule knows better than the words. A canonical form of a lexicon begins with "is-" where it could be read as a word itself.
void take_values(const RuleMatch& match, UnitReading& reading) {
    UnitValue& value = reading.value;
    const auto take = [&match](std::string_view key, std::string& field) {
        std::string given = match.value(key);
        if (given.empty()) return false;
        field = given.starts_with("is-") ? given.substr(3) : std::move(given);
        return true;
    };
    take("echelon", value.echelon);
    if (value.echelon == "unknown") value.echelon.clear();
    if (take("branch", value.branch)) {
        reading.symbol_branch = value.branch;
        reading.modifiers.fixed_wing = value.branch == "air";
    }
    if (take("number", value.number)) reading.several = false;
    if (take("nation", value.nation) && value.nation.starts_with("iso-")) value.nation = nation_code(value.nation);
    take("parent", value.parent);
}

// What stands behind makes the words something else: "A Company of men", "Battery B12", "the Ninth Army List".
bool may_end_here(const Workspace& ws, const RuleSet& rules, TokenRange range) {
    if (range.last >= ws.tokens.size()) return true;
    const Token& next = ws.tokens[range.last];
    const Token& last = ws.tokens[range.last - 1];
    if ((last.predicates & shape::initial) != 0 && next.kind == TokenKind::number && (next.predicates & shape::glued) != 0) return false;
    const bool article = ws.text_of({range.first, range.first + 1}) == "A";
    if (article && ws.text_of({range.last, range.last + 1}) == "of") {
        const bool sentence = (ws.tokens[range.first].predicates & shape::sentence_start) != 0;
        if (sentence || (range.last + 1 < ws.tokens.size() && (ws.tokens[range.last + 1].predicates & shape::lower) != 0 && ws.text_of({range.last + 1, range.last + 2}) != "the")) return false;
    }
    if ((next.predicates & (shape::cap | shape::caps)) == 0) return true;
    const std::uint16_t lexicon = rules.vocabulary().lexicon_id("not_after_a_unit");
    return lexicon == Vocabulary::no_lexicon || rules.vocabulary().canonical(lexicon, next.hash).empty();
}

// Takes in the regiments of the mentions made since the last call.
void note_regiments(Workspace& ws) {
    const auto note = [&ws](const UnitSuperior& unit, std::string_view number, const std::string& branch) {
        if (unit.echelon != "regiment" || number.empty()) return;
        const auto [known, added] = ws.regiments.try_emplace(std::string(number));
        NamedRegiment& regiment = known->second;
        regiment.several = regiment.several || (!added && regiment.unit.entity != unit.entity);
        regiment.unit = unit;
        regiment.branch = branch;
    };
    for (; ws.regiments_of < ws.mentions.size(); ++ws.regiments_of) {
        if (ws.mention_types[ws.regiments_of] != MentionType::military_unit) continue;
        const Mention& mention = ws.mentions[ws.regiments_of];
        const auto& unit = mention.as<UnitValue>();
        note({mention.entity, unit.designation, unit.echelon, unit.nation, unit.sidc}, unit.number, unit.branch);
        // Of a regiment that is only named as the larger unit, its part has the arm.
        for (const UnitSuperior& superior : unit.superiors) {
            note(superior, std::string_view(superior.designation).substr(0, superior.designation.find_first_not_of("0123456789")), unit.branch);
        }
    }
}

// "2/65" beside "65th Infantry": a battalion of the one regiment of that number.
bool resolve_stroke(const RuleMatch& match, TokenRange range, Workspace& ws, Mention& mention) {
    note_regiments(ws);
    const auto regiment = ws.regiments.find(std::string(match.text("higher")));
    if (regiment == ws.regiments.end() || regiment->second.several) return false;
    const UnitSuperior& above = regiment->second.unit;
    UnitReading reading;
    reading.value.branch = regiment->second.branch;
    UnitValue& value = reading.value;
    value.designation = ws.text_of(range);
    value.number = ws.text_of({range.first, range.first + 1});
    value.echelon = "battalion";
    value.nation = above.nation;
    value.parent = above.designation;
    reading.symbol_branch = value.branch;
    value.sidc = symbol_of(reading);
    mention.why.push_back("a battalion of the document's " + above.designation);
    mention.status = Certainty::inferred;
    mention.entity = "unit:" + with_ordinal_ending(value.number) + "-battalion-of-" + above.entity.substr(above.entity.find(':') + 1);
    value.superiors = {above};
    mention.value = std::move(value);
    return true;
}

// Every regiment has a Company B: without more words it is one of this document alone.
bool is_one_of_many(const UnitValue& value) {
    constexpr std::array<std::string_view, 6> small = {"battalion", "company", "battery", "troop", "platoon", "squad"};
    return value.parent.empty() && value.branch.empty() && value.nation.empty() && std::find(small.begin(), small.end(), value.echelon) != small.end();
}

}  // namespace

bool resolve_unit(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    const Workspace& ws = context.workspace;
    if (!may_end_here(ws, context.rules, range)) return false;
    // An abbreviation of two or three letters is written in capitals: "Ira" is a man.
    const Token& first = ws.tokens[range.first];
    if (range.last - range.first == 1 && (first.predicates & shape::cap) != 0 && first.end - first.begin <= 3) return false;
    if (match.value("form") == "stroke") return resolve_stroke(match, range, context.workspace, mention);
    UnitReading reading = read_unit_words(ws, context.rules, range, match.canonical("head", "unit_head_plural"));
    const std::string nation_read = reading.value.nation;
    if (match.value("form") == "named") read_named(match, reading);
    take_values(match, reading);
    UnitValue& value = reading.value;
    // A key that was read without the nation which the rule or the war's table knows gets it now.
    const auto& date = ws.document->metadata.date;
    if (value.nation.empty() && date && value.parent.empty()) {
        for (const War& war : wars) {
            if (date->year < war.first || date->year > war.last) continue;
            const std::uint16_t lexicon = context.rules.vocabulary().lexicon_id(war.lexicon);
            const std::string_view nation = lexicon == Vocabulary::no_lexicon ? std::string_view() : context.rules.vocabulary().canonical(lexicon, ws.sequence_key(range));
            if (nation.empty()) continue;
            value.nation = nation_code(nation);
            mention.status = Certainty::inferred;
            mention.why.push_back("of " + value.nation + ": the only army with this number in the war of " + std::to_string(war.first) + "-" + std::to_string(war.last));
        }
    }
    if (nation_read.empty() && !value.nation.empty() && !value.number.empty()) {
        std::string nation;
        for (const char c : value.nation) nation += static_cast<char>(c | 0x20);
        reading.key = nation + "-" + reading.key;
    }
    mention.entity = "unit:" + reading.key;
    if (is_one_of_many(value)) mention.entity += "-in-" + entity_slug(ws.document->id);
    mention.value.emplace<UnitValue>(whole_value(ws, context.rules, std::move(reading)));
    return true;
}

}  // namespace demarc
