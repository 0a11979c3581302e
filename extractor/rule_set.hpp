#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "extractor/rule_source.hpp"
#include "extractor/vocabulary.hpp"

namespace re2 {
class RE2;
}

namespace demarc {

/// Rules compiled for matching. Immutable afterwards; shared by all threads.
///
/// Each phase has an alphabet: a letter for every predicate, lexicon and literal that one of its rules asks about. A row of tokens
/// is written as `<letters>` per token, in ascending letter order, and all token patterns of the phase are one RE2 over it (longest
/// match). Which rule made a match is asked of an RE2::Set over the short match alone. See docs/rule-engine.md.
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

private:
    struct State;
    explicit RuleSet(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace demarc
