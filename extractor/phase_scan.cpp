#include "extractor/phase_scan.hpp"

#include <algorithm>
#include <bit>

namespace demarc {

void PhaseScan::prepare(const TokenKinds& kinds) {
    if (generation_ != kinds.generation()) {
        generation_ = kinds.generation();
        seen_.clear();
    }
    if (seen_.size() < kinds.size()) seen_.resize(kinds.size());
}

std::uint16_t PhaseScan::find_symbol(const TokenKinds& kinds, std::uint32_t index) {
    const TokenKinds::Kind& kind = kinds.kind(index);
    TokenFacts facts;
    facts.shape = kind.shape & phase_.program.shape_mask;
    facts.flags = kind.flags & phase_.program.flag_mask;
    for (const TokenKinds::Role role : kinds.roles(kind)) {
        const auto first = phase_.program.role_of.find(role.lexicon);
        if (first != phase_.program.role_of.end()) facts.roles.set(first->second + role.place);
    }
    if (kind.entry != Vocabulary::none) facts.lexicons = vocabulary_.entry(kind.entry).lexicons;
    std::uint16_t& symbol = seen_[index].symbol;
    if (facts.roles.any()) return symbol = static_cast<std::uint16_t>(automaton.symbol(facts));
    const Seen seen{facts.flags, facts.shape, kind.entry == Vocabulary::none ? 0 : phase_.entry_class[kind.entry]};
    const auto [known, added] = known_.try_emplace(seen, std::uint16_t{0});
    if (added) known->second = static_cast<std::uint16_t>(automaton.symbol(facts));
    return symbol = known->second;
}

std::uint16_t PhaseScan::find_first(const TokenKinds& kinds, std::uint32_t index) {
    const std::uint32_t state = automaton.next(automaton.start(), symbol(kinds, index));
    const auto [known, added] = first_of_.try_emplace(state, static_cast<std::uint16_t>(first_states_.size()));
    if (added) first_states_.push_back(state);
    return seen_[index].first = known->second;
}

bool PhaseScan::find_pair(std::size_t first, std::uint32_t symbol) {
    const std::uint32_t state = first_states_[first];
    const bool begins = TokenAutomaton::accepting(state) || automaton.goes_on(state, symbol);
    if (symbol / pairs_a_word >= pair_words_) {
        const std::size_t words = std::bit_ceil(symbol / pairs_a_word + std::size_t{1}), rows = pair_words_ == 0 ? 0 : std::min(pairs_.size() / pair_words_, max_pair_words / words);
        std::vector<std::uint64_t> wider(rows * words, 0);
        for (std::size_t row = 0; row < rows; ++row) std::copy_n(&pairs_[row * pair_words_], pair_words_, &wider[row * words]);
        pairs_ = std::move(wider);
        pair_words_ = words;
    }
    if ((first + 1) * pair_words_ > max_pair_words) return begins;
    if (pairs_.size() < (first + 1) * pair_words_) pairs_.resize((first + 1) * pair_words_, 0);
    pairs_[first * pair_words_ + symbol / pairs_a_word] |= (begins ? 3ull : 1ull) << (symbol % pairs_a_word * 2);
    return begins;
}

void PhaseScan::forget_firsts() {
    for (OfKind& kind : seen_) kind.first = unknown;
    first_states_.assign(1, TokenAutomaton::dead);
    first_of_ = {{TokenAutomaton::dead, std::uint16_t{0}}};
    pairs_.clear();
    pair_words_ = 0;
}

void PhaseScan::trim() {
    constexpr std::size_t max_known = 1 << 16;
    const TokenAutomaton::Forgot forgot = automaton.trim();
    if (forgot != TokenAutomaton::Forgot::nothing) forget_firsts();
    if (forgot != TokenAutomaton::Forgot::states_and_symbols && known_.size() <= max_known) return;
    known_.clear();
    seen_.clear();
}

}  // namespace demarc
