#include "geo/toponym_resolution.hpp"

#include "tests/catch.hpp"
#include "tests/geo/small_world.hpp"

using namespace demarc;
using namespace demarc::test;

namespace {

struct World : SmallWorld {
    std::uint32_t beijing = add("cn-beijing", "Beijing", "capital", "CN", {116.39, 39.91}, 8);
    std::uint32_t kaesong = add("kp-kaesong", "Kaesŏng", "city", "KP", {126.5547, 37.9708}, 5);
    std::uint32_t kumsong = add("kp-kumsong", "Kŭmsŏng", "town", "KP", {127.6199, 38.4127}, 3);
    std::uint32_t kumsong_hill = add("kr-kumsong-hill", "Kŭmsŏng", "hill", "KR", {127.3, 36.2}, 0);
    std::uint32_t alexandria_eg = add("eg-alexandria", "Alexandria", "city", "EG", {29.9, 31.2}, 6);
    std::uint32_t alexandria_va = add("us-alexandria", "Alexandria", "city", "US", {-77.05, 38.80}, 4, "Virginia");
    std::uint32_t virginia = add("us-virginia", "Virginia", "state", "US", {-78.5, 37.5}, 5);
    std::uint32_t richmond_va = add("us-richmond-va", "Richmond", "city", "US", {-77.44, 37.54}, 5, "Virginia");
    std::uint32_t richmond_uk = add("gb-richmond", "Richmond", "town", "GB", {-0.3, 51.46}, 5);
    std::uint32_t petersburg_va = add("us-petersburg", "Petersburg", "city", "US", {-77.40, 37.23}, 4, "Virginia");
};

void resolve(DocumentBuilder& document, const World& world, ToponymOptions options = {}) {
    resolve_toponyms(document.extracted, [&world](std::uint32_t index) { return world(index); }, options);
}

const std::vector<std::string> route{"金城 Kŭmsŏng", "Kinjō (Japanese reading)", "Киндзё (Polivanov)", "Kindzyo (ё = yo)"};

}  // namespace

TEST_CASE("one attested record is taken as it is") {
    const World world;
    DocumentBuilder document("from BEIJING to Kaesong");
    document.place("BEIJING", {attested(world.beijing)});
    document.place("Kaesong", {attested(world.kaesong)});
    resolve(document, world);
    const Mention& beijing = document[0];
    CHECK(beijing.status == Certainty::attested);
    CHECK(beijing.entity == "place:cn-beijing");
    CHECK(beijing.as<PlaceValue>().name == "Beijing");
    CHECK(beijing.as<PlaceValue>().kind == "capital");
    REQUIRE(beijing.location.has_value());
    CHECK(std::get<LonLat>(beijing.location->geometry) == LonLat{116.39, 39.91});
    CHECK(beijing.location->source == "gazetteer");
    CHECK(beijing.confidence > 0.8);
}

TEST_CASE("a generated spelling is taken where the document speaks for it") {
    const World world;
    DocumentBuilder document("areas south of Kaesong and [Kindzyo]");
    document.extracted.document.metadata.original_language = "ru";
    document.place("Kaesong", {attested(world.kaesong)});
    document.place("Kindzyo", {generated(world.kumsong, route)});
    resolve(document, world);
    const Mention& kindzyo = document[1];
    CHECK(kindzyo.status == Certainty::inferred);
    CHECK(kindzyo.entity == "place:kp-kumsong");
    REQUIRE(kindzyo.why.size() > route.size());
    CHECK(kindzyo.why.front() == route.front());
    CHECK(kindzyo.why.back().find("km from Kaesŏng") != std::string::npos);
}

TEST_CASE("a generated spelling by itself stays open") {
    const World world;
    DocumentBuilder document("a man called Kindzyo in Virginia");
    document.place("Kindzyo", {generated(world.kumsong, route)});
    document.place("Virginia", {attested(world.virginia)});
    resolve(document, world);
    CHECK(document[0].status == Certainty::unresolved);
    CHECK(document[0].entity == "place:unresolved-kindzyo");
    CHECK_FALSE(document[0].location.has_value());
    REQUIRE(document[0].candidates.size() == 1);
    CHECK(document[0].candidates[0].id == "kp-kumsong");
}

TEST_CASE("the region after the comma decides") {
    const World world;
    DocumentBuilder document("ALEXANDRIA, Va., May 3");
    document.place("ALEXANDRIA", {attested(world.alexandria_eg), attested(world.alexandria_va)});
    document.place("Va", {attested(world.virginia)});
    resolve(document, world);
    CHECK(document[0].entity == "place:us-alexandria");
    CHECK(document[0].candidates.front().id == "us-alexandria");

    DocumentBuilder without("at Alexandria");
    without.place("Alexandria", {attested(world.alexandria_eg), attested(world.alexandria_va)});
    resolve(without, world);
    CHECK(without[0].candidates.front().id == "eg-alexandria");
}

