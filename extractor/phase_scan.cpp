#include "extractor/phase_scan.hpp"

namespace demarc {

void PhaseScan::prepare(const TokenKinds& kinds) {
    if (generation_ != kinds.generation()) {
        generation_ = kinds.generation();
        symbols_.clear();
        firsts_.clear();
    }
    if (firsts_.size() == kinds.size()) return;
    symbols_.resize(kinds.size(), unknown);
    firsts_.resize(kinds.size(), unknown);
}

std::uint16_t PhaseScan::find_symbol(const TokenKinds& kinds, std::uint32_t kind) {
    return symbols_[kind] = static_cast<std::uint16_t>(automaton.symbol(kinds.answers(kind, phase_)));
}

void PhaseScan::trim() {
    const TokenAutomaton::Forgot forgot = automaton.trim();
    if (forgot == TokenAutomaton::Forgot::nothing) return;
    if (forgot == TokenAutomaton::Forgot::states_and_symbols) symbols_.clear();
    firsts_.clear();
}

}  // namespace demarc
