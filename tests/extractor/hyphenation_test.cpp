#include "extractor/hyphenation.hpp"

#include "base/token_hash.hpp"
#include "extractor/tokeniser.hpp"
#include "tests/catch.hpp"

using namespace demarc;

namespace {

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    tokenise(text, tokens);
    join_hyphenated(text, tokens);
    return tokens;
}

}  // namespace

TEST_CASE("words that a line end parts are one word") {
    for (const std::string_view text : {"Vir¬ ginia", "Vir¬\nginia", "Vir¬\r\n ginia", "Vir-\nginia", "Vir-\r\nginia", "Vir¬ gi¬ nia"}) {
        INFO(text);
        const auto tokens = tokens_of(text);
        REQUIRE(tokens.size() == 1);
        CHECK(tokens[0].hash == token_hash("virginia"));
        CHECK(tokens[0].begin == 0);
        CHECK(tokens[0].end == text.size());
        CHECK((tokens[0].predicates & shape::cap) != 0);
    }
}

TEST_CASE("other hyphens part as they did") {
    CHECK(tokens_of("two- and three").size() == 4);
    CHECK(tokens_of("Vir- ginia").size() == 3);
    CHECK(tokens_of("well-\nknown").size() == 3);
    CHECK(tokens_of("Anglo-\nFrench").size() == 3);
    CHECK(tokens_of("Vir¬ Ginia").size() == 3);
    CHECK(tokens_of("a ¬ b").size() == 3);
    CHECK(tokens_of("Vir¬              ginia").size() == 3);
    CHECK(tokens_of("¬").size() == 1);
    CHECK(tokens_of("Vir¬").size() == 2);
    CHECK(tokens_of("in the Vir¬ ginia hills").size() == 4);
}
