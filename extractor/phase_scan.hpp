#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "extractor/rule_engine.hpp"
#include "extractor/token_automaton.hpp"
#include "extractor/token_kinds.hpp"

namespace demarc {

/// What one thread keeps of a phase from document to document.
class PhaseScan {
public:
    /// `phase`: its place among those of the kinds.
    PhaseScan(const TokenProgram& program, std::size_t phase) : automaton(program), phase_(phase) {}

    /// Forgets what grew past its bound; call between documents, or between matches and then prepare().
    void trim();
    /// Call before a phase of a document, and whenever kinds were added.
    void prepare(const TokenKinds& kinds);
    /// trim() and prepare() where the automaton has outgrown its bounds.
    void hold_bounds(const TokenKinds& kinds) {
        if (!automaton.overgrown()) return;
        trim();
        prepare(kinds);
    }
    /// State after a first token of this kind; TokenAutomaton::dead where no rule may begin at it.
    [[nodiscard]] std::uint32_t first_state(const TokenKinds& kinds, std::uint32_t kind) {
        const std::uint16_t known = firsts_[kind];
        return known != unknown ? known : firsts_[kind] = static_cast<std::uint16_t>(automaton.next(automaton.start(), symbol(kinds, kind)));
    }
    [[nodiscard]] std::uint32_t symbol(const TokenKinds& kinds, std::uint32_t kind) {
        const std::uint16_t known = symbols_[kind];
        return known != unknown ? known : find_symbol(kinds, kind);
    }

    TokenAutomaton automaton;

    /// Of the match that is looked at; kept for their memory.
    struct End {
        std::uint32_t token;
        std::uint32_t state;
    };
    std::vector<End> ends;              ///< where matches from one of them end, the shortest first
    std::vector<std::uint32_t> symbols;
    std::vector<std::int32_t> slots;
    std::vector<RuleMatch::Capture> captures;

private:
    static constexpr std::uint16_t unknown = 0xFFFF;
    static_assert(TokenAutomaton::max_symbols < unknown - 300 && 2 * TokenAutomaton::max_states < unknown - 600);
    std::uint16_t find_symbol(const TokenKinds& kinds, std::uint32_t kind);

    std::size_t phase_;
    std::uint32_t generation_ = 0;
    std::vector<std::uint16_t> symbols_, firsts_;  // by kind: its symbol, and the state after it from the start
};

}  // namespace demarc
