#include "gazetteer/name_tokens.hpp"

#include "base/token_hash.hpp"
#include "tests/catch.hpp"

using namespace demarc;
using Tokens = std::vector<std::string>;

TEST_CASE("names are cut as text is") {
    CHECK(name_tokens("P'yŏnggang-ni") == Tokens{"pyonggang", "ni"});
    CHECK(name_tokens("Hill 395") == Tokens{"hill", "395"});
    CHECK(name_tokens("J. V. Stalin") == Tokens{"j", "v", "stalin"});
    CHECK(name_tokens("65th") == Tokens{"65", "th"});
    CHECK(name_tokens("金城") == Tokens{"金城"});
    CHECK(name_tokens("Kyŏngsŏng (Seoul)") == Tokens{"kyongsong", "seoul"});
    CHECK(name_tokens("'Quoted'") == Tokens{"quoted"});
    CHECK(name_tokens("Ku\u0306mso\u0306ng") == Tokens{"kumsong"});
    CHECK(name_tokens(" — ").empty());
}

TEST_CASE("a joined name has the tokens, their word and their keys") {
    for (const std::string name : {"P'yŏnggang-ni", "Hill 395", "J. V. Stalin", "65th", "金城", "Kyŏngsŏng (Seoul)", " ' 38 — x", "Ku\u0306mso\u0306ng ﷺ", "O'Neill's", "'a'1'b'", "a'é 1a1", "B12''x'"}) {
        const Tokens tokens = name_tokens(name);
        const JoinedName joined(name);
        REQUIRE(joined.size() == tokens.size());
        CHECK(joined.word() == joined_tokens(tokens));
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const Tokens first(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            CHECK(joined.token(i) == tokens[i]);
            CHECK(joined.joined(i + 1) == joined_tokens(first));
            CHECK(joined.key(i + 1) == sequence_key(first));
        }
    }
    CHECK(JoinedName(" — ").size() == 0);
    CHECK(JoinedName(std::string(JoinedName::max_bytes, '7')).size() == 1);
    std::string many;
    while (many.size() < JoinedName::max_bytes) many += "7a";
    CHECK(JoinedName(many).size() == JoinedName::max_bytes);
    CHECK(JoinedName(many + "7").size() == 0);
}

TEST_CASE("the key of a sequence is base/token_hash's") {
    CHECK(sequence_key({}) == 0);
    CHECK(sequence_key({"hill"}) == token_hash("hill"));
    CHECK(sequence_key({"hill", "395"}) == extend_sequence(token_hash("hill"), token_hash("395")));
    CHECK(sequence_key({"395", "hill"}) != sequence_key({"hill", "395"}));
}
