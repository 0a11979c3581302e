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

}  // namespace

TEST_CASE("Tokens alike to every phase are of one kind", "[token_kinds]") {
    const Vocabulary words = vocabulary();
    TokenKinds kinds;
    kinds.begin(words);
    const auto november = kinds.find(shape::cap, 0, entry_of(words, "november"), {});
    CHECK(kinds.find(shape::cap, 0, entry_of(words, "december"), {}) == november);
    CHECK(kinds.find(shape::caps, 0, entry_of(words, "november"), {}) != november);
    CHECK(kinds.find(shape::cap, 1, entry_of(words, "november"), {}) != november);
    CHECK(kinds.find(shape::cap, 0, entry_of(words, "major"), {}) != november);
    CHECK(kinds.find(shape::cap, 0, Vocabulary::none, {}) != november);
}

TEST_CASE("The place in an entry of several tokens tells kinds apart", "[token_kinds]") {
    const Vocabulary words = vocabulary();
    TokenKinds kinds;
    kinds.begin(words);
    const TokenKinds::Role first[] = {{1, 0}}, last[] = {{1, 1}, {1, 2}};
    const auto begin = kinds.find(shape::cap, 0, Vocabulary::none, first);
    const auto end = kinds.find(shape::cap, 0, Vocabulary::none, last);
    CHECK(begin != end);
    CHECK(kinds.find(shape::cap, 0, Vocabulary::none, last) == end);
    REQUIRE(kinds.roles(kinds.kind(end)).size() == 2);
    CHECK(kinds.roles(kinds.kind(end))[1] == last[1]);
}

TEST_CASE("Kinds past their bound are forgotten between documents", "[token_kinds]") {
    const Vocabulary words = vocabulary();
    TokenKinds kinds;
    kinds.begin(words);
    const auto generation = kinds.generation();
    for (std::uint64_t flags = 0; flags <= TokenKinds::max_kinds; ++flags) (void)kinds.find(shape::lower, flags, Vocabulary::none, {});
    CHECK(kinds.size() == TokenKinds::max_kinds + 1);
    CHECK(kinds.find(shape::lower, 5, Vocabulary::none, {}) == 5);
    kinds.begin(words);
    CHECK(kinds.size() == 0);
    CHECK(kinds.generation() != generation);
    CHECK(kinds.find(shape::lower, 5, Vocabulary::none, {}) == 0);
}

TEST_CASE("Another vocabulary makes other kinds", "[token_kinds]") {
    const Vocabulary words = vocabulary(), others = vocabulary();
    TokenKinds kinds;
    kinds.begin(words);
    (void)kinds.find(shape::cap, 0, entry_of(words, "november"), {});
    kinds.begin(words);
    CHECK(kinds.size() == 1);
    kinds.begin(others);
    CHECK(kinds.size() == 0);
}
