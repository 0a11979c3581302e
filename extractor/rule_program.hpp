#pragma once
#include <re2/re2.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/token_hash.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/token_automaton.hpp"
#include "extractor/token_kinds.hpp"
#include "extractor/token_program.hpp"

namespace demarc {

// The compiled form behind RuleSet; for rule_set.cpp, rule_snapshot.cpp and rule_engine.cpp only.

/// An RE2 pattern that is compiled when it is first asked for. Safe for several threads at once.
class TextPattern {
public:
    TextPattern(std::string pattern, std::int64_t memory) : pattern_(std::move(pattern)), memory_(memory) {}
    [[nodiscard]] const std::string& pattern() const { return pattern_; }
    [[nodiscard]] std::int64_t memory() const { return memory_; }
    [[nodiscard]] const re2::RE2& get() const {
        std::call_once(once_, [this] {
            re2::RE2::Options options;
            options.set_log_errors(false);
            options.set_max_mem(memory_);
            compiled_ = std::make_unique<re2::RE2>(pattern_, options);
        });
        return *compiled_;
    }

private:
    std::string pattern_;
    std::int64_t memory_;
    mutable std::once_flag once_;
    mutable std::unique_ptr<re2::RE2> compiled_;
};

struct RuleSet::Rule {
    const RuleSource* source = nullptr;
    std::unique_ptr<TextPattern> text;  ///< null for token rules
};

struct RuleSet::Phase {
    std::string_view name;
    std::vector<Rule> rules;                 ///< by descending priority, then name
    std::uint32_t decisions = 0;             ///< how many of them, the first, are decisions
    TokenProgram program;                    ///< of all rules, in their order
    std::vector<std::uint32_t> entry_class;  ///< by vocabulary entry: 0 where no rule of the phase asks about it; entries alike have one class
};

struct RuleSet::State {
    RuleSources sources;
    Vocabulary vocabulary;
    std::vector<Phase> phases;
    std::uint64_t identity = next_identity();

private:
    static std::uint64_t next_identity();
};

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

    TokenAutomaton automaton;
    std::vector<std::uint32_t> starts;  ///< tokens of the document at hand where a rule may begin

private:
    // What is known of a kind of tokens: its symbol, and the place of the state after it in first_states_.
    struct OfKind {
        std::uint16_t symbol = unknown, first = unknown;
    };
    static constexpr std::uint16_t unknown = 0xFFFF;
    static_assert(TokenAutomaton::max_symbols < unknown && TokenAutomaton::max_states < unknown);
    static constexpr std::size_t pairs_a_word = 32, max_pair_words = 1u << 20;
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
