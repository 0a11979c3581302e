#pragma once
#include <re2/re2.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extractor/rule_set.hpp"
#include "extractor/token_program.hpp"

namespace demarc {

// The compiled form behind RuleSet; for rule_set.cpp, rule_snapshot.cpp, rule_beginnings.cpp, rule_engine.cpp and extractor.cpp only.

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
    std::vector<Rule> rules;      ///< by descending priority, then name
    std::uint32_t decisions = 0;  ///< how many of them, the first, are decisions
    TokenProgram program;         ///< of all rules, in their order
};

struct RuleSet::State {
    RuleSources sources;
    Vocabulary vocabulary;
    std::vector<Phase> phases;
    std::vector<const TokenProgram*> programs;  ///< of these
    std::uint64_t identity = next_identity();

private:
    static std::uint64_t next_identity();
};

}  // namespace demarc
