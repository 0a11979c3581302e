#include "geo/line_interpolation.hpp"

#include <array>

#include "tests/catch.hpp"

using namespace demarc;

namespace {

constexpr std::array<std::string_view, 1> fronts{"front_line"};

ReferenceLines two_states(const char* second = "[[127,38.4],[128,38.4]]") {
    auto lines = ReferenceLines::parse(std::string(R"({"features":[
{"properties":{"id":"a","name":"A","kind":"front_line","theatre":"t","when":"1951-01-01/1951-01-10","uncertainty_m":1000},"geometry":{"type":"LineString","coordinates":[[127,38],[127.5,38],[128,38]]}},
{"properties":{"id":"b","name":"B","kind":"front_line","theatre":"t","when":"1951-01-20/1951-01-25","uncertainty_m":2000},"geometry":{"type":"LineString","coordinates":)") + second + "}}]}", "lines");
    REQUIRE(lines.ok());
    return std::move(lines).value();
}

}  // namespace

TEST_CASE("a front between two dated states lies between them by the days") {
    const auto line = interpolated_line(two_states(), fronts, "1951-01-15", "t");
    REQUIRE(line.has_value());
    CHECK(line->geometry.front().lat == Approx(38.2).margin(1e-6));
    CHECK(line->geometry.back().lat == Approx(38.2).margin(1e-6));
    CHECK(line->geometry.front().lon == Approx(127).margin(1e-6));
    CHECK(line->geometry.back().lon == Approx(128).margin(1e-6));
    CHECK(line->uncertainty_m == Approx(22'200).epsilon(0.01));  // half of 0.4 degrees
    CHECK(line->slug == "a-b-1951-01-15");
    const auto later = interpolated_line(two_states(), fronts, "1951-01-19", "t");
    REQUIRE(later.has_value());
    CHECK(later->geometry.front().lat == Approx(38.36).margin(1e-6));
}

TEST_CASE("a state drawn the other way round is turned") {
    const auto line = interpolated_line(two_states("[[128,38.4],[127,38.4]]"), fronts, "1951-01-15", "t");
    REQUIRE(line.has_value());
    CHECK(line->geometry.front().lon == Approx(127).margin(1e-6));
}

TEST_CASE("nothing is interpolated where a state holds, or one is missing") {
    CHECK_FALSE(interpolated_line(two_states(), fronts, "1951-01-05", "t").has_value());
    CHECK_FALSE(interpolated_line(two_states(), fronts, "1951-02-05", "t").has_value());
    CHECK_FALSE(interpolated_line(two_states(), fronts, "1950-12-05", "t").has_value());
    CHECK_FALSE(interpolated_line(two_states(), fronts, "1951-01-15", "elsewhere").has_value());
    CHECK_FALSE(interpolated_line(two_states(), fronts, "", "t").has_value());
}
