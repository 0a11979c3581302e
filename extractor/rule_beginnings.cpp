#include "extractor/rule_beginnings.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/token_hash.hpp"

namespace demarc {

void RowNumbers::begin(std::size_t width) {
    width_ = width;
    count_ = 0;
    rows_.clear();
    slots_.assign(1024, 0);
}

// The slot of a row, or the free one for it.
std::size_t RowNumbers::slot(std::span<const std::uint16_t> row) const {
    std::uint64_t hash = token_hash_seed;
    for (const std::uint16_t value : row) hash = extend_sequence(hash, value);
    std::size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot] != 0 && !std::ranges::equal(row, this->row(slots_[slot] - 1))) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
}

std::uint32_t RowNumbers::number(std::span<const std::uint16_t> row) {
    std::uint32_t& known = slots_[slot(row)];
    if (known != 0) return known - 1;
    rows_.insert(rows_.end(), row.begin(), row.end());
    known = static_cast<std::uint32_t>(++count_);
    if (2 * count_ > slots_.size()) {
        slots_.assign(2 * slots_.size(), 0);
        for (std::uint32_t i = 0; i < count_; ++i) slots_[slot(this->row(i))] = i + 1;
    }
    return static_cast<std::uint32_t>(count_ - 1);
}

void RuleBeginnings::find(std::vector<PhaseScan>& phases, const TokenKinds& kinds, std::span<const std::uint32_t> kind_of, std::size_t first, std::size_t last, std::span<std::uint64_t> may_begin) {
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
        if (pair >> max_phases != known_of(hash)) [[unlikely]] pair = ask(phases, kinds, kind_of[t], kind_of[t + 1]);
        set(t, pair & phases_mask);
    }
    if (before_end < last) set(before_end, begins_[number(phases, kinds, kind_of[before_end]).first]);  // nothing follows
}

void RuleBeginnings::begin(std::vector<PhaseScan>& phases, const TokenKinds& kinds) {
    std::uint64_t renumberings = 0;
    for (PhaseScan& scan : phases) {
        scan.prepare(kinds);
        renumberings += scan.renumberings();
    }
    if (generation_ == kinds.generation() && renumberings_ == renumberings && !pairs_.empty()) {
        if (of_kind_.size() < kinds.size()) of_kind_.resize(kinds.size());
        return;
    }
    generation_ = kinds.generation();
    renumberings_ = renumberings;
    forget(phases.size(), kinds.size());
}

void RuleBeginnings::forget(std::size_t phases, std::size_t kinds) {
    of_kind_.assign(kinds, {});
    pairs_.assign(std::size_t{1} << pair_bits, 0);
    states_.begin(phases);
    symbols_.begin(phases);
    const std::array<std::uint16_t, max_phases> dead{};
    (void)states_.number(std::span(dead).first(phases));
    begins_.assign(1, 0);
}

RuleBeginnings::OfKind RuleBeginnings::number(std::vector<PhaseScan>& phases, const TokenKinds& kinds, std::uint32_t kind) {
    OfKind& known = of_kind_[kind];
    if (known.first != unknown) return known;
    std::array<std::uint16_t, max_phases> states{}, symbols{};
    std::uint16_t begins = 0;
    for (std::size_t p = 0; p < phases.size(); ++p) {
        symbols[p] = static_cast<std::uint16_t>(phases[p].symbol(kinds, kind));
        states[p] = static_cast<std::uint16_t>(phases[p].first_state(kinds, kind));
        if (states[p] != TokenAutomaton::dead) begins |= static_cast<std::uint16_t>(1u << p);
    }
    known.first = static_cast<std::uint16_t>(states_.number(std::span(states).first(phases.size())));
    known.second = static_cast<std::uint16_t>(symbols_.number(std::span(symbols).first(phases.size())));
    if (known.first == begins_.size()) begins_.push_back(begins);
    return known;
}

// The phases with a rule that goes on from a token of the first kind with one of the second, or that matches before it.
std::uint32_t RuleBeginnings::ask(std::vector<PhaseScan>& phases, const TokenKinds& kinds, std::uint32_t kind, std::uint32_t second) {
    if (of_kind_[kind].first == unknown || of_kind_[second].first == unknown) {  // they are known together
        for (PhaseScan& scan : phases) scan.hold_bounds(kinds);
        begin(phases, kinds);
        if (symbols_.size() > max_rows) forget(phases.size(), kinds.size());  // there are fewer rows of states
    }
    const std::uint32_t states = number(phases, kinds, kind).first, symbols = states != 0 ? number(phases, kinds, second).second : 0u;
    const std::span<const std::uint16_t> state = states_.row(states), symbol = symbols_.row(symbols);
    std::uint32_t both = 0;
    for (unsigned rest = begins_[states]; rest != 0; rest &= rest - 1) {
        const auto p = static_cast<std::size_t>(std::countr_zero(rest));
        if (TokenAutomaton::accepting(state[p]) || phases[p].automaton.goes_on(state[p], symbol[p])) both |= rest & -rest;
    }
    const std::uint32_t hash = hash_of(states, symbols);
    return pairs_[hash >> (32 - pair_bits)] = known_of(hash) << max_phases | both;
}

}  // namespace demarc
