#pragma once
#include <re2/re2.h>
#include <re2/set.h>

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "extractor/rule_set.hpp"
#include "extractor/token_pattern.hpp"

namespace demarc {

// The compiled form behind RuleSet; for rule_set.cpp and rule_engine.cpp only.

/// A letter of a phase's alphabet: one byte, or a lead byte 0xC0..0xDF and a trail byte 0xE0..0xFF. 0: none.
using Letter = std::uint16_t;

/// Letters of a thing that may span tokens.
struct SpanLetters {
    Letter single = 0;  ///< a lexicon entry of one token
    Letter begin = 0, inside = 0, last = 0;
};

struct Alphabet {
    std::vector<std::pair<std::uint32_t, Letter>> shapes;   ///< shape bit -> letter, ascending letters
    std::vector<std::pair<std::uint64_t, Letter>> flags;    ///< flag bit -> letter, ascending
    std::map<std::uint16_t, SpanLetters> lexicons;          ///< by lexicon id
    std::uint32_t shape_mask = 0;
    std::uint64_t flag_mask = 0;
    [[nodiscard]] Letter shape_letter(std::uint32_t bit) const;
    [[nodiscard]] Letter flag_letter(std::uint64_t bit) const;
};

/// Writes a pattern as RE2 text over a phase's alphabet. `named`: with captures. Errors: unknown names.
[[nodiscard]] Result<std::string> encode_pattern(const PatternNode& node, const Alphabet& alphabet, const Vocabulary& vocabulary, bool named);

struct RuleSet::Rule {
    const RuleSource* source = nullptr;
    PatternNode pattern;
    std::string encoded;                 ///< with captures
    std::unique_ptr<re2::RE2> text;      ///< text pattern, anchored; null for token rules
    [[nodiscard]] const re2::RE2& matcher() const;  ///< compiled on first use

private:
    mutable std::once_flag once_;
    mutable std::unique_ptr<re2::RE2> matcher_;
};

struct RuleSet::Phase {
    std::string_view name;
    Alphabet alphabet;
    std::vector<std::unique_ptr<Rule>> rules;  ///< by descending priority, then name
    std::unique_ptr<re2::RE2> all;             ///< union of the token patterns, longest match; null where the phase has no rule
    std::unique_ptr<re2::RE2::Set> which;      ///< anchored both sides
    /// Letters of each vocabulary entry in this phase (single-token lexicons and literals): slices of `letters`.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> entry_letters;
    std::string letters;
};

/// Appends a letter's bytes.
inline void append_letter(std::string& out, Letter letter) {
    if (letter > 0xFF) out += static_cast<char>(letter >> 8);
    out += static_cast<char>(letter & 0xFF);
}

}  // namespace demarc
