#pragma once
#include <string>
#include <string_view>

namespace demarc {

/// What a unit's words say beside echelon and branch.
struct SymbolModifiers {
    bool headquarters = false;
    bool task_force = false;
    bool airborne = false;
    bool mountain = false;
    bool ski = false;
    bool fixed_wing = false;  ///< the words name aeroplanes (fighter, bomber …): only then an air unit has a symbol
};

/// Symbol identification code of a unit, 20 digits (MIL-STD-2525D, appendices A, D and E; NATO APP-6D, chapters 2 to 4):
///
///   1-2 version "10"   3 context 0 (reality)   4 standard identity 0 (pending: the text doesn't take sides)
///   5-6 symbol set "10" land unit, "30" sea surface for naval units   7 status 0 (present)
///   8 headquarters, task force, dummy: 2 headquarters, 4 task force, else 0
///   9-10 echelon amplifier of land units: 12 squad, 13 section, 14 platoon, 15 company, 16 battalion, 17 regiment, 18 brigade, 21 division, 22 corps,
///        23 army, 24 army group or front, 25 region, 26 command; 00 unknown
///   11-16 entity: infantry 121100 (mechanised 121102, motorised 121104), armour 120500, field artillery 130300 … ; navy task organisation 121000;
///        000000 where the branch is unknown
///   17-20 modifiers: 46 naval in sector 1 for marines; 01 airborne, 27 mountain, 42 ski in sector 2
///
/// `echelon`, `branch`: as in UnitValue. Empty, never a guess, where neither headquarters nor an echelon with an amplifier is known, for a task force that may be
/// of the sea or the land, and for air units of which the words don't say that they fly aeroplanes.
[[nodiscard]] std::string unit_sidc(std::string_view echelon, std::string_view branch, SymbolModifiers modifiers = {});

}  // namespace demarc
