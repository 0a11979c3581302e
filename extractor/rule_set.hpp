#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "extractor/rule_source.hpp"
#include "extractor/vocabulary.hpp"

namespace demarc {

/// Rules compiled for matching. Immutable afterwards; shared by all threads.
///
/// The token patterns of a phase are one program for one automaton over tokens, so that the number of rules costs next to nothing.
/// See docs/rule-engine.md.
class RuleSet {
public:
    struct Rule;
    struct Phase;

    /// Errors: bad_data (rule file and line; unknown name; pattern over its memory budget).
    [[nodiscard]] static Result<RuleSet> compile(RuleSources sources);

    RuleSet(RuleSet&&) noexcept;
    RuleSet& operator=(RuleSet&&) noexcept;
    ~RuleSet();

    [[nodiscard]] const Vocabulary& vocabulary() const;
    [[nodiscard]] const std::vector<Phase>& phases() const;
    [[nodiscard]] std::size_t rule_count() const;
    [[nodiscard]] const RuleSources& sources() const;
    [[nodiscard]] const std::string& digest() const;
    /// Differs between any two compiled sets of a process.
    [[nodiscard]] std::uint64_t identity() const;

private:
    struct State;
    explicit RuleSet(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace demarc
