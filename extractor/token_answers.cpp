#include "extractor/token_answers.hpp"

#include <algorithm>
#include <bit>

namespace demarc {
namespace {

void set(std::vector<std::uint64_t>& row, std::size_t test) { row[test / 64] |= std::uint64_t{1} << (test % 64); }

}  // namespace

void TokenAnswers::ByBits::begin(std::size_t words) {
    words_ = words;
    fails_.assign(2 * 64 * words, 0);
    known_.assign(std::size_t{1} << known_bits, no_bits);
    rows_.assign(known_.size() * words, 0);
}

void TokenAnswers::ByBits::add(std::size_t test, std::uint64_t all, std::uint64_t none) {
    asked_ |= all | none;
    const auto fail = [&](std::uint64_t bits, std::size_t with) {
        for (; bits != 0; bits &= bits - 1) fails_[(2 * static_cast<std::size_t>(std::countr_zero(bits)) + with) * words_ + test / 64] |= std::uint64_t{1} << (test % 64);
    };
    fail(all, 0);
    fail(none, 1);
}

std::span<const std::uint64_t> TokenAnswers::ByBits::failed(std::uint64_t bits) {
    bits &= asked_;
    const auto slot = static_cast<std::size_t>(bits * 0x9e3779b97f4a7c15ull >> (64 - known_bits));
    const std::span row = std::span(rows_).subspan(slot * words_, words_);
    if (known_[slot] == bits) return row;
    known_[slot] = bits;
    std::ranges::fill(row, 0);
    for (std::uint64_t rest = asked_; rest != 0; rest &= rest - 1) {
        const auto bit = static_cast<std::size_t>(std::countr_zero(rest));
        const std::uint64_t* const fails = &fails_[(2 * bit + (bits >> bit & 1u)) * words_];
        for (std::size_t word = 0; word < words_; ++word) row[word] |= fails[word];
    }
    return row;
}

TokenAnswers::ByProperty::ByProperty(std::vector<std::pair<Property, Test>> tests) {
    std::ranges::stable_sort(tests, {}, &std::pair<Property, Test>::first);
    begins_.assign(tests.empty() ? 0 : tests.back().first + std::size_t{2}, 0);
    for (const auto& [property, test] : tests) {
        ++begins_[property + 1];
        tests_.push_back(test);
    }
    for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
}

TokenAnswers::TokenAnswers(std::span<const TokenProgram* const> phases) : begin_of_(1, 0) {
    for (const TokenProgram* phase : phases) begin_of_.push_back(begin_of_.back() + phase->test_words());
    const std::size_t words = begin_of_.back();
    shapes_.begin(words);
    flags_.begin(words);
    open_.assign(words, 0);
    row_.assign(words, 0);
    std::vector<std::pair<Property, Test>> wanting, barred;
    std::vector<Property> needs;
    for (std::size_t p = 0; p < phases.size(); ++p) {
        const TokenProgram& program = *phases[p];
        std::vector<Property> of_bit(3 * program.role_of.size());
        for (const auto& [lexicon, first] : program.role_of) {
            for (std::uint16_t place = 0; place < 3; ++place) of_bit[first + place] = of_role(lexicon, place);
        }
        const auto add_roles = [&](const RoleMask& mask, auto use) {
            for (std::size_t bit = mask._Find_first(); bit < mask.size(); bit = mask._Find_next(bit)) use(of_bit[bit]);
        };
        for (std::size_t i = 0; i < program.tests.size(); ++i) {
            const TokenTest& test = program.tests[i];
            const std::size_t number = begin_of_[p] * 64 + i;
            shapes_.add(number, test.shape_all, test.shape_none);
            flags_.add(number, test.flag_all, test.flag_none);
            needs.clear();
            for (const std::uint16_t lexicon : test.lexicon_all) needs.push_back(of_lexicon(lexicon));
            add_roles(test.role_all, [&](Property property) { needs.push_back(property); });
            if (needs.empty()) {
                set(open_, number);
            } else {
                const auto begin = static_cast<std::uint32_t>(needs_.size());
                needs_.insert(needs_.end(), needs.begin() + 1, needs.end());
                wanting.push_back({needs.front(), {static_cast<std::uint32_t>(number), begin, static_cast<std::uint32_t>(needs_.size())}});
            }
            const auto bar = [&](Property property) { barred.push_back({property, {static_cast<std::uint32_t>(number), 0, 0}}); };
            for (const std::uint16_t lexicon : test.lexicon_none) bar(of_lexicon(lexicon));
            add_roles(test.role_none, bar);
        }
    }
    wanting_ = ByProperty(std::move(wanting));
    barred_ = ByProperty(std::move(barred));
}

std::span<const std::uint64_t> TokenAnswers::ask(std::uint32_t shape, std::uint64_t flags, std::span<const std::uint16_t> lexicons, std::span<const TokenRole> roles) {
    const std::span by_shape = shapes_.failed(shape), by_flags = flags_.failed(flags);
    for (std::size_t word = 0; word < row_.size(); ++word) row_[word] = open_[word] & ~(by_shape[word] | by_flags[word]);
    properties_.clear();
    for (const std::uint16_t lexicon : lexicons) properties_.push_back(of_lexicon(lexicon));
    for (const TokenRole role : roles) properties_.push_back(of_role(role.lexicon, role.place));
    const auto has = [this](Property property) { return std::ranges::find(properties_, property) != properties_.end(); };
    for (const Property property : properties_) {
        for (const Test& test : wanting_.of(property)) {
            if (((by_shape[test.number / 64] | by_flags[test.number / 64]) >> (test.number % 64) & 1u) != 0) continue;
            if (std::all_of(needs_.begin() + test.needs_begin, needs_.begin() + test.needs_end, has)) set(row_, test.number);
        }
    }
    for (const Property property : properties_) {
        for (const Test& test : barred_.of(property)) row_[test.number / 64] &= ~(std::uint64_t{1} << (test.number % 64));
    }
    return row_;
}

}  // namespace demarc
