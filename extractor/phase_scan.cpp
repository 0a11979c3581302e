#include "extractor/phase_scan.hpp"

namespace demarc {

void PhaseScan::prepare(const TokenKinds& kinds) {
    if (generation_ != kinds.generation()) {
        generation_ = kinds.generation();
        seen_.clear();
    }
    if (seen_.size() < kinds.size()) seen_.resize(kinds.size());
}

std::uint16_t PhaseScan::find_symbol(const TokenKinds& kinds, std::uint32_t kind) {
    return seen_[kind].symbol = static_cast<std::uint16_t>(automaton.symbol(answers_->of_phase(answers_->number(kinds, kind), phase_)));
}

void PhaseScan::trim() {
    const TokenAutomaton::Forgot forgot = automaton.trim();
    if (forgot == TokenAutomaton::Forgot::nothing) return;
    if (forgot == TokenAutomaton::Forgot::states_and_symbols) seen_.clear();
    for (OfKind& kind : seen_) kind.first = unknown;
}

}  // namespace demarc
