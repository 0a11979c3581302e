#include "out/html_map.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

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

TEST_CASE("declared kinds bring their label and colour", "[html_map]") {
    HtmlMap map;
    map.declare({{"ship", "</style>warship", "#0e7490", {}}});
    ExtractedDocument document = test::sample_document();
    document.mentions[0].type = MentionType::declared;
    document.mentions[0].value = DeclaredValue{"ship", "Cossack", {}};
    map.add(document);
    std::string page;
    map.write(page, {});
    CHECK(count(page, "</style") == count(page_of({}, {}), "</style"));
    const Json data = data_of(page);
    REQUIRE(data["kinds"].size() == 1);
    CHECK(data["kinds"][0].dump() == R"({"colour":"#0e7490","label":"</style>warship","name":"ship"})");
    CHECK(data["documents"][0]["mentions"][0]["t"] == "ship");
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

// What only a browser can tell. Hidden from the plain run of the program: ctest runs it as map_page where there is a Chromium.
TEST_CASE("a browser nests the mentions, keeps the text and follows the address", "[.][browser]") {
    const char* browser = std::getenv("DEMARC_BROWSER");
    REQUIRE(browser != nullptr);
    ExtractedDocument document = test::sample_document();
    const auto folder = std::filesystem::temp_directory_path() / ("demarc-page-" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "map.html", std::ios::binary) << page_of({document}, test::sample_entities());
    const std::string command = std::string(browser) + " --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --user-data-dir=" +
                                (folder / "profile").string() + " --virtual-time-budget=3000 --dump-dom 'file://" + (folder / "map.html").string() +
                                "#mention=sample.txt%23m1' 2>/dev/null";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string dom;
    for (char block[65536]; const std::size_t n = std::fread(block, 1, sizeof block, pipe);) dom.append(block, n);
    CHECK(::pclose(pipe) == 0);
    std::filesystem::remove_all(folder);

    const std::size_t begin = dom.find("<article id=\"text\">"), end = dom.find("</article>", begin);
    REQUIRE(end != std::string::npos);
    const std::string article = dom.substr(begin, end - begin);
    INFO(article);
    CHECK(count(article, "<span") == document.mentions.size());
    const std::size_t area = article.find("class=\"m area inferred"), place = article.find("class=\"m place attested same chosen\"");
    REQUIRE(area < place);
    REQUIRE(place != std::string::npos);
    CHECK(article.substr(area, place - area).find("</span>") == std::string::npos);  // the place lies in the area
    std::string text;
    for (std::size_t at = article.find('>') + 1; at < article.size(); ++at) {
        if (article[at] == '<') at = article.find('>', at);
        else text += article[at];
    }
    for (const auto& [entity, character] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}}) {
        for (std::size_t at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1)) text.replace(at, std::string_view(entity).size(), character);
    }
    CHECK(text == document.document.text);
    CHECK(dom.find("leaflet-popup-content") != std::string::npos);
    CHECK(count(dom, "<path") >= 4);
}
