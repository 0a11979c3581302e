#include "extractor/rule_engine.hpp"

#include <algorithm>
#include <bit>
#include <ctime>
#include <string>
#include <vector>

#include "extractor/extraction_observer.hpp"
#include "extractor/extractor.hpp"
#include "extractor/rule_beginnings.hpp"
#include "extractor/rule_program.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/test_gazetteer.hpp"

using namespace demarc;

namespace {

// A rule in TOML; `more` holds further keys.
std::string rule(const std::string& name, const std::string& type, const std::string& tokens, const std::string& more = "") {
    return "[[rule]]\nname = \"test." + name + "\"\ntype = \"" + type + "\"\ntokens = '" + tokens + "'\nexamples = [\"x\"]\nnot = [\"y\"]\n" + more + "\n";
}

RuleSet compile(const std::string& toml, const std::vector<RuleFile>& lexicons = {}) {
    std::vector<RuleFile> files = lexicons;
    files.push_back({"test/test.toml", "phase = \"names\"\n" + toml});
    auto sources = parse_rule_files(files);
    if (!sources) FAIL(sources.error().text());
    auto rules = RuleSet::compile(std::move(*sources));
    if (!rules) FAIL(rules.error().text());
    return std::move(*rules);
}

std::string compile_error(const std::string& toml) {
    auto sources = parse_rule_files({{"test/test.toml", "phase = \"names\"\n" + toml}});
    if (!sources) return sources.error().text();
    const auto rules = RuleSet::compile(std::move(*sources));
    return rules ? "" : rules.error().text();
}

// "name:text" of each mention, in text order.
using Found = std::vector<std::string>;
Found found(const RuleSet& rules, const std::string& text) {
    const Extractor extractor(rules, test_gazetteer());
    Document document;
    document.text = text;
    Workspace workspace;
    Found out;
    for (const Mention& mention : extractor.extract(document, workspace)) out.push_back(std::string(mention.rule.substr(5)) + ":" + std::string(mention.span.of(document.text)));
    return out;
}

// 2^15 words, each in the lexicons that its number's bits say: no two answer alike to the tests.
constexpr unsigned kind_bits = 15;
std::string numbered_word(unsigned number) {
    std::string out = "w";
    for (unsigned i = 0; i < 8; ++i, number /= 4) out += static_cast<char>('a' + number % 4);
    return out;
}
std::string bit_lexicon(unsigned bit) { return std::string("bit") + static_cast<char>('a' + bit); }
std::vector<RuleFile> bit_lexicons() {
    std::vector<RuleFile> lexicons;
    for (unsigned bit = 0; bit < kind_bits; ++bit) {
        std::string lines = "# source: made up\n";
        for (unsigned number = 0; number < 1u << kind_bits; ++number) {
            if ((number >> bit & 1u) != 0) lines += numbered_word(number) + "\n";
        }
        lexicons.push_back({"test/" + bit_lexicon(bit) + ".txt", lines});
    }
    return lexicons;
}

}  // namespace

TEST_CASE("the leftmost match wins, then the longest") {
    const RuleSet rules = compile(rule("short", "organisation", "\"red\"") + rule("long", "organisation", "\"red\" \"army\" \"corps\"") + rule("later", "organisation", "\"army\" \"corps\" \"staff\" \"and\""));
    CHECK(found(rules, "a red car") == Found{"short:red"});
    CHECK(found(rules, "the Red Army Corps") == Found{"long:Red Army Corps"});
    CHECK(found(rules, "red army") == Found{"short:red"});
    CHECK(found(rules, "red army corps staff and") == Found{"long:red army corps"});
    CHECK(found(rules, "blue army corps staff and") == Found{"later:army corps staff and"});
}

TEST_CASE("among equal matches the priority decides, then the name") {
    const std::string two = rule("b", "organisation", "{cap} \"army\"") + rule("a", "organisation", "\"red\" \"army\"");
    CHECK(found(compile(two), "the Red army") == Found{"a:Red army"});
    CHECK(found(compile(rule("b", "organisation", "{cap} \"army\"", "priority = 1") + rule("a", "organisation", "\"red\" \"army\"")), "the Red army") == Found{"b:Red army"});
}

