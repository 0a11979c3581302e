#include <algorithm>
#include <string>
#include <vector>

#include "extractor/corpus.hpp"
#include "extractor/extractor.hpp"
#include "extractor/nearest_name.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/rule_value.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/test_gazetteer.hpp"

using namespace demarc;

namespace {

std::string rule(const std::string& name, const std::string& type, const std::string& tokens, const std::string& more = "") {
    return "[[rule]]\nname = \"" + name + "\"\ntype = \"" + type + "\"\ntokens = '" + tokens + "'\nexamples = [\"x\"]\nnot = [\"y\"]\n" + more + "\n";
}

RuleFile toml(const std::string& path, const std::string& content) { return {path, "phase = \"names\"\n" + content}; }
RuleFile lexicon(const std::string& name, const std::string& lines) { return {name + ".txt", "# source: this test\n" + lines}; }
RuleFile decisions(const std::string& lines) { return {"mine.decisions", lines}; }

RuleSet compile(const std::vector<RuleLayer>& layers) {
    auto sources = parse_rule_layers(layers);
    if (!sources) FAIL(sources.error().text());
    auto rules = RuleSet::compile(std::move(*sources));
    if (!rules) FAIL(rules.error().text());
    return std::move(*rules);
}

MentionList mentions_of(const RuleSet& rules, const Document& document) {
    const Extractor extractor(rules, test_gazetteer());
    Workspace workspace;
    return extractor.extract(document, workspace);
}

// "rule:text" of each mention, in text order.
using Found = std::vector<std::string>;
Found found(const RuleSet& rules, const std::string& text, int year = 0, const std::string& id = "a.txt") {
    Document document;
    document.id = id;
    document.text = text;
    if (year != 0) {
        document.metadata.date.emplace();
        document.metadata.date->year = year;
    }
    Found out;
    for (const Mention& mention : mentions_of(rules, document)) out.push_back(std::string(mention.rule) + ":" + std::string(mention.span.of(document.text)));
    return out;
}

Mention only_mention(const RuleSet& rules, const std::string& text) {
    Document document;
    document.text = text;
    const auto mentions = mentions_of(rules, document);
    REQUIRE(mentions.size() == 1);
    return mentions[0];
}

const RuleLayer army_layer{"", {toml("a.toml", rule("a.army", "organisation", "\"red\" {bodies}") + rule("a.fleet", "organisation", "\"red\" \"fleet\"")), lexicon("bodies", "army|host\nguard\n")}};

}  // namespace

TEST_CASE("a later folder replaces a rule and switches others off") {
    const RuleSet replaced = compile({army_layer, {"more", {toml("b.toml", rule("a.army", "organisation", "\"blue\" {bodies}", "override = true"))}}});
    CHECK(found(replaced, "red army, blue army, red fleet") == Found{"a.army:blue army", "a.fleet:red fleet"});
    const RuleSet off = compile({army_layer, {"more", {toml("b.toml", "off = [\"a.army\"]\n")}}});
    CHECK(found(off, "red army, red fleet") == Found{"a.fleet:red fleet"});
    const RuleSet none = compile({army_layer, {"more", {toml("b.toml", "off = [\"a.*\"]\n" + rule("b.army", "organisation", "\"army\""))}}});
    CHECK(found(none, "red army, red fleet") == Found{"b.army:army"});
}

TEST_CASE("a later folder extends, replaces and cuts a lexicon") {
    const auto with = [](const std::string& lines) { return compile({army_layer, {"more", {lexicon("bodies", lines)}}}); };
    CHECK(found(with("# mode: extend\nhorse\n"), "red horse, red host") == Found{"a.army:red horse", "a.army:red host"});
    CHECK(found(with("# mode: replace\nhorse\n"), "red horse, red host") == Found{"a.army:red horse"});
    CHECK(found(with("# mode: remove\nhost\n"), "red army, red host, red guard") == Found{"a.army:red army", "a.army:red guard"});
    CHECK(found(with("# mode: remove\narmy\n"), "red army, red host, red guard") == Found{"a.army:red guard"});
}

