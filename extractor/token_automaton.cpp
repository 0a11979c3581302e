#include "extractor/token_automaton.hpp"

#include <algorithm>

namespace demarc {

TokenAutomaton::TokenAutomaton(const TokenProgram& program) : program_(program), mark_(program.code.size(), 0) {
    for (std::uint32_t i = 0; i < program.tests.size(); ++i) {
        const TokenTest& test = program.tests[i];
        if (!test.lexicon_all.empty()) tests_of_[test.lexicon_all.front()].push_back(i);
        else if (test.role_all.any()) role_tests_.emplace_back(static_cast<std::uint16_t>(test.role_all._Find_first()), i);
        else open_tests_.push_back(i);
    }
    clear_states();
}

void TokenAutomaton::clear_states() {
    recent_.assign(std::size_t{1} << recent_bits, {});
    constexpr unsigned first_bits = 10;
    transitions_.assign(std::size_t{1} << first_bits, {});
    transition_count_ = 0;
    transition_shift_ = 64 - first_bits;
    sets_.clear();
    accepts_.clear();
    accepting_.clear();
    state_of_.clear();
    bytes_ = 0;
    (void)intern({});  // the dead state
    Set set;
    ++visit_;
    for (const std::uint32_t rule_start : program_.starts) close(rule_start, set);
    start_ = intern(std::move(set));
}

TokenAutomaton::Forgot TokenAutomaton::trim() {
    if (symbol_tests_.size() > max_symbols) {
        symbol_tests_.clear();
        symbol_of_.clear();
        clear_states();
        return Forgot::states_and_symbols;
    }
    if (!overgrown()) return Forgot::nothing;
    clear_states();
    return Forgot::states;
}

std::uint32_t TokenAutomaton::symbol(const TokenFacts& facts) {
    std::vector<std::uint64_t> bits((program_.tests.size() + 63) / 64, 0);
    const auto ask = [&](std::uint32_t test) {
        if (holds(program_.tests[test], facts)) bits[test / 64] |= 1ull << (test % 64);
    };
    for (const std::uint32_t test : open_tests_) ask(test);
    for (const std::uint16_t lexicon : facts.lexicons) {
        const auto tests = tests_of_.find(lexicon);
        if (tests == tests_of_.end()) continue;
        for (const std::uint32_t test : tests->second) ask(test);
    }
    if (facts.roles.any()) {
        for (const auto& [role, test] : role_tests_) {
            if (facts.roles.test(role)) ask(test);
        }
    }
    const std::string key(reinterpret_cast<const char*>(bits.data()), bits.size() * 8);
    const auto [it, added] = symbol_of_.try_emplace(key, static_cast<std::uint32_t>(symbol_tests_.size()));
    if (added) symbol_tests_.push_back(std::move(bits));
    return it->second;
}

// Follows the steps that take no token.
void TokenAutomaton::close(std::uint32_t step, Set& set) {
    std::vector<std::uint32_t> pending{step};
    while (!pending.empty()) {
        const std::uint32_t at = pending.back();
        pending.pop_back();
        if (mark_[at] == visit_) continue;
        mark_[at] = visit_;
        const Instruction& instruction = program_.code[at];
        switch (instruction.op) {
            case Instruction::Op::token:
            case Instruction::Op::match: set.push_back(at); break;
            case Instruction::Op::jump: pending.push_back(instruction.x); break;
            case Instruction::Op::save: pending.push_back(at + 1); break;
            case Instruction::Op::split:
                pending.push_back(instruction.y);
                pending.push_back(instruction.x);
                break;
        }
    }
}

std::uint32_t TokenAutomaton::intern(Set set) {
    std::sort(set.begin(), set.end());
    std::string key(reinterpret_cast<const char*>(set.data()), set.size() * sizeof(std::uint32_t));
    const auto [it, added] = state_of_.try_emplace(std::move(key), static_cast<std::uint32_t>(sets_.size()));
    if (added) {
        std::vector<std::uint32_t> accepted;
        for (const std::uint32_t step : set) {
            if (program_.code[step].op == Instruction::Op::match) accepted.push_back(program_.code[step].x);
        }
        std::sort(accepted.begin(), accepted.end());
        accepting_.push_back(accepted.empty() ? 0 : 1);
        bytes_ += set.size() * 2 * sizeof(std::uint32_t) + accepted.size() * sizeof(std::uint32_t);  // the set and its key
        accepts_.push_back(std::move(accepted));
        sets_.push_back(std::move(set));
    }
    return it->second;
}

std::uint32_t TokenAutomaton::compute(std::uint32_t state, std::uint32_t symbol) {
    const std::vector<std::uint64_t>& bits = symbol_tests_[symbol];
    Set set;
    ++visit_;
    for (const std::uint32_t step : sets_[state]) {
        const Instruction& instruction = program_.code[step];
        if (instruction.op == Instruction::Op::token && (bits[instruction.x / 64] >> (instruction.x % 64) & 1ull) != 0) close(step + 1, set);
    }
    const std::uint32_t next_state = intern(std::move(set));
    keep(static_cast<std::uint64_t>(state) << 32 | symbol, next_state);
    return next_state;
}

void TokenAutomaton::keep(std::uint64_t key, std::uint32_t next) {
    if (2 * ++transition_count_ > transitions_.size()) {
        std::vector<Transition> fewer(transitions_.size() * 2);
        fewer.swap(transitions_);
        --transition_shift_;
        for (const Transition& known : fewer) {
            if (known.key == no_key) continue;
            std::size_t slot = slot_of(known.key);
            while (transitions_[slot].key != no_key) slot = (slot + 1) & (transitions_.size() - 1);
            transitions_[slot] = known;
        }
        bytes_ += fewer.size() * sizeof(Transition);
    }
    std::size_t slot = slot_of(key);
    while (transitions_[slot].key != no_key) slot = (slot + 1) & (transitions_.size() - 1);
    transitions_[slot] = {key, next};
}

namespace {

// Depth first, with a stack of our own: a pattern may have thousands of steps between two tokens.
class CaptureSearch {
public:
    CaptureSearch(const TokenProgram& program, const std::vector<std::vector<std::uint64_t>>& symbol_tests, const std::vector<std::uint32_t>& tokens,
                  std::uint32_t first, std::uint32_t last, std::vector<std::int32_t>& slots, std::vector<std::uint8_t>& tried, std::uint8_t& search,
                  std::vector<TokenAutomaton::Pending>& pending)
        : program_(program), symbol_tests_(symbol_tests), tokens_(tokens), first_(first), width_(last - first), slots_(slots), tried_(tried), pending_(pending) {
        // Numbered searches: the marks of the last one needn't be wiped, which took longer than most searches.
        if (++search == 0) {
            std::fill(tried_.begin(), tried_.end(), std::uint8_t{0});
            search = 1;
        }
        search_ = search;
        if (const std::size_t size = (tokens.size() + 1) * width_; tried_.size() < size) tried_.resize(size, 0);
    }

