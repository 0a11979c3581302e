#pragma once
#include "base/mention.hpp"
#include "extractor/rule_engine.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/workspace.hpp"
#include "gazetteer/gazetteer.hpp"

namespace demarc {

/// What a resolver may look at and change.
struct ResolveContext {
    Workspace& workspace;
    const Gazetteer& gazetteer;
    const RuleSet& rules;
};

/// A resolver turns a rule's match into the value of one mention. `range` is the mention's tokens, which may be fewer than the match's.
/// The mention comes with type, span, rule and editorial filled in; the resolver sets value, status, confidence, candidates, why, anchors.
/// Returns false to refuse the match (30 February, a unit word that isn't one here): the next rule is tried.
/// Each reads the keys of the rule's `value` and the captures that docs/rules.md lists for its type.
using Resolver = bool (*)(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention);

[[nodiscard]] bool resolve_person(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention);
[[nodiscard]] bool resolve_organisation(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention);
[[nodiscard]] bool resolve_unit(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention);
[[nodiscard]] bool resolve_date(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention);
[[nodiscard]] bool resolve_measure(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention);
[[nodiscard]] bool resolve_place(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention);
[[nodiscard]] bool resolve_area(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention);
[[nodiscard]] bool resolve_line(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention);
[[nodiscard]] bool resolve_coordinate(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention);
[[nodiscard]] bool resolve_reference(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention);
/// Fills in a kind that rules declare: its name, and its fields from the rule's `value`.
[[nodiscard]] bool resolve_declared(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention);
/// Makes what a line `always …` of a decision file says; sets `decided`.
[[nodiscard]] bool resolve_decision(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention);

/// After the last phase, over all mentions of the document.
/// Dates that could not be completed alone take their year from the document date or from the dates before them.
void complete_dates(Workspace& workspace);
/// Names that mean the same person or body become one entity: family names and cover names to the full name, misprints to the right spelling.
void link_people(const ResolveContext& context);
/// Names of the gazetteer that stood on evidence once ("at Salem") are places wherever they stand again, unless a person of the document bears them;
/// so are names in a list with places.
void repeat_places(const ResolveContext& context);

/// Takes the point behind an abbreviated place into it: "Mo.", "U.S.", "W. Va.".
void take_abbreviation_points(const ResolveContext& context);
/// Units without a nation, or without their arm, become the one unit of the document that has the same number and size and says more:
/// "Eighth Army" beside "US Eighth Army", "24th Division" beside "24th Infantry Division". Where two would fit, none is taken.
void link_units(const ResolveContext& context);

}  // namespace demarc
