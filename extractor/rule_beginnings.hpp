#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "extractor/phase_scan.hpp"
#include "extractor/row_numbers.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/token_kinds.hpp"

namespace demarc {

/// Tells the tokens where rules may begin by two tokens that stand together: most tokens that some rule begins with don't go on as it does. Of the first counts only what is asked
/// behind it in all phases, in which a third of the kinds of tokens differ, and texts have a few thousand pairs of these and kinds again and again. Makes no states. Kept by one thread from document to document.
class RuleBeginnings {
public:
    static constexpr std::size_t max_phases = 14;

    /// Of the phases it notes what their rules begin with.
    explicit RuleBeginnings(std::vector<PhaseScan>& phases);
    /// Call before a series of find(), and again where kinds were added: forgets what is known where kinds have other numbers by now.
    void begin(const TokenKinds& kinds);
    /// Words of 64 bits that a phase takes in `may_begin`.
    [[nodiscard]] static std::size_t words_of(std::size_t tokens) { return (tokens + 63) / 64; }
    /// Makes the bits of tokens [first, last) of a document in may_begin, which has words_of(tokens) words a phase: set where a rule of the phase may begin; those of other tokens stay.
    /// `kind_of`: of all tokens, one at least; last <= its size. `kinds`: of the same phases.
    void find(const TokenKinds& kinds, std::span<const std::uint32_t> kind_of, std::size_t first, std::size_t last, std::span<std::uint64_t> may_begin);

private:
    static constexpr std::uint16_t unknown = 0xFFFF;
    static constexpr std::size_t max_rows = 65'000, max_row_bytes = 64u << 20;
    // Kinds past this number, of which there are none in most texts, are asked each time.
    static constexpr std::uint32_t last_numbered = 0xFFFE, unnumbered = 0xFFFF;
    static std::uint32_t number_of(std::uint32_t kind) { return kind <= last_numbered ? kind : unnumbered; }
    // A pair's slot is given by the upper bits of its hash, which no other pair has: the lower ones, a bit that says that they are known, and one by phase fill four bytes.
    static constexpr unsigned pair_bits = 15;
    static constexpr std::uint32_t phases_mask = (1u << max_phases) - 1, tag_mask = (1u << (32 - pair_bits)) - 1;
    static_assert(32 - pair_bits + 1 + max_phases == 32);
    // An odd factor gives each pair a hash of its own.
    static std::uint32_t hash_of(std::uint32_t first, std::uint32_t second) { return (first << 16 | second) * 0x9e3779b1u; }
    static std::uint32_t known_of(std::uint32_t hash) { return (hash & tag_mask) << 1 | 1u; }
    // What is asked behind a first token: words of bits by test, where any are set.
    struct Asked {
        std::uint64_t tests = 0;
        std::uint32_t word = 0, phase = 0;  // the phase's bit
    };
    struct AskedRange {
        std::uint32_t begin = 0, end = 0;
    };
    struct Behind {
        std::uint32_t begins = 0, alone = 0;  // the phases that begin with the token, and those with a rule that matches it alone
        AskedRange asked;                     // of the others
    };

    void forget(const TokenKinds& kinds);
    // Number of what is asked behind a kind.
    std::uint16_t first_of(const TokenKinds& kinds, std::uint32_t kind);
    std::uint16_t number_first(std::span<const std::uint64_t> answers);
    std::uint16_t number_behind();
    std::uint32_t ask(const TokenKinds& kinds, std::uint32_t kind, std::uint32_t second);

    std::vector<std::size_t> begin_of_;       // a phase's first word in rows of tests; one more than phases
    std::vector<std::uint64_t> asked_first_;  // bit by test: asked where a rule begins
    std::vector<std::uint64_t> alone_;        // bit by test: a rule matches the token that passes it, if it is the first
    std::vector<AskedRange> behind_of_;       // by test: what its phase asks behind such a token, in `behind_`
    std::vector<Asked> behind_;
    std::uint32_t generation_ = 0;            // of the kinds
    std::vector<std::uint16_t> first_of_;     // by kind: number of what is asked behind it, 0 where no phase begins with it
    RowNumbers<std::uint64_t> first_answers_; // answers to what is asked first
    std::vector<std::uint16_t> of_first_;     // number of what is asked behind, by number of these
    RowNumbers<std::uint64_t> asked_behind_;  // bit by test, and a word more: the phases that begin with the token, and those that match it alone
    std::vector<Behind> behind_rows_;         // the same as these say, for asking
    std::vector<Asked> asked_;
    std::vector<std::uint64_t> row_, behind_row_;  // in the making
    std::vector<std::uint32_t> pairs_;
};

/// The phases of a rule set as one thread keeps them. The set must outlive it.
struct PhaseScans {
    explicit PhaseScans(const RuleSet& rules);

    std::vector<PhaseScan> phases;
    RuleBeginnings beginnings;
    std::uint64_t rules = 0;  ///< RuleSet::identity
};

}  // namespace demarc
