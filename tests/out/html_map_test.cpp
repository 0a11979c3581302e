#include "out/html_map.hpp"

#include <nlohmann/json.hpp>

#include "tests/catch.hpp"
#include "tests/out/sample_run.hpp"

using namespace demarc;
using Json = nlohmann::json;

namespace {

std::string page_of(const std::vector<ExtractedDocument>& documents, const std::vector<Entity>& entities, HtmlMap::Limits limits = {}) {
    HtmlMap page(limits);
    for (const ExtractedDocument& document : documents) page.add(document);
    std::string out;
    page.write(out, entities);
    return out;
}

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
    return n;
}

Json data_of(const std::string& page) {
    const std::string_view open = "id=\"data\">";
    const std::size_t begin = page.find(open) + open.size();
    return Json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}

std::vector<std::string> ids_of(const Json& data) {
    std::vector<std::string> ids;
    for (const Json& entity : data["entities"]) ids.push_back(entity["id"]);
    return ids;
}

}  // namespace

TEST_CASE("the page holds the texts and the features as data", "[html_map]") {
    const ExtractedDocument document = test::sample_document();
    const Json data = data_of(page_of({document}, test::sample_entities()));
    REQUIRE(data["documents"].size() == 1);
    CHECK(data["documents"][0]["text"] == document.document.text);
    CHECK(data["documents"][0]["mentions"].size() == 5);
    // Not the person and the place that no document of the page mentions.
    CHECK(ids_of(data) == std::vector<std::string>{"place:kp-kaesong", "line:front-line", "area:boundaries-strip", "line:nowhere"});
    // UTF-16: the flag before the mention counts twice.
    CHECK(data["documents"][0]["mentions"][0]["b"] == 31);
    CHECK(data["documents"][0]["mentions"][0]["e"] == 46);
    CHECK(data["focus"].size() == 4);
}

TEST_CASE("no document can end a script or begin a comment", "[html_map]") {
    ExtractedDocument document = test::sample_document();
    document.document.id = "</script><script>alert(1)</script>";
    document.document.metadata.title = "<!-- <img src=x onerror=alert(1)>";
    const std::string empty = page_of({}, {}), page = page_of({document}, test::sample_entities());
    CHECK(count(page, "</script") == count(empty, "</script"));
    CHECK(count(page, "<!--") == count(empty, "<!--"));
    CHECK(count(page, "<img") == count(empty, "<img"));
    CHECK(data_of(page)["documents"][0]["title"] == document.document.metadata.title);
    CHECK(json_for_script("[\"</script>&\"]") == "[\"\\u003c/script\\u003e\\u0026\"]");
}

TEST_CASE("the page asks the network for nothing", "[html_map]") {
    const std::string page = page_of({test::sample_document()}, test::sample_entities());
    CHECK(page.find("default-src 'none'") != std::string::npos);
    CHECK(page.find(" src=\"") == std::string::npos);
    CHECK(page.find("<link") == std::string::npos);
    CHECK(page.find("@import") == std::string::npos);
    CHECK(page.substr(0, page.find("</head>")).find("url(") == std::string::npos);
    CHECK(page.find("sourceMappingURL") == std::string::npos);
    CHECK(page.find("{{") == std::string::npos);
}

TEST_CASE("an empty run is a whole page", "[html_map]") {
    const Json data = data_of(page_of({}, {}));
    CHECK(data["documents"].empty());
    CHECK(data["entities"].empty());
    CHECK(!data.contains("focus"));
}

TEST_CASE("a large run leaves documents out and says how many", "[html_map]") {
    HtmlMap::Limits limits;
    limits.documents = 2;
    limits.features = 1;
    const auto document = test::sample_document();
    const Json data = data_of(page_of({document, document, document}, test::sample_entities(), limits));
    CHECK(data["documents"].size() == 2);
    CHECK(data["left_out"] == 1);
    CHECK(data["features_left_out"] == 3);
    limits = {};
    limits.text_bytes = 10;
    CHECK(data_of(page_of({document}, {}, limits))["left_out"] == 1);
}

TEST_CASE("where room is short, what the page's documents mention comes first", "[html_map]") {
    HtmlMap::Limits limits;
    limits.features = 3;
    std::vector<Entity> entities = test::sample_entities();
    entities.insert(entities.begin(), test::sample_entity(MentionType::place, "place:elsewhere", "town", "Elsewhere", LonLat{1, 2}));
    ExtractedDocument document = test::sample_document();
    document.mentions[2].entity = "line:boundaries";
    const Json data = data_of(page_of({document}, entities, limits));
    // Place, boundaries and the strip that is a part of them; the line that these parts draw is no feature, but has the name.
    CHECK(ids_of(data) == std::vector<std::string>{"place:elsewhere", "place:kp-kaesong", "line:boundaries", "area:boundaries-strip"});
    CHECK(data["features_left_out"] == 2);
}
