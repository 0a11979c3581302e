#include <algorithm>

#include "base/token_hash.hpp"
#include "extractor/token_automaton.hpp"

namespace demarc {

namespace {

// Depth first, with a stack of our own: a pattern may have thousands of steps between two tokens.
class CaptureSearch {
public:
    CaptureSearch(const TokenProgram& program, const std::uint64_t* symbol_tests, std::size_t test_words, const std::vector<std::uint32_t>& tokens,
                  std::uint32_t first, std::uint32_t last, std::vector<std::int32_t>& slots, std::vector<std::uint8_t>& tried, std::uint8_t& search,
                  std::vector<TokenAutomaton::Pending>& pending)
        : program_(program), symbol_tests_(symbol_tests), test_words_(test_words), tokens_(tokens), first_(first), width_(last - first), slots_(slots), tried_(tried), pending_(pending) {
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
        const Instruction* const code = program_.code.data();
        const auto count = static_cast<std::uint32_t>(tokens_.size());
        const std::uint8_t search = search_;
        const std::uint64_t* passed = at < count ? symbol_tests_ + tokens_[at] * test_words_ : nullptr;
        std::uint8_t* tried = tried_.data() + at * width_;
        const auto holds = [&](std::uint32_t test) { return at < count && (passed[test / 64] >> (test % 64) & 1u) != 0; };
        while (true) {
            const Instruction& instruction = code[step];
            switch (instruction.op) {
                case Instruction::Op::match: return at == count;
                case Instruction::Op::token:
                    if (!holds(instruction.x)) return false;
                    if (++at < count) passed = symbol_tests_ + tokens_[at] * test_words_;
                    tried += width_;
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
                    if (std::uint8_t& mark = tried[step - first_]; mark == search) return false;
                    else mark = search;
                    if (const Instruction& first = code[instruction.x]; first.op == Instruction::Op::token && !holds(first.x)) {
                        step = instruction.y;
                        break;
                    }
                    pending_.push_back({instruction.y, static_cast<std::int32_t>(at), false});
                    step = instruction.x;
                    break;
            }
        }
    }

    const TokenProgram& program_;
    const std::uint64_t* symbol_tests_;
    std::size_t test_words_;
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
    const auto search = [&] { return CaptureSearch(program_, symbol_tests_.data(), test_words_, symbols, first, last, slots, tried_, search_, pending_).run(first); };
    if (slots.size() > Found::most_slots || symbols.size() > Found::most_tokens) return search();
    Found wanted;
    wanted.rule = rule;
    wanted.symbols.fill(0xFFFF);
    std::copy(symbols.begin(), symbols.end(), wanted.symbols.begin());
    std::uint64_t key = token_hash_seed ^ rule;
    for (const std::uint32_t symbol : symbols) key = extend_sequence(key, symbol);
    Found& known = found_[static_cast<std::size_t>(key >> (64 - found_bits))];
    if (known.rule == rule && known.symbols == wanted.symbols) {
        std::copy_n(known.slots.begin(), slots.size(), slots.begin());
        return true;
    }
    if (!search()) return false;
    std::copy(slots.begin(), slots.end(), wanted.slots.begin());
    known = wanted;
    return true;
}

}  // namespace demarc
