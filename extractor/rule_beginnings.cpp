#include "extractor/rule_beginnings.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "extractor/rule_program.hpp"

namespace demarc {

namespace {

std::vector<const TokenProgram*> programs_of(const RuleSet& rules) {
    std::vector<const TokenProgram*> programs;
    for (const RuleSet::Phase& phase : rules.phases()) programs.push_back(&phase.program);
    return programs;
}

}  // namespace

PhaseScans::PhaseScans(const RuleSet& set) : answers(programs_of(set), set.vocabulary()), rules(set.identity()) {
    for (std::size_t p = 0; p < set.phases().size(); ++p) phases.emplace_back(set.phases()[p].program, p, answers);
}

void RuleBeginnings::find(PhaseScans& scans, const TokenKinds& kinds, std::span<const std::uint32_t> kind_of, std::size_t first, std::size_t last, std::span<std::uint64_t> may_begin) {
    const std::size_t words = words_of(kind_of.size());
    const auto set = [&](std::size_t token, unsigned begins) {
        for (; begins != 0; begins &= begins - 1) may_begin[static_cast<std::size_t>(std::countr_zero(begins)) * words + token / 64] |= std::uint64_t{1} << (token % 64);
    };
    for (std::size_t t = first; t < last;) {
        const std::size_t end = std::min(last, (t / 64 + 1) * 64);
        const std::uint64_t stale = ~std::uint64_t{0} << (t % 64) & ~std::uint64_t{0} >> (63 - (end - 1) % 64);
        for (std::size_t word = t / 64; word < may_begin.size(); word += words) may_begin[word] &= ~stale;
        t = end;
    }
    const OfKind* const of_kind = of_kind_.data();
    const std::uint32_t* const pairs = pairs_.data();
    const std::size_t before_end = std::min(last, kind_of.size() - 1);
    for (std::size_t t = first; t < before_end; ++t) {
        // What isn't known yet has numbers that no pair in the table has. Behind a token that nothing begins with all symbols are one.
        const std::uint32_t states = of_kind[kind_of[t]].first, any = states != 0 ? ~0u : 0u, hash = hash_of(states, of_kind[kind_of[t + 1]].second & any);
        std::uint32_t pair = pairs[hash >> (32 - pair_bits)];
        if (pair >> max_phases != known_of(hash)) [[unlikely]] pair = ask(scans, kinds, kind_of[t], kind_of[t + 1]);
        set(t, pair & phases_mask);
    }
    if (before_end < last) {  // nothing follows
        if (of_kind_[kind_of[before_end]].first == unknown) hold_bounds(scans, kinds);
        set(before_end, begins_[number(scans, kinds, kind_of[before_end]).first]);
    }
}

void RuleBeginnings::begin(PhaseScans& scans, const TokenKinds& kinds) {
    std::uint64_t renumberings = 0;
    for (PhaseScan& scan : scans.phases) {
        scan.prepare(kinds);
        renumberings += scan.renumberings();
    }
    if (generation_ == kinds.generation() && renumberings_ == renumberings && !pairs_.empty()) {
        if (of_kind_.size() < kinds.size()) of_kind_.resize(kinds.size());
        return;
    }
    generation_ = kinds.generation();
    renumberings_ = renumberings;
    forget(scans, kinds);
}

void RuleBeginnings::forget(PhaseScans& scans, const TokenKinds& kinds) {
    of_kind_.assign(kinds.size(), {});
    pairs_.assign(std::size_t{1} << pair_bits, 0);
    asked_first_.clear();
    for (const PhaseScan& scan : scans.phases) {
        const std::span<const std::uint64_t> asked = scan.automaton.asked(scan.automaton.start());
        asked_first_.insert(asked_first_.end(), asked.begin(), asked.end());
    }
    of_answers_.clear();
    first_answers_.begin(asked_first_.size());
    of_first_.clear();
    states_.begin(scans.phases.size());
    const std::array<std::uint16_t, max_phases> dead{};
    (void)states_.number(std::span(dead).first(scans.phases.size()));
    begins_.assign(1, 0);
}

void RuleBeginnings::hold_bounds(PhaseScans& scans, const TokenKinds& kinds) {
    for (PhaseScan& scan : scans.phases) scan.hold_bounds(kinds);
    begin(scans, kinds);
    if (scans.answers.size() <= TokenAnswers::max_rows) return;
    scans.answers.forget();
    forget(scans, kinds);
}

RuleBeginnings::OfKind RuleBeginnings::number(PhaseScans& scans, const TokenKinds& kinds, std::uint32_t kind) {
    OfKind& known = of_kind_[kind];
    if (known.first != unknown) return known;
    const std::uint32_t answers = scans.answers.number(kinds, kind);
    if (of_answers_.size() <= answers) of_answers_.resize(scans.answers.size(), unknown);
    std::uint16_t& states = of_answers_[answers];
    if (states == unknown) states = number_states(scans, kinds, kind, answers);
    return known = {states, static_cast<std::uint16_t>(answers)};
}

// Most tokens differ in nothing that rules ask of the first one: states are asked for what they answer to that.
std::uint16_t RuleBeginnings::number_states(PhaseScans& scans, const TokenKinds& kinds, std::uint32_t kind, std::uint32_t answers) {
    const std::span<const std::uint64_t> row = scans.answers.row(answers);
    row_.resize(row.size());
    for (std::size_t word = 0; word < row.size(); ++word) row_[word] = row[word] & asked_first_[word];
    const std::uint32_t first = first_answers_.number(row_);
    if (first < of_first_.size()) return of_first_[first];
    std::array<std::uint16_t, max_phases> states{};
    std::uint16_t begins = 0;
    for (std::size_t p = 0; p < scans.phases.size(); ++p) {
        PhaseScan& scan = scans.phases[p];
        if (!scan.automaton.goes_on(scan.automaton.start(), scans.answers.of_phase(answers, p))) continue;
        states[p] = static_cast<std::uint16_t>(scan.first_state(kinds, kind));
        begins |= static_cast<std::uint16_t>(1u << p);
    }
    of_first_.push_back(static_cast<std::uint16_t>(states_.number(std::span(states).first(scans.phases.size()))));
    if (of_first_.back() == begins_.size()) begins_.push_back(begins);
    return of_first_.back();
}

// The phases with a rule that goes on from a token of the first kind with one of the second, or that matches before it.
std::uint32_t RuleBeginnings::ask(PhaseScans& scans, const TokenKinds& kinds, std::uint32_t kind, std::uint32_t second) {
    if (of_kind_[kind].first == unknown || of_kind_[second].first == unknown) hold_bounds(scans, kinds);  // they are known together
    const std::uint32_t states = number(scans, kinds, kind).first, answers = states != 0 ? number(scans, kinds, second).second : 0u;
    const std::span<const std::uint16_t> state = states_.row(states);
    std::uint32_t both = 0;
    for (unsigned rest = begins_[states]; rest != 0; rest &= rest - 1) {
        const auto p = static_cast<std::size_t>(std::countr_zero(rest));
        if (TokenAutomaton::accepting(state[p]) || scans.phases[p].automaton.goes_on(state[p], scans.answers.of_phase(answers, p))) both |= rest & -rest;
    }
    const std::uint32_t hash = hash_of(states, answers);
    return pairs_[hash >> (32 - pair_bits)] = known_of(hash) << max_phases | both;
}

}  // namespace demarc
