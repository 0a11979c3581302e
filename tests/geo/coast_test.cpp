#include "geo/coast.hpp"

#include "geo/boost_adaptor.hpp"
#include "tests/catch.hpp"

using namespace demarc;

namespace {

// A land mass whose east coast runs north and south at 128 E, with a bay between 38.3 and 38.5 N that reaches in to 127.8 E.
MultiPolygon drawn_land(const BoundingBox& box) {
    const Ring shore{{120, 30}, {128, 30}, {128, 38.3}, {127.8, 38.3}, {127.8, 38.5}, {128, 38.5}, {128, 45}, {120, 45}, {120, 30}};
    const Polygon land{shore, {}};
    const Polygon window{{{box.west, box.south}, {box.east, box.south}, {box.east, box.north}, {box.west, box.north}, {box.west, box.south}}, {}};
    return intersection_of(land, window);
}

double length_of(const LineString& line) {
    double length = 0;
    for (std::size_t i = 1; i < line.size(); ++i) length += distance_m(line[i - 1], line[i]);
    return length;
}

}  // namespace

TEST_CASE("a coast is followed from one place to another, into its bays, in their order") {
    const auto north = coast_between(drawn_land, {127.95, 38.0}, {127.9, 38.9});
    REQUIRE(north.has_value());
    CHECK(distance_m(north->front(), {128, 38.0}) < 50);
    CHECK(distance_m(north->back(), {128, 38.9}) < 50);
    CHECK(nearest_on_line({127.8, 38.4}, *north).distance_m < 1);
    CHECK(length_of(*north) == Approx(distance_m({128, 38}, {128, 38.9}) + 2 * distance_m({127.8, 38.4}, {128, 38.4})).epsilon(0.01));
    const auto south = coast_between(drawn_land, {127.9, 38.9}, {127.95, 38.0});
    REQUIRE(south.has_value());
    CHECK(distance_m(south->front(), {128, 38.9}) < 50);
    CHECK(length_of(*south) == Approx(length_of(*north)).epsilon(1e-6));
}

TEST_CASE("no coast is made up") {
    CHECK_FALSE(coast_between(drawn_land, {126, 38}, {126, 39}).has_value());  // inland
    CHECK_FALSE(coast_between(drawn_land, {127.95, 38.0}, {126, 38.9}).has_value());
    CHECK_FALSE(coast_between([](const BoundingBox&) { return MultiPolygon{}; }, {128, 38}, {128, 39}).has_value());
}

TEST_CASE("an area ends at the sea, and stays whole where there is none or nothing but sea") {
    bool cut = false;
    const Polygon over_the_shore{{{127.5, 38.0}, {128.5, 38.0}, {128.5, 38.2}, {127.5, 38.2}, {127.5, 38.0}}, {}};
    const MultiPolygon dry = on_land(over_the_shore, drawn_land, cut);
    CHECK(cut);
    REQUIRE(dry.size() == 1);
    CHECK(contains(dry[0], {127.9, 38.1}));
    CHECK_FALSE(contains(dry[0], {128.1, 38.1}));
    CHECK(is_valid(dry[0]));

    const Polygon inland{{{125.5, 38.0}, {126.5, 38.0}, {126.5, 38.2}, {125.5, 38.2}, {125.5, 38.0}}, {}};
    CHECK(on_land(inland, drawn_land, cut) == MultiPolygon{inland});
    CHECK_FALSE(cut);
    const Polygon at_sea{{{130.5, 38.0}, {131.5, 38.0}, {131.5, 38.2}, {130.5, 38.2}, {130.5, 38.0}}, {}};
    CHECK(on_land(at_sea, drawn_land, cut) == MultiPolygon{at_sea});
    CHECK_FALSE(cut);
}

TEST_CASE("areas that come again are cut once, and come out the same") {
    int cuts = 0;
    const DryAreas areas([&cuts](const BoundingBox& box) { return ++cuts, drawn_land(box); });
    const auto area = [](double west) { return Polygon{{{west, 38.0}, {west + 1, 38.0}, {west + 1, 38.2}, {west, 38.2}, {west, 38.0}}, {}}; };
    for (int i = 0; i < 3; ++i) {
        for (const double west : {127.5, 127.6, 125.5, 130.5}) {
            bool cut = false;
            const MultiPolygon dry = on_land(area(west), drawn_land, cut);
            const auto found = areas.of(area(west));
            CHECK(found.has_value() == cut);
            if (found) CHECK(*found == dry);
        }
    }
    CHECK(cuts == 4);
    Polygon holed = area(127.5);
    holed.holes = {{{127.7, 38.05}, {127.7, 38.1}, {127.8, 38.1}, {127.8, 38.05}, {127.7, 38.05}}};
    REQUIRE(areas.of(holed));
    CHECK(areas.of(holed)->at(0).holes.size() == 1);  // and not the one without, which has the same outer ring
    for (int i = 0; i < 2'000; ++i) CHECK(areas.of(area(127.1 + i * 1e-4)));
}
