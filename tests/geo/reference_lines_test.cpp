#include "geo/reference_lines.hpp"

#include <array>

#include "tests/catch.hpp"

using namespace demarc;

namespace {

// A small world: two fronts that move north, a phase line, a parallel, and another theatre with its own front.
constexpr std::string_view world = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"front-a","name":"First front","kind":"front_line","theatre":"korea","when":"1951-10-01/1951-10-20","uncertainty_m":2000,"state":"actual","side_left":"KPA","side_right":"UNC","anchors":["Kaesong"],"source":"drawn for this test"},"geometry":{"type":"LineString","coordinates":[[126.5,38.0],[128.4,38.6]]}},
{"type":"Feature","properties":{"id":"front-long","name":"Long front","kind":"front_line","theatre":"korea","when":"1951-06/1953-07"},"geometry":{"type":"LineString","coordinates":[[126.5,37.9],[128.4,38.5]]}},
{"type":"Feature","properties":{"id":"contact-b","name":"Line of contact","kind":"line_of_contact","theatre":"korea","when":"1951-10-10/1951-10-12"},"geometry":{"type":"LineString","coordinates":[[126.5,38.1],[128.4,38.7]]}},
{"type":"Feature","properties":{"id":"front-50","name":"Front of 1950","kind":"front_line","theatre":"korea","when":"1950-08-01/1950-09-15"},"geometry":{"type":"LineString","coordinates":[[128.3,35.1],[129.4,36.1]]}},
{"type":"Feature","properties":{"id":"agreed","name":"Agreed line","names":["front line"],"kind":"demarcation_line","theatre":"korea","when":"1953-07-27/1953-08"},"geometry":{"type":"LineString","coordinates":[[126.5,38.0],[128.4,38.6]]}},
{"type":"Feature","properties":{"id":"kansas","name":"Kansas","names":["Line KANSAS"],"kind":"phase_line","theatre":"korea","when":"1951-04/.."},"geometry":{"type":"LineString","coordinates":[[126.8,37.9],[128.5,38.1]]}},
{"type":"Feature","properties":{"id":"p38","name":"38th parallel","names":["thirty-eighth parallel"],"kind":"parallel","theatre":"korea","when":"1945-09/.."},"geometry":{"type":"LineString","coordinates":[[124.7,38],[128.5,38]]}},
{"type":"Feature","properties":{"id":"west-front","name":"Western front","kind":"front_line","theatre":"france","when":"1916"},"geometry":{"type":"LineString","coordinates":[[2.7,51.1],[6.9,47.6]]}}]})";

constexpr std::array<std::string_view, 3> front{"front_line", "battle_line", "line_of_contact"};

ReferenceLines lines() {
    auto parsed = ReferenceLines::parse(world, "world");
    REQUIRE(parsed.ok());
    return std::move(parsed).value();
}

}  // namespace

TEST_CASE("the front of a date is the shortest interval that holds it, front lines first") {
    const auto all = lines();
    const auto match = all.at_date(front, "1951-10-11", "Korea");
    REQUIRE(match.has_value());
    CHECK(match->line->id == "front-a");
    CHECK_FALSE(match->inferred);
    CHECK(all.at_date(front, "1951-11-01", "korea")->line->id == "front-long");
}

TEST_CASE("a line of another kind serves where it bears the kind as a name") {
    const auto all = lines();
    CHECK(all.at_date(front, "1953-08-15", "korea")->line->id == "agreed");
    CHECK(all.at_date(front, "1953-07-28", "korea")->line->id == "front-long");  // front lines first
}

TEST_CASE("of a month that no line holds whole, the one that holds most of it is taken, as inferred") {
    const auto all = lines();
    CHECK(all.at_date(front, "1951-10", "korea")->line->id == "front-long");  // holds it whole
    const auto september = all.at_date(front, "1950-09", "korea");
    CHECK(september->line->id == "front-50");
    CHECK(september->inferred);
}

TEST_CASE("the nearest in time stands in, within 45 days, and says so") {
    const auto all = lines();
    const auto match = all.at_date(front, "1950-10-15", "korea");
    REQUIRE(match.has_value());
    CHECK(match->line->id == "front-50");
    CHECK(match->inferred);
    CHECK(match->why.back().find("30 days") != std::string::npos);
    CHECK_FALSE(all.at_date(front, "1950-10-15", "korea", true).has_value());
    CHECK_FALSE(all.at_date(front, "1950-11-15", "korea").has_value());
    CHECK_FALSE(all.at_date(front, "", "korea").has_value());
    CHECK_FALSE(all.at_date(front, "1951-10-11", "").has_value());
    CHECK_FALSE(all.at_date(front, "1951-10-11", "france").has_value());
}

