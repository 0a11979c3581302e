#include "extractor/phase_scan.hpp"

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

void PhaseScan::trim() {
    constexpr std::size_t max_known = 1 << 16;
    const TokenAutomaton::Forgot forgot = automaton.trim();
    if (forgot != TokenAutomaton::Forgot::nothing) {
        ++renumberings_;
        for (OfKind& kind : seen_) kind.first = unknown;
    }
    if (forgot != TokenAutomaton::Forgot::states_and_symbols && known_.size() <= max_known) return;
    known_.clear();
    seen_.clear();
}

}  // namespace demarc
