#include "extractor/extractor.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "extractor/acronyms.hpp"
#include "extractor/predicates.hpp"
#include "extractor/relations.hpp"
#include "extractor/resolvers.hpp"
#include "extractor/rule_engine.hpp"
#include "extractor/rule_program.hpp"

namespace demarc {
namespace {

constexpr std::array<Resolver, known_type_count + 1> resolvers = {resolve_person, resolve_organisation, resolve_unit, resolve_date, resolve_measure,
                                                resolve_place, resolve_area, resolve_line, resolve_coordinate, resolve_reference, resolve_declared};

// In place: a value has up to eight strings to move. A new mention's is a person's.
void put_empty_value(Mention& mention) {
    switch (mention.type) {
        case MentionType::person: return;
        case MentionType::organisation: mention.value.emplace<OrganisationValue>(); return;
        case MentionType::military_unit: mention.value.emplace<UnitValue>(); return;
        case MentionType::date: mention.value.emplace<DateValue>(); return;
        case MentionType::measure: mention.value.emplace<MeasureValue>(); return;
        case MentionType::place: mention.value.emplace<PlaceValue>(); return;
        case MentionType::area: mention.value.emplace<AreaValue>(); return;
        case MentionType::line: mention.value.emplace<LineValue>(); return;
        case MentionType::coordinate: mention.value.emplace<CoordinateValue>(); return;
        case MentionType::document_ref: mention.value.emplace<ReferenceValue>(); return;
        case MentionType::declared: mention.value.emplace<DeclaredValue>(); return;
    }
}

// Areas and lines may hold places, lines, measures, coordinates and bodies; nothing else holds anything, but for a place with its coordinate.
bool may_hold(MentionType outer) { return outer == MentionType::area || outer == MentionType::line; }

class Run {
public:
    Run(const RuleSet& rules, const Gazetteer& gazetteer, Workspace& ws, ExtractionObserver* observer)
        : context_{ws, gazetteer, rules}, ws_(ws), observer_(observer), year_(ws.document->metadata.date ? ws.document->metadata.date->year : 0) {}

    MatchOutcome on_match(const RuleMatch& match) {
        MatchOutcome outcome;
        const RuleSource& rule = match.rule();
        match.mention_ranges(ranges_);
        if (!rule.applies(year_, ws_.document->id)) {
            tell(match, match.tokens(), {MatchFate::out_of_force});
            return outcome;
        }
        for (const TokenRange range : ranges_) {
            const Made made = rule.decision == RuleSource::Decision::never ? note_refusal(rule, range) : rule.amend ? amend(match, range) : make(match, range);
            tell(match, range, made);
            if (made.fate != MatchFate::made && made.fate != MatchFate::amended) continue;
            outcome.accepted = true;
            outcome.next = std::max(outcome.next, range.last);
        }
        return outcome;
    }

private:
    struct Made {
        MatchFate fate;
        std::uint32_t mention = no_mention;
    };

    void tell(const RuleMatch& match, TokenRange range, Made made) const {
        if (observer_ != nullptr) observer_->fate(match, range, made.fate, made.mention);
    }

    std::unique_ptr<Mention> blank(const RuleMatch& match, TokenRange range) const {
        auto mention = std::make_unique_for_overwrite<Mention>();  // not zeroed first: most of the room of a value stays unused
        mention->type = match.rule().type;
        mention->span = ws_.span_of(range);
        mention->rule = match.rule().name;
        put_empty_value(*mention);
        mention->editorial = (ws_.flags[range.first] & flag::bracketed) != 0;
        return mention;
    }

    Made note_refusal(const RuleSource& rule, TokenRange range) {
        ws_.refusals.emplace(Workspace::refusal_key(range), &rule);
        return {MatchFate::refusal_noted};
    }

    Made make(const RuleMatch& match, TokenRange range) {
        const RuleSource& rule = match.rule();
        if (const auto other = in_the_way(rule.type, range); other != no_mention) return {MatchFate::in_the_way, other};
        if (refused(rule, range)) return {MatchFate::forbidden};
        std::unique_ptr<Mention> mention = blank(match, range);
        const Resolver resolve = rule.decision == RuleSource::Decision::none ? resolvers[static_cast<std::size_t>(rule.type)] : resolve_decision;
        if (!resolve(match, range, context_, *mention)) return {MatchFate::not_read};
        const std::uint16_t kind = rule.type == MentionType::declared ? context_.rules.vocabulary().lexicon_id("@" + rule.type_name) : Vocabulary::no_lexicon;
        return {MatchFate::made, ws_.add(std::move(mention), range, kind)};
    }

    // The rule adds to the mention that has exactly this range; its resolver sees the mention as it is.
    Made amend(const RuleMatch& match, TokenRange range) {
        const std::int32_t at = ws_.mention_at[range.first];
        if (at < 0) return {MatchFate::nothing_to_amend};
        const auto index = static_cast<std::uint32_t>(at);
        if (type_name(ws_.mentions[index]) != match.rule().type_name) return {MatchFate::nothing_to_amend};
        Mention mention = ws_.mentions[index];
        if (states_relation(match)) {
            if (!add_relation(match, context_, mention)) return {MatchFate::not_read};
        } else if (!resolvers[static_cast<std::size_t>(mention.type)](match, ws_.mention_tokens[index], context_, mention)) {
            return {MatchFate::not_read};
        }
        ws_.mentions[index] = std::move(mention);
        ws_.amendments.push_back({ws_.mentions[index].span, match.rule().name});
        return {MatchFate::amended, index};
    }

