#include "extractor/unit_reading.hpp"

#include <string_view>

#include "base/document.hpp"
#include "extractor/rule_source.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/test_gazetteer.hpp"
#include "tests/extractor/test_rules.hpp"

using namespace demarc;

namespace {

UnitReading reading(std::string_view words, std::string_view echelon = {}, UnitValue* whole = nullptr) {
    const RuleSet& rules = test_rules();
    Document document;
    document.text = std::string(words);
    Workspace workspace;
    workspace.load(document, rules, test_gazetteer());
    const TokenRange all{0, static_cast<std::uint32_t>(workspace.tokens.size())};
    const UnitReading reading = read_unit_words(workspace, rules, all, echelon);
    if (whole != nullptr) *whole = whole_value(workspace, rules, reading);
    return reading;
}

UnitValue read(std::string_view words, std::string_view echelon = {}) {
    UnitValue value;
    static_cast<void>(reading(words, echelon, &value));
    return value;
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

TEST_CASE("ways of writing one unit share a key, nation or not in the same place") {
    const auto key = [](std::string_view words) { return reading(words).key; };
    CHECK(key("US Eighth Army") == "us-8th-army");
    CHECK(key("Eighth US Army") == "us-8th-army");
    CHECK(key("8th Army") == "8th-army");
    CHECK(key("27th (British) Brigade") == key("British 27th Bde"));
    CHECK(key("65th Inf") == key("65th Infantry Regiment"));
    CHECK(key("III Corps") == key("Third Corps"));
    CHECK(key("2d Bn, 65th Inf") == "2nd-battalion-of-65th-infantry-regiment");
    CHECK(key("54th Mass.") == "54th-massachusetts-infantry-regiment");
    CHECK(key("XLIX Corps") == "49th-corps");
}

TEST_CASE("a stroke parts a battalion from its regiment") {
    const UnitValue marines = read("3/7 Marines");
    CHECK(marines.echelon == "battalion");
    CHECK(marines.number == "3");
    CHECK(marines.parent == "7th Marines");
    CHECK(read("1/2nd Gurkha Rifles").parent == "2nd Gurkha Rifles");
}

TEST_CASE("a part of a regiment has the regiment's arm, a part of a division none") {
    CHECK(read("2d Bn, 65th Inf").branch == "infantry");
    CHECK(read("A Company, 8th Engineer Combat Battalion").branch == "engineer");
    CHECK(read("3rd Squadron, 7th Cavalry").sidc == "10001000161213000000");
    CHECK(read("Company K, 1st Armored Division").branch.empty());
}

TEST_CASE("the units above are read one by one") {
    const UnitValue company = read("Company E, 2nd Battalion, 7th Marines");
    REQUIRE(company.superiors.size() == 2);
    CHECK(company.superiors[0].entity == "unit:2nd-battalion-of-7th-marine-regiment");
    CHECK(company.superiors[1].entity == "unit:7th-marine-regiment");
    CHECK(company.superiors[1].echelon == "regiment");
    CHECK(read("24th Division").superiors.empty());
}

TEST_CASE("the artillery of a division is no division") {
    CHECK(read("1st Div Arty").echelon.empty());
    CHECK(read("1st Div Arty").sidc.empty());
}

TEST_CASE("a number without a head takes the echelon that it is told") {
    const UnitValue unit = read("308th", "division");
    CHECK(unit.echelon == "division");
    CHECK(unit.number == "308");
    CHECK(read("308th").echelon.empty());
    CHECK(read("308th").sidc.empty());
}
