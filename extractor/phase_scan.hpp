#pragma once
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/token_hash.hpp"
#include "extractor/rule_engine.hpp"
#include "extractor/rule_program.hpp"
#include "extractor/token_automaton.hpp"
#include "extractor/token_kinds.hpp"

namespace demarc {

/// What one thread keeps of a phase from document to document.
class PhaseScan {
public:
    PhaseScan(const RuleSet::Phase& phase, const Vocabulary& vocabulary) : automaton(phase.program), phase_(phase), vocabulary_(vocabulary) {}

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
        const std::uint16_t known = seen_[kind].first;
        return known != unknown ? known : seen_[kind].first = static_cast<std::uint16_t>(automaton.next(automaton.start(), symbol(kinds, kind)));
    }
    /// Whether a rule may begin at a token of the first kind before one of the second.
    [[nodiscard]] bool may_begin(const TokenKinds& kinds, std::uint32_t kind, std::uint32_t second) {
        const std::uint32_t state = first_state(kinds, kind);
        return TokenAutomaton::accepting(state) || automaton.goes_on(state, symbol(kinds, second));
    }
    [[nodiscard]] std::uint32_t symbol(const TokenKinds& kinds, std::uint32_t kind) {
        const std::uint16_t known = seen_[kind].symbol;
        return known != unknown ? known : find_symbol(kinds, kind);
    }

    TokenAutomaton automaton;

    /// Of the match that is looked at; kept for their memory.
    struct End {
        std::uint32_t token;
        std::uint32_t state;
    };
    std::vector<std::uint32_t> starts;  ///< tokens of the document at hand where a rule may begin; never made smaller
    std::vector<End> ends;              ///< where matches from one of them end, the shortest first
    std::vector<std::uint32_t> symbols;
    std::vector<std::int32_t> slots;
    std::vector<RuleMatch::Capture> captures;

private:
    // What is known of a kind of tokens: its symbol, and the state after it from the start.
    struct OfKind {
        std::uint16_t symbol = unknown, first = unknown;
    };
    static constexpr std::uint16_t unknown = 0xFFFF;
    static_assert(TokenAutomaton::max_symbols < unknown - 300 && 2 * TokenAutomaton::max_states < unknown - 600);
    // What the phase sees of a token without roles.
    struct Seen {
        std::uint64_t flags = 0;
        std::uint32_t shape = 0, entry_class = 0;
        friend bool operator==(const Seen&, const Seen&) = default;
    };
    struct SeenHash {
        std::size_t operator()(const Seen& seen) const { return mix_hash(seen.flags ^ token_hash_seed, (static_cast<std::uint64_t>(seen.entry_class) << 32 | seen.shape) ^ token_hash_seed); }
    };
    std::uint16_t find_symbol(const TokenKinds& kinds, std::uint32_t index);

    const RuleSet::Phase& phase_;
    const Vocabulary& vocabulary_;
    std::uint32_t generation_ = 0;
    std::vector<OfKind> seen_;  // by kind
    std::unordered_map<Seen, std::uint16_t, SeenHash> known_;
};

/// The phases of a rule set as one thread keeps them.
struct PhaseScans {
    std::vector<PhaseScan> phases;
    std::uint64_t rules = 0;                ///< RuleSet::identity
    std::uint32_t generation = 0;           ///< of the kinds that Learned::begins and pairs speak of
    /// The phases whose rules may begin at a token of one kind before one of another, of pairs met of late: texts have a few thousand pairs again and again, and most tokens
    /// that some rule begins with don't go on as it does.
    struct Pair {
        std::uint32_t kind = 0xFFFFFFFF, second = 0;
        std::uint16_t begins = 0;  ///< bit by phase
    };
    static constexpr unsigned pair_bits = 15;
    std::vector<Pair> pairs = std::vector<Pair>(std::size_t{1} << pair_bits);
    [[nodiscard]] Pair& pair_of(std::uint32_t kind, std::uint32_t second) { return pairs[(kind * 0x9e3779b1u ^ second * 0x85ebca77u) * 0xc2b2ae3du >> (32 - pair_bits)]; }
};
/// Phases have one bit each in Learned::begins and Workspace::may_begin.
inline constexpr std::size_t max_phases = 15;

}  // namespace demarc