TEST_CASE("conjunction, negation and alternatives of predicates") {
    const RuleSet rules = compile(rule("x", "organisation", "{cap & !ships | caps & glued | \"red\" & lower} \"fleet\""), {{"test/ships.txt", "# source: this test\nYamato|Musashi\n"}});
    CHECK(found(rules, "The Kongo fleet") == Found{"x:Kongo fleet"});
    CHECK(found(rules, "the Yamato fleet").empty());
    CHECK(found(rules, "a KONGO fleet").empty());
    CHECK(found(rules, "(KONGO fleet") == Found{"x:KONGO fleet"});
    CHECK(found(rules, "red fleet") == Found{"x:red fleet"});
}

TEST_CASE("captures say what becomes the mention and what its value is") {
    const RuleSet rules = compile(rule("x", "organisation", "\"the\" (?<mention>(?<adjective>{colours}) \"party\") \"of\" (?<mention2>{cap} \"party\")", "value = { kind = \"${adjective:colours}-$adjective\" }"),
                                  {{"test/colours.txt", "# source: this test\nred|scarlet\n"}});
    Document document;
    document.text = "the Scarlet party of Lesser party";
    Workspace workspace;
    workspace.load(document, rules, test_gazetteer());
    int matches = 0;
    for (std::size_t phase = 0; phase < rules.phases().size(); ++phase) {
        run_phase(rules, phase, workspace, [&](const RuleMatch& match) {
            ++matches;
            CHECK(match.value("kind") == "red-Scarlet");
            CHECK(match.value("colour").empty());
            CHECK(match.text("adjective") == "Scarlet");
            CHECK(match.canonical("adjective", "colours") == "red");
            CHECK_FALSE(match.has("noun"));
            std::vector<TokenRange> ranges;
            match.mention_ranges(ranges);
            REQUIRE(ranges.size() == 2);
            CHECK(workspace.text_of(ranges[0]) == "Scarlet party");
            CHECK(workspace.text_of(ranges[1]) == "Lesser party");
            return MatchOutcome{true, match.tokens().last};
        });
    }
    CHECK(matches == 1);
}

TEST_CASE("a refused match gives way to the next rule, then to the next token") {
    const RuleSet rules = compile(rule("a", "organisation", "{cap} \"army\"") + rule("b", "organisation", "\"red\" \"army\"") + rule("c", "organisation", "\"army\""));
    Document document;
    document.text = "Red army";
    Workspace workspace;
    workspace.load(document, rules, test_gazetteer());
    std::vector<std::string> tried;
    for (std::size_t phase = 0; phase < rules.phases().size(); ++phase) {
        run_phase(rules, phase, workspace, [&](const RuleMatch& match) {
            tried.push_back(match.rule().name);
            return MatchOutcome{};
        });
    }
    CHECK(tried == std::vector<std::string>{"test.a", "test.b", "test.c"});
}

TEST_CASE("a name of several words counts as one atom, however it is joined") {
    const RuleSet rules = compile(rule("x", "organisation", "{bodies & cap} {n2}?"), {{"test/bodies.txt", "# source: this test\nworld court|court\n"}});
    CHECK(found(rules, "the World Court 45") == Found{"x:World Court 45"});
    CHECK(found(rules, "the World-Court") == Found{"x:World-Court"});
    CHECK(found(rules, "a Court") == Found{"x:Court"});
    CHECK(found(rules, "the World view").empty());
}

TEST_CASE("a later phase sees an earlier phase's mentions as wholes and their tokens as nothing else") {
    const RuleSet rules = compile(rule("first", "organisation", "\"red\" \"army\" \"corps\"", "phase = \"figures\"") +
                                  rule("second", "organisation", "{@organisation} (?<mention>{cap})", "phase = \"relations\"") + rule("third", "organisation", "\"army\""));
    CHECK(found(rules, "near red army corps Staff, army") == Found{"first:red army corps", "second:Staff", "third:army"});
    CHECK(found(rules, "near red army Staff") == Found{"third:army", "second:Staff"});
}

TEST_CASE("a rule amends the mention that stands there") {
    const RuleSet rules = compile(rule("first", "organisation", "\"red\" \"army\"") + rule("second", "organisation", "(?<mention>{@organisation}) \"command\"", "phase = \"linked_names\"\namend = true"));
    const Extractor extractor(rules, test_gazetteer());
    Document document;
    document.text = "red army command";
    Workspace workspace;
    const auto mentions = extractor.extract(document, workspace);
    REQUIRE(mentions.size() == 1);
    CHECK(mentions[0].rule == "test.first");
    REQUIRE(workspace.amendments.size() == 1);
    CHECK(workspace.amendments[0].rule == "test.second");
    CHECK(workspace.amendments[0].span == mentions[0].span);
}

