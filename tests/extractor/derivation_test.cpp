#include "extractor/derivation.hpp"

#include <string>
#include <vector>

#include "extractor/extractor.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/test_gazetteer.hpp"
#include "tests/extractor/test_rules.hpp"

using namespace demarc;

namespace {

std::string rule(const std::string& name, const std::string& type, const std::string& tokens, const std::string& more = "") {
    return "[[rule]]\nname = \"test." + name + "\"\ntype = \"" + type + "\"\ntokens = '" + tokens + "'\nexamples = [\"x\"]\nnot = [\"y\"]\n" + more + "\n";
}

// "name:words fate" of each step that touches `place` of the text, in order.
std::vector<std::string> steps(const std::string& toml, const std::string& text, const std::string& place) {
    auto sources = parse_rule_files({{"test/test.toml", "phase = \"names\"\n" + toml}});
    if (!sources) FAIL(sources.error().text());
    auto rules = RuleSet::compile(std::move(*sources));
    if (!rules) FAIL(rules.error().text());
    const Extractor extractor(*rules, test_gazetteer());
    Document document;
    document.text = text;
    Workspace workspace;
    const auto plain = extractor.extract(document, workspace);
    const auto begin = static_cast<std::uint32_t>(text.find(place));
    Derivation derivation(workspace, {begin, begin + static_cast<std::uint32_t>(place.size())});
    const auto observed = extractor.extract(document, workspace, &derivation);
    REQUIRE(plain.size() == observed.size());
    for (std::size_t i = 0; i < plain.size(); ++i) CHECK((plain[i].span == observed[i].span && plain[i].rule == observed[i].rule));
    std::vector<std::string> out;
    for (const DerivationStep& step : derivation.steps()) out.push_back(step.rule->name.substr(5) + ":" + std::string(workspace.text_of(step.range)) + " " + std::string(to_string(step.fate)));
    return out;
}

using Steps = std::vector<std::string>;

}  // namespace

TEST_CASE("a derivation says which rules matched, and what became of each") {
    const std::string rules = rule("long", "organisation", "\"red\" \"army\" \"corps\"") + rule("short", "organisation", "\"red\"", "priority = 5") + rule("inside", "place", "\"army\"") +
                              rule("far", "organisation", "\"staff\"");
    CHECK(steps(rules, "the Red Army Corps and staff", "Army") == Steps{"long:Red Army Corps made", "inside:Army overlapped"});
    CHECK(steps(rules, "the Red Army Corps and staff", "Red") == Steps{"long:Red Army Corps made", "short:Red outranked"});
    CHECK(steps(rules, "the Red Army and staff", "Red Army") == Steps{"short:Red not_read", "inside:Army made"});
    CHECK(steps(rules, "the Red Army Corps and staff", "staff") == Steps{"far:staff made"});
    CHECK(steps(rules, "the Red Army Corps and staff", "and").empty());
}

TEST_CASE("a derivation tells of mentions in the way, of years, and of mentions that were added to") {
    const std::string first = rule("first", "organisation", "\"red\" \"army\"");
    CHECK(steps(first + rule("second", "place", "{@organisation}", "phase = \"places\""), "the Red Army", "Red") == Steps{"first:Red Army made", "second:Red Army in_the_way"});
    CHECK(steps(first + rule("added", "organisation", "{@organisation}", "phase = \"places\"\namend = true"), "the Red Army", "Red").size() == 2);
    auto sources = parse_rule_files({{"test/test.toml", "phase = \"names\"\n" + rule("old", "organisation", "\"red\"", "until = 1900")}});
    REQUIRE(sources);
    auto compiled = RuleSet::compile(std::move(*sources));
    REQUIRE(compiled);
    Document document;
    document.text = "red";
    document.metadata.date = parse_civil_date("1951-10-31");
    Workspace workspace;
    const Extractor extractor(*compiled, test_gazetteer());
    Derivation derivation(workspace, {0, 3});
    CHECK(extractor.extract(document, workspace, &derivation).empty());
    REQUIRE(derivation.steps().size() == 1);
    CHECK(derivation.steps()[0].fate == MatchFate::out_of_force);
}

TEST_CASE("observing the built-in rules changes nothing, and every mention has its maker") {
    Document document;
    document.text = "General Kim Il Sung moved the 65th Infantry Regiment from Kaesong to the area south of Seoul on 3 May 1951, two miles from the 38th parallel. Kim agreed.";
    Workspace workspace;
    const Extractor extractor(test_rules(), test_gazetteer());
    Derivation derivation(workspace, {0, static_cast<std::uint32_t>(document.text.size())});
    const auto mentions = extractor.extract(document, workspace, &derivation);
    REQUIRE(mentions.size() >= 7);
    REQUIRE(workspace.position.size() == mentions.size());
    for (std::uint32_t i = 0; i < mentions.size(); ++i) {
        const Mention& mention = mentions[workspace.position[i]];
        INFO(mention.span.of(document.text));
        const DerivationStep* made = derivation.maker(i);
        REQUIRE(made != nullptr);
        CHECK(made->rule->name == mention.rule);
    }
}

TEST_CASE("the facts of a word are its shapes, lexicons and names") {
    Document document;
    document.text = "In May near Kaesong";
    Workspace workspace;
    static_cast<void>(Extractor(test_rules(), test_gazetteer()).extract(document, workspace));
    const WordFacts may = facts_of(workspace, test_rules().vocabulary(), 1);
    CHECK(std::find(may.shapes.begin(), may.shapes.end(), "cap") != may.shapes.end());
    const auto months = std::find_if(may.lexicons.begin(), may.lexicons.end(), [](const auto& lexicon) { return lexicon.name == "months"; });
    REQUIRE(months != may.lexicons.end());
    CHECK(months->canonical == "5");
    CHECK(may.names.empty());
    const WordFacts town = facts_of(workspace, test_rules().vocabulary(), 3);
    REQUIRE(town.names.size() == 1);
    CHECK(!town.names[0].person);
    CHECK(!town.names[0].hits.empty());
}