TEST_CASE("other places of the document decide between equals, for all mentions of a name alike") {
    const World world;
    DocumentBuilder document("Richmond fell after Petersburg; Richmond burned");
    document.place("Richmond", {attested(world.richmond_uk), attested(world.richmond_va)});
    document.place("Petersburg", {attested(world.petersburg_va)});
    document.place("Richmond", {attested(world.richmond_uk), attested(world.richmond_va)});
    resolve(document, world);
    CHECK(document[0].entity == "place:us-richmond-va");
    CHECK(document[2].entity == document[0].entity);
    CHECK(document[2].confidence == document[0].confidence);
}

TEST_CASE("two equals with nothing to choose by stay open") {
    const World world;
    DocumentBuilder document("Richmond");
    document.place("Richmond", {attested(world.richmond_uk), attested(world.richmond_va)});
    resolve(document, world);
    CHECK(document[0].status == Certainty::unresolved);
    CHECK(document[0].candidates.size() == 2);
    // A theatre is something to choose by.
    DocumentBuilder in_theatre("Richmond");
    in_theatre.place("Richmond", {attested(world.richmond_uk), attested(world.richmond_va)});
    ToponymOptions options;
    options.theatre_bounds = BoundingBox{-80, 36, -75, 40};
    resolve(in_theatre, world, options);
    CHECK(in_theatre[0].entity == "place:us-richmond-va");
}

TEST_CASE("a kind word and a coordinate beside the name decide") {
    const World world;
    DocumentBuilder hill("Kumsong hill");
    hill.place("Kumsong", {attested(world.kumsong), attested(world.kumsong_hill)}, "hill");
    resolve(hill, world);
    CHECK(hill[0].entity == "place:kr-kumsong-hill");

    DocumentBuilder beside("Kumsong (CT 7952)");
    beside.place("Kumsong", {attested(world.kumsong_hill), attested(world.kumsong)});
    ToponymOptions options;
    options.beside = {LonLat{127.62, 38.41}};
    resolve(beside, world, options);
    CHECK(beside[0].entity == "place:kp-kumsong");
    CHECK(beside[0].status == Certainty::attested);
}

TEST_CASE("a lone record far from everything else is believed less") {
    const World world;
    const auto confidence = [&](bool among_virginians) {
        DocumentBuilder document("Kumsong, then Petersburg and Richmond");
        document.place("Kumsong", {attested(world.kumsong_hill, 0.6F)});
        if (among_virginians) {
            document.place("Petersburg", {attested(world.petersburg_va)});
            document.place("Richmond", {attested(world.richmond_va)});
        }
        resolve(document, world);
        return document[0].confidence;
    };
    CHECK(confidence(true) < confidence(false) - 0.1);
}

TEST_CASE("years of existence and common words weigh against") {
    World world;
    world.records[world.richmond_uk].from = 1900;
    DocumentBuilder document("Richmond", "1863-05-01");
    document.place("Richmond", {attested(world.richmond_uk), attested(world.richmond_va)});
    resolve(document, world);
    CHECK(document[0].entity == "place:us-richmond-va");

    const auto weak = [&](bool ambiguous) {
        world.records[world.kumsong_hill].ambiguous = ambiguous;
        DocumentBuilder one("Kumsong");
        one.place("Kumsong", {attested(world.kumsong_hill, 0.6F)});
        resolve(one, world);
        return one[0].confidence;
    };
    CHECK(weak(true) < weak(false));
    CHECK(weak(true) < 0.5);
}

TEST_CASE("no candidate, no letters, other types") {
    const World world;
    DocumentBuilder document("Nowhere -- Truman");
    document.place("Nowhere", {});
    document.place("--", {});
    document.add("Truman", PersonValue{"Harry Truman", "", "", "", false});
    resolve(document, world);
    CHECK(document[0].entity == "place:unresolved-nowhere");
    CHECK(document[1].entity == "place:unresolved-unnamed");
    CHECK(document[2].entity.empty());
    CHECK(document[2].status == Certainty::attested);
}

TEST_CASE("a long document before it changes nothing") {
    const World world;
    const auto short_one = [&world] {
        DocumentBuilder document("from BEIJING to Kaesong");
        document.place("BEIJING", {attested(world.beijing)});
        document.place("Kaesong", {attested(world.kaesong)});
        resolve(document, world);
        return std::pair(document[0].confidence, document[1].confidence);
    };
    const auto alone = short_one();
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "place" + std::to_string(i) + " ";
    DocumentBuilder document(text);
    for (int i = 0; i < 20'000; ++i) document.place("place" + std::to_string(i) + " ", {attested(world.kumsong)});
    resolve(document, world);
    CHECK(document[19'999].entity == "place:kp-kumsong");
    CHECK(short_one() == alone);
}
