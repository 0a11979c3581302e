#include "extractor/sidc.hpp"

#include <array>
#include <utility>

namespace demarc {
namespace {

using Code = std::pair<std::string_view, std::string_view>;

constexpr std::array<Code, 19> echelons = {{
    {"squad", "12"}, {"section", "13"}, {"platoon", "14"}, {"company", "15"}, {"battery", "15"}, {"troop", "15"}, {"battalion", "16"}, {"squadron", "16"},
    {"regiment", "17"}, {"regimental_combat_team", "17"}, {"group", "17"}, {"brigade", "18"}, {"division", "21"}, {"corps", "22"}, {"army", "23"},
    {"army_group", "24"}, {"front", "24"}, {"command", "26"}, {"region", "25"},
}};

constexpr std::array<Code, 8> entities = {{
    {"infantry", "121100"}, {"mechanised_infantry", "121102"}, {"motorised_infantry", "121104"}, {"armour", "120500"}, {"artillery", "130300"},
    {"cavalry", "121300"}, {"engineer", "140700"}, {"", "000000"},
}};

template <std::size_t n>
std::string_view find(const std::array<Code, n>& codes, std::string_view name) {
    for (const auto& [key, code] : codes) {
        if (key == name) return code;
    }
    return {};
}

}  // namespace

std::string land_unit_sidc(std::string_view echelon, std::string_view branch, SymbolModifiers modifiers) {
    const std::string_view amplifier = find(echelons, echelon);
    if (amplifier.empty() || branch == "air" || branch == "naval") return {};
    // A branch without a code of its own here keeps its echelon and leaves the entity open.
    std::string_view entity = find(entities, branch);
    if (entity.empty()) entity = find(entities, "");
    std::string code = "100010";
    code += '0';
    code += modifiers.headquarters ? '2' : modifiers.task_force ? '4' : '0';
    code += amplifier;
    code += entity;
    code += "0000";
    return code;
}

}  // namespace demarc
