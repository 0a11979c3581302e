#include "out/orbat.hpp"

#include <nlohmann/json.hpp>

#include "tests/catch.hpp"

using namespace demarc;
using Json = nlohmann::json;

namespace {

Mention unit(std::string entity, std::string name, std::string nation, std::vector<UnitSuperior> superiors = {}) {
    Mention mention;
    mention.type = MentionType::military_unit;
    mention.entity = std::move(entity);
    UnitValue value;
    value.designation = std::move(name);
    value.nation = std::move(nation);
    value.superiors = std::move(superiors);
    mention.value = std::move(value);
    return mention;
}

Mention place(Geometry geometry) {
    Mention mention;
    mention.type = MentionType::place;
    mention.value = PlaceValue{"Suwon", "city", "kr-suwon"};
    mention.span = {0, 5};
    mention.location = Location{std::move(geometry), 1000, "gazetteer", "kr-suwon"};
    return mention;
}

ExtractedDocument document_of(MentionList mentions, std::optional<CivilDate> date = CivilDate{1951, 5, 10}) {
    ExtractedDocument out;
    out.document.id = "a.txt";
    out.document.text = "Suwon and the 24th Division </script>";
    out.document.metadata.date = date;
    out.mentions = std::move(mentions);
    return out;
}

Json written(const std::vector<ExtractedDocument>& documents) {
    Orbat orbat;
    for (const ExtractedDocument& document : documents) orbat.add(document);
    std::string out;
    orbat.write(out);
    return Json::parse(out);
}

}  // namespace

TEST_CASE("a run without units is a whole, empty scenario", "[orbat]") {
    const Json scenario = written({});
    CHECK(scenario["type"] == "ORBAT-mapper");
    CHECK(scenario["sides"].empty());
    for (const char* key : {"events", "layers", "mapLayers"}) CHECK(scenario[key].is_array());
}

TEST_CASE("units stand under the larger unit, which need not be mentioned itself", "[orbat]") {
    const UnitSuperior regiment{"unit:65th", "65th Infantry", "regiment", "", "10001000171211000000"}, division{"unit:us-3rd", "US 3rd Division", "division", "US", ""};
    const Json scenario = written({document_of({unit("unit:2-65", "2nd Battalion, 65th Infantry", "US", {regiment, division})})});
    REQUIRE(scenario["sides"].size() == 1);
    CHECK(scenario["sides"][0]["name"] == "US");
    const Json& top = scenario["sides"][0]["groups"][0]["subUnits"][0];
    CHECK(top["id"] == "unit:us-3rd");
    CHECK(top["sidc"] == "10001000000000000000");
    CHECK(top["subUnits"][0]["sidc"] == "10001000171211000000");
    CHECK(top["subUnits"][0]["subUnits"][0]["name"] == "2nd Battalion, 65th Infantry");
}

TEST_CASE("units that are said to be parts of each other do not run in a circle", "[orbat]") {
    const UnitSuperior a{"unit:a", "A", "", "", ""}, b{"unit:b", "B", "", "", ""};
    const Json scenario = written({document_of({unit("unit:a", "A", "", {b}), unit("unit:b", "B", "", {a})})});
    const Json flat = scenario.flatten();
    std::size_t units = 0;
    for (const auto& [key, value] : flat.items()) units += key.ends_with("/sidc");
    CHECK(units == 2);
}

TEST_CASE("positions come with their time, in order; an undated one is where the unit begins", "[orbat]") {
    Mention division = unit("unit:us-24th", "24th Division", "US");
    division.span = {14, 27};
    division.relations = {{"moved_to", 1, {}, "1951-05-03T04:15", "r"}, {"at", 1, {}, "1951-04", "r"}, {"held", 1, {}, "", "r"}, {"lost", 1, {}, "1951-06-01", "r"}};
    const Json dated = written({document_of({division, place(LonLat{127.0, 37.25})})});
    const Json& states = dated["sides"][0]["groups"][0]["subUnits"][0]["state"];
    REQUIRE(states.size() == 4);
    CHECK(states[0]["t"] == "1951-04-01T00:00:00Z");
    CHECK(states[1]["t"] == "1951-05-03T04:15:00Z");
    CHECK(states[1]["title"] == "moved to Suwon");
    CHECK(states[1]["location"] == Json::array({127.0, 37.25}));
    CHECK(states[2]["t"] == "1951-05-10T00:00:00Z");  // the document's day
    CHECK(states[3]["title"] == "lost Suwon");
    CHECK_FALSE(states[3].contains("location"));
    CHECK(dated["startTime"] == "1951-04-01T00:00:00Z");

    division.relations = {{"held", 1, {}, "", "r"}};
    const Json undated = written({document_of({division, place(LonLat{127.0, 37.25})}, {})});
    const Json& one = undated["sides"][0]["groups"][0]["subUnits"][0];
    CHECK(one["state"].empty());
    CHECK(one["location"] == Json::array({127.0, 37.25}));
}

TEST_CASE("an area is drawn in its middle, a line and a place without position nowhere", "[orbat]") {
    Mention division = unit("unit:us-24th", "24th Division", "US");
    division.relations = {{"at", 1, {}, "1951-05-03", "r"}};
    const auto state = [&](Geometry geometry) { return written({document_of({division, place(std::move(geometry))})})["sides"][0]["groups"][0]["subUnits"][0]["state"][0]; };
    CHECK(state(Polygon{{{126, 37}, {128, 37}, {128, 38}, {126, 37}}, {}})["location"] == Json::array({127, 37.5}));
    CHECK_FALSE(state(LineString{{126, 37}, {128, 37}}).contains("location"));
    CHECK_FALSE(state(std::monostate{}).contains("location"));
}

TEST_CASE("several units under one head are no unit", "[orbat]") {
    Mention several = unit("unit:24th-25th-division", "24th and 25th Divisions", "US");
    several.as<UnitValue>().number = "24,25";
    CHECK(written({document_of({several})})["sides"].empty());
}
