#include "geo/grid_letters.hpp"

#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("the grids of a theatre in its years") {
    CHECK(square_zones("korea", 1951).size() == 2);
    CHECK(square_zones("KOREA", 0).size() == 2);
    CHECK(square_zones("korea", 1904).empty());
    CHECK(square_zones("burma", 1944).empty());
    CHECK(square_zones("", 0).empty());
}

TEST_CASE("letters name the corner of a square") {
    const auto zones = square_zones("korea", 1951);
    const auto ct = square_corner("CT", zones[0]);
    REQUIRE(ct.has_value());
    CHECK(ct->easting_m == 300'000);
    CHECK(ct->northing_m == 4'200'000);
    const auto yc = square_corner("YC", zones[1]);
    REQUIRE(yc.has_value());
    CHECK(yc->zone == 51);
    CHECK(yc->easting_m == 700'000);
    CHECK(yc->northing_m == 4'200'000);
    // Letters of another zone, letters that no row has, a northing that the theatre doesn't reach.
    CHECK_FALSE(square_corner("YC", zones[0]).has_value());
    CHECK_FALSE(square_corner("CI", zones[0]).has_value());
    CHECK_FALSE(square_corner("CE", zones[0]).has_value());
    CHECK_FALSE(square_corner("C", zones[0]).has_value());
}
