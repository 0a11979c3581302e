#include "out/record_writers.hpp"

#include <sstream>

#include <nlohmann/json.hpp>

#include "out/geojson_geometry.hpp"
#include "out/run_info.hpp"
#include "out/sha256.hpp"
#include "tests/catch.hpp"
#include "tests/out/sample_run.hpp"

using namespace demarc;
using Json = nlohmann::ordered_json;

namespace {
std::vector<Json> lines_of(const std::string& text) {
    std::vector<Json> out;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) out.push_back(Json::parse(line));
    return out;
}
std::vector<std::string> keys(const Json& object) {
    std::vector<std::string> out;
    for (const auto& [key, value] : object.items()) out.push_back(key);
    return out;
}
}  // namespace

TEST_CASE("a mention's line, to the byte", "[record_writers]") {
    std::string out;
    append_mentions(out, test::sample_document());
    CHECK(out.substr(0, out.find('\n')) ==
          R"({"doc":"sample.txt","id":"sample.txt#m0","type":"area","start":30,"end":45,"byte_start":37,"byte_end":52,"text":"area of Kaesong",)"
          R"("entity":"area:area-of-kp-kaesong","rule":"area.test","confidence":0.75,"status":"inferred",)"
          R"("value":{"relation":"area_of","anchors":["sample.txt#m1"]},"why":["around Kaesŏng"]})");
    const auto lines = lines_of(out);
    REQUIRE(lines.size() == 5);
    CHECK(lines[1]["value"].dump() == R"({"name":"Kaesŏng","kind":"town","gazetteer_id":"kp-kaesong"})");
    CHECK(lines[2]["value"].dump() == R"({"kind":"front_line","state":"actual","when":"1951-11-01"})");
    CHECK(lines[2]["candidates"].dump() == R"([{"id":"line-a","name":"Line A","score":0.4}])");
    CHECK(lines[3]["value"].dump() == R"({"value":2,"unit":"km","dimension":"length","si_value":2000,"si_unit":"m"})");
    CHECK(lines[4]["value"]["zone"].is_null());
    CHECK(keys(lines[3]) == std::vector<std::string>{"doc", "id", "type", "start", "end", "byte_start", "byte_end", "text", "rule", "confidence", "status", "value", "why"});
}

TEST_CASE("every type and state of a mention has its name in the line", "[record_writers]") {
    ExtractedDocument document;
    document.document.id = "\"a\".txt";
    document.document.text = "ŏ x";
    const auto add = [&document](MentionValue value) {
        Mention mention;
        mention.type = static_cast<MentionType>(value.index());
        if (auto* declared = std::get_if<DeclaredValue>(&value)) declared->kind = "ship";
        if (auto* area = std::get_if<AreaValue>(&value); area != nullptr) mention.anchors = {12};
        mention.value = std::move(value);
        mention.span = {3, 4};
        mention.status = static_cast<Certainty>(document.mentions.size() % 3);
        mention.editorial = document.mentions.size() % 2 == 0;
        document.mentions.push_back(std::move(mention));
    };
    [&]<std::size_t... types>(std::index_sequence<types...>) { (add(std::variant_alternative_t<types, MentionValue>()), ...); }(std::make_index_sequence<std::variant_size_v<MentionValue>>());
    std::string out;
    append_mentions(out, document);
    const auto lines = lines_of(out);
    REQUIRE(lines.size() == known_type_count + 1);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Mention& mention = document.mentions[i];
        CHECK(lines[i]["type"] == std::string(type_name(mention)));
        CHECK(lines[i]["status"] == std::string(to_string(mention.status)));
        CHECK(lines[i].contains("editorial") == mention.editorial);
        CHECK(lines[i]["id"] == mention_id(document.document, i));
        CHECK(lines[i]["start"] == 2);
        CHECK(lines[i]["end"] == 3);
        if (mention.type == MentionType::area) CHECK(lines[i]["value"]["anchors"][0] == "\"a\".txt#m12");
    }
}

TEST_CASE("both kinds of offsets cut the same text out", "[record_writers]") {
    const ExtractedDocument document = test::sample_document();
    std::u32string points;
    for (std::size_t at = 0; at < document.document.text.size();) {
        std::size_t length = 1;
        const auto lead = static_cast<unsigned char>(document.document.text[at]);
        if (lead >= 0xF0) length = 4;
        else if (lead >= 0xE0) length = 3;
        else if (lead >= 0xC0) length = 2;
        points.push_back(length == 1 ? lead : 0xFFFD);  // the mentions are ASCII
        at += length;
    }
    std::string out;
    append_mentions(out, document);
    for (const Json& line : lines_of(out)) {
        const auto text = line["text"].get<std::string>();
        const std::size_t start = line["start"], end = line["end"], byte_start = line["byte_start"], byte_end = line["byte_end"];
        CHECK(document.document.text.substr(byte_start, byte_end - byte_start) == text);
        CHECK(points.substr(start, end - start) == std::u32string(text.begin(), text.end()));
    }
}