TEST_CASE("the digest tells any change of files, and not where they lie") {
    const auto digest = [](const std::string& folder, const std::string& lines) { return compile({army_layer, {folder, {lexicon("bodies", lines)}}}).digest(); };
    CHECK(digest("x", "# mode: extend\nhorse\n") == digest("y", "# mode: extend\nhorse\n"));
    CHECK(digest("x", "# mode: extend\nhorse\n") != digest("x", "# mode: extend\nfoot\n"));
}

TEST_CASE("a rule holds for the years that it says, and where a document has no date") {
    const RuleSet rules = compile({{"", {toml("a.toml", rule("a.old", "organisation", "\"army\"", "until = 1917") + rule("a.new", "organisation", "\"army\"", "since = 1918") +
                                                            rule("a.war", "organisation", "\"front\"", "since = 1941\nuntil = 1945"))}}});
    CHECK(found(rules, "army", 1916) == Found{"a.old:army"});
    CHECK(found(rules, "army", 1917) == Found{"a.old:army"});
    CHECK(found(rules, "army", 1918) == Found{"a.new:army"});
    CHECK(found(rules, "army") == Found{"a.new:army"});
    CHECK(found(rules, "front", 1941) == Found{"a.war:front"});
    CHECK(found(rules, "front", 1945) == Found{"a.war:front"});
    CHECK(found(rules, "front", 1940).empty());
    CHECK(found(rules, "front", 1946).empty());
}

TEST_CASE("a declared kind has a name, fields and an entity, and later phases see it") {
    const RuleSet rules = compile({{"",
                                    {toml("a.toml", "[[kind]]\nname = \"ship\"\nlabel = \"warship\"\nfields = [\"nation\", \"class\"]\n" +
                                                        rule("ships.a", "ship", "(?<class>{classes})? (?<mention>\"HMS\" (?<name>{cap}{1,2}))",
                                                             "value = { name = \"$name\", class = \"${class:classes}\", nation = \"GB\" }") +
                                                        rule("ships.crew", "organisation", "{@ship} (?<mention>\"crew\")", "phase = \"relations\"") +
                                                        rule("ships.none", "organisation", "\"the\" {word & !@ship}", "phase = \"relations\"")),
                                     lexicon("classes", "destroyer|destroyers\nlight cruiser|light cruisers\n")}}});
    const Mention mention = only_mention(rules, "a light cruiser HMS Royal Oak.");
    CHECK(mention.type == MentionType::declared);
    CHECK(type_name(mention) == "ship");
    CHECK(mention.entity == "ship:royal-oak");
    const auto& value = mention.as<DeclaredValue>();
    CHECK(value.kind == "ship");
    CHECK(value.name == "Royal Oak");
    CHECK(value.fields == std::vector<std::pair<std::string, std::string>>{{"nation", "GB"}, {"class", "light cruiser"}});
    CHECK(found(rules, "HMS Cossack crew") == Found{"ships.a:HMS Cossack", "ships.crew:crew"});
    CHECK(found(rules, "HMS Ark Royal crew, the crew") == Found{"ships.a:HMS Ark Royal", "ships.crew:crew", "ships.none:the crew"});
    CHECK(found(rules, "the crew") == Found{"ships.none:the crew"});
    CHECK(found(rules, "the HMS Cossack") == Found{"ships.a:HMS Cossack"});
}

