#include "extractor/token_kinds.hpp"

#include "base/token_hash.hpp"
#include "extractor/token.hpp"
#include "tests/catch.hpp"

using namespace demarc;

namespace {

Vocabulary vocabulary() {
    Vocabulary words;
    words.add_lexicon({"months", "months.txt", {{"November"}, {"December"}}});
    words.add_lexicon({"ranks", "ranks.txt", {{"Major"}}});
    REQUIRE(words.finish());
    return words;
}

std::uint32_t entry_of(const Vocabulary& words, std::string_view lower) { return words.find(token_hash(lower)); }

// Asks whether a token is a capitalised month, whether it is no month, whether flag 1 is set, whether it is the last of a rank's entry, and for each of 17 flags.
TokenProgram program() {
    TokenProgram program;
    program.tests.resize(4 + 17);
    program.tests[0].shape_all = shape::cap;
    program.tests[0].lexicon_all = {0};
    program.tests[1].lexicon_none = {0};
    program.tests[2].flag_all = 1;
    program.role_of = {{1, 0}};
    program.tests[3].role_all.set(2);
    for (unsigned i = 0; i < 17; ++i) program.tests[4 + i].flag_all = std::uint64_t{1} << (10 + i);
    return program;
}

struct Kinds : TokenKinds {
    TokenProgram asked = program();
    void begin(const Vocabulary& words) {
        const TokenProgram* const programs[] = {&asked};
        TokenKinds::begin(programs, words);
    }
};

}  // namespace

TEST_CASE("Tokens that answer alike to every phase are of one kind", "[token_kinds]") {
    const Vocabulary words = vocabulary();
    Kinds kinds;
    kinds.begin(words);
    const auto november = kinds.find(shape::cap, 0, entry_of(words, "november"));
    CHECK(kinds.find(shape::cap, 0, entry_of(words, "december")) == november);
    CHECK(kinds.find(shape::cap | shape::line_end, 2, entry_of(words, "december")) == november);  // nobody asks about these
    CHECK(kinds.find(shape::caps, 0, entry_of(words, "november")) != november);
    CHECK(kinds.find(shape::cap, 1, entry_of(words, "november")) != november);
    const auto major = kinds.find(shape::cap, 0, entry_of(words, "major"));
    CHECK(major != november);
    CHECK(kinds.find(shape::caps, 0, Vocabulary::none) == major);
    CHECK(kinds.answers(november, 0)[0] == 0b0001);
    CHECK(kinds.answers(major, 0)[0] == 0b0010);
    CHECK(kinds.size() == 4);
    CHECK(kinds.looks() == 6);
}

TEST_CASE("The place in an entry of several tokens tells kinds apart", "[token_kinds]") {
    const Vocabulary words = vocabulary();
    Kinds kinds;
    kinds.begin(words);
    const TokenKinds::Role first[] = {{1, 0}}, last[] = {{1, 1}, {1, 2}};
    const auto begin = kinds.find(shape::cap, 0, Vocabulary::none, first);
    const auto end = kinds.find(shape::cap, 0, Vocabulary::none, last);
    CHECK(begin != end);
    CHECK(kinds.find(shape::cap, 0, Vocabulary::none, last) == end);
    CHECK(kinds.find(shape::cap, 0, Vocabulary::none) == begin);  // nobody asks about the first
    CHECK(kinds.answers(end, 0)[0] == 0b1010);
}

TEST_CASE("Kinds are forgotten between documents where too many looks were met", "[token_kinds]") {
    const Vocabulary words = vocabulary();
    Kinds kinds;
    kinds.begin(words);
    const auto generation = kinds.generation();
    for (std::uint64_t flags = 0; flags <= TokenKinds::max_looks; ++flags) (void)kinds.find(shape::lower, flags << 10, Vocabulary::none, {});
    CHECK(kinds.looks() == TokenKinds::max_looks + 1);
    CHECK(kinds.size() == TokenKinds::max_looks + 1);
    CHECK(kinds.find(shape::lower, 5 << 10, Vocabulary::none, {}) == 5);
    kinds.begin(words);
    CHECK(kinds.size() == 0);
    CHECK(kinds.looks() == 0);
    CHECK(kinds.generation() != generation);
    CHECK(kinds.find(shape::lower, 5 << 10, Vocabulary::none, {}) == 0);
}

TEST_CASE("Another vocabulary makes other kinds", "[token_kinds]") {
    const Vocabulary words = vocabulary(), others = vocabulary();
    Kinds kinds;
    kinds.begin(words);
    (void)kinds.find(shape::cap, 0, entry_of(words, "november"), {});
    kinds.begin(words);
    CHECK(kinds.size() == 1);
    kinds.begin(others);
    CHECK(kinds.size() == 0);
}
