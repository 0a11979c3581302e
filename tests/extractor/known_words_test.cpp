#include "extractor/known_words.hpp"

#include "extractor/tokeniser.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/test_gazetteer.hpp"

using namespace demarc;

namespace {

Vocabulary vocabulary(std::string word) {
    Vocabulary words;
    words.add_lexicon({"words", "words.txt", {{std::move(word)}}});
    REQUIRE(words.finish());
    return words;
}

struct Known {
    KnownNames names;
    TokenKinds kinds;
    KnownWords words;

    void begin(const Vocabulary& vocabulary) {
        names.begin(test_gazetteer());
        kinds.begin({}, vocabulary);
        words.begin(vocabulary, test_gazetteer(), kinds);
    }
    KnownWords::Word find(const Vocabulary& vocabulary, const Token& token) { return words.find(token, vocabulary, test_gazetteer(), names, kinds); }
};

}  // namespace

TEST_CASE("a word that was met is known as the tables know it", "[known_words]") {
    const Vocabulary words = vocabulary("front line");
    Known known;
    known.begin(words);
    std::vector<Token> tokens;
    tokenise("Kaesong and kaesong, the front line; Qqqq. FRONT", tokens);
    for (int again = 0; again < 2; ++again) {
        for (const Token& token : tokens) {
            const KnownWords::Word word = known.find(words, token);
            CHECK(word.entry() == words.find(token.hash));
            CHECK(word.kind == known.kinds.find(token.predicates, 0, word.entry()));
        }
        CHECK((known.find(words, tokens[0]).uses & (KnownWords::place | KnownWords::person)) == KnownWords::place);  // Kaesong
        CHECK((known.find(words, tokens[2]).uses & KnownWords::any_name) == 0);  // kaesong: not written as a name
        CHECK(known.find(words, tokens[5]).uses == KnownWords::begins_entry);  // front
        CHECK((known.find(words, tokens[8]).uses & KnownWords::any_name) == 0);  // Qqqq
        CHECK((known.find(words, tokens[10]).uses & KnownWords::begins_entry) != 0);  // FRONT
    }
}

TEST_CASE("words are forgotten with the vocabulary that knew them", "[known_words]") {
    const Vocabulary first = vocabulary("front"), second = vocabulary("line");
    Known known;
    std::vector<Token> tokens;
    tokenise("front line", tokens);
    known.begin(first);
    CHECK(known.find(first, tokens[0]).entry() != Vocabulary::none);
    CHECK(known.find(first, tokens[1]).entry() == Vocabulary::none);
    known.begin(second);
    CHECK(known.find(second, tokens[0]).entry() == Vocabulary::none);
    CHECK(known.find(second, tokens[1]).entry() != Vocabulary::none);
}

TEST_CASE("more words than the table holds are found all the same", "[known_words]") {
    const Vocabulary words = vocabulary("w19999");
    Known known;
    known.begin(words);
    std::string text;
    for (int i = 0; i < 40'000; ++i) text += "w" + std::string(1, static_cast<char>('a' + i % 26)) + std::string(static_cast<std::size_t>(i / 2600 + 1), static_cast<char>('a' + i / 26 % 26)) + std::string(static_cast<std::size_t>(i / 676 % 4), 'q') + " ";
    text += "front";
    std::vector<Token> tokens;
    tokenise(text, tokens);
    for (const Token& token : tokens) {
        const KnownWords::Word word = known.find(words, token);
        REQUIRE(word.entry() == words.find(token.hash));
        REQUIRE(word.kind == known.kinds.find(token.predicates, 0, word.entry()));
    }
}
