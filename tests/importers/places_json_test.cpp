#include "gazetteer/importers/places_json.hpp"

#include "tests/importers/import_fixture.hpp"

using namespace demarc;
using namespace demarc::test;

TEST_CASE("Linked Places give names with languages and years, types and extent") {
    const Imported all = import_json(R"json({"type": "FeatureCollection", "@context": "https://example.org", "features": [
        {"@id": "https://whgazetteer.org/places/12", "type": "Feature", "properties": {"title": "Mukden", "ccodes": ["CN"], "fclasses": ["P"]},
         "when": {"timespans": [{"start": {"in": "1657"}, "end": {"in": "1929"}}]},
         "names": [{"toponym": "Mukden", "lang": "en"}, {"toponym": "奉天", "lang": "zh", "when": {"timespans": [{"start": {"earliest": "1929"}, "end": {"latest": "1945"}}]}}],
         "types": [{"identifier": "aat:300008389", "label": "city"}], "geometry": {"type": "Point", "coordinates": [123.43, 41.79]}},
        {"@id": "x:2", "type": "Feature", "properties": {"title": "Liaotung"}, "names": [], "types": [{"label": "peninsula"}],
         "geometry": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [[[121, 39], [123, 39], [123, 41], [121, 41], [121, 39]]]}]}},
        {"@id": "x:3", "type": "Feature", "properties": {"title": "Unplaced"}, "names": [], "types": [{"label": "town"}]}]})json");
    const SourceRecord& mukden = all.record("whg-12");
    CHECK(mukden.kind == "city");
    CHECK(mukden.country == "CN");
    CHECK(mukden.from == 1657);
    CHECK(mukden.to == 1929);
    REQUIRE(mukden.names.size() == 2);
    CHECK(mukden.names[1].lang == "zh-Hani");
    CHECK(mukden.names[1].from == 1929);
    CHECK(mukden.names[1].to == 1945);
    CHECK(all.record("x-2").kind == "peninsula");
    CHECK(all.record("x-2").position->lon == Approx(122));
    CHECK(all.record("x-2").precision_m > 100'000);
    CHECK(all.report.rows == 3);
    CHECK(all.report.left == std::map<std::string, std::uint64_t>{{"no position", 1}});
}

TEST_CASE("Who's On First, plain GeoJSON and a feature a line are read") {
    const Imported wof = import_json(R"json({"id": 1344177367, "type": "Feature", "properties": {"wof:id": 1344177367, "wof:name": "Masal-li", "wof:placetype": "locality", "wof:country": "KP",
        "name:kor_x_preferred": ["마살리"], "name:eng_x_variant": ["Masal-ni", "Masalli"], "lbl:longitude": 126.2, "lbl:latitude": 38.9}, "geometry": {"type": "Point", "coordinates": [1, 1]}})json");
    CHECK(names_of(wof.record("wof-1344177367")) == "Masal-li|Masal-ni(en)|Masalli(en)|마살리(ko-Hang)");
    CHECK(wof.record("wof-1344177367").position->lon == Approx(126.2));
    const Imported plain = import_json(R"json({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": 5, "name": "Lac", "name_en": "The Lake", "kind": "lake"},
        "geometry": {"type": "MultiPoint", "coordinates": [[6, 46], [7, 46]]}}]})json", false, "data/swiss lakes.geojson");
    CHECK(plain.record("swiss-lakes-5").kind == "lake");
    CHECK(plain.record("swiss-lakes-5").position->lon == Approx(6.5));
    const Imported lines = import_json("{\"type\": \"Feature\", \"properties\": {\"name\": \"Aplace\", \"id\": 1}, \"geometry\": {\"type\": \"Point\", \"coordinates\": [1, 2]}}\n"
                                       "{\"type\": \"Feature\", \"properties\": {\"name\": \"cut\n"
                                       "\x1e{\"type\": \"Feature\", \"properties\": {\"name\": \"Bplace\", \"id\": 2}, \"geometry\": {\"type\": \"Point\", \"coordinates\": [1, 3]}}\r\n", true);
    CHECK(lines.records.size() == 2);
    CHECK(lines.report.left == std::map<std::string, std::uint64_t>{{"isn't read on: no whole JSON", 1}});
}

TEST_CASE("Pleiades and Wikidata JSON are read") {
    const Imported pleiades = import_json(R"json({"@graph": [{"id": "59694", "title": "Rhegion/Rhegium", "placeTypes": ["settlement"], "reprPoint": [15.65, 38.1],
        "names": [{"romanized": "Rhegion", "attested": "Ῥήγιον", "language": "grc", "start": -550, "end": -330}]}, {"id": "2", "title": "Unlocated", "placeTypes": ["settlement"], "reprPoint": null}]})json");
    CHECK(pleiades.record("pleiades-59694").name == "Rhegion");
    CHECK(pleiades.report.left.at("no position") == 1);
    const Imported service = import_json(R"json({"head": {"vars": ["item", "itemLabel", "coord"]}, "results": {"bindings": [{"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q2"},
        "itemLabel": {"value": "Kaesong"}, "coord": {"value": "Point(126.55 37.97)"}, "typeLabel": {"value": "city of North Korea"}}]}})json");
    CHECK(service.record("wikidata-q2").kind == "city");
    const Imported download = import_json(R"json([{"item": "http://www.wikidata.org/entity/Q3", "itemLabel": "Haeju", "coord": "Point(125.7 38.04)", "altLabel": "Kaishu, 해주시"}])json");
    CHECK(names_of(download.record("wikidata-q3")) == "Haeju|Kaishu|해주시(ko-Hang)");
}

TEST_CASE("what was read before a file breaks off stays, and depth is bounded") {
    const std::string whole = R"json({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Aplace", "id": 1}, "geometry": {"type": "Point", "coordinates": [1, 2]}},)json";
    const Imported cut = import_json(whole + R"json({"type": "Feature", "proper)json");
    CHECK(cut.records.size() == 1);
    CHECK(cut.report.left == std::map<std::string, std::uint64_t>{{"isn't read on: no whole JSON", 1}});
    CHECK(cut.report.examples.back().starts_with("places.json, place 1: "));
    std::string deep = whole;
    for (int i = 0; i < 1000; ++i) deep += "[";
    const Imported bounded = import_json(deep);
    CHECK(bounded.records.size() == 1);
    CHECK_FALSE(bounded.report.left.empty());
    // Types that nobody expects are no trouble.
    const Imported odd = import_json(R"json({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": null, "geometry": 7}, {"type": "Feature", "@id": ["x"], "names": {"a": 1}, "types": "city",
        "properties": {"title": 9, "ccodes": "KP"}, "geometry": {"coordinates": [["a"], null]}}]})json");
    CHECK(odd.records.empty());
    CHECK(places_json_of("hello") == PlacesJson::none);
}
