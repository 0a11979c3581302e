#pragma once
#include <re2/re2.h>

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "extractor/rule_set.hpp"
#include "extractor/token_automaton.hpp"
#include "extractor/token_program.hpp"

namespace demarc {

// The compiled form behind RuleSet; for rule_set.cpp and rule_engine.cpp only.

struct RuleSet::Rule {
    const RuleSource* source = nullptr;
    std::unique_ptr<re2::RE2> text;  ///< text pattern; null for token rules
};

struct RuleSet::Phase {
    std::string_view name;
    std::vector<Rule> rules;                 ///< by descending priority, then name
    TokenProgram program;                    ///< of all rules, in their order
    std::vector<std::uint32_t> entry_class;  ///< by vocabulary entry: 0 where no rule of the phase asks about it; entries alike have one class
};

/// What one thread keeps of a phase from document to document.
class PhaseScan {
public:
    explicit PhaseScan(const RuleSet::Phase& phase) : automaton(phase.program) {}

    /// Symbol of a token without roles, through a cache keyed by what the phase sees of it.
    template <class Facts>
    std::uint32_t cached_symbol(std::uint32_t shape, std::uint64_t flags, std::uint32_t entry_class, Facts facts) {
        if (cache_.empty() || used_ * 2 > cache_.size()) grow();
        std::size_t slot = slot_of(shape, flags, entry_class);
        while (cache_[slot].used) {
            if (cache_[slot].shape == shape && cache_[slot].flags == flags && cache_[slot].entry_class == entry_class) return cache_[slot].symbol;
            slot = (slot + 1) & (cache_.size() - 1);
        }
        const std::uint32_t symbol = automaton.symbol(facts());
        cache_[slot] = {flags, shape, entry_class, symbol, true};
        ++used_;
        return symbol;
    }
    void trim();

    TokenAutomaton automaton;

private:
    struct Known {
        std::uint64_t flags = 0;
        std::uint32_t shape = 0, entry_class = 0, symbol = 0;
        bool used = false;
    };
    [[nodiscard]] std::size_t slot_of(std::uint32_t shape, std::uint64_t flags, std::uint32_t entry_class) const;
    void grow();

    std::vector<Known> cache_;
    std::size_t used_ = 0;
};

}  // namespace demarc
