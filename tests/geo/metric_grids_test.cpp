#include "geo/metric_grids.hpp"

#include "geo/geodesy.hpp"
#include "tests/catch.hpp"

using namespace demarc;

namespace {

constexpr LonLat normandy[] = {{-1.09, 49.12}};  // Saint-Lo
constexpr LonLat arnhem[] = {{5.91, 51.98}};

}  // namespace

// References that orders and reports of 1944 give for a place, beside the place's position today: the letters and origins stand or fall by them.
TEST_CASE("the wartime references of known places") {
    struct Known {
        const char *name, *letters, *digits;
        LonLat where;
        double within_m;
    };
    const Known known[] = {
        {"Pointe du Hoc", "T", "586939", {-0.989, 49.396}, 400},     {"Bayeux", "T", "7879", {-0.7025, 49.2764}, 1'500},
        {"Sainte-Mere-Eglise", "T", "345965", {-1.3170, 49.4086}, 600}, {"Saint-Lo", "vT", "4963", {-1.0906, 49.1164}, 1'500},
        {"Caen", "U", "0268", {-0.3702, 49.1829}, 1'500},            {"Arnhem", "E", "7477", {5.9119, 51.9747}, 2'000},
        {"Nijmegen", "E", "7163", {5.8650, 51.8480}, 2'000},         {"Bastogne", "P", "5558", {5.7160, 50.0030}, 2'000},
    };
    for (const Known& place : known) {
        CAPTURE(place.name);
        const LonLat near[] = {{place.where.lon + 0.3, place.where.lat - 0.2}};
        const auto readings = read_metric_grid(place.letters, place.digits, {"", 1944, near});
        REQUIRE_FALSE(readings.empty());
        double nearest = 1e9;
        for (const auto& reading : readings) nearest = std::min(nearest, distance_m(reading.position, place.where));
        CAPTURE(readings.front().note, distance_m(readings.front().position, place.where), nearest);
        CHECK(distance_m(readings.front().position, place.where) < place.within_m);
    }
}

TEST_CASE("the Palestine grid in kilometres, hundreds and tens of metres") {
    const MetricGridContext palestine{"Palestine", 1949, {}};
    const auto jerusalem = read_metric_grid("", "17201310", palestine);  // the Old City lies in 1720 1310
    REQUIRE(jerusalem.size() == 1);
    CHECK(distance_m(jerusalem[0].position, {35.2317, 31.7767}) < 800);
    CHECK(jerusalem[0].square_m == 100);
    CHECK(read_metric_grid("", "172131", palestine)[0].square_m == 1'000);
    CHECK(read_metric_grid("", "1720013100", palestine)[0].square_m == 10);
    // The Gaza line of the armistice of Rhodes ends near Beit Hanun; Eilat lies 115 km south of the origin.
    CHECK(read_metric_grid("", "10751090", palestine)[0].position.lat == Approx(31.57).margin(0.01));
    CHECK(distance_m(read_metric_grid("", "145885", palestine)[0].position, {34.95, 29.557}) < 3'000);
    CHECK(read_metric_grid("", "10751090", {"korea", 1951, {}}).empty());
    CHECK(read_metric_grid("", "10751090", {"palestine", 1917, {}}).empty());
    CHECK(read_metric_grid("", "1075109", palestine).empty());
    CHECK(read_metric_grid("", "1234", palestine).empty());
    CHECK(read_metric_grid("", "90001090", palestine).empty());
}

TEST_CASE("a lettered square needs its year, a place near and a letter of the system") {
    CHECK(read_metric_grid("T", "586939", {"", 0, normandy}).empty());
    CHECK(read_metric_grid("T", "586939", {"", 1944, {}}).empty());
    CHECK(read_metric_grid("I", "586939", {"", 1944, normandy}).empty());
    CHECK(read_metric_grid("T", "58693", {"", 1944, normandy}).empty());
    CHECK(read_metric_grid("wT", "586939", {"", 1944, normandy}).empty());
    CHECK(read_metric_grid("E", "7477", {"", 1944, arnhem}).front().system == "grid_nord_de_guerre");
}
