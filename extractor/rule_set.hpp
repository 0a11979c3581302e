#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "extractor/rule_source.hpp"
#include "extractor/vocabulary.hpp"

namespace demarc {

struct TokenProgram;

/// Rules compiled for matching. Immutable afterwards; shared by all threads.
///
/// The token patterns of a phase are one program for one automaton over tokens, so that the number of rules costs next to nothing.
/// See docs/rule-engine.md.
class RuleSet {
public:
    struct Rule;
    struct Phase;
    struct State;

    /// Errors: bad_data (rule file and line; unknown name; pattern over its memory budget).
    [[nodiscard]] static Result<RuleSet> compile(RuleSources sources);

    /// The compiled set as bytes, for a program to hold: reading them takes a tenth of the time of compiling. The bytes fit the machine and version
    /// that wrote them.
    [[nodiscard]] std::string snapshot() const;
    /// A set from such bytes. Its sources() lack what matching doesn't need: patterns, examples, definitions and most lexicons.
    /// Errors: bad_data (cut off, of another version).
    [[nodiscard]] static Result<RuleSet> from_snapshot(std::span<const std::byte> bytes);

    RuleSet(RuleSet&&) noexcept;
    RuleSet& operator=(RuleSet&&) noexcept;
    ~RuleSet();

    [[nodiscard]] const Vocabulary& vocabulary() const;
    [[nodiscard]] const std::vector<Phase>& phases() const;
    /// Programs of the phases.
    [[nodiscard]] std::span<const TokenProgram* const> programs() const;
    [[nodiscard]] std::size_t rule_count() const;
    [[nodiscard]] const RuleSources& sources() const;
    /// A lexicon whose lines a resolver reads as a table, one of table_lexicons; null where there is none.
    [[nodiscard]] const LexiconSource* table(std::string_view lexicon) const;
    [[nodiscard]] const std::string& digest() const;
    /// Differs between any two compiled sets of a process.
    [[nodiscard]] std::uint64_t identity() const;

private:
    explicit RuleSet(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace demarc
