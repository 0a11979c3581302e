#include "extractor/sidc.hpp"

#include <array>
#include <utility>

namespace demarc {
namespace {

using Code = std::pair<std::string_view, std::string_view>;

constexpr std::array<Code, 20> echelons = {{
    {"squad", "12"}, {"section", "13"}, {"platoon", "14"}, {"company", "15"}, {"battery", "15"}, {"troop", "15"}, {"battalion", "16"}, {"squadron", "16"},
    {"regiment", "17"}, {"regimental_combat_team", "17"}, {"group", "17"}, {"brigade", "18"}, {"division", "21"}, {"corps", "22"}, {"army", "23"},
    {"army_group", "24"}, {"front", "24"}, {"region", "25"}, {"command", "26"}, {"staff", "00"},
}};

constexpr std::array<Code, 19> entities = {{
    {"infantry", "121100"}, {"mechanised_infantry", "121102"}, {"motorised_infantry", "121104"}, {"airborne", "121100"}, {"marine", "121100"}, {"armour", "120500"},
    {"cavalry", "121300"}, {"anti_tank", "120400"}, {"air", "120800"}, {"artillery", "130300"}, {"mortar", "130800"}, {"air_defence", "130100"},
    {"engineer", "140700"}, {"chemical", "140100"}, {"military_police", "141200"}, {"signal", "111000"}, {"medical", "161300"}, {"transport", "163600"}, {"ordnance", "162300"},
}};

constexpr std::array<Code, 9> naval_entities = {{
    {"task_element", "121001"}, {"task_force", "121002"}, {"task_group", "121003"}, {"task_unit", "121004"}, {"fleet", "121000"}, {"flotilla", "121000"},
    {"division", "121000"}, {"squadron", "121000"}, {"group", "121000"},
}};

template <std::size_t n>
std::string_view find(const std::array<Code, n>& codes, std::string_view name) {
    for (const auto& [key, code] : codes) {
        if (key == name) return code;
    }
    return {};
}

std::string code(std::string_view symbol_set, char status, std::string_view amplifier, std::string_view entity, std::string_view sector_1, std::string_view sector_2) {
    std::string out = "1000";
    out += symbol_set;
    out += '0';
    out += status;
    out += amplifier;
    out += entity;
    out += sector_1;
    out += sector_2;
    return out;
}

}  // namespace

std::string unit_sidc(std::string_view echelon, std::string_view branch, SymbolModifiers modifiers) {
    const char status = modifiers.headquarters || echelon == "staff" ? '2' : modifiers.task_force ? '4' : '0';
    if (branch == "naval") {
        const std::string_view entity = find(naval_entities, echelon);
        return entity.empty() ? std::string() : code("30", '0', "00", entity, "00", "00");
    }
    if (branch == "air" && !modifiers.fixed_wing) return {};
    std::string_view amplifier = find(echelons, echelon);
    if (amplifier.empty()) {
        // A wing has no amplifier of its own, but its branch is worth drawing.
        if (branch != "air") return {};
        amplifier = "00";
    }
    // A branch without a code of its own here keeps its echelon and leaves the entity open.
    std::string_view entity = find(entities, branch);
    if (entity.empty()) entity = "000000";
    const bool drop = modifiers.airborne || branch == "airborne";
    return code("10", status, amplifier, entity, branch == "marine" ? "46" : "00", drop ? "01" : modifiers.mountain ? "27" : modifiers.ski ? "42" : "00");
}

}  // namespace demarc
