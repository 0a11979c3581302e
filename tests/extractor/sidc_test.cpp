#include "extractor/sidc.hpp"

#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("a symbol code has 20 digits in the standard's order") {
    //                                            version context identity set status hq echelon entity modifiers
    CHECK(unit_sidc("division", "infantry") == std::string("10") + "0" + "0" + "10" + "0" + "0" + "21" + "121100" + "0000");
    CHECK(unit_sidc("battalion", "artillery") == "10001000161303000000");
    CHECK(unit_sidc("brigade", "armour") == "10001000181205000000");
    CHECK(unit_sidc("regiment", "cavalry") == "10001000171213000000");
    CHECK(unit_sidc("company", "engineer") == "10001000151407000000");
    CHECK(unit_sidc("division", "mechanised_infantry") == "10001000211211020000");
}

TEST_CASE("headquarters and task forces are told at the eighth digit") {
    CHECK(unit_sidc("corps", "", {true, false}).at(7) == '2');
    CHECK(unit_sidc("regiment", "", {false, true}).at(7) == '4');
}

TEST_CASE("an unknown branch leaves the entity open, an unknown echelon makes no symbol") {
    CHECK(unit_sidc("army", "") == "10001000230000000000");
    CHECK(unit_sidc("army", "ski") == unit_sidc("army", ""));
    CHECK(unit_sidc("", "infantry").empty());
    CHECK(unit_sidc("task_force", "").empty());
    CHECK(unit_sidc("squadron", "air").empty());
}

TEST_CASE("ships and aeroplanes have sets and entities of their own") {
    SymbolModifiers flying;
    flying.fixed_wing = true;
    CHECK(unit_sidc("squadron", "air", flying) == "10001000161208000000");
    CHECK(unit_sidc("wing", "air", flying) == "10001000001208000000");
    CHECK(unit_sidc("fleet", "naval") == "10003000001210000000");
    CHECK(unit_sidc("task_group", "naval") == "10003000001210030000");
    CHECK(unit_sidc("company", "naval").empty());
}

TEST_CASE("sector modifiers tell marines, parachutists and mountain troops") {
    SymbolModifiers mountain;
    mountain.mountain = true;
    CHECK(unit_sidc("division", "marine") == "10001000211211004600");
    CHECK(unit_sidc("division", "airborne") == "10001000211211000001");
    CHECK(unit_sidc("division", "infantry", mountain) == "10001000211211000027");
}