TEST_CASE("words that no rule asks about do not let a pattern jump over them") {
    const RuleSet rules = compile(rule("x", "organisation", "\"red\" {word}{0,2} \"army\""));
    CHECK(found(rules, "red big old army") == Found{"x:red big old army"});
    CHECK(found(rules, "red a b c army").empty());
    CHECK(found(rules, "red a b c d e f g army").empty());
    const RuleSet gaps = compile(rule("x", "organisation", "\"red\" {!\"blue\"}{0,2} \"army\""));
    CHECK(found(gaps, "red 1 2 army") == Found{"x:red 1 2 army"});
    CHECK(found(gaps, "red a b c d e f g army").empty());
}

TEST_CASE("more than 190 words in a phase need letters of two bytes and match all the same") {
    std::string toml;
    std::string word = "aaa";
    std::vector<std::string> all;
    for (int i = 0; i < 420; ++i) {
        all.push_back(word);
        for (std::size_t at = 3; at-- > 0;) {
            if (++word[at] <= 'z') break;
            word[at] = 'a';
        }
    }
    for (std::size_t i = 0; i < all.size(); ++i) toml += rule("r" + std::to_string(1000 + i), "organisation", "\"" + all[i] + "\" {lower & !\"" + all[(i + 7) % all.size()] + "\"} \"zzz\"");
    const RuleSet rules = compile(toml);
    CHECK(rules.rule_count() == 420);
    for (const std::size_t i : {0u, 100u, 189u, 190u, 191u, 222u, 223u, 300u, 419u}) {
        CHECK(found(rules, all[i] + " other zzz") == Found{"r" + std::to_string(1000 + i) + ":" + all[i] + " other zzz"});
        CHECK(found(rules, all[i] + " " + all[(i + 8) % all.size()] + " zzz") == Found{"r" + std::to_string(1000 + i) + ":" + all[i] + " " + all[(i + 8) % all.size()] + " zzz"});
        CHECK(found(rules, all[i] + " " + all[(i + 7) % all.size()] + " zzz").empty());
    }
}

TEST_CASE("an automaton stays within its bounds in the midst of a document") {
    // Which of the last fifty words were capitals: 2^50 states if all were met.
    const RuleSet rules = compile(rule("x", "organisation", "({word}{0,50} {caps} {word}{40} \"end\")"));
    std::string text;
    std::uint32_t random = 1;
    for (int i = 0; i < 12'000; ++i) {
        random = random * 1664525u + 1013904223u;
        text += (random >> 16 & 1) != 0 ? "AB " : "ab ";
    }
    const Extractor extractor(rules, test_gazetteer());
    Document document;
    document.text = text;
    Workspace workspace;
    CHECK(extractor.extract(document, workspace).empty());
    for (const auto& scan : workspace.learned->scans->phases) {
        CHECK(scan.automaton.state_count() <= TokenAutomaton::max_states + 300);
    }
}

TEST_CASE("an automaton stays within its bounds while matches that lost are looked for") {
    struct Watch : ExtractionObserver {
        explicit Watch(const Workspace& watched) : workspace(watched) {}
        bool wants_losers(TokenRange) const override { return true; }
        void fate(const RuleMatch&, TokenRange, MatchFate, std::uint32_t) override {
            for (const auto& scan : workspace.learned->scans->phases) most_states = std::max(most_states, scan.automaton.state_count());
        }
        const Workspace& workspace;
        std::size_t most_states = 0;
    };
    // How far back the capitals since a first word lie: a state of its own for almost every pair of words.
    const RuleSet rules = compile(rule("long", "organisation", "({word}{50}){5} {word}{5}") + rule("x", "organisation", "({word}{0,50}){5} {caps} ({word}{50}){5}"));
    Document document;
    std::uint32_t random = 1;
    for (int i = 0; i < 600; ++i) {
        random = random * 1664525u + 1013904223u;
        document.text += (random >> 16 & 1) != 0 ? "AB " : "ab ";
    }
    const Extractor extractor(rules, test_gazetteer());
    Workspace workspace;
    Watch watch(workspace);
    CHECK(extractor.extract(document, workspace, &watch).size() == 2);
    CHECK(watch.most_states > 0);
    CHECK(watch.most_states <= TokenAutomaton::max_states + 300);
}

