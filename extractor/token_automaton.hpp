#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "extractor/token_program.hpp"

namespace demarc {

/// A deterministic automaton over tokens, built from a TokenProgram as the text needs it; one a thread and phase.
///
/// Tokens that answer alike to every test of the phase are one symbol. A state is a set of program steps; its transition on a symbol is
/// computed once and then looked up: one table look-up a token. States and symbols are bounded: past max_states or max_bytes the states are
/// forgotten and built anew (as RE2 does), so memory stays bounded and time linear.
class TokenAutomaton {
public:
    /// A state's number says by its lowest bit whether a rule matches there.
    static constexpr std::uint32_t dead = 0;
    static constexpr std::uint32_t unknown = 0xFFFFFFFF;
    static constexpr std::size_t max_states = 20'000;
    static constexpr std::size_t max_symbols = 20'000;
    static constexpr std::size_t max_bytes = 256u << 20;  ///< of states and transitions

    /// What find_captures has yet to try: a step at a token; or, once all behind it failed, a slot's value to put back.
    struct Pending {
        std::uint32_t step = 0;  ///< or slot
        std::int32_t at = 0;     ///< token, or the slot's value
        bool restores = false;
    };

    explicit TokenAutomaton(const TokenProgram& program);

    /// Symbol of a token that gives these answers: bit by test, TokenProgram::test_words() of them.
    [[nodiscard]] std::uint32_t symbol(std::span<const std::uint64_t> answers);
    [[nodiscard]] std::uint32_t start() const { return start_; }
    /// Next state; `dead` where no rule can match any more.
    [[nodiscard]] std::uint32_t next(std::uint32_t state, std::uint32_t symbol) {
        const Row row = rows_[state >> 1];
        for (std::uint32_t i = symbol & row.mask;; i = (i + 1) & row.mask) {
            const std::uint32_t transition = transitions_[row.begin + i];
            if (transition >> 16 == symbol) return transition & 0xFFFF;
            if (transition == none) return compute(state, symbol);
        }
    }
    /// Rules that match here, ascending; empty for most states.
    [[nodiscard]] std::span<const std::uint32_t> accepts(std::uint32_t state) const {
        const State& at = states_[state >> 1];
        return std::span(accepts_).subspan(at.accepts_begin, at.accepts_count);
    }
    [[nodiscard]] static bool accepting(std::uint32_t state) { return (state & 1u) != 0; }
    /// The tests that a state asks: bit by test.
    [[nodiscard]] std::span<const std::uint64_t> asked(std::uint32_t state) const { return std::span(state_tests_).subspan((state >> 1) * test_words_, test_words_); }
    /// Adds to `asked`, bit by test, what is asked of a token behind a first one that passes a test which start() asks. True where a rule matches that one alone.
    [[nodiscard]] bool ask_behind(std::size_t test, std::span<std::uint64_t> asked);
    /// Finds where the captures of one rule lie in tokens of these symbols, which the rule is known to match; slots as in
    /// TokenProgram::captures, -1 where a capture took no part. Alternatives are tried in the pattern's order (leftmost-first), each step
    /// once at each token: time O(steps * tokens), no backtracking beyond that.
    [[nodiscard]] bool find_captures(std::uint32_t rule, const std::vector<std::uint32_t>& symbols, std::vector<std::int32_t>& slots);
    [[nodiscard]] std::size_t state_count() const { return states_.size(); }
    /// States or symbols past a bound: call trim() before the next match is begun.
    [[nodiscard]] bool overgrown() const { return overgrown_; }
    enum class Forgot : std::uint8_t { nothing, states, states_and_symbols };
    /// Call between matches, never within one: forgets states, and symbols with them, that grew past their bounds; what was handed
    /// out of these before is void then.
    Forgot trim();

private:
    // What is known of a state's transitions: a table by symbol in transitions_, at most three quarters of it taken. Texts go through tens of thousands of transitions, more than the
    // nearest caches hold: four bytes each, those of a state together, those met early (the frequent ones) first.
    struct Row {
        std::uint32_t begin = 0;
        std::uint16_t mask = 0, count = 0;
    };
    static constexpr std::uint32_t none = ~0u;
    struct State {
        std::uint32_t branches_begin = 0, branches_count = 0, accepts_begin = 0, accepts_count = 0;
        std::uint64_t hash = 0;
    };
    // A step that takes a token, or that matches.
    struct Closed {
        std::uint32_t step = 0;
        std::uint32_t test = matches;
    };
    static constexpr std::uint32_t matches = ~0u;
    static_assert(TokenProgram::max_tests < 0xFFFF);
    static_assert(2 * max_states < 60'000 && max_symbols < 32'000);  // with what one match adds before trim(): a number takes 16 bits, twice the symbols of a row too
    [[nodiscard]] std::size_t symbol_slot(std::span<const std::uint64_t> answers) const;
    [[nodiscard]] std::span<const std::uint64_t> answers_of(std::size_t symbol) const { return std::span(symbol_tests_).subspan(symbol * test_words_, test_words_); }
    void keep(std::uint32_t state, std::uint32_t symbol, std::uint32_t next);
    std::uint32_t compute(std::uint32_t state, std::uint32_t symbol);
    // Number of the state of the branches and rules that close() gathered in this visit.
    std::uint32_t intern();
    void close(std::uint32_t step);
    // What a state's branches with a test lead to. They are sought from `from` on; returns where to go on with a greater test.
    std::size_t close_behind(const State& state, std::size_t test, std::size_t from);
    void close_long(std::uint32_t step);
    void gather(Closed closed);
    // Of a step that takes a token or matches.
    [[nodiscard]] Closed closed(std::uint32_t step) const { return {step, program_.code[step].op == Instruction::Op::match ? matches : program_.code[step].x}; }
    void put_off(std::uint32_t at, const Instruction& instruction);
    void add_branches(std::uint64_t* asked);
    // Whether two symbols answer alike to all that a state asks.
    [[nodiscard]] bool alike(std::uint32_t state, std::uint32_t symbol, std::uint32_t other) const;
    void clear_states();
    // To be called where something was added.
    void measure() { overgrown_ = states_.size() > max_states || symbol_count_ > max_symbols || bytes() > max_bytes; }
    [[nodiscard]] std::size_t bytes() const {
        return branches_.size() * (sizeof(std::uint32_t) + sizeof(std::uint16_t)) + state_tests_.size() * sizeof(std::uint64_t) + accepts_.size() * sizeof(std::uint32_t) + transitions_.size() * sizeof(std::uint32_t);
    }

