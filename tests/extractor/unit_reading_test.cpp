#include "extractor/unit_reading.hpp"

#include <string_view>

#include "base/document.hpp"
#include "extractor/rule_source.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/test_gazetteer.hpp"

using namespace demarc;

namespace {

UnitValue read(std::string_view words, std::string_view echelon = {}) {
    static const Result<RuleSet> rules = [] {
        auto sources = parse_rule_files(builtin_rule_files());
        return sources ? RuleSet::compile(std::move(*sources)) : Result<RuleSet>(sources.error());
    }();
    if (!rules) FAIL(rules.error().text());
    Document document;
    document.text = std::string(words);
    Workspace workspace;
    workspace.load(document, rules->vocabulary(), test_gazetteer());
    return read_unit(workspace, *rules, {0, static_cast<std::uint32_t>(workspace.tokens.size())}, echelon);
}

}  // namespace

TEST_CASE("number, echelon, branch and nation of a unit") {
    const UnitValue unit = read("North Korean 105th Armored Division");
    CHECK(unit.number == "105");
    CHECK(unit.echelon == "division");
    CHECK(unit.branch == "armour");
    CHECK(unit.nation == "KP");
    CHECK(unit.sidc == "10001000211205000000");
}

TEST_CASE("ways of writing one unit share a designation") {
    CHECK(read("Eighth Army").designation == "8th Army");
    CHECK(read("8th Army").designation == "8th Army");
    CHECK(read("2d Inf. Div.").designation == "2nd Infantry Division");
    CHECK(read("2ND INFANTRY DIVISION").designation == "2nd Infantry Division");
    CHECK(read("U.S. X Corps").designation == "US X Corps");
    CHECK(read("XII Corps").designation == "XII Corps");
    CHECK(read("111th Regiment").designation == "111th Regiment");
    CHECK(read("Twenty-first Brigade").designation == "21st Brigade");
}

TEST_CASE("what a unit belongs to is its parent") {
    CHECK(read("38th Regiment of the 12th Division").parent == "12th Division");
    CHECK(read("2d Bn, 65th Inf").parent == "65th Infantry");
    CHECK(read("Company E, 2nd Battalion, 7th Marines").parent == "2nd Battalion, 7th Marines");
    CHECK(read("24th and 25th Divisions").parent.empty());
}

TEST_CASE("a number and an arm make a regiment, of an airborne or armoured arm a division") {
    CHECK(read("65th Inf").echelon == "regiment");
    CHECK(read("58th Armored FA").branch == "artillery");
    CHECK(read("20th Maine").echelon == "regiment");
    CHECK(read("101st Airborne").echelon == "division");
}

TEST_CASE("several units under one head have no symbol") {
    const UnitValue units = read("24th and 25th Divisions");
    CHECK(units.number == "24,25");
    CHECK(units.sidc.empty());
}

TEST_CASE("a number without a head takes the echelon that it is told") {
    const UnitValue unit = read("308th", "division");
    CHECK(unit.echelon == "division");
    CHECK(unit.number == "308");
    CHECK(read("308th").echelon.empty());
    CHECK(read("308th").sidc.empty());
}