TEST_CASE("names find their line in any dress") {
    const auto all = lines();
    for (const char* name : {"Kansas", "line Kansas", "Line KANSAS", "the KANSAS Line"}) {
        CAPTURE(name);
        REQUIRE(all.named(name, "", "1951-06-01", "korea").has_value());
        CHECK(all.named(name, "phase_line", "", "")->line->id == "kansas");
    }
    CHECK(all.named("38th Parallel", "parallel", "", "korea")->line->id == "p38");
    CHECK_FALSE(all.named("Wyoming", "", "", "korea").has_value());
    CHECK_FALSE(all.named("Kansas", "parallel", "", "korea").has_value());
    CHECK(line_name_key("the 38th Parallel") == line_name_key("38 parallel"));
}

TEST_CASE("the theatre is where most positions lie") {
    const auto all = lines();
    CHECK(all.theatre_of(std::vector<LonLat>{{116.4, 39.9}, {126.55, 37.97}, {127.6, 38.4}}) == "korea");
    CHECK(all.theatre_of(std::vector<LonLat>{{5.4, 49.2}}) == "france");
    CHECK(all.theatre_of(std::vector<LonLat>{{-77.0, 38.9}}).empty());
    CHECK(all.theatre_of({}).empty());
    CHECK_FALSE(all.theatre_bounds("burma").has_value());
}

TEST_CASE("a bad file is refused with the feature and the reason") {
    const auto message = [](std::string_view text) {
        const auto parsed = ReferenceLines::parse(text, "user.geojson");
        REQUIRE_FALSE(parsed.ok());
        CHECK(parsed.error().code == ErrorCode::bad_data);
        return parsed.error().text();
    };
    CHECK(message("{") == "user.geojson: is not JSON");
    CHECK(message("[]").find("FeatureCollection") != std::string::npos);
    const auto feature = [](const std::string& when, const std::string& coordinates, const std::string& type = "LineString") {
        return R"({"features":[{"properties":{"id":"x","kind":"front_line","theatre":"t","when":")" + when + R"("},"geometry":{"type":")" + type +
               R"(","coordinates":)" + coordinates + "}}]}";
    };
    CHECK(message(feature("1951", "[[127,38]]")).find("\"x\"") != std::string::npos);
    CHECK(message(feature("1951", "[[38,127],[38,128]]")).find("longitude comes first") != std::string::npos);
    CHECK(message(feature("autumn", "[[127,38],[128,38]]")).find("autumn") != std::string::npos);
    CHECK(message(feature("1951", "[127,38]", "Point")).find("LineString") != std::string::npos);
    CHECK(message(feature("1951", "[[\"127\",38],[128,38]]")).find("[lon, lat]") != std::string::npos);
}

TEST_CASE("a user's line replaces the one with its id") {
    auto all = lines();
    auto own = ReferenceLines::parse(R"({"features":[{"properties":{"id":"kansas","name":"Own Kansas","kind":"phase_line","theatre":"korea","when":"1951"},
        "geometry":{"type":"LineString","coordinates":[[127,38],[128,38]]}}]})", "own");
    REQUIRE(own.ok());
    const auto before = all.lines().size();
    all.merge(std::move(own).value());
    CHECK(all.lines().size() == before);
    REQUIRE(all.find_id("kansas") != nullptr);
    CHECK(all.find_id("kansas")->name == "Own Kansas");
    CHECK(all.find_id("none") == nullptr);
}

TEST_CASE("JSON is read whole, whichever reader takes it") {
    const auto file = [](const std::string& name, const std::string& more) {
        return R"({"features":[{"properties":{"id":"x","name":")" + name + R"(","kind":"front_line","theatre":"t","when":"1951")" + more + R"(},"geometry":{"type":"LineString","coordinates":[[127,38.5],[-1.28e2,-38]]}}]})";
    };
    const auto one = [](const std::string& text) {
        auto parsed = ReferenceLines::parse(text, "user.geojson");
        REQUIRE(parsed.ok());
        const ReferenceLine* line = parsed->find_id("x");
        REQUIRE(line != nullptr);
        CHECK(line->geometry == LineString{{127, 38.5}, {-128, -38}});
        return *line;
    };
    CHECK(one(file("Kŭmsŏng \\\"line\\\"", "")).name == "Kŭmsŏng \"line\"");
    CHECK(one(file("K\\u016dms\\u014fng", "")).name == "Kŭmsŏng");
    CHECK(one(file("N", R"(,"uncertainty_m":250)")).uncertainty_m == 250);
    CHECK(one(file("N", R"(,"serial":123456789012345678901234567890,"uncertainty_m":2.5e2)")).uncertainty_m == 250);
    CHECK(one(file("N", R"(,"name":"last")")).name == "last");
    for (const std::size_t deep : {900u, 1'020u, 2'000u, 1'000'000u}) CHECK(one(file("N", ",\"deep\":" + std::string(deep, '[') + std::string(deep, ']'))).name == "N");
    for (const std::string& text : {file("\\udc00", ""), file("\\ud800", ""), file("\xFF", ""), file("N", "") + "{}", file("N", ",")}) {
        CHECK_FALSE(ReferenceLines::parse(text, "user.geojson").ok());
    }
}