    // Whether a decision says `never` of exactly these words.
    bool refused(const RuleSource& rule, TokenRange range) const {
        if (ws_.refusals.empty()) return false;
        const auto [begin, end] = ws_.refusals.equal_range(Workspace::refusal_key(range));
        return std::any_of(begin, end, [&](const auto& refusal) { return refusal.second->type_name == "any" || refusal.second->type_name == rule.type_name; });
    }

    // No mention may cross another, and only areas and lines may hold others: the mention that forbids one here, or no_mention.
    std::uint32_t in_the_way(MentionType type, TokenRange range) const {
        for (std::uint32_t t = range.first; t < range.last; ++t) {
            const std::int32_t at = ws_.mention_at[t];
            if (at < 0) continue;
            const auto index = static_cast<std::uint32_t>(at);
            const TokenRange other = ws_.mention_tokens[index];
            if (other.first < range.first || other.last > range.last || !may_hold(type)) return index;
            if (other.first == range.first && other.last == range.last) return index;
        }
        return no_mention;
    }

    ResolveContext context_;
    Workspace& ws_;
    ExtractionObserver* observer_;
    int year_;  // of the document, 0 unknown
    std::vector<TokenRange> ranges_;
};

MentionList sorted(Workspace& ws) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> order;  // begin and how far the end is from the last one possible; mention
    order.reserve(ws.mentions.size());
    for (std::uint32_t i = 0; i < ws.mentions.size(); ++i) {
        const Span span = ws.mentions[i].span;
        order.emplace_back(std::uint64_t{span.begin} << 32 | (0xFFFFFFFF - span.end), i);
    }
    std::sort(order.begin(), order.end());
    std::vector<std::uint32_t>& position = ws.position;
    position.resize(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) position[order[i].second] = i;
    MentionList out;
    out.reserve(order.size());
    for (const auto& [place, index] : order) {
        out.push_back(ws.mentions.take(index));
        for (std::uint32_t& anchor : out.back().anchors) anchor = position[anchor];
        if (auto* line = std::get_if<LineValue>(&out.back().value)) {
            for (LineLeg& leg : line->legs) leg.anchor = position[leg.anchor];
        }
        for (Relation& relation : out.back().relations) {
            relation.target = position[relation.target];
            if (relation.date) relation.date = position[*relation.date];
        }
    }
    ws.mentions.clear();
    return out;
}

}  // namespace

void Extractor::read(std::span<const Document* const> documents, std::span<Workspace> workspaces, ExtractionObserver* observer) const {
    const auto step = [observer](std::string_view name) {
        if (observer != nullptr) observer->step(name);
    };
    workspaces = workspaces.first(documents.size());
    const auto each = [&](auto use) {
        for (Workspace& workspace : workspaces) use(ResolveContext{workspace, gazetteer_, rules_});
    };
    step("words");
    workspaces.front().learned->begin(rules_.programs(), rules_.vocabulary(), gazetteer_);
    for (std::size_t i = 0; i < documents.size(); ++i) {
        workspaces[i].load_next(*documents[i], rules_.vocabulary(), gazetteer_);
        find_abbreviations(workspaces[i]);
    }
    for (Workspace& workspace : workspaces) begin_phases(rules_, workspace);
    each(add_abbreviated_bodies);
    std::vector<Run> runs;
    runs.reserve(workspaces.size());
    for (Workspace& workspace : workspaces) runs.emplace_back(rules_, gazetteer_, workspace, observer);
    for (std::size_t phase = 0; phase < rules_.phases().size(); ++phase) {
        step(rules_.phases()[phase].name);
        for (std::size_t i = 0; i < workspaces.size(); ++i) {
            run_phase(rules_, phase, workspaces[i], [&run = runs[i]](const RuleMatch& match) { return run.on_match(match); }, observer);
        }
    }
    step("links");
    each(spread_abbreviations);
    for (Workspace& workspace : workspaces) complete_dates(workspace);
    each(link_people);
    each(repeat_places);
    each(take_abbreviation_points);
    each(link_units);
    for (Workspace& workspace : workspaces) complete_relations(workspace);
}

MentionList Extractor::extract(const Document& document, Workspace& workspace, ExtractionObserver* observer) const {
    const Document* const documents[] = {&document};
    read(documents, {&workspace, 1}, observer);
    return sorted(workspace);
}

std::vector<MentionList> Extractor::extract(std::span<const Document> documents, std::span<Workspace> workspaces) const {
    std::vector<MentionList> out(documents.size());
    if (documents.empty()) return out;
    // A workspace keeps room for the largest document that it had. The largest of every batch go into the same ones, so that few become large.
    std::vector<const Document*> by_size;
    by_size.reserve(documents.size());
    for (const Document& document : documents) by_size.push_back(&document);
    std::stable_sort(by_size.begin(), by_size.end(), [](const Document* a, const Document* b) { return a->text.size() > b->text.size(); });
    read(by_size, workspaces, nullptr);
    for (std::size_t i = 0; i < by_size.size(); ++i) out[static_cast<std::size_t>(by_size[i] - documents.data())] = sorted(workspaces[i]);
    return out;
}

std::vector<Workspace> batch_workspaces(std::size_t documents) {
    std::vector<Workspace> workspaces(documents);
    for (Workspace& workspace : workspaces) workspace.learned = workspaces.front().learned;
    return workspaces;
}

}  // namespace demarc
