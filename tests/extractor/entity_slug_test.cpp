#include "extractor/entity_slug.hpp"

#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("a slug keeps words and numbers") {
    CHECK(entity_slug("38th Regiment of the 12th Division") == "38th-regiment-of-the-12th-division");
    CHECK(entity_slug("telegram 25465") == "telegram-25465");
    CHECK(entity_slug("VKP(b) CC") == "vkp-b-cc");
    CHECK(entity_slug("Việt Minh") == "viet-minh");
    CHECK(entity_slug("...").empty());
    CHECK(entity_slug("Eighth ARMY") == "eighth-army");
    CHECK(entity_slug("U.S. Army") == "u-s-army");
    for (const char* words : {"Eighth  Army", " Eighth Army", "Eighth Army ", "Eighth-Army", "Eighth. Army.", "-Eighth, Army", "Eighth\tArmy", "Eighth (Army)", "Eighth @Army["}) CHECK(entity_slug(words) == "eighth-army");
}
