#include "geo/line_checks.hpp"

#include "geo/placer.hpp"
#include "tests/catch.hpp"
#include "tests/geo/small_world.hpp"

using namespace demarc;
using namespace demarc::test;

namespace {

// Two fronts from west to east, 60 km apart; KPA to the north.
constexpr std::string_view fronts = R"({"features":[
{"properties":{"id":"autumn","name":"Front of autumn","kind":"front_line","theatre":"korea","when":"1951-10-01/1951-10-31","uncertainty_m":1000,"side_left":"CPV and KPA","side_right":"UNC"},"geometry":{"type":"LineString","coordinates":[[126.5,38.2],[128.5,38.2]]}},
{"properties":{"id":"winter","name":"Front of winter","kind":"front_line","theatre":"korea","when":"1951-01-01/1951-01-31","uncertainty_m":1000,"side_left":"CPV and KPA","side_right":"UNC"},"geometry":{"type":"LineString","coordinates":[[126.5,37.2],[128.5,37.2]]}}]})";

struct Checked {
    SmallWorld world;
    std::uint32_t north = world.add("north", "Pukto", "town", "KP", {127.5, 38.6}, 4);
    std::uint32_t south = world.add("south", "Namdo", "town", "KR", {127.5, 37.8}, 4);
    std::uint32_t west = world.add("west", "Sodo", "town", "KR", {126.8, 37.25}, 4);
    std::uint32_t east = world.add("east", "Tongdo", "town", "KR", {128.2, 37.25}, 4);
    std::uint32_t edge = world.add("edge", "Pyondo", "town", "KR", {127.5, 38.19}, 4);

    [[nodiscard]] std::vector<Problem> problems(DocumentBuilder& document) const {
        auto lines = ReferenceLines::parse(fronts, "fronts");
        REQUIRE(lines.ok());
        std::vector<Problem> found;
        Placer([this](std::uint32_t index) { return world(index); }, *lines, {}).place(document.extracted, found);
        return found;
    }
};

std::uint32_t unit_at(DocumentBuilder& document, std::string_view words, const char* nation, const char* relation, std::uint32_t place_after) {
    UnitValue value;
    value.nation = nation;
    const auto index = document.add(words, value);
    document[index].relations.push_back({relation, place_after, {}, "1951-10-15", ""});
    return index;
}

}  // namespace

TEST_CASE("a unit on the other side's ground is a contradiction with both texts") {
    const Checked checked;
    for (const auto& [nation, place, record, wrong] : {std::tuple{"US", "Pukto", checked.north, true}, {"KP", "Pukto", checked.north, false}, {"KP", "Namdo", checked.south, true},
                                                       {"CN", "Namdo", checked.south, true}, {"TR", "Namdo", checked.south, false}, {"US", "Pyondo", checked.edge, false}, {"SU", "Namdo", checked.south, false}}) {
        DocumentBuilder document(std::string("24th Division held ") + place, "1951-10-15");
        unit_at(document, "24th Division", nation, "held", 1);
        document.place(place, {attested(record)});
        const auto problems = checked.problems(document);
        CAPTURE(nation, place);
        REQUIRE(problems.size() == (wrong ? 1u : 0u));
        if (!wrong) continue;
        CHECK(problems[0].code == "side_disagrees");
        CHECK(problems[0].level == ProblemLevel::notice);
        CHECK(problems[0].message.find("24th Division") != std::string::npos);
        CHECK(problems[0].message.find("Front of autumn") != std::string::npos);
        CHECK(problems[0].span->begin == 0);
    }
}

TEST_CASE("a statement of another date is held against the line of that date") {
    const Checked checked;
    DocumentBuilder document("24th Division held Sodo", "1951-10-15");
    unit_at(document, "24th Division", "KP", "held", 1);
    document.place("Sodo", {attested(checked.west)});
    document[0].relations[0].when = "1951-01-10";
    CHECK(checked.problems(document).empty());
    document[0].relations[0].when = "1950-01-10";  // no line of that date
    CHECK(checked.problems(document).empty());
}

TEST_CASE("a described front that runs elsewhere is told, with the line that it fits") {
    const Checked checked;
    DocumentBuilder document("front line from Sodo to Tongdo", "1951-10-15");
    const auto line = document.add("front line from Sodo to Tongdo", LineValue{"front_line", "", {}, "", "", "actual", "", {}}, {1, 2});
    document.place("Sodo", {attested(checked.west)});
    document.place("Tongdo", {attested(checked.east)});
    document[line].as<LineValue>().legs = {{LineLeg::Role::through, 1, {}, {}}, {LineLeg::Role::through, 2, {}, {}}};
    const auto problems = checked.problems(document);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "line_disagrees");
    CHECK(problems[0].message.find("Front of winter") != std::string::npos);

    document[line].as<LineValue>().state = "former";
    CHECK(checked.problems(document).empty());
}

TEST_CASE("a place said to lie on one side of a line must lie there") {
    const Checked checked;
    for (const auto& [place, record, bearing, wrong] : {std::tuple{"Pukto", checked.north, 0.0, false}, {"Pukto", checked.north, 180.0, true}, {"Namdo", checked.south, 0.0, true}, {"Pyondo", checked.edge, 0.0, false}}) {
        DocumentBuilder document(std::string(place) + " lies beyond the front line", "1951-10-15");
        document.place(place, {attested(record)});
        document.add("beyond the front line", AreaValue{"north_of", {}, bearing}, {2});
        document.add("front line", LineValue{"front_line", "", {}, "", "", "actual", "", {}});
        const auto problems = checked.problems(document);
        CAPTURE(place, bearing);
        REQUIRE(problems.size() == (wrong ? 1u : 0u));
        if (wrong) CHECK(problems[0].code == "side_disagrees");
    }
}

TEST_CASE("the words of a side name its nations") {
    CHECK(nations_of_side("CPV and KPA") == std::vector<std::string_view>{"KP", "CN"});
    CHECK(nations_of_side("Finland") == std::vector<std::string_view>{"FI"});
    CHECK(nations_of_side("somebody").empty());
}
