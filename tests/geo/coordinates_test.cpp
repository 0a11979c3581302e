#include "geo/coordinates.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "geo/geodesy.hpp"
#include "geo/grid_letters.hpp"
#include "tests/catch.hpp"

using namespace demarc;

namespace {

const GridContext korea{"Korea", 1951};

LonLat position_of(std::string_view text, const GridContext& context = korea) {
    const auto read = read_coordinate(text, context);
    INFO(text);
    REQUIRE(read.has_value());
    REQUIRE(read->position.has_value());
    return *read->position;
}

}  // namespace

TEST_CASE("latitude and longitude in every dress") {
    const char* dresses[] = {"38°19'N 127°16'E", "38° 19′ N, 127° 16′ E", "N 38 19 E 127 16", "38-19N 127-16E", "3819N 12716E",
                             "38 19 N 127 16 E", "38–19 N., 127–16 E.", "lat. 38°19' long. 127°16'", "(38º19’N, 127º16’E)", "38d19'00\"N 127d16'00\"E",
                             "latitude 38 degrees 19 minutes north, longitude 127 degrees 16 minutes east", "127°16'E 38°19'N", "381900N1271600E",
                             "38°19′00″ North latitude and 127°16′00″ East longitude", "38.31667, 127.26667", "38.31667N 127.26667E", "38°19'N\n127°16'E"};
    for (const char* dress : dresses) {
        const LonLat p = position_of(dress);
        CAPTURE(dress);
        CHECK(p.lat == Approx(38.316667).margin(1e-5));
        CHECK(p.lon == Approx(127.266667).margin(1e-5));
    }
    CHECK(position_of("33°51'S 151°12'W").lat == Approx(-33.85));
    CHECK(position_of("33°51'S 151°12'W").lon == Approx(-151.2));
    CHECK(position_of("-33.85, 151.20").lat == Approx(-33.85));
}

