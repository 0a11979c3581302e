#include "geo/slug.hpp"

#include "base/utf8.hpp"
#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("slugs are folded words joined by hyphens") {
    CHECK(slug_of("front_line") == "front-line");
    CHECK(slug_of("P'yŏnggang  County") == "pyonggang-county");
    CHECK(slug_of("1951-11-01") == "1951-11-01");
    CHECK(slug_of("25465.txt") == "25465-txt");
    CHECK(slug_of("金城") == "金城");
    CHECK(slug_of("") == "unnamed");
    CHECK(slug_of(" -- ") == "unnamed");
}

TEST_CASE("long slugs are cut between characters and keep apart") {
    std::string korean;
    for (int i = 0; i < 60; ++i) korean += "금성 ";
    const std::string one = slug_of(korean + "1"), two = slug_of(korean + "2");
    CHECK(one.size() <= 80);
    CHECK(one != two);
    CHECK(first_invalid_utf8(one) == one.size());
}
