#include "geo/placer.hpp"

#include <thread>

#include "geo/boost_adaptor.hpp"
#include "tests/catch.hpp"
#include "tests/geo/small_world.hpp"

using namespace demarc;
using namespace demarc::test;

namespace {

constexpr std::string_view lines_text = R"({"features":[
{"properties":{"id":"front-51","name":"Front of October 1951","kind":"front_line","theatre":"korea","when":"1951-10-20/1951-11-26","state":"actual","uncertainty_m":3000},"geometry":{"type":"LineString","coordinates":[[126.55,37.95],[127.1,38.2],[127.6,38.4],[128.37,38.6]]}},
{"properties":{"id":"kansas","name":"Line Kansas","kind":"phase_line","theatre":"korea","when":"1951-04/1953-07","state":"actual","uncertainty_m":4000},"geometry":{"type":"LineString","coordinates":[[126.8,37.9],[128.5,38.1]]}},
{"properties":{"id":"mdl","name":"Military Demarcation Line","kind":"armistice_line","theatre":"korea","when":"1953-07-27/..","state":"actual","uncertainty_m":1000},"geometry":{"type":"LineString","coordinates":[[126.6,37.9],[128.36,38.6]]}},
{"properties":{"id":"p38","name":"38th parallel","kind":"parallel","theatre":"korea","when":"1945/..","state":"actual","uncertainty_m":0},"geometry":{"type":"LineString","coordinates":[[124.6,38.0],[126.5,38.0],[128.5,38.0]]}}]})";

ReferenceLines small_lines() {
    auto parsed = ReferenceLines::parse(lines_text, "lines");
    REQUIRE(parsed.ok());
    return std::move(parsed).value();
}

struct World : SmallWorld {
    std::uint32_t beijing = add("cn-beijing", "Beijing", "capital", "CN", {116.39, 39.91}, 8);
    std::uint32_t kaesong = add("kp-kaesong", "Kaesŏng", "city", "KP", {126.5547, 37.9708}, 5);
    std::uint32_t kumsong = add("kp-kumsong", "Kŭmsŏng", "town", "KP", {127.6199, 38.4127}, 3);
    ReferenceLines lines = small_lines();

    std::vector<Problem> place(DocumentBuilder& document, PlacingOptions options = {}) const {
        std::vector<Problem> problems;
        const Placer placer([this](std::uint32_t index) { return (*this)(index); }, lines, std::move(options));
        placer.place(document.extracted, problems);
        return problems;
    }
};

LineValue line(std::string kind, std::string name = "", std::string state = "") { return {std::move(kind), std::move(name), {}, "", "", std::move(state), ""}; }

}  // namespace

TEST_CASE("a front line stands where it stood on the day of the document") {
    const World world;
    DocumentBuilder document("Kaesong: the front line", "1951-11-01");
    document.place("Kaesong", {attested(world.kaesong)});
    document.add("front line", line("front_line"));
    world.place(document);
    const Mention& front = document[1];
    CHECK(front.entity == "line:front-51");
    REQUIRE(front.location.has_value());
    CHECK(std::get<LineString>(front.location->geometry).size() == 4);
    CHECK(front.location->source == "reference_line");
    CHECK(front.location->uncertainty_m == 3000);
    CHECK(front.as<LineValue>().state == "actual");
    CHECK(front.as<LineValue>().when == "1951-11-01");
    CHECK_FALSE(front.why.empty());
}

TEST_CASE("without a place or a date a front line keeps no geometry") {
    const World world;
    DocumentBuilder no_place("the front line", "1951-11-01");
    no_place.add("front line", line("front_line"));
    world.place(no_place);
    CHECK_FALSE(no_place[0].location.has_value());
    CHECK(no_place[0].entity == "line:front-line-1951-11-01");
    CHECK(no_place[0].status == Certainty::unresolved);

    DocumentBuilder no_date("Kaesong: the front line");
    no_date.place("Kaesong", {attested(world.kaesong)});
    no_date.add("front line", line("front_line"));
    world.place(no_date);
    CHECK_FALSE(no_date[1].location.has_value());
    CHECK(no_date[1].entity == "line:front-line-doc");

    DocumentBuilder elsewhere("Beijing: the front line", "1951-11-01");
    elsewhere.place("Beijing", {attested(world.beijing)});
    elsewhere.add("front line", line("front_line"));
    world.place(elsewhere);
    CHECK_FALSE(elsewhere[1].location.has_value());
    // A theatre given by the user makes up for the missing place.
    DocumentBuilder given("the front line", "1951-11-01");
    given.add("front line", line("front_line"));
    PlacingOptions options;
    options.theatre = "korea";
    world.place(given, options);
    CHECK(given[0].entity == "line:front-51");
}

