#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "extractor/token_pattern.hpp"
#include "extractor/vocabulary.hpp"

namespace demarc {

/// Roles that a token has in lexicon entries of several tokens: three bits (begin, inside, last) for each lexicon that a phase asks about.
inline constexpr std::size_t max_roles = 384;
using RoleMask = std::bitset<max_roles>;

/// A test of one token: every bit of the `all` masks, none of the `none` masks; member of all of one list of lexicons, of none of the other.
struct TokenTest {
    std::uint32_t shape_all = 0, shape_none = 0;
    std::uint64_t flag_all = 0, flag_none = 0;
    RoleMask role_all, role_none;
    std::vector<std::uint16_t> lexicon_all, lexicon_none;
    friend bool operator==(const TokenTest&, const TokenTest&) = default;
};

/// One step of a pattern's program.
struct Instruction {
    enum class Op : std::uint8_t { token, split, jump, save, match } op = Op::match;
    std::uint32_t x = 0;  ///< token: index of the test; split, jump: target; save: slot; match: rule
    std::uint32_t y = 0;  ///< split: second target, tried after the first
};

/// The patterns of one phase as one program for a nondeterministic automaton (K. Thompson, 1968): programs of the rules one after another,
/// each from its start to its match instruction.
struct TokenProgram {
    std::vector<Instruction> code;
    std::vector<TokenTest> tests;           ///< distinct
    std::vector<std::uint32_t> starts;      ///< by rule
    std::vector<std::vector<std::string>> captures;  ///< by rule: slot/2 -> name
    std::map<std::uint16_t, std::uint16_t> role_of;  ///< lexicon -> its first role bit
    std::unordered_multimap<std::uint64_t, std::uint32_t> test_of;  ///< digest of a test -> its index, while patterns are added

    /// Words of 64 bits for a bit by test.
    [[nodiscard]] std::size_t test_words() const { return tests.size() / 64 + 1; }
    /// Adds a rule's pattern; its index is starts.size() before. Errors: bad_data (unknown names, two things of several tokens in one
    /// atom, more than max_instructions for one rule, more than max_roles or max_tests for a phase).
    [[nodiscard]] Status add(const PatternNode& pattern, Vocabulary& vocabulary);
    static constexpr std::size_t max_instructions = 20'000;
    static constexpr std::size_t max_tests = 50'000;
};

}  // namespace demarc
