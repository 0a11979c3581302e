#include "gazetteer/embedded.hpp"

#include "gazetteer/gazetteer.hpp"
#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("the built-in gazetteer is whole") {
    const auto gazetteer = Gazetteer::from_memory(embedded_gazetteer());
    REQUIRE(gazetteer.ok());
    CHECK(gazetteer->verify().ok());
    CHECK(gazetteer->size() > 100);
    CHECK(embedded_lines().find("FeatureCollection") != std::string_view::npos);
}