TEST_CASE("a proposed line has the geometry of its anchor or none") {
    const World world;
    DocumentBuilder document("Kaesong: a military boundary line where the front line is, or a demarcation line", "1951-11-01");
    document.place("Kaesong", {attested(world.kaesong)});
    const auto proposed = document.add("boundary line", line("boundary_line", "", "proposed"));
    const auto front = document.add("front line", line("front_line"));
    const auto bare = document.add("demarcation line", line("demarcation_line", "", "proposed"));
    document[proposed].anchors = {front};
    world.place(document);
    REQUIRE(document[proposed].location.has_value());
    CHECK(document[proposed].location->geometry == document[front].location->geometry);
    CHECK(document[proposed].entity == "line:boundary-line-proposed-front-51");
    CHECK_FALSE(document[bare].location.has_value());
    CHECK(document[bare].entity == "line:demarcation-line-1951-11-01");
    CHECK(document[bare].status == Certainty::attested);
}

TEST_CASE("documents that are placed together come out as each alone") {
    const World world;
    std::vector<ExtractedDocument> together, alone;
    for (const auto& [words, date] : {std::pair{"Kaesong (39 00 N 127 00 E)", "1951-11-01"}, std::pair{"Kaesong", "1953-08-01"}}) {
        DocumentBuilder document(std::string(words) + ": the front line, north of it", date);
        const auto place = document.place("Kaesong", {attested(world.kaesong)});
        if (std::string_view(words) != "Kaesong") document.add("39 00 N 127 00 E", CoordinateValue{});
        document.add("front line", line("front_line"));
        document.add("north of it", AreaValue{"north_of", {}, {}}, {place});
        together.push_back(document.extracted);
        world.place(document);
        alone.push_back(document.extracted);
    }
    std::vector<std::vector<Problem>> problems(together.size());
    Placer([&world](std::uint32_t index) { return world(index); }, world.lines, {}).place(together, problems);
    CHECK(problems[0].size() == 1);  // the place and its coordinate disagree
    CHECK(problems[1].empty());
    for (std::size_t d = 0; d < together.size(); ++d) {
        for (std::size_t i = 0; i < together[d].mentions.size(); ++i) {
            const Mention &mention = together[d].mentions[i], &expected = alone[d].mentions[i];
            CAPTURE(d, expected.entity);
            CHECK(mention.entity == expected.entity);
            REQUIRE(mention.location.has_value() == expected.location.has_value());
            CHECK((!mention.location || mention.location->geometry == expected.location->geometry));
        }
    }
}

TEST_CASE("an agreed line is taken only where its dates hold") {
    const World world;
    for (const auto& [date, placed] : {std::pair{"1953-08-01", true}, std::pair{"1951-11-01", false}, std::pair{"1953-07-20", false}}) {
        DocumentBuilder document("Kaesong: the demarcation line", date);
        document.place("Kaesong", {attested(world.kaesong)});
        document.add("demarcation line", line("demarcation_line"));
        world.place(document);
        CAPTURE(date);
        CHECK(document[1].location.has_value() == placed);
    }
}

