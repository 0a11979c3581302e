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

TEST_CASE("the key of a sequence is base/token_hash's") {
    CHECK(sequence_key({}) == 0);
    CHECK(sequence_key({"hill"}) == token_hash("hill"));
    CHECK(sequence_key({"hill", "395"}) == extend_sequence(token_hash("hill"), token_hash("395")));
    CHECK(sequence_key({"395", "hill"}) != sequence_key({"hill", "395"}));
}
