#include "out/feature_writers.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "out/geojson_geometry.hpp"
#include "tests/catch.hpp"
#include "tests/out/sample_run.hpp"

using namespace demarc;
using Json = nlohmann::ordered_json;

namespace {

FeatureBounds bounds_of(const std::vector<Entity>& entities) {
    FeatureBounds bounds;
    for (const Entity& entity : entities) {
        if (is_feature(entity) && entity.location) bounds.add(*entity.location);
    }
    return bounds;
}

std::string collection_of(const std::vector<Entity>& entities) {
    std::string out;
    FeatureCollectionWriter writer(out, bounds_of(entities));
    for (const Entity& entity : entities) writer.add(entity, geojson_of(entity.location));
    writer.end();
    return out;
}

std::string places_of(const std::vector<Entity>& entities, const std::vector<std::pair<std::string, std::string>>& titles) {
    std::string out;
    LinkedPlacesWriter writer(out, titles);
    for (const Entity& entity : entities) writer.add(entity);
    writer.end();
    return out;
}

Json features_of(const std::vector<Entity>& entities) { return Json::parse(collection_of(entities)); }

}  // namespace

TEST_CASE("a feature, to the byte", "[feature_writers]") {
    std::string out;
    const Entity entity = test::sample_entities()[0];
    append_feature(out, entity, geojson_of(entity.location));
    CHECK(out ==
          R"({"type":"Feature","id":"place:kp-kaesong","geometry":{"type":"Point","coordinates":[126.5544,37.9708]},"properties":{)"
          R"("id":"place:kp-kaesong","type":"place","kind":"town","name":"Kaesŏng","names":"Kaesong; 개성","status":"attested","confidence":1,)"
          R"("side":null,"state":null,"proposed_by":null,"start":"1951-11-01","end":"1951-11-01","edtf":"1951-11-01","docs":"sample.txt","mention_count":1,)"
          R"("first_doc":"sample.txt","quote":"the area of \"Kaesong\"","gazetteer_id":"kp-kaesong","uncertainty_m":1500,"geometry_source":"gazetteer",)"
          R"("sidc":null,"why":"named → in the gazetteer","anchors":null,"offset_m":null}})");
}

TEST_CASE("what is a feature and what isn't", "[feature_writers]") {
    const Json json = features_of(test::sample_entities());
    std::vector<std::string> ids;
    for (const Json& feature : json["features"]) {
        ids.push_back(feature["id"]);
        for (const auto& [key, value] : feature["properties"].items()) {
            INFO(key);
            CHECK(!value.is_structured());
        }
    }
    // Not the line that its parts draw, nor the place without a position, nor the person; but the line that the text names without placing it.
    CHECK(ids == std::vector<std::string>{"place:kp-kaesong", "line:front-line", "area:boundaries-strip", "line:nowhere"});
    CHECK(json["features"][3]["geometry"].is_null());
    CHECK(json["bbox"].dump() == "[126.5544,37.7,128.35,38.6]");
    CHECK(json["features"][2]["properties"]["anchors"] == "line:front-line");
    CHECK(json["features"][2]["properties"]["offset_m"] == 2000);
}

TEST_CASE("nothing found is a valid, empty file", "[feature_writers]") {
    const Json json = features_of({});
    CHECK(json["type"] == "FeatureCollection");
    CHECK(json["features"].empty());
    CHECK(!json.contains("bbox"));
    CHECK(Json::parse(places_of({}, {}))["features"].empty());
}

TEST_CASE("places as Linked Places Format", "[feature_writers]") {
    std::vector<Entity> entities = test::sample_entities();
    entities[0].location->gazetteer_id = "geonames:1877030";
    const Json json = Json::parse(places_of(entities, {{"sample.txt", "A telegram"}}));
    CHECK(json["@context"].get<std::string>().find("linkedplaces-context") != std::string::npos);
    REQUIRE(json["features"].size() == 2);
    const Json& place = json["features"][0];
    CHECK(place["properties"]["fclasses"].dump() == R"(["P"])");
    CHECK(place["names"][0].dump() == R"({"toponym":"Kaesong","lang":"en","citations":[{"label":"A telegram","@id":"demarc:document/sample.txt"}]})");
    CHECK(place["when"]["timespans"][0].dump() == R"({"start":{"in":"1951-11-01"},"end":{"in":"1951-11-01"}})");
    CHECK(place["geometry"]["certainty"] == "certain");
    CHECK(place["links"].dump() == R"([{"type":"closeMatch","identifier":"gn:1877030"}])");
    CHECK(json["features"][1]["geometry"].dump() == R"({"type":"GeometryCollection","geometries":[]})");
}

TEST_CASE("GDAL reads the features without a warning", "[feature_writers]") {
    if (std::system("command -v ogrinfo >/dev/null 2>&1") != 0) {
        WARN("ogrinfo (gdal-bin) is not installed: not checked");
        return;
    }
    std::vector<Entity> entities = test::sample_entities();
    entities.push_back(test::sample_entity(MentionType::line, "line:date-line", "", "over 180", LineString{{179, 1}, {-179, 2}}));
    const Polygon over_180 = {{{179, 1}, {-179, 1}, {-179, 3}, {179, 3}, {179, 1}}, {}};
    entities.push_back(test::sample_entity(MentionType::area, "area:date-line", "zone", "over 180 as well", over_180));
    const auto path = std::filesystem::temp_directory_path() / ("demarc-features-" + std::to_string(::getpid()) + ".geojson");
    std::ofstream(path, std::ios::binary) << collection_of(entities);
    std::FILE* pipe = ::popen(("ogrinfo -ro -al -so " + path.string() + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string told;
    for (char block[4096]; const std::size_t n = std::fread(block, 1, sizeof block, pipe);) told.append(block, n);
    CHECK(::pclose(pipe) == 0);
    std::filesystem::remove(path);
    INFO(told);
    CHECK(told.find("Warning") == std::string::npos);
    CHECK(told.find("ERROR") == std::string::npos);
    CHECK(told.find("Feature Count: 6") != std::string::npos);
    CHECK(told.find("start: Date") != std::string::npos);
    CHECK(told.find("mention_count: Integer") != std::string::npos);
}

TEST_CASE("collections are the same when their text is taken out as it comes", "[feature_writers]") {
    const std::vector<Entity> entities = test::sample_entities();
    std::string text, taken;
    const auto written_by = [&](auto writer, auto... geometry_of) {
        text.clear(), taken.clear();
        for (const Entity& entity : entities) {
            writer.add(entity, geometry_of(entity.location)...);
            taken += text;
            text.clear();
        }
        writer.end();
        return taken + text;
    };
    const FeatureCollectionWriter features(text, bounds_of(entities));
    const std::string start = text;
    CHECK(start + written_by(features, geojson_of) == collection_of(entities));
    text.clear();
    const std::vector<std::pair<std::string, std::string>> titles = {{"sample.txt", "A telegram"}};
    const LinkedPlacesWriter places(text, titles);
    const std::string places_start = text;
    CHECK(places_start + written_by(places) == places_of(entities, titles));
}
