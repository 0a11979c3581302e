#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "extractor/phase_scan.hpp"
#include "extractor/token_kinds.hpp"

namespace demarc {

/// Numbers rows of a fixed width by what stands in them, in the order in which they are met.
class RowNumbers {
public:
    /// Forgets all rows.
    void begin(std::size_t width);
    [[nodiscard]] std::uint32_t number(std::span<const std::uint16_t> row);
    [[nodiscard]] std::span<const std::uint16_t> row(std::uint32_t number) const { return std::span(rows_).subspan(number * width_, width_); }
    [[nodiscard]] std::size_t size() const { return count_; }

private:
    [[nodiscard]] std::size_t slot(std::span<const std::uint16_t> row) const;

    std::size_t width_ = 0, count_ = 0;
    std::vector<std::uint16_t> rows_;
    std::vector<std::uint32_t> slots_;  // number + 1; 0: free; at most half of them taken
};

/// Tells the tokens where rules may begin by two tokens that stand together: most tokens that some rule begins with don't go on as it does. Of the first counts only what states
/// it leads to in all phases, of the second what symbols it is in these: a fifth of the kinds of tokens that there are differ in the one, two thirds in the other, and texts
/// have a few thousand pairs of these again and again. Kept by one thread from document to document.
class RuleBeginnings {
public:
    static constexpr std::size_t max_phases = 14;

    /// Call before a series of find(), and again where kinds were added or another used the phases: forgets what is known where kinds, states or symbols have other numbers by now.
    void begin(std::vector<PhaseScan>& phases, const TokenKinds& kinds);
    /// Words of 64 bits that a phase takes in `may_begin`.
    [[nodiscard]] static std::size_t words_of(std::size_t tokens) { return (tokens + 63) / 64; }
    /// Makes the bits of tokens [first, last) of a document in may_begin, which has words_of(tokens) words a phase: set where a rule of the phase may begin; those of other tokens stay.
    /// `kind_of`: of all tokens, one at least; last <= its size.
    void find(std::vector<PhaseScan>& phases, const TokenKinds& kinds, std::span<const std::uint32_t> kind_of, std::size_t first, std::size_t last, std::span<std::uint64_t> may_begin);

private:
    static constexpr std::uint16_t unknown = 0xFFFF;
    static constexpr std::size_t max_rows = 65'000;
    struct OfKind {
        std::uint16_t first = unknown;   // number of its states, 0 where no phase begins with it
        std::uint16_t second = unknown;  // number of its symbols
    };
    // A pair's slot is given by the upper bits of its hash, which no other pair has: the lower ones, a bit that says that they are known, and one by phase fill four bytes.
    static constexpr unsigned pair_bits = 15;
    static constexpr std::uint32_t phases_mask = (1u << max_phases) - 1, tag_mask = (1u << (32 - pair_bits)) - 1;
    static_assert(32 - pair_bits + 1 + max_phases == 32);
    // An odd factor gives each pair a hash of its own.
    static std::uint32_t hash_of(std::uint32_t first, std::uint32_t second) { return (first << 16 | second) * 0x9e3779b1u; }
    static std::uint32_t known_of(std::uint32_t hash) { return (hash & tag_mask) << 1 | 1u; }

    void forget(std::size_t phases, std::size_t kinds);
    OfKind number(std::vector<PhaseScan>& phases, const TokenKinds& kinds, std::uint32_t kind);
    std::uint32_t ask(std::vector<PhaseScan>& phases, const TokenKinds& kinds, std::uint32_t kind, std::uint32_t second);

    std::uint32_t generation_ = 0;            // of the kinds
    std::uint64_t renumberings_ = 0;            // PhaseScan::renumberings of all phases when the rows were made
    std::vector<OfKind> of_kind_;
    RowNumbers states_, symbols_;             // by phase
    std::vector<std::uint16_t> begins_;       // by number of states: bit by phase
    std::vector<std::uint32_t> pairs_;
};

/// The phases of a rule set as one thread keeps them.
struct PhaseScans {
    std::vector<PhaseScan> phases;
    RuleBeginnings beginnings;
    std::uint64_t rules = 0;  ///< RuleSet::identity
};

}  // namespace demarc
