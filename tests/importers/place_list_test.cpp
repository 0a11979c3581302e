#include "gazetteer/importers/place_list.hpp"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/importers/import_fixture.hpp"

using namespace demarc;
using namespace demarc::test;

namespace {

ListedPlace place(const std::string& id, const std::string& title, double lon, double lat) {
    ListedPlace out;
    out.id = id, out.title = title, out.kind = "town", out.country = "KP";
    out.position = LonLat{lon, lat};
    out.names = {{title, "ko-Latn", "", "", {}}, {"개성;\t\"市\"", "ko-Hang", "1945", "", {"a \"letter\", 1951"}}};
    out.source = "own map";
    return out;
}

}  // namespace

TEST_CASE("a place list is written in each format, its text escaped") {
    const std::vector<ListedPlace> places = {place("kp-kaesong", "Kaesŏng", 126.5544, 37.9708), place("x:2", "=cmd|'/c calc'", -1.5, 0)};
    const auto lpf = nlohmann::json::parse(write_place_list(places, "lpf", ""));
    CHECK(lpf["features"][0]["@id"] == "demarc:place:kp-kaesong");
    CHECK(lpf["features"][0]["properties"]["fclasses"] == nlohmann::json::array({"P"}));
    CHECK(lpf["features"][0]["types"][0]["identifier"] == "aat:300008375");
    CHECK(lpf["features"][0]["names"][1]["toponym"] == "개성;\t\"市\"");
    CHECK(lpf["features"][0]["names"][1]["lang"] == "ko");
    CHECK(lpf["features"][0]["names"][1]["when"]["timespans"][0]["start"]["in"] == "1945");
    CHECK(lpf["features"][0]["names"][1]["citations"][0]["label"] == "a \"letter\", 1951");
    CHECK(lpf["features"][1]["@id"] == "x:2");
    const std::string tsv = write_place_list(places, "lp-tsv", "1951");
    CHECK(tsv.find("kp-kaesong\tKaesŏng\town map\tP\t300008375\t1951\t\t\tKP\t\t개성, \"市\"@ko-Hang\ttown\t126.5544\t37.9708\town map\t\t\n") != std::string::npos);
    for (std::size_t at = 0, line = 0; at < tsv.size(); ++line) {
        const std::size_t end = tsv.find('\n', at);
        INFO(line);
        CHECK(std::count(tsv.begin() + static_cast<std::ptrdiff_t>(at), tsv.begin() + static_cast<std::ptrdiff_t>(end), '\t') == 16);
        at = end + 1;
    }
    const std::string csv = write_place_list(places, "csv", "");
    CHECK(csv.find("x:2, =cmd|'/c calc',town,KP,,0,-1.5,") != std::string::npos);  // no formula
    CHECK(csv.find("\"개성, \"\"市\"\"\"") != std::string::npos);
    const auto geojson = nlohmann::json::parse(write_place_list(places, "geojson", ""));
    CHECK(geojson["features"][1]["geometry"]["coordinates"] == nlohmann::json::array({-1.5, 0}));
}

TEST_CASE("two lists are compared by their ids") {
    std::vector<ListedPlace> before = {place("a", "Aplace", 1, 1), place("b", "Bplace", 1, 1), place("c", "Cplace", 1, 1)};
    std::vector<ListedPlace> after = {place("b", "B-town", 1, 1.01), place("c", "Cplace", 1, 1.000001), place("d", "Dplace", 1, 1)};
    after[1].names.push_back({"Cville", "", "", "", {}});
    const auto changes = compare_place_lists(before, after);
    REQUIRE(changes.size() == 7);
    CHECK(changes[0].kind == PlaceChange::Kind::removed);
    CHECK(changes[1].kind == PlaceChange::Kind::renamed);
    CHECK(changes[1].after == "B-town");
    CHECK(changes[2].kind == PlaceChange::Kind::moved);
    CHECK(changes[2].distance_m == Approx(1112).epsilon(0.01));
    CHECK(changes[3].kind == PlaceChange::Kind::names_removed);
    CHECK(changes[4].kind == PlaceChange::Kind::names_added);
    CHECK(changes[5].kind == PlaceChange::Kind::names_added);
    CHECK(changes[5].after == "Cville");
    CHECK(changes[6].kind == PlaceChange::Kind::added);
    CHECK(compare_place_lists(before, before).empty());
}

TEST_CASE("a list is read back from what was written, and from an index") {
    const std::string folder = std::filesystem::temp_directory_path() / "demarc-place-list";
    std::filesystem::create_directories(folder);
    const std::vector<ListedPlace> places = {place("demarc:place:kp-kaesong", "Kaesŏng", 126.5544, 37.9708)};
    std::ofstream(folder + "/a.json") << write_place_list(places, "lpf", "");
    const auto read = read_place_list(folder + "/a.json");
    REQUIRE(read);
    CHECK(compare_place_lists(places, *read).empty());
    // What is gathered keeps each spelling when it is loaded back, and is no imported record.
    std::ifstream in(folder + "/a.json");
    Imported all;
    read_places_json(in, "a.json", PlacesJson::features, {}, {}, all.report, [&](SourceRecord&& record) { all.records.push_back(std::move(record)); }, false);
    CHECK(names_of(all.record("kp-kaesong")) == "Kaesŏng(ko-Latn)|개성;\t\"市\"(ko-Hang)");
    CHECK_FALSE(all.record("kp-kaesong").imported);
    const auto index = build_index(all.records, {});
    REQUIRE(index);
    std::ofstream(folder + "/a.gaz", std::ios::binary) << *index;
    const auto indexed = read_place_list(folder + "/a.gaz");
    REQUIRE(indexed);
    CHECK(indexed->front().id == "kp-kaesong");
    CHECK(indexed->front().position->lon == Approx(126.5544));
    std::ofstream(folder + "/bad.json") << "[1, 2]";
    CHECK(read_place_list(folder + "/bad.json").error().text() == folder + "/bad.json: neither a compiled gazetteer (.gaz) nor a FeatureCollection of Linked Places");
    CHECK_FALSE(read_place_list(folder + "/none"));
    std::filesystem::remove_all(folder);
}
