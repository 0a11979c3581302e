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
    PhaseScan(const RuleSet::Phase& phase, const Vocabulary& vocabulary) : automaton(phase.program), phase_(phase), vocabulary_(vocabulary) { forget_firsts(); }

    /// Forgets what grew past its bound; call between documents, or between matches and then prepare().
    void trim();
    /// Call before a phase of a document, and whenever kinds were added.
    void prepare(const TokenKinds& kinds);
    /// State after a first token of this kind; TokenAutomaton::dead where no rule may begin at it.
    [[nodiscard]] std::uint32_t first_state(const TokenKinds& kinds, std::uint32_t kind) { return first_states_[first(kinds, kind)]; }
    /// Whether a rule may begin at a token of the first kind before one of the second.
    [[nodiscard]] bool may_begin(const TokenKinds& kinds, std::uint32_t kind, std::uint32_t second) {
        const std::size_t row = first(kinds, kind);
        const std::uint32_t next = symbol(kinds, second);
        const std::size_t at = row * pair_words_ + next / pairs_a_word;
        const std::uint64_t pair = next / pairs_a_word < pair_words_ && at < pairs_.size() ? pairs_[at] >> (next % pairs_a_word * 2) : 0;
        return (pair & 1u) != 0 ? (pair & 2u) != 0 : find_pair(row, next);
    }
    [[nodiscard]] std::uint32_t symbol(const TokenKinds& kinds, std::uint32_t kind) {
        const std::uint16_t known = seen_[kind].symbol;
        return known != unknown ? known : find_symbol(kinds, kind);
    }

    /// Words of 64 bits of what is known of pairs.
    [[nodiscard]] std::size_t pair_words() const { return pairs_.size(); }
    static constexpr std::size_t max_pair_words = 1u << 20;

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
    // What is known of a kind of tokens: its symbol, and the place of the state after it in first_states_.
    struct OfKind {
        std::uint16_t symbol = unknown, first = unknown;
    };
    static constexpr std::uint16_t unknown = 0xFFFF;
    static_assert(TokenAutomaton::max_symbols < unknown && TokenAutomaton::max_states < unknown);
    static constexpr std::size_t pairs_a_word = 32;
    [[nodiscard]] std::uint16_t first(const TokenKinds& kinds, std::uint32_t kind) {
        const std::uint16_t known = seen_[kind].first;
        return known != unknown ? known : find_first(kinds, kind);
    }
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
    std::uint16_t find_first(const TokenKinds& kinds, std::uint32_t index);
    bool find_pair(std::size_t first, std::uint32_t symbol);
    void forget_firsts();

    const RuleSet::Phase& phase_;
    const Vocabulary& vocabulary_;
    std::uint32_t generation_ = 0;
    std::vector<OfKind> seen_;  // by kind
    std::vector<std::uint32_t> first_states_;  // the dead one, then others as they are met
    std::unordered_map<std::uint32_t, std::uint16_t> first_of_;  // state -> its place there
    // A row of two bits a symbol for each of these: known, and whether it goes on with the symbol or a rule matches before it. What stands often in texts is met early: the
    // rows' beginnings, which the nearest cache holds, answer nearly always.
    std::vector<std::uint64_t> pairs_;
    std::size_t pair_words_ = 0;
    std::unordered_map<Seen, std::uint16_t, SeenHash> known_;
};

/// The phases of a rule set as one thread keeps them.
struct PhaseScans {
    std::vector<PhaseScan> phases;
    std::uint64_t rules = 0;                ///< RuleSet::identity
    std::uint32_t generation = 0;           ///< of the kinds that Learned::begins speaks of
};
/// Phases have one bit each in Learned::begins and Workspace::may_begin.
inline constexpr std::size_t max_phases = 15;

}  // namespace demarc
