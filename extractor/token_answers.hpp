#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "extractor/row_numbers.hpp"
#include "extractor/token_kinds.hpp"
#include "extractor/token_program.hpp"
#include "extractor/vocabulary.hpp"

namespace demarc {

/// What the tests of all phases say of the tokens of a kind: a row of bits, those of each phase in words of their own. A token passes a test whose shape bits, flags, lexicons and
/// places in entries all allow it: what shape bits and flags allow is known by their values, so that a new kind costs a few words of bits and a look at the tests of its lexicons,
/// and no test is asked by itself. Rows are numbered by what stands in them. Kept by one thread from document to document.
class TokenAnswers {
public:
    static constexpr std::size_t max_rows = 65'000;

    /// The programs and the vocabulary must outlive it.
    TokenAnswers(std::span<const TokenProgram* const> phases, const Vocabulary& vocabulary);

    /// Number of the row of a kind. Rows of other kinds may move.
    [[nodiscard]] std::uint32_t number(const TokenKinds& kinds, std::uint32_t kind);
    [[nodiscard]] std::span<const std::uint64_t> row(std::uint32_t number) const { return rows_.row(number); }
    [[nodiscard]] std::span<const std::uint64_t> of_phase(std::uint32_t number, std::size_t phase) const { return row(number).subspan(begin_of_[phase], begin_of_[phase + 1] - begin_of_[phase]); }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    /// Forgets all rows; to be called where they are more than max_rows.
    void forget();

private:
    // The tests that tokens fail by bits that they have or lack.
    class ByBits {
    public:
        void begin(std::size_t words);
        void add(std::size_t test, std::uint64_t all, std::uint64_t none);
        // Row of the tests failed with these bits; valid until the next call.
        [[nodiscard]] std::span<const std::uint64_t> failed(std::uint64_t bits);

    private:
        static constexpr unsigned known_bits = 8;
        static constexpr std::uint64_t no_bits = ~std::uint64_t{0};  // neither shapes nor flags have all
        std::size_t words_ = 0;
        std::uint64_t asked_ = 0;
        std::vector<std::uint64_t> fails_;  // by bit a row of the tests that tokens fail without it, and one of those that they fail with it
        std::vector<std::uint64_t> known_;  // bits met of late, by their hash
        std::vector<std::uint64_t> rows_;   // of these
    };
    // That a lexicon holds the token by itself, or a token's place in its entries of several tokens.
    using Property = std::uint32_t;
    [[nodiscard]] static Property of_lexicon(std::uint16_t lexicon) { return 4u * lexicon; }
    [[nodiscard]] static Property of_role(std::uint16_t lexicon, std::uint16_t place) { return 4u * lexicon + 1u + place; }
    struct Test {
        std::uint32_t number = 0;
        std::uint32_t needs_begin = 0, needs_end = 0;  // properties that it needs besides
    };
    // Tests by a property, flat.
    class ByProperty {
    public:
        explicit ByProperty(std::vector<std::pair<Property, Test>> tests = {});
        [[nodiscard]] std::span<const Test> of(Property property) const {
            return property + 1 < begins_.size() ? std::span(tests_).subspan(begins_[property], begins_[property + 1] - begins_[property]) : std::span<const Test>();
        }

    private:
        std::vector<std::uint32_t> begins_;
        std::vector<Test> tests_;
    };
    [[nodiscard]] std::span<const std::uint64_t> ask(const TokenKinds& kinds, const TokenKinds::Kind& kind);

    const Vocabulary& vocabulary_;
    std::vector<std::size_t> begin_of_;  // a phase's first word; one more than phases
    ByBits shapes_, flags_;
    std::vector<std::uint64_t> open_;    // bit by test: needs no property
    ByProperty wanting_, barred_;        // by the first property that a test needs; by each that it bars
    std::vector<Property> needs_;
    std::uint32_t generation_ = 0;       // of the kinds
    std::vector<std::uint32_t> of_kind_;
    RowNumbers<std::uint64_t> rows_;
    std::vector<std::uint64_t> row_;     // in the making
    std::vector<Property> properties_;   // of its kind
};

}  // namespace demarc
