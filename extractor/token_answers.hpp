#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "extractor/token_program.hpp"

namespace demarc {

/// Place of a token in an entry of several tokens, or in a mention of a declared kind.
struct TokenRole {
    std::uint16_t lexicon = 0;
    std::uint16_t place = 0;  ///< 0 first, 1 inside or last, 2 last
    friend auto operator<=>(const TokenRole&, const TokenRole&) = default;
};

/// Asks a token all tests of all phases at once. A token passes a test whose shape bits, flags, lexicons and places in entries all allow it: what shape bits and flags allow is known
/// by their values, so that it costs a few words of bits and a look at the tests of the token's lexicons, and no test is asked by itself.
class TokenAnswers {
public:
    explicit TokenAnswers(std::span<const TokenProgram* const> phases);

    /// A row of bits, those of each phase in words of their own: bit by test, set where the token passes it. Valid until the next call.
    [[nodiscard]] std::span<const std::uint64_t> ask(std::uint32_t shape, std::uint64_t flags, std::span<const std::uint16_t> lexicons, std::span<const TokenRole> roles);
    /// Words of a row.
    [[nodiscard]] std::size_t width() const { return row_.size(); }
    [[nodiscard]] std::span<const std::uint64_t> of_phase(std::span<const std::uint64_t> row, std::size_t phase) const {
        return row.subspan(begin_of_[phase], begin_of_[phase + 1] - begin_of_[phase]);
    }

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
    std::vector<std::size_t> begin_of_;  // a phase's first word; one more than phases
    ByBits shapes_, flags_;
    std::vector<std::uint64_t> open_;    // bit by test: needs no property
    ByProperty wanting_, barred_;        // by the first property that a test needs; by each that it bars
    std::vector<Property> needs_;
    std::vector<std::uint64_t> row_;     // in the making
    std::vector<Property> properties_;   // of its token
};

}  // namespace demarc
