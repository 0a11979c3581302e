#include "extractor/vocabulary.hpp"

#include "base/token_hash.hpp"
#include "extractor/acronyms.hpp"
#include "extractor/workspace.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/test_gazetteer.hpp"
#include "tests/extractor/test_rules.hpp"

using namespace demarc;

namespace {

struct Found {
    std::string text;
    std::uint16_t lexicon;
    friend bool operator==(const Found&, const Found&) = default;
};

// Entries of several tokens in a text.
std::vector<Found> matches(const Vocabulary& vocabulary, const std::string& text) {
    Document document;
    document.text = text;
    Workspace workspace;
    workspace.learned->begin({}, vocabulary, test_gazetteer());
    workspace.load_next(document, vocabulary, test_gazetteer());
    std::vector<Found> out;
    for (const LexiconMatch& match : workspace.lexicon_matches) out.push_back({std::string(workspace.text_of(match.tokens)), match.lexicon});
    return out;
}

}  // namespace

TEST_CASE("the longest entry of a lexicon from a token wins, each lexicon for itself") {
    Vocabulary vocabulary;
    const auto lines = vocabulary.add_lexicon({"lines", "", {{"front line", "line of the front"}, {"front line of the army"}}});
    const auto fronts = vocabulary.add_lexicon({"fronts", "", {{"front line"}}});
    REQUIRE(vocabulary.finish());
    CHECK(vocabulary.multi_token(lines));
    CHECK(matches(vocabulary, "the front line of the army") == std::vector<Found>{{"front line of the army", lines}, {"front line", fronts}});
    CHECK(matches(vocabulary, "the Front-Line of the corps") == std::vector<Found>{{"Front-Line", lines}, {"Front-Line", fronts}});
    CHECK(matches(vocabulary, "front\n\nline").empty());
    CHECK(matches(vocabulary, "front").empty());
}

TEST_CASE("lexicons whose names end alike are told apart") {
    Vocabulary vocabulary;
    (void)vocabulary.add_lexicon({"a.mountains", "", {{"hill", "Height"}}});
    (void)vocabulary.add_lexicon({"b.mountains", "", {{"size", "Height"}}});
    (void)vocabulary.add_lexicon({"", "", {{"unnamed", "Height"}}});
    REQUIRE(vocabulary.finish());
    const std::uint32_t height = vocabulary.find(token_hash("height"));
    CHECK(vocabulary.canonical_in(height, "a.mountains") == "hill");
    CHECK(vocabulary.canonical_in(height, "b.mountains") == "size");
    CHECK(vocabulary.canonical_in(height, "c.mountains").empty());
    CHECK(vocabulary.canonical_in(height, "mountains").empty());
    CHECK(vocabulary.canonical_in(height, "") == "unnamed");
}

TEST_CASE("a loaded text has its capitals and its abbreviations in brackets") {
    Workspace workspace;
    const auto loaded = [&](const std::string& text) {
        Document document;
        document.text = text;
        workspace.load(document, test_rules(), test_gazetteer());
        find_abbreviations(workspace);
        std::string out;
        for (const Capital& capital : std::span(workspace.capitals).first(workspace.capital_count)) {
            CHECK(static_cast<std::uint32_t>(workspace.tokens[capital.token].hash) == capital.hash);
            out += workspace.tokens[capital.token].span().of(text);
            out += ' ';
        }
        for (const std::uint32_t bracket : workspace.abbreviations) {
            out += workspace.text_of({bracket, bracket + 3});
            out += ' ';
        }
        return out;
    };
    CHECK(loaded("Colonel J. Murray of the LEVANT Group (LG), (see p. 4) and (X) the 3rd") == "Colonel J Murray LEVANT Group LG X (LG) ");
    CHECK(loaded("no more (of it).").empty());
    CHECK(loaded("").empty());
}

TEST_CASE("canonical forms, literals and single words") {
    Vocabulary vocabulary;
    const auto months = vocabulary.add_lexicon({"months", "", {{"11", "November", "Nov"}}});
    const auto literal = vocabulary.add_literal("of");
    CHECK(vocabulary.add_literal("of") == literal);
    REQUIRE(vocabulary.finish());
    CHECK_FALSE(vocabulary.multi_token(months));
    CHECK(vocabulary.canonical(months, token_hash("november")) == "11");
    CHECK(vocabulary.canonical(months, token_hash("december")).empty());
    CHECK(vocabulary.canonical_in(vocabulary.find(token_hash("november")), "months") == "11");
    CHECK(vocabulary.canonical_in(vocabulary.find(token_hash("november")), "weeks").empty());
    CHECK(vocabulary.canonical_in(vocabulary.find(token_hash("of")), "months").empty());
    CHECK(vocabulary.lexicon_id("months") == months);
    CHECK(vocabulary.lexicon_id("weeks") == 0xFFFF);
    CHECK(vocabulary.find(token_hash("december")) == Vocabulary::none);
    REQUIRE(vocabulary.find(token_hash("nov")) != Vocabulary::none);
    const auto lexicons = vocabulary.entry(vocabulary.find(token_hash("nov"))).lexicons;
    CHECK(std::vector<std::uint16_t>(lexicons.begin(), lexicons.end()) == std::vector<std::uint16_t>{months});
}