TEST_CASE("a document with more kinds of words than an automaton keeps symbols is read right to its end") {
    std::string toml;
    for (unsigned bit = 0; bit < kind_bits; ++bit) toml += rule(bit_lexicon(bit), "organisation", "\"red\" (?<mention>{" + bit_lexicon(bit) + "}) \"end\"");
    const RuleSet rules = compile(toml, bit_lexicons());
    std::string text;
    Found expected;
    for (unsigned number = 1; number < 1u << kind_bits; ++number) {
        text += "red " + numbered_word(number) + " end ";
        expected.push_back(bit_lexicon(static_cast<unsigned>(std::countr_zero(number))) + ":" + numbered_word(number));
    }
    CHECK(found(rules, text) == expected);
}

TEST_CASE("a document with more pairs of words than are kept is read right to its end") {
    std::string toml;
    for (unsigned bit = 0; bit < kind_bits; ++bit) toml += rule(bit_lexicon(bit), "organisation", "{" + bit_lexicon(bit) + "} \"end\"");
    const RuleSet rules = compile(toml, bit_lexicons());
    std::string text;
    Found expected;
    for (unsigned number = 1; number < 1u << kind_bits; number += 2) {
        text += numbered_word(number) + " " + numbered_word((number + 1) % (1u << kind_bits)) + " " + numbered_word(number) + " end ";
        expected.push_back("bita:" + numbered_word(number) + " end");
    }
    CHECK(found(rules, text) == expected);
}

TEST_CASE("a rule begins at the word before a mention that was made since") {
    const RuleSet rules = compile(rule("a", "organisation", "\"red\" \"army\"") + "[[rule]]\nname = \"test.b\"\ntype = \"organisation\"\nphase = \"statements\"\ntokens = '(?<mention>{cap}) {@organisation}'\nexamples = [\"x\"]\nnot = [\"y\"]\n");
    CHECK(found(rules, "The Third red army") == Found{"b:Third", "a:red army"});
}

TEST_CASE("a pattern of thousands of optional words takes each of them once a token") {
    const RuleSet rules = compile(rule("x", "organisation", "((({word}?){18}){18}){18} \"end\""));
    std::string text;
    for (int i = 0; i < 200; ++i) text += "word ";
    const std::clock_t before = std::clock();
    CHECK(found(rules, text + "end") == Found{"x:" + text + "end"});
    CHECK((std::clock() - before) / CLOCKS_PER_SEC < 10);  // half a second; 34 where each word walks over all behind it
}

TEST_CASE("captures of a deep pattern over a long match need no deep stack") {
    // 2,500 groups that may be empty before every word.
    const RuleSet rules = compile(rule("x", "organisation", "((((\"y\"?)?){50}){50} \"x\")* (?<mention>\"end\")"));
    std::string text;
    for (int i = 0; i < 250; ++i) text += "x ";
    CHECK(found(rules, text + "end") == Found{"x:end"});
}

TEST_CASE("rules that cannot work are refused with file and line") {
    CHECK_THAT(compile_error(rule("x", "organisation", "{nothing}")), Catch::Contains("test/test.toml:5") && Catch::Contains("'{nothing}'"));
    CHECK_THAT(compile_error(rule("x", "ship", "{cap}")), Catch::Contains("'ship' is not a mention type"));
    CHECK_THAT(compile_error(rule("x", "organisation", "{cap}") + rule("x", "organisation", "{caps}")), Catch::Contains("given twice"));
    CHECK_THAT(compile_error(rule("x", "organisation", "{cap}", "phase = \"last\"")), Catch::Contains("phase 'last'"));
    CHECK_THAT(compile_error(rule("x", "organisation", "{cap}", "colour = 1")), Catch::Contains("unknown key 'colour'"));
    CHECK_THAT(compile_error("[[rule]]\nname = \"a.b\"\ntype = \"place\"\ntokens = '{cap}'\n"), Catch::Contains("examples"));
    CHECK_THAT(compile_error(rule("x", "organisation", "{@date & @place}")), Catch::Contains("two things of several tokens"));
}