TEST_CASE("a corpus names declared kinds as the others") {
    const RuleSet rules = compile({{"", {toml("a.toml", "[[kind]]\nname = \"ship\"\nfields = [\"class\"]\n" + rule("ships.a", "ship", "(?<class>{classes})? (?<mention>\"HMS\" (?<name>{cap}))", "value = { name = \"$name\", class = \"${class:classes}\" }")),
                                     lexicon("classes", "destroyer|destroyers\n")}}});
    const Extractor extractor(rules, test_gazetteer());
    Workspace workspace;
    const auto failures = [&](const std::string& lines) {
        CorpusReport report;
        const auto corpus = parse_corpus("a.corpus", "# source: this test\ntext: The destroyer HMS Cossack and HMS Hood.\n" + lines, rules.sources().kinds);
        REQUIRE(corpus.ok());
        run_corpus(*corpus, extractor, workspace, report);
        return report.failures.size();
    };
    CHECK(failures("ship: \"HMS Cossack\" -> Cossack; class destroyer\nship: \"HMS Hood\" -> Hood\n") == 0);
    CHECK(failures("ship: \"HMS Cossack\" -> Cossack\nship: \"HMS Hood\"\n") == 0);
    CHECK(failures("ship: \"HMS Cossack\" -> Cossack; class cruiser\nship: \"HMS Hood\"\n") == 1);
    CHECK(failures("ship: \"HMS Cossack\"\n") == 1);
    CHECK(failures("none: ship\n") == 2);
    CHECK_FALSE(parse_corpus("a.corpus", "# source: this test\ntext: x\nship: \"x\"\n").ok());
}

TEST_CASE("a rule amends a mention of a declared kind") {
    const RuleSet rules = compile({{"", {toml("a.toml", "[[kind]]\nname = \"ship\"\nfields = [\"class\", \"state\"]\n" + rule("ships.a", "ship", "\"HMS\" (?<name>{cap})", "value = { name = \"$name\", state = \"afloat\" }") +
                                                            rule("ships.lost", "ship", "(?<mention>{@ship}) \"was\"? (?<state>\"sunk\")", "phase = \"relations\"\namend = true\nvalue = { state = \"$state\" }"))}}});
    const Mention mention = only_mention(rules, "HMS Hood was sunk");
    const auto& value = mention.as<DeclaredValue>();
    CHECK(value.name == "Hood");
    CHECK(value.fields == std::vector<std::pair<std::string, std::string>>{{"state", "sunk"}});
}

TEST_CASE("a rule of one declared kind leaves a mention of another alone") {
    const RuleSet rules = compile({{"", {toml("a.toml", "[[kind]]\nname = \"ship\"\n[[kind]]\nname = \"gun\"\n" + rule("ships.a", "ship", "\"HMS\" {cap}") +
                                                            rule("guns.a", "gun", "(?<mention>{@ship}) \"fired\"", "phase = \"relations\"\namend = true\nvalue = { name = \"x\" }"))}}});
    CHECK(only_mention(rules, "HMS Hood fired").entity == "ship:hms-hood");
}

TEST_CASE("'never' takes these words away from a type, and from them alone") {
    const RuleLayer base{"", {toml("a.toml", rule("a.place", "place", "{cap}") + rule("a.body", "organisation", "{cap} \"club\"") + rule("a.any", "organisation", "{cap}", "priority = -1"))}};
    CHECK(found(compile({base, {"m", {decisions("never place: Blorp\n")}}}), "in Blorp and Quux") == Found{"a.any:Blorp", "a.place:Quux"});
    CHECK(found(compile({base, {"m", {decisions("never any: Blorp # a perfume\n")}}}), "in Blorp, COLOGNE, Blorp club") == Found{"a.body:Blorp club"});
    CHECK(found(compile({base, {"m", {decisions("never any: eau de «Blorp»\n")}}}), "of Blorp; eau de Blorp; eau de\nBlorp") == Found{"a.place:Blorp"});
    CHECK(found(compile({base, {"m", {decisions("never any: «Blorp» water\n")}}}), "Blorp water, Blorp Water, Blorp wine") == Found{"a.place:Water", "a.place:Blorp"});
}

