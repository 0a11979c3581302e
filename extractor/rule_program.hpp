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

// The compiled form behind RuleSet; for rule_set.cpp and rule_engine.cpp only.

/// An RE2 pattern that is compiled when it is first asked for. Safe for several threads at once.
class TextPattern {
public:
    TextPattern(std::string pattern, std::int64_t memory) : pattern_(std::move(pattern)), memory_(memory) {}
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

/// What one thread keeps of a phase from document to document.
class PhaseScan {
public:
    PhaseScan(const RuleSet::Phase& phase, const Vocabulary& vocabulary) : automaton(phase.program), phase_(phase), vocabulary_(vocabulary) {}

    /// Forgets what grew past its bound; call between documents, or between matches and then prepare().
    void trim();
    /// Call before a phase of a document, and whenever kinds were added.
    void prepare(const TokenKinds& kinds);
    /// The first token from `first` on where some rule may begin.
    [[nodiscard]] std::uint32_t next_start(const TokenKinds& kinds, const std::vector<std::uint32_t>& kind_of, std::uint32_t first) {
        const auto count = static_cast<std::uint32_t>(kind_of.size());
        const Start* known = starts_.data();
        while (true) {
            while (first < count && known[kind_of[first]] == Start::never) ++first;
            if (first == count || starts(kinds, kind_of[first])) return first;
        }
    }
    [[nodiscard]] std::uint32_t symbol(const TokenKinds& kinds, std::uint32_t kind) {
        return symbols_[kind] != TokenAutomaton::unknown ? symbols_[kind] : find_symbol(kinds, kind);
    }

    TokenAutomaton automaton;

private:
    enum class Start : std::uint8_t { unknown, never, maybe };
    // Whether some rule of the phase may begin at a token of this kind.
    [[nodiscard]] bool starts(const TokenKinds& kinds, std::uint32_t kind) {
        if (starts_[kind] == Start::unknown) starts_[kind] = automaton.next(automaton.start(), symbol(kinds, kind)) == TokenAutomaton::dead ? Start::never : Start::maybe;
        return starts_[kind] == Start::maybe;
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
    std::uint32_t find_symbol(const TokenKinds& kinds, std::uint32_t kind);

    const RuleSet::Phase& phase_;
    const Vocabulary& vocabulary_;
    std::uint32_t generation_ = 0;
    std::vector<std::uint32_t> symbols_;  // by kind
    std::vector<Start> starts_;           // by kind
    std::unordered_map<Seen, std::uint32_t, SeenHash> known_;
};

}  // namespace demarc
