#include "extractor/token_automaton.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

#include "base/token_hash.hpp"

namespace demarc {

TokenAutomaton::TokenAutomaton(const TokenProgram& program)
    : program_(program), test_words_(program.test_words()), found_(std::size_t{1} << found_bits),
      place_of_(program.tests.size(), 0), mark_(program.code.size(), 0), closure_of_(program.code.size()), walked_(program.code.size(), 0) {
    clear_states();
}

void TokenAutomaton::clear_states() {
    rows_.clear();
    transitions_.clear();
    states_.clear();
    branches_.clear();
    branch_tests_.clear();
    state_tests_.clear();
    accepts_.clear();
    state_slots_.assign(1024, 0);
    answered_.assign(std::size_t{1} << answered_bits, {});
    (void)intern();  // the dead state
    ++visit_;
    for (const std::uint32_t rule_start : program_.starts) close(rule_start);
    start_ = intern();
}

TokenAutomaton::Forgot TokenAutomaton::trim() {
    if (symbol_count_ > max_symbols) {
        symbol_tests_.clear();
        symbol_count_ = 0;
        symbol_slots_.assign(first_symbol_slots, 0);
        found_.assign(std::size_t{1} << found_bits, {});
        clear_states();
        return Forgot::states_and_symbols;
    }
    if (!overgrown()) return Forgot::nothing;
    clear_states();
    return Forgot::states;
}

std::uint32_t TokenAutomaton::symbol(std::span<const std::uint64_t> answers) {
    std::uint16_t& known = symbol_slots_[symbol_slot(answers)];
    if (known != 0) return known - 1u;
    symbol_tests_.insert(symbol_tests_.end(), answers.begin(), answers.end());
    known = static_cast<std::uint16_t>(++symbol_count_);
    measure();
    if (2 * symbol_count_ > symbol_slots_.size()) {
        symbol_slots_.assign(2 * symbol_slots_.size(), 0);
        for (std::uint32_t i = 0; i < symbol_count_; ++i) symbol_slots_[symbol_slot(answers_of(i))] = static_cast<std::uint16_t>(i + 1);
    }
    return static_cast<std::uint32_t>(symbol_count_ - 1);
}

// The slot of the symbol that gives these answers, or the free one for it.
std::size_t TokenAutomaton::symbol_slot(std::span<const std::uint64_t> answers) const {
    std::uint64_t hash = token_hash_seed;
    for (const std::uint64_t word : answers) hash = mix_hash(hash ^ word, 0xe7037ed1a0b428dbull);
    const std::size_t mask = symbol_slots_.size() - 1;
    std::size_t slot = hash & mask;
    while (symbol_slots_[slot] != 0 && !std::ranges::equal(answers, answers_of(symbol_slots_[slot] - 1u))) slot = (slot + 1) & mask;
    return slot;
}

// Puts off what a step that takes no token leads to.
void TokenAutomaton::put_off(std::uint32_t at, const Instruction& instruction) {
    switch (instruction.op) {
        case Instruction::Op::token:
        case Instruction::Op::match: break;
        case Instruction::Op::jump: to_close_.push_back(instruction.x); break;
        case Instruction::Op::save: to_close_.push_back(at + 1); break;
        case Instruction::Op::split:
            to_close_.push_back(instruction.y);
            to_close_.push_back(instruction.x);
            break;
    }
}

// Adds what a step leads to without taking a token.
void TokenAutomaton::close(std::uint32_t step) {
    Closure& known = closure_of_[step];
    if (known.count == Closure::unknown) {
        known.begin = static_cast<std::uint32_t>(closures_.size());
        ++walk_;
        to_close_.assign(1, step);
        while (!to_close_.empty() && closures_.size() - known.begin <= longest_closure) {
            const std::uint32_t at = to_close_.back();
            to_close_.pop_back();
            if (walked_[at] == walk_) continue;
            walked_[at] = walk_;
            const Instruction& instruction = program_.code[at];
            if (instruction.op == Instruction::Op::token || instruction.op == Instruction::Op::match) closures_.push_back(closed(at));
            else put_off(at, instruction);
        }
        known.count = static_cast<std::uint32_t>(closures_.size()) - known.begin;
        if (known.count > longest_closure || closures_.size() > max_closures) {
            closures_.resize(known.begin);
            known.count = Closure::too_long;
        }
    }
    if (known.count == Closure::too_long) return close_long(step);
    for (std::uint32_t i = known.begin; i < known.begin + known.count; ++i) {
        if (mark_[closures_[i].step] == visit_) continue;
        mark_[closures_[i].step] = visit_;
        gather(closures_[i]);
    }
}

inline void TokenAutomaton::gather(Closed closed) {
    if (closed.test == matches) set_accepts_.push_back(program_.code[closed.step].x);
    else set_.push_back(closed);
}

// The same by way of every step in between; what the visit has walked already is left out, so that a state of thousands of optional parts takes
// each of their steps once.
void TokenAutomaton::close_long(std::uint32_t step) {
    to_close_.assign(1, step);
    while (!to_close_.empty()) {
        const std::uint32_t at = to_close_.back();
        to_close_.pop_back();
        if (mark_[at] == visit_) continue;
        mark_[at] = visit_;
        const Instruction& instruction = program_.code[at];
        if (instruction.op == Instruction::Op::token || instruction.op == Instruction::Op::match) gather(closed(at));
        else put_off(at, instruction);
    }
}

std::uint32_t TokenAutomaton::intern() {
    std::sort(set_accepts_.begin(), set_accepts_.end());
    // The same whatever order the branches came in, so that they needn't be sorted; whether a known state is of the same ones their marks say.
    std::uint64_t hash = token_hash_seed ^ set_accepts_.size();
    for (const Closed& branch : set_) hash += mix_hash(branch.step + token_hash_seed, 0xe7037ed1a0b428dbull);
    for (const std::uint32_t rule : set_accepts_) hash = extend_sequence(hash, rule);
    const auto number = [this](std::size_t index) { return static_cast<std::uint32_t>(index << 1 | (states_[index].accepts_count != 0 ? 1 : 0)); };
    std::size_t slot = hash & (state_slots_.size() - 1);
    for (; state_slots_[slot] != 0; slot = (slot + 1) & (state_slots_.size() - 1)) {
        const std::size_t index = state_slots_[slot] - 1;
        const State& known = states_[index];
        if (known.hash != hash || known.branches_count != set_.size() || known.accepts_count != set_accepts_.size()) continue;
        const std::span branches = std::span(branches_).subspan(known.branches_begin, known.branches_count);
        if (!std::all_of(branches.begin(), branches.end(), [this](std::uint32_t step) { return mark_[step] == visit_; })) continue;
        if (!std::equal(set_accepts_.begin(), set_accepts_.end(), accepts_.begin() + known.accepts_begin)) continue;
        set_.clear();
        set_accepts_.clear();
        return number(index);
    }
    const std::size_t index = states_.size();
    states_.push_back({static_cast<std::uint32_t>(branches_.size()), static_cast<std::uint32_t>(set_.size()), static_cast<std::uint32_t>(accepts_.size()),
                       static_cast<std::uint32_t>(set_accepts_.size()), hash});
    state_tests_.resize(states_.size() * test_words_, 0);
    add_branches(&state_tests_[index * test_words_]);
    accepts_.insert(accepts_.end(), set_accepts_.begin(), set_accepts_.end());
    constexpr std::uint16_t first_row = 4;
    rows_.push_back({static_cast<std::uint32_t>(transitions_.size()), first_row - 1, 0});
    transitions_.resize(transitions_.size() + first_row, none);
    state_slots_[slot] = static_cast<std::uint32_t>(index) + 1;
    if (2 * states_.size() > state_slots_.size()) {
        state_slots_.assign(state_slots_.size() * 2, 0);
        for (std::size_t i = 0; i < states_.size(); ++i) {
            std::size_t free = states_[i].hash & (state_slots_.size() - 1);
            while (state_slots_[free] != 0) free = (free + 1) & (state_slots_.size() - 1);
            state_slots_[free] = static_cast<std::uint32_t>(i) + 1;
        }
    }
    set_.clear();
    set_accepts_.clear();
    measure();
    return number(index);
}

// Adds the state's branches by the numbers of their tests, which it notes as asked.
void TokenAutomaton::add_branches(std::uint64_t* asked) {
    for (const Closed& branch : set_) {
        asked[branch.test / 64] |= 1ull << (branch.test % 64);
        ++place_of_[branch.test];
    }
    auto next = static_cast<std::uint32_t>(branches_.size());
    branches_.resize(branches_.size() + set_.size());
    branch_tests_.resize(branches_.size());
    for (std::size_t word = 0; word < test_words_; ++word) {
        for (std::uint64_t rest = asked[word]; rest != 0; rest &= rest - 1) {
            std::uint32_t& place = place_of_[word * 64 + static_cast<std::size_t>(std::countr_zero(rest))];
            next += std::exchange(place, next);
        }
    }
    for (const Closed& branch : set_) {
        const std::uint32_t place = place_of_[branch.test]++;
        branches_[place] = branch.step;
        branch_tests_[place] = static_cast<std::uint16_t>(branch.test);
    }
    for (const Closed& branch : set_) place_of_[branch.test] = 0;
}

bool TokenAutomaton::alike(std::uint32_t state, std::uint32_t symbol, std::uint32_t other) const {
    const std::uint64_t* const asked = &state_tests_[(state >> 1) * test_words_];
    const std::uint64_t *const one = &symbol_tests_[symbol * test_words_], *const two = &symbol_tests_[other * test_words_];
    for (std::size_t word = 0; word < test_words_; ++word) {
        if ((asked[word] & (one[word] ^ two[word])) != 0) return false;
    }
    return true;
}

inline std::size_t TokenAutomaton::close_behind(const State& state, std::size_t test, std::size_t from) {
    const std::uint16_t *const tests = branch_tests_.data(), *const end = tests + state.branches_begin + state.branches_count;
    const std::uint16_t* branch = std::lower_bound(tests + from, end, test);
    for (; branch != end && *branch == test; ++branch) close(branches_[static_cast<std::size_t>(branch - tests)] + 1);
    return static_cast<std::size_t>(branch - tests);
}

bool TokenAutomaton::ask_behind(std::size_t test, std::span<std::uint64_t> asked) {
    ++visit_;
    const State& start = states_[start_ >> 1];
    (void)close_behind(start, test, start.branches_begin);
    for (const Closed& branch : set_) asked[branch.test / 64] |= 1ull << (branch.test % 64);
    const bool matches_alone = !set_accepts_.empty();
    set_.clear();
    set_accepts_.clear();
    return matches_alone;
}

std::uint32_t TokenAutomaton::compute(std::uint32_t state, std::uint32_t symbol) {
    const std::uint64_t* const asked = &state_tests_[(state >> 1) * test_words_];
    const std::uint64_t* const passed = &symbol_tests_[symbol * test_words_];
    std::uint64_t any = 0, hash = token_hash_seed ^ state;
    for (std::size_t word = 0; word < test_words_; ++word) {
        any |= asked[word] & passed[word];
        hash = mix_hash(hash ^ (asked[word] & passed[word]), 0xe7037ed1a0b428dbull);
    }
    if (any == 0) {
        keep(state, symbol, dead);
        return dead;
    }
    Answered& answered = answered_[hash >> (64 - answered_bits)];
    if (answered.state == state && alike(state, symbol, answered.symbol)) {
        keep(state, symbol, answered.next);
        return answered.next;
    }
    ++visit_;
    // By their tests, of which a symbol passes few: a state after any word has hundreds of branches.
    const State& at = states_[state >> 1];
    std::size_t branch = at.branches_begin;
    for (std::size_t word = 0; word < test_words_; ++word) {
        for (std::uint64_t rest = asked[word] & passed[word]; rest != 0; rest &= rest - 1) {
            branch = close_behind(at, word * 64 + static_cast<std::size_t>(std::countr_zero(rest)), branch);
        }
    }
    const std::uint32_t next_state = intern();
    keep(state, symbol, next_state);
    answered = {static_cast<std::uint16_t>(state), static_cast<std::uint16_t>(symbol), static_cast<std::uint16_t>(next_state)};
    return next_state;
}

void TokenAutomaton::keep(std::uint32_t state, std::uint32_t symbol, std::uint32_t next) {
    assert(symbol <= 0xFFFF && next <= 0xFFFF);
    Row& row = rows_[state >> 1];
    const auto put = [this, &row](std::uint32_t transition) {
        std::uint32_t i = transition >> 16 & row.mask;
        while (transitions_[row.begin + i] != none) i = (i + 1) & row.mask;
        transitions_[row.begin + i] = transition;
    };
    if (const std::uint32_t size = row.mask + 1u; 4 * ++row.count > 3 * size) {
        const std::uint32_t old = row.begin;
        row.begin = static_cast<std::uint32_t>(transitions_.size());
        row.mask = static_cast<std::uint16_t>(2 * size - 1);
        transitions_.resize(transitions_.size() + 2 * size, none);
        for (std::uint32_t i = old; i < old + size; ++i) {
            if (transitions_[i] != none) put(transitions_[i]);
        }
    }
    put(symbol << 16 | next);
    measure();
}

}  // namespace demarc
