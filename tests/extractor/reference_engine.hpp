#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "base/token_hash.hpp"
#include "extractor/predicates.hpp"
#include "extractor/rule_program.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/workspace.hpp"

namespace demarc::reference {

/// The slow, obvious way to find the matches of a phase, to which the fast engine must be equal: every rule at every token, the set of
/// steps that its program may have reached, each test asked of the token itself. No kinds, no symbols, no automaton, nothing remembered.
/// Time O(tokens * rules * steps * length of the match).

/// What is known of one token, as far as a phase asks.
struct TokenFacts {
    std::uint32_t shape = 0;
    std::uint64_t flags = 0;
    RoleMask roles;
    std::span<const std::uint16_t> lexicons;  ///< that hold the token by itself
};

inline bool holds(const TokenTest& test, const TokenFacts& facts) {
    const auto member = [&](std::uint16_t lexicon) { return std::find(facts.lexicons.begin(), facts.lexicons.end(), lexicon) != facts.lexicons.end(); };
    return (facts.shape & test.shape_all) == test.shape_all && (facts.shape & test.shape_none) == 0 && (facts.flags & test.flag_all) == test.flag_all &&
           (facts.flags & test.flag_none) == 0 && (facts.roles & test.role_all) == test.role_all && (facts.roles & test.role_none).none() &&
           std::all_of(test.lexicon_all.begin(), test.lexicon_all.end(), member) && std::none_of(test.lexicon_none.begin(), test.lexicon_none.end(), member);
}

inline TokenFacts facts_of(const Workspace& ws, const TokenProgram& program, const Vocabulary& vocabulary, std::uint32_t t) {
    TokenFacts facts;
    if (ws.mention_at[t] >= 0) {  // a token that a mention holds answers to its place in the mention and the line only
        facts.shape = ws.tokens[t].predicates & (shape::glued | shape::line_start | shape::line_end | shape::sentence_start);
        facts.flags = ws.flags[t] & (flag::any_mention | flag::bracketed);
        return facts;
    }
    facts.shape = ws.tokens[t].predicates;
    facts.flags = ws.flags[t];
    if (ws.entries[t] != Vocabulary::none) facts.lexicons = vocabulary.entry(ws.entries[t]).lexicons;
    for (const LexiconMatch& match : ws.lexicon_matches) {
        const auto role = program.role_of.find(match.lexicon);
        if (role == program.role_of.end() || t < match.tokens.first || t >= match.tokens.last) continue;
        facts.roles.set(role->second + (t == match.tokens.first ? 0u : 1u));
        if (t + 1 == match.tokens.last) facts.roles.set(role->second + 2u);
    }
    return facts;
}

inline void follow(const TokenProgram& program, std::uint32_t step, std::set<std::uint32_t>& steps) {
    if (!steps.insert(step).second) return;
    const Instruction& instruction = program.code[step];
    if (instruction.op == Instruction::Op::jump || instruction.op == Instruction::Op::split) follow(program, instruction.x, steps);
    if (instruction.op == Instruction::Op::split) follow(program, instruction.y, steps);
    if (instruction.op == Instruction::Op::save) follow(program, step + 1, steps);
}

/// Ends of the matches of one rule that begin at `first`.
inline std::vector<std::uint32_t> ends_of(const TokenProgram& program, std::uint32_t rule, const std::vector<TokenFacts>& facts, std::uint32_t first) {
    std::vector<std::uint32_t> ends;
    std::set<std::uint32_t> steps;
    follow(program, program.starts[rule], steps);
    for (auto t = first; t < facts.size() && t - first < 256 && !steps.empty(); ++t) {
        std::set<std::uint32_t> next;
        for (const std::uint32_t step : steps) {
            const Instruction& instruction = program.code[step];
            if (instruction.op == Instruction::Op::token && holds(program.tests[instruction.x], facts[t])) follow(program, step + 1, next);
        }
        steps = std::move(next);
        if (std::any_of(steps.begin(), steps.end(), [&](std::uint32_t step) { return program.code[step].op == Instruction::Op::match; })) ends.push_back(t + 1);
    }
    return ends;
}

/// Offers matches in the written order: leftmost, longest, then the rules' own order; `offer` says where to go on, 0 for refused.
inline void run_phase(const RuleSet& rules, std::size_t index, Workspace& ws, const std::function<std::uint32_t(std::uint32_t rule, TokenRange range)>& offer) {
    const RuleSet::Phase& phase = rules.phases()[index];
    const auto count = static_cast<std::uint32_t>(ws.tokens.size());
    std::vector<TokenFacts> facts(count);
    const auto look = [&] {
        for (std::uint32_t t = 0; t < count; ++t) facts[t] = facts_of(ws, phase.program, rules.vocabulary(), t);
    };
    look();
    for (std::uint32_t first = 0; first < count;) {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> found;  // end, rule
        for (std::uint32_t rule = 0; rule < phase.rules.size(); ++rule) {
            for (const std::uint32_t end : ends_of(phase.program, rule, facts, first)) found.emplace_back(end, rule);
        }
        std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
        std::uint32_t next = first + 1;
        for (const auto& [end, rule] : found) {
            const std::uint32_t behind = offer(rule, {first, end});
            if (behind == 0) continue;
            next = std::max(next, behind);
            look();
            break;
        }
        first = next;
    }
}

}  // namespace demarc::reference
