#include "out/map_frames.hpp"

#include "tests/catch.hpp"
#include "tests/out/sample_run.hpp"

using namespace demarc;
using Box = std::array<double, 4>;

namespace {

Entity place_at(double lon, double lat) { return test::sample_entity(MentionType::place, "place:p", "town", "P", LonLat{lon, lat}); }

}  // namespace

TEST_CASE("the map opens at the lines and areas", "[map_frames]") {
    std::vector<Entity> entities = test::sample_entities();
    entities.push_back(place_at(-77, 38.9));
    CHECK(*map_focus(entities) == Box{126.6, 37.7, 128.35, 38.6});
    CHECK(!map_focus({}));
    CHECK(!map_focus({test::sample_entity(MentionType::line, "line:nowhere", "", "nowhere", {})}));
}

TEST_CASE("without lines it opens at most of the places", "[map_frames]") {
    std::vector<Entity> entities;
    for (int i = 0; i < 10; ++i) entities.push_back(place_at(120 + i, 30 + i));
    entities.push_back(place_at(-77, -50));
    const Box focus = *map_focus(entities);
    CHECK(focus == Box{120, 30, 128, 38});
}

TEST_CASE("theatres far apart have a frame each, with a margin", "[map_frames]") {
    // Two neighbouring cells near Kaesŏng are one theatre; Paris is another.
    const std::vector<Box> frames = map_frames({place_at(126, 38), place_at(2.5, 48.5), place_at(131, 39)}, 6);
    REQUIRE(frames.size() == 2);
    CHECK(frames[0] == Box{0.5, 46.5, 4.5, 50.5});
    CHECK(frames[1] == Box{123, 35, 134, 42});
    CHECK(map_frames({place_at(126, 38), place_at(2.5, 48.5), place_at(131, 39)}, 1) == std::vector<Box>{frames[1]});
    CHECK(map_frames({}, 6).empty());
}

TEST_CASE("what is wide as a continent or lies over the antimeridian has no frame; none leaves the earth", "[map_frames]") {
    const Entity parallel = test::sample_entity(MentionType::line, "line:p", "parallel", "38", LineString{{100, 38}, {140, 38}});
    const Entity date_line = test::sample_entity(MentionType::line, "line:d", "", "over 180", LineString{{179, 1}, {-179, 2}});
    CHECK(map_frames({parallel, date_line}, 6).empty());
    CHECK(map_frames({place_at(-179.5, 84.5)}, 6) == std::vector<Box>{Box{-180, 82.5, -177.5, 85}});
}