TEST_CASE("precision follows from the digits") {
    CHECK(read_coordinate("38N 127E", korea)->reading.value.precision_m == Approx(111'195));
    CHECK(read_coordinate("38°19'N 127°16'E", korea)->reading.value.precision_m == Approx(1853).margin(1));
    CHECK(read_coordinate("38°19'30\"N 127°16'12\"E", korea)->reading.value.precision_m == Approx(30.9).margin(0.1));
    CHECK(read_coordinate("CT 4538", korea)->reading.value.precision_m == 1000);
    CHECK(read_coordinate("CT 454385", korea)->reading.value.precision_m == 100);
    CHECK(read_coordinate("52SCS1234567890", {})->reading.value.precision_m == 1);
}

TEST_CASE("a latitude alone has no position") {
    const auto read = read_coordinate("38-19N", korea);
    REQUIRE(read.has_value());
    CHECK(read->reading.value.lat == Approx(38.316667));
    CHECK_FALSE(read->reading.value.lon.has_value());
    CHECK_FALSE(read->position.has_value());
}

TEST_CASE("what looks like a coordinate and is none") {
    for (const char* text : {"15 JAN 1951", "15JAN1951", "1 NOV 51", "38°61'N 127°16'E", "91°N 0°E", "38", "12, 15", "38°19'N 40°00'N", "38.5°19'N 127°E",
                             "38-19-51", "CT 45438", "CT 454 3851", "JK 3966", "BE 8344", "AD 1951", "NO 1234", "ct 454385", "52S", "", "61S CS 1234 5678", "52I CS 1234 5678",
                             "II 1951", "38°19'N 181°00'E", "1951-11-01", "2 3 4 5 6 7"}) {
        CAPTURE(text);
        CHECK_FALSE(read_coordinate(text, korea).has_value());
    }
    CHECK_FALSE(read_coordinate("CT 454385", {}).has_value());
    CHECK_FALSE(read_coordinate("CT 454385", {"korea", 1863}).has_value());
    CHECK_FALSE(read_coordinate(std::string(100'000, '3'), korea).has_value());
    CHECK_FALSE(read_coordinate("38\xff""19'N 127", korea).has_value());
}

TEST_CASE("MGRS on WGS 84, spaced or not") {
    // 52S BH 854 045 is Kaesong on the modern lettering.
    const LonLat spaced = position_of("52S BH 85 04", {});
    CHECK(distance_m(spaced, position_of("52SBH8504", {})) == 0);
    CHECK(read_coordinate("52SBH8504", {})->reading.value.system == "mgrs");
    CHECK(distance_m(spaced, {126.5547, 37.9708}) < 1500);
}

TEST_CASE("UTM tells the band S from the southern hemisphere") {
    const auto band = read_coordinate("52S 300000 4200000", korea);
    REQUIRE(band.has_value());
    CHECK(band->position->lat == Approx(37.926).margin(0.01));
    REQUIRE(band->alternatives.size() == 1);
    CHECK(*band->alternatives[0].value.lat < -50);
    CHECK(position_of("52N 300000mE 4200000mN").lat == Approx(band->position->lat));
    CHECK(position_of("56S 334873 6252266").lat == Approx(-33.857).margin(0.01));
}

TEST_CASE("zone-less squares of Korea stand on the Bessel lettering and the Tokyo datum") {
    // Wartime references of well-known places; tolerance: the square and the size of the town.
    struct Known {
        const char* reference;
        LonLat place;
        double tolerance_m;
    };
    for (const Known& known : {Known{"BT 854045", {126.5547, 37.9708}, 2500}, Known{"CT 7952", {127.6199, 38.4127}, 2500},
                               Known{"YC 3713", {125.7147, 38.0406}, 3000}, Known{"YC 4086", {125.7781, 38.6703}, 4000}}) {
        CAPTURE(known.reference);
        CHECK(distance_m(position_of(known.reference), known.place) < known.tolerance_m);
    }
    // PROJ: centre of the 100 m square 52S CS 123 456, Tokyo 37.442398 N 126.878526 E, by EPSG 1305 37.445190 N 126.876423 E.
    const auto read = read_coordinate("52S CS 123 456", korea);
    REQUIRE(read.has_value());
    CHECK(read->reading.value.system == "grid_bessel");
    CHECK(read->reading.value.datum == "Tokyo");
    CHECK(distance_m(*read->position, {126.876423, 37.445190}) < 0.2);
    CHECK(read->uncertainty_m == Approx(86).margin(1));
    // The letters alone betray the scheme, theatre or not.
    CHECK(read_coordinate("52S CS 123 456", {})->reading.value.system == "grid_bessel");
}

TEST_CASE("the modern reading is kept as the loser") {
    const auto read = read_coordinate("CT 454385", korea);
    REQUIRE(read.has_value());
    CHECK(read->position->lat == Approx(38.29).margin(0.02));
    REQUIRE_FALSE(read->alternatives.empty());
    for (const auto& other : read->alternatives) CHECK(distance_m(*read->position, {*other.value.lon, *other.value.lat}) > 900'000);
    CHECK(read->why.size() == 1 + read->alternatives.size());
}

TEST_CASE("the datum shift is that of EPSG 1305") {
    const LonLat tokyo{127, 38};
    const LonLat shifted = wgs84_of_tokyo(tokyo);
    CHECK(distance_m(tokyo, shifted) == Approx(365).margin(20));
    CHECK(shifted.lat > tokyo.lat);
    CHECK(shifted.lon < tokyo.lon);
}

// A list of wartime references with positions that others computed without a datum shift: path in DEMARC_GRID_LIST, columns
// row, target_name, grid_reference, mgrs, lat, lon; the position is the south-west corner of the square.
TEST_CASE("wartime references agree with an independent decoding", "[.shared]") {
    const char* path = std::getenv("DEMARC_GRID_LIST");
    if (path == nullptr) return;
    std::ifstream file(path);
    REQUIRE(file.good());
    std::string line;
    std::getline(file, line);
    int rows = 0, read_rows = 0, agreeing = 0;
    double largest = 0;
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        std::string row, name, reference, mgrs, lat, lon;
        for (std::string* field : {&row, &name, &reference, &mgrs, &lat, &lon}) std::getline(fields, *field, '\t');
        if (reference.size() != 7) continue;  // the list's own decoding takes the last four digits of longer references
        ++rows;
        const auto read = read_coordinate(reference, korea);
        if (!read || !read->position) continue;
        ++read_rows;
        const LonLat corner{std::stod(lon), std::stod(lat)};
        // From the centre back to the corner, and from WGS 84 back to Tokyo: what is left is Bessel against WGS 84 ellipsoid.
        const double half = read->reading.value.precision_m / 2;
        const LonLat there = destination(destination(*read->position, 270, half), 180, half);
        const LonLat tokyo{there.lon + (there.lon - wgs84_of_tokyo(there).lon), there.lat + (there.lat - wgs84_of_tokyo(there).lat)};
        const double apart = distance_m(tokyo, corner);
        if (apart < 1500) ++agreeing, largest = std::max(largest, apart);
    }
    WARN(rows << " rows, " << read_rows << " read, " << agreeing << " within 1.5 km, largest of these " << largest << " m");
    CHECK(read_rows > 0.97 * rows);
    CHECK(agreeing > 0.99 * read_rows);
}

TEST_CASE("digits alone go on in the square that was named last") {
    const auto bare = read_coordinate("454385", {"korea", 1951, {}, "CT"});
    REQUIRE(bare.has_value());
    CHECK(bare->guessed_square);
    CHECK(distance_m(*bare->position, position_of("CT 454385")) == 0);
    CHECK_FALSE(read_coordinate("454385", korea).has_value());
}

TEST_CASE("a metric grid keeps its other readings") {
    const auto read = read_coordinate("T 586939", {"", 1944, {{-0.99, 49.4}}, ""});
    REQUIRE(read.has_value());
    CHECK(read->reading.value.system == "grid_lambert_1");
    CHECK(read->reading.value.precision_m == 100);
    CHECK(read_coordinate("vT 58 93", {"", 1944, {{-0.99, 49.4}}, ""})->reading.normalised == "lambert-1-vt-58-93");
    CHECK_FALSE(read_coordinate("T 586939", {"", 1951, {{-0.99, 49.4}}, ""}).has_value());
    CHECK_FALSE(read_coordinate("T 586939", {"", 1944, {}, ""}).has_value());
}

TEST_CASE("a square has its corners, the position in their middle") {
    for (const char* text : {"CT 454385", "52SBH8504"}) {
        const auto read = read_coordinate(text, korea);
        REQUIRE(read->reading.square.has_value());
        const auto& square = *read->reading.square;
        const double side = read->reading.value.precision_m;
        for (std::size_t i = 0; i < 4; ++i) CHECK(distance_m(square[i], square[(i + 1) % 4]) == Approx(side).epsilon(0.001));
        CHECK(distance_m(*read->position, square[0]) == Approx(side * 0.7071).epsilon(0.001));
        CHECK(square[1].lon > square[0].lon);
        CHECK(square[3].lat > square[0].lat);
    }
    CHECK_FALSE(read_coordinate("38°19'N 127°16'E", korea)->reading.square.has_value());
}
