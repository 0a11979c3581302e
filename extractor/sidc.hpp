#pragma once
#include <string>
#include <string_view>

namespace demarc {

/// Symbol identification code of a land unit, 20 digits (MIL-STD-2525D, appendices A and D; NATO APP-6D, chapter 2):
///
///   1-2 version "10"   3 context 0 (reality)   4 standard identity 0 (pending: the text doesn't take sides)   5-6 symbol set "10" (land unit)
///   7 status 0 (present)   8 headquarters, task force, dummy: 2 headquarters, 4 task force, else 0
///   9-10 echelon amplifier: 12 squad, 13 section, 14 platoon, 15 company, 16 battalion, 17 regiment, 18 brigade, 21 division, 22 corps, 23 army,
///        24 army group or front, 26 command
///   11-16 entity: infantry 121100 (mechanised 121102, motorised 121104), armour 120500, field artillery 130300, cavalry 121300, engineer 140700;
///        000000 where the branch is unknown
///   17-20 modifiers 0000
///
/// `echelon`, `branch`: as in UnitValue. Empty, never a guess, for an echelon without an amplifier and for air and naval units, whose symbols belong to
/// other sets.
struct SymbolModifiers {
    bool headquarters = false;
    bool task_force = false;
};
[[nodiscard]] std::string land_unit_sidc(std::string_view echelon, std::string_view branch, SymbolModifiers modifiers = {});

}  // namespace demarc
