#include "extractor/sidc.hpp"

#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("a symbol code has 20 digits in the standard's order") {
    //                                            version context identity set status hq echelon entity modifiers
    CHECK(land_unit_sidc("division", "infantry") == std::string("10") + "0" + "0" + "10" + "0" + "0" + "21" + "121100" + "0000");
    CHECK(land_unit_sidc("battalion", "artillery") == "10001000161303000000");
    CHECK(land_unit_sidc("brigade", "armour") == "10001000181205000000");
    CHECK(land_unit_sidc("regiment", "cavalry") == "10001000171213000000");
    CHECK(land_unit_sidc("company", "engineer") == "10001000151407000000");
    CHECK(land_unit_sidc("division", "mechanised_infantry") == "10001000211211020000");
}

TEST_CASE("headquarters and task forces are told at the eighth digit") {
    CHECK(land_unit_sidc("corps", "", {true, false}).at(7) == '2');
    CHECK(land_unit_sidc("regiment", "", {false, true}).at(7) == '4');
}

TEST_CASE("an unknown branch leaves the entity open, an unknown echelon makes no symbol") {
    CHECK(land_unit_sidc("army", "") == "10001000230000000000");
    CHECK(land_unit_sidc("army", "ski") == land_unit_sidc("army", ""));
    CHECK(land_unit_sidc("", "infantry").empty());
    CHECK(land_unit_sidc("fleet", "naval").empty());
    CHECK(land_unit_sidc("squadron", "air").empty());
}