TEST_CASE("a decision's capitals must be capitals; its small letters may be either") {
    const RuleSet rules = compile({{"", {decisions("always organisation: the Old Guard\n")}}});
    CHECK(found(rules, "The Old Guard, the OLD GUARD, the old guard, the Old guard") ==
          Found{"decisions.mine.1:The Old Guard", "decisions.mine.1:the OLD GUARD"});
}

TEST_CASE("'always' goes before every rule, and says what is meant") {
    const RuleLayer base{"", {toml("a.toml", rule("a.place", "place", "{cap} {number}") + rule("a.long", "place", "{cap} {number} {cap}"))}};
    const RuleSet rules = compile({base, {"m", {decisions("always place: Hill 255 = Pork Chop Hill # Hermes 1966\nalways military_unit: Task Force Smith = TF Smith\n")}}});
    CHECK(found(rules, "Hill 255 East, Hill 266 West") == Found{"decisions.mine.1:Hill 255", "a.long:Hill 266 West"});
    const Mention hill = only_mention(rules, "on Hill 255.");
    CHECK(hill.decided);
    CHECK(hill.as<PlaceValue>().name == "Pork Chop Hill");
    CHECK(hill.why.front() == "decided in mine.decisions:1: Hermes 1966");
    const Mention unit = only_mention(rules, "of Task Force Smith,");
    CHECK(unit.as<UnitValue>().designation == "TF Smith");
    CHECK(unit.entity == "unit:tf-smith");
}

TEST_CASE("'never' beats 'always' where it knows more of the words around") {
    const RuleSet rules = compile({{"", {decisions("always place: Cologne\nnever place: eau de «Cologne»\nnever place: «Cologne» water\n")}}});
    CHECK(found(rules, "Cologne, eau de Cologne, Cologne water") == Found{"decisions.mine.1:Cologne"});
}

TEST_CASE("a decision may hold for one document, or for some years") {
    const RuleSet rules = compile({{"", {decisions("document: a.txt\nalways organisation: the General\ndocument: all\nyears: 1950-1953\nalways organisation: the Front\nyears: all\nalways organisation: the Rear\n")}}});
    CHECK(found(rules, "the General, the Front, the Rear", 1951) == Found{"decisions.mine.2:the General", "decisions.mine.5:the Front", "decisions.mine.7:the Rear"});
    CHECK(found(rules, "the General, the Front, the Rear", 1951, "b.txt") == Found{"decisions.mine.5:the Front", "decisions.mine.7:the Rear"});
    CHECK(found(rules, "the Front, the Rear", 1954) == Found{"decisions.mine.7:the Rear"});
}

TEST_CASE("a template is cut into text, captures and lexicons") {
    const auto parts = parse_template("a ${who:ranks}-$name.");
    REQUIRE(parts.ok());
    REQUIRE(parts->size() == 5);
    CHECK((*parts)[0].text == "a ");
    CHECK((*parts)[1].capture == "who");
    CHECK((*parts)[1].lexicon == "ranks");
    CHECK((*parts)[3].capture == "name");
    CHECK((*parts)[4].text == ".");
    for (const char* broken : {"$", "a $ b", "${", "${a", "${a:", "${a:}", "${:b}", "${a:b", "$$"}) CHECK_FALSE(parse_template(broken).ok());
    CHECK(parse_template("").ok());
}

TEST_CASE("the name that was likely meant is at most two slips away") {
    const std::vector<std::string_view> names = {"months", "month_abbreviations", "ranks", "cap"};
    CHECK(nearest_name("mnoths", names) == "months");
    CHECK(nearest_name("rank", names) == "ranks");
    CHECK(nearest_name("mont", names) == "");
    CHECK(nearest_name("cat", names) == "cap");
    CHECK(nearest_name("ab", names).empty());
    CHECK(nearest_name("ships", names).empty());
    CHECK(meant("mnoths", names) == "; did you mean 'months'?");
    CHECK(meant("ships", names).empty());
}