TEST_CASE("values carry their keys in the order of docs/output.md", "[record_writers]") {
    ExtractedDocument document = test::sample_document();
    const auto value = [&](MentionType type, MentionValue v) {
        document.mentions[0].type = type;
        document.mentions[0].value = std::move(v);
        std::string out;
        append_value(out, document, document.mentions[0]);
        return out;
    };
    CHECK(value(MentionType::person, PersonValue{"Stalin", "Cde.", "", "", true}) == R"({"name":"Stalin","title":"Cde.","alias":true})");
    CHECK(value(MentionType::organisation, OrganisationValue{"", ""}) == "{}");
    CHECK(value(MentionType::military_unit, UnitValue{"65 Army", "65", "army", "", "CN", "", "1"}) ==
          R"({"designation":"65 Army","number":"65","echelon":"army","nation":"CN","sidc":"1"})");
    CHECK(value(MentionType::measure, MeasureValue{{}, 1.0, 2.0, "km", "length", {}, 1000.0, 2000.0, "m", true}) ==
          R"({"low":1,"high":2,"unit":"km","dimension":"length","si_low":1000,"si_high":2000,"si_unit":"m","approximate":true})");
    CHECK(value(MentionType::area, AreaValue{"distance_from", 16093.44, 90.0}) ==
          R"({"relation":"distance_from","anchors":["sample.txt#m1"],"distance_m":16093.44,"bearing_deg":90})");
    CHECK(value(MentionType::line, LineValue{"withdrawal_boundary", "", 2000.0, "both", "KP", "proposed", ""}) ==
          R"({"kind":"withdrawal_boundary","anchors":["sample.txt#m1"],"offset_m":2000,"offset_side":"both","proposed_by":"KP","state":"proposed"})");
    CHECK(value(MentionType::coordinate, CoordinateValue{"mgrs", "Tokyo", 126.5, 38.0, 100}) ==
          R"({"system":"mgrs","datum":"Tokyo","lon":126.5,"lat":38,"precision_m":100})");
    CHECK(value(MentionType::document_ref, ReferenceValue{"archive_reference", {{"fond", "558"}, {"opis", "11"}}}) ==
          R"({"kind":"archive_reference","parts":{"fond":"558","opis":"11"}})");
    CHECK(value(MentionType::declared, DeclaredValue{"ship", "Cossack", {{"class", "destroyer"}}}) == R"({"name":"Cossack","class":"destroyer"})");
}

TEST_CASE("a declared kind is the type of its mentions, in every file and in the counts", "[record_writers]") {
    ExtractedDocument document = test::sample_document();
    document.mentions[0].type = MentionType::declared;
    document.mentions[0].value = DeclaredValue{"ship", "Cossack", {}};
    std::string mentions, line, entity_line;
    append_mentions(mentions, document);
    CHECK(lines_of(mentions)[0]["type"] == "ship");
    append_document(line, document, 0);
    CHECK(Json::parse(line)["counts"]["ship"] == 1);
    CHECK_FALSE(Json::parse(line)["counts"].contains("declared"));
    Entity entity;
    entity.type = MentionType::declared;
    entity.declared = "ship";
    entity.id = "ship:cossack";
    append_entity(entity_line, entity, geojson_of(entity.location));
    CHECK(Json::parse(entity_line)["type"] == "ship");
}

TEST_CASE("a document's line", "[record_writers]") {
    const ExtractedDocument document = test::sample_document();
    std::string out;
    append_document(out, document, 2);
    const Json line = Json::parse(out);
    CHECK(keys(line) == std::vector<std::string>{"id", "path", "title", "date", "date_source", "encoding", "text_sha256", "bytes", "code_points", "counts", "problems"});
    CHECK(line["date"] == "1951-11-01");
    CHECK(line["text_sha256"] == sha256_hex(document.document.text));
    CHECK(line["bytes"] == document.document.text.size());
    CHECK(line["code_points"] == document.document.text.size() - 7);
    CHECK(line["counts"]["place"] == 1);
    CHECK(line["counts"]["person"] == 0);
    CHECK(line["problems"] == 2);
}

TEST_CASE("an entity's line", "[record_writers]") {
    std::string out;
    for (const Entity& entity : test::sample_entities()) append_entity(out, entity, geojson_of(entity.location));
    const auto lines = lines_of(out);
    REQUIRE(lines.size() == 7);
    CHECK(keys(lines[0]) == std::vector<std::string>{"id", "type", "kind", "name", "names", "mentions", "docs", "location", "when", "status", "confidence", "candidates", "why"});
    CHECK(lines[0]["location"].dump() ==
          R"({"geometry":{"type":"Point","coordinates":[126.5544,37.9708]},"uncertainty_m":1500,"source":"gazetteer","gazetteer_id":"kp-kaesong"})");
    CHECK(lines[0]["names"][1].dump() == R"({"name":"개성","lang":"ko"})");
    CHECK(lines[4]["location"].is_null());
    CHECK(lines[3]["parent"] == "line:boundaries");
    CHECK(lines[3]["anchors"].dump() == R"(["line:front-line"])");
}

TEST_CASE("problems and the run", "[record_writers]") {
    std::string out;
    append_problem(out, {"a.txt", ProblemLevel::warning, "invalid_utf8", "byte \"\xFF\"", Span{3, 4}, 7});
    CHECK(out == "{\"doc\":\"a.txt\",\"record\":7,\"level\":\"warning\",\"code\":\"invalid_utf8\",\"message\":\"byte \\\"\xEF\xBF\xBD\\\"\",\"byte_start\":3,\"byte_end\":4}\n");
    RunInfo one, two;
    one.documents = two.documents = 3;
    one.options = two.options = {{"format", "geojson"}};
    one.jobs = 1, two.jobs = 8;
    one.seconds = {{"documents", 1.5}}, two.seconds = {{"documents", 0.25}};
    std::string first, second;
    append_run_info(first, one);
    append_run_info(second, two);
    CHECK(Json::parse(first)["seconds"]["documents"] == 1.5);
    CHECK(first.substr(0, first.find("\"jobs\"")) == second.substr(0, second.find("\"jobs\"")));
    auto names = keys(Json::parse(first));
    CHECK(std::vector<std::string>(names.end() - 2, names.end()) == std::vector<std::string>{"jobs", "seconds"});
}