    const TokenProgram& program_;
    std::uint32_t start_ = 0;
    bool overgrown_ = false;
    std::vector<Row> rows_;                                // by state
    std::vector<std::uint32_t> transitions_;               // symbol, next state; none: free
    std::vector<State> states_;                            // each with a range of these two
    std::vector<std::uint32_t> branches_;                  // steps that take a token, those of a state by their tests
    std::vector<std::uint16_t> branch_tests_;              // of these: the program's code lies in no near cache
    std::vector<std::uint64_t> state_tests_;               // by state: bit per test that a branch asks
    std::vector<std::uint32_t> accepts_;                   // rules, ascending
    std::vector<std::uint32_t> state_slots_;               // state + 1 by hash, 0: free; at most half of them taken
    std::size_t test_words_ = 1;                           // of 64 bits, a symbol
    std::vector<std::uint64_t> symbol_tests_;              // by symbol: bit per test
    std::size_t symbol_count_ = 0;
    static constexpr std::size_t first_symbol_slots = 256;
    std::vector<std::uint16_t> symbol_slots_ = std::vector<std::uint16_t>(first_symbol_slots, 0);  // symbol + 1 by its answers, 0: free; at most half of them taken
    // Where symbols led to of late, for those that answer alike to what a state asks: nearly half of the transitions are one that was computed before.
    struct Answered {
        std::uint16_t state = dead, symbol = 0, next = 0;  // dead: none
    };
    static constexpr unsigned answered_bits = 13;
    std::vector<Answered> answered_;
    // What find_captures found of late, by rule and symbols: texts say "Mr. X" and "at 9 o'clock" again and again.
    struct Found {
        static constexpr std::size_t most_slots = 14, most_tokens = 12;
        std::uint32_t rule = none;
        std::array<std::uint16_t, most_tokens> symbols{};  // 0xFFFF behind the last token
        std::array<std::int8_t, most_slots> slots{};
    };
    static constexpr unsigned found_bits = 10;
    std::vector<Found> found_;
    std::vector<std::uint8_t> tried_;                      // of find_captures: search number, by token and step
    std::uint8_t search_ = 0;
    std::vector<Pending> pending_;
    // Of the state in the making.
    std::vector<Closed> set_;
    std::vector<std::uint32_t> set_accepts_, to_close_;
    std::vector<std::uint32_t> place_of_;                  // by test, while branches are put in order: 0 before and after
    std::vector<std::uint32_t> mark_;                      // by step: visit number in which it was gathered
    std::uint32_t visit_ = 0;
    // What each step leads to without taking a token, once it was asked; the long ones are walked each time, and only as far as the visit hasn't been.
    struct Closure {
        static constexpr std::uint32_t unknown = 0xFFFFFFFF, too_long = 0xFFFFFFFE;
        std::uint32_t begin = 0, count = unknown;
    };
    static constexpr std::size_t longest_closure = 64, max_closures = 1u << 20;  // steps: in one, in all
    std::vector<Closure> closure_of_;
    std::vector<Closed> closures_;
    std::vector<std::uint32_t> walked_;                    // by step: number of the walk that came by
    std::uint32_t walk_ = 0;
};

}  // namespace demarc