TEST_CASE("two kilometres on each side: both boundaries and the strip") {
    const World world;
    DocumentBuilder document("Kaesong: front line, southern and northern boundary of the withdrawal at two kilometers", "1951-11-01");
    document.place("Kaesong", {attested(world.kaesong)});
    const auto front = document.add("front line", line("front_line"));
    LineValue withdrawal = line("withdrawal_boundary", "", "proposed");
    withdrawal.offset_m = 2000;
    withdrawal.offset_side = "both";
    for (const bool anchored : {true, false}) {
        DocumentBuilder copy = document;
        const auto index = copy.add("southern and northern boundary of the withdrawal", withdrawal);
        if (anchored) copy[index].anchors = {front};
        world.place(copy);
        const Mention& boundary = copy[index];
        REQUIRE(boundary.location.has_value());
        CHECK(std::get<MultiLineString>(boundary.location->geometry).size() == 2);
        CHECK(boundary.location->source == "constructed");
        CHECK(boundary.location->uncertainty_m == 3000);
        CHECK(boundary.entity == "line:front-51-2-km");
        REQUIRE(boundary.parts.size() == 3);
        CHECK(boundary.parts[0].suffix == "north");
        CHECK(boundary.parts[0].kind == "withdrawal_boundary");
        CHECK(boundary.parts[0].name == "Northern boundary of the withdrawal, 2 km from Front of October 1951");
        CHECK(boundary.parts[1].side == "south");
        CHECK(boundary.parts[2].suffix == "strip");
        CHECK(boundary.parts[2].type == MentionType::area);
        CHECK(boundary.parts[2].kind == "withdrawal_zone");
        const auto& north = std::get<LineString>(boundary.parts[0].location.geometry);
        const auto& south = std::get<LineString>(boundary.parts[1].location.geometry);
        const auto& base = world.lines.find_id("front-51")->geometry;
        for (const LonLat p : north) CHECK(signed_distance_m(p, base) == Approx(2000).margin(5));
        for (const LonLat p : south) CHECK(signed_distance_m(p, base) == Approx(-2000).margin(5));
        CHECK(is_valid(std::get<Polygon>(boundary.parts[2].location.geometry)));
    }
}

TEST_CASE("an offset on one side") {
    const World world;
    DocumentBuilder document("Kaesong: 5 km north of the front line", "1951-11-01");
    document.place("Kaesong", {attested(world.kaesong)});
    LineValue value = line("boundary_line");
    value.offset_m = 5000;
    value.offset_side = "north";
    document.add("5 km north of the front line", value);
    document.add("front line", line("front_line"));
    document[1].anchors = {2};
    world.place(document);
    REQUIRE(document[1].location.has_value());
    CHECK(std::holds_alternative<LineString>(document[1].location->geometry));
    REQUIRE(document[1].parts.size() == 1);
    CHECK(document[1].entity == "line:front-51-5-km-north");
}