    bool run(std::uint32_t start) {
        pending_.assign(1, {start, 0, false});
        while (!pending_.empty()) {
            const TokenAutomaton::Pending next = pending_.back();
            pending_.pop_back();
            if (next.restores) slots_[next.step] = next.at;
            else if (follow(next.step, static_cast<std::uint32_t>(next.at))) return true;
        }
        return false;
    }

private:
    // From one step on until a token doesn't fit, leaving what else could be tried on the stack.
    bool follow(std::uint32_t step, std::uint32_t at) {
        while (true) {
            const Instruction& instruction = program_.code[step];
            switch (instruction.op) {
                case Instruction::Op::match: return at == tokens_.size();
                case Instruction::Op::token:
                    if (at == tokens_.size() || !holds(instruction.x, at)) return false;
                    ++at;
                    ++step;
                    break;
                case Instruction::Op::jump: step = instruction.x; break;
                case Instruction::Op::save:
                    pending_.push_back({instruction.x, slots_[instruction.x], true});
                    slots_[instruction.x] = static_cast<std::int32_t>(at);
                    ++step;
                    break;
                case Instruction::Op::split:
                    // Whatever comes back here came over a split: marks at these alone keep the search linear.
                    if (std::uint8_t& tried = tried_[at * width_ + (step - first_)]; tried == search_) return false;
                    else tried = search_;
                    pending_.push_back({instruction.y, static_cast<std::int32_t>(at), false});
                    step = instruction.x;
                    break;
            }
        }
    }

    bool holds(std::uint32_t test, std::size_t at) const { return (symbol_tests_[tokens_[at]][test / 64] >> (test % 64) & 1ull) != 0; }

    const TokenProgram& program_;
    const std::vector<std::vector<std::uint64_t>>& symbol_tests_;
    const std::vector<std::uint32_t>& tokens_;
    std::uint32_t first_;
    std::size_t width_;
    std::vector<std::int32_t>& slots_;
    std::vector<std::uint8_t>& tried_;
    std::uint8_t search_ = 0;
    std::vector<TokenAutomaton::Pending>& pending_;
};

}  // namespace

bool TokenAutomaton::find_captures(std::uint32_t rule, const std::vector<std::uint32_t>& symbols, std::vector<std::int32_t>& slots) {
    const std::uint32_t first = program_.starts[rule];
    const std::uint32_t last = rule + 1 < program_.starts.size() ? program_.starts[rule + 1] : static_cast<std::uint32_t>(program_.code.size());
    slots.assign(program_.captures[rule].size() * 2, -1);
    return CaptureSearch(program_, symbol_tests_, symbols, first, last, slots, tried_, search_, pending_).run(first);
}

}  // namespace demarc