TEST_CASE("parallels, phase lines and described lines") {
    const World world;
    DocumentBuilder document("38th parallel, 37th parallel, line Kansas, a line from Kaesong to Kumsong", "1951-06-01");
    const auto parallel = document.add("38th parallel", line("parallel", "38"));
    const auto other = document.add("37th parallel", line("parallel", "37"));
    const auto kansas = document.add("line Kansas", line("phase_line", "Kansas"));
    const auto described = document.add("line from Kaesong to Kumsong", line("described_line"));
    const auto kaesong = document.place("Kaesong", {attested(world.kaesong)});
    const auto kumsong = document.place("Kumsong", {attested(world.kumsong)});
    document[described].anchors = {kaesong, kumsong};
    document[described].as<LineValue>().legs = {{LineLeg::Role::through, kaesong, {}, {}}, {LineLeg::Role::through, kumsong, {}, {}}};
    world.place(document);
    CHECK(document[parallel].entity == "line:p38");
    CHECK(document[kansas].entity == "line:kansas");
    REQUIRE(document[other].location.has_value());
    for (const LonLat p : std::get<LineString>(document[other].location->geometry)) CHECK(p.lat == 37);
    CHECK(document[other].entity == "line:parallel-37-korea");
    REQUIRE(document[described].location.has_value());
    CHECK(document[described].entity == "line:described-line-kp-kaesong-kp-kumsong");
    const auto& points = std::get<LineString>(document[described].location->geometry);
    CHECK(points.front() == LonLat{126.5547, 37.9708});
    CHECK(points.size() > 40);
    CHECK(document[described].location->uncertainty_m == Approx(1000 + 10'500).margin(300));
}

TEST_CASE("anchors in a circle or out of range end nothing") {
    const World world;
    DocumentBuilder document("line one, line two, area of nothing", "1951-11-01");
    document.add("line one", line("boundary_line"), {1, 99});
    document.add("line two", line("boundary_line"), {0, 1});
    document.add("area of nothing", AreaValue{"area_of", {}, {}}, {2, 99});
    world.place(document);
    for (int i = 0; i < 3; ++i) CHECK_FALSE(document[static_cast<std::size_t>(i)].location.has_value());
}

TEST_CASE("areas hang on their anchors") {
    const World world;
    DocumentBuilder document("area of Kaesong; areas south of Kaesong and [Kindzyo]", "1951-11-01");
    const auto area = document.add("area of Kaesong", AreaValue{"area_of", {}, {}});
    const auto kaesong = document.place("Kaesong", {attested(world.kaesong)});
    const auto south = document.add("areas south of Kaesong and [Kindzyo]", AreaValue{"south_of", {}, {}});
    const auto again = document.place("Kaesong", {attested(world.kaesong)});
    const auto kindzyo = document.place("Kindzyo", {});
    document[area].anchors = {kaesong};
    document[south].anchors = {again, kindzyo};
    world.place(document);
    CHECK(document[area].entity == "area:area-of-kp-kaesong");
    CHECK(contains(std::get<Polygon>(document[area].location->geometry), {126.5547, 37.9708}));
    CHECK(document[south].entity == "area:south-of-kp-kaesong-unresolved-kindzyo");
    REQUIRE(document[south].location.has_value());
    CHECK(document[south].status == Certainty::inferred);
    CHECK(document[south].why.front() == "Kindzyo is not placed");
}

TEST_CASE("a demilitarized zone is the strip of its line") {
    const World world;
    DocumentBuilder document("Kaesong: demilitarized zone two kilometers on each side of the front line", "1951-11-01");
    document.place("Kaesong", {attested(world.kaesong)});
    const auto zone = document.add("demilitarized zone", AreaValue{"zone", {}, {}});
    LineValue sides = line("boundary_line");
    sides.offset_m = 2000;
    const auto boundaries = document.add("two kilometers on each side", sides);
    document[zone].anchors = {boundaries};
    world.place(document);
    REQUIRE(document[zone].location.has_value());
    CHECK(document[zone].location->geometry == document[boundaries].parts[2].location.geometry);
}

TEST_CASE("a grid reference places the name before it, and a contradiction is reported") {
    const World world;
    DocumentBuilder document("Kumsong (CT 7952), Kaesong (CT 454385), Hill 931 (DT 145388)", "1951-10-01");
    const auto kumsong = document.place("Kumsong", {attested(world.kumsong)});
    const auto reference = document.add("CT 7952", CoordinateValue{});
    const auto kaesong = document.place("Kaesong", {attested(world.kaesong)});
    document.add("CT 454385", CoordinateValue{});
    const auto hill = document.place("Hill 931", {}, "hill");
    document.add("DT 145388", CoordinateValue{});
    const auto problems = world.place(document);
    CHECK(document[reference].entity == "coordinate:bessel-52ct7952");
    CHECK(document[reference].as<CoordinateValue>().system == "grid_bessel");
    CHECK(document[reference].candidates.size() >= 2);
    CHECK(document[kumsong].entity == "place:kp-kumsong");
    REQUIRE(document[hill].location.has_value());
    CHECK(document[hill].location->source == "coordinate");
    CHECK(document[hill].status == Certainty::inferred);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "coordinate_disagrees");
    CHECK(problems[0].level == ProblemLevel::notice);
    CHECK(problems[0].span->begin == document[kaesong].span.begin);
}

TEST_CASE("a grid reference without a theatre stays open") {
    const World world;
    DocumentBuilder document("at CT 454385", "1951-10-01");
    document.add("CT 454385", CoordinateValue{});
    world.place(document);
    CHECK(document[0].status == Certainty::unresolved);
    CHECK(document[0].entity == "coordinate:unresolved-ct-454385");
    CHECK_FALSE(document[0].location.has_value());
}

TEST_CASE("one placer serves several threads") {
    const World world;
    std::vector<std::string> entities(4);
    std::vector<std::thread> threads;
    const Placer placer([&world](std::uint32_t index) { return world(index); }, world.lines, {});
    for (std::size_t t = 0; t < entities.size(); ++t) {
        threads.emplace_back([&, t] {
            DocumentBuilder document("Kaesong: the front line", "1951-11-01");
            document.place("Kaesong", {attested(world.kaesong)});
            document.add("front line", line("front_line"));
            std::vector<Problem> problems;
            placer.place(document.extracted, problems);
            entities[t] = document[1].entity;
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& entity : entities) CHECK(entity == "line:front-51");
}
