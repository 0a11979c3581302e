#include <algorithm>
#include <map>
#include <string>

#include "extractor/resolvers.hpp"
#include "extractor/unit_items.hpp"

namespace demarc {
namespace {

struct Known {
    std::uint32_t mention;
    std::string number;  // in figures
};

std::string in_figures(const std::string& number) {
    const int roman = roman_number(number);
    return roman == 0 ? number : std::to_string(roman);
}

// Infantry is what a division without another word is; any other arm makes a unit of its own.
bool may_be_one(const UnitValue& less, const UnitValue& more) {
    const bool branch = less.branch == more.branch || (less.branch.empty() && more.branch == "infantry") || (more.branch.empty() && less.branch == "infantry");
    const bool nation = less.nation == more.nation || less.nation.empty();
    return branch && nation && less.echelon == more.echelon;
}

int words_known(const UnitValue& value) { return (value.nation.empty() ? 0 : 2) + (value.branch.empty() ? 0 : 1); }

}  // namespace

void link_units(const ResolveContext& context) {
    Workspace& ws = context.workspace;
    std::vector<Known> units;
    for (std::uint32_t i = 0; i < ws.mentions.size(); ++i) {
        const auto* value = std::get_if<UnitValue>(&ws.mentions[i].value);
        // Parts of a larger unit, and several at once, have no number of their own in the army.
        if (value == nullptr || value->number.empty() || value->echelon.empty() || !value->parent.empty() || value->number.find(',') != std::string::npos) continue;
        units.push_back({i, in_figures(value->number)});
    }
    std::map<std::string, std::string> joined;  // entity before -> after
    std::vector<std::pair<std::uint32_t, std::uint32_t>> joins;
    for (const Known& unit : units) {
        const auto& value = ws.mentions[unit.mention].as<UnitValue>();
        const Known* best = nullptr;
        bool doubtful = false;
        for (const Known& other : units) {
            const auto& more = ws.mentions[other.mention].as<UnitValue>();
            const bool rival = other.number == unit.number && words_known(more) > words_known(value) && may_be_one(value, more) &&
                               ws.mentions[other.mention].entity != ws.mentions[unit.mention].entity;
            if (!rival) continue;
            const auto rank = [&](const Known* known) { return words_known(ws.mentions[known->mention].as<UnitValue>()); };
            if (best == nullptr || rank(&other) > rank(best)) {
                doubtful = doubtful || (best != nullptr && !may_be_one(ws.mentions[best->mention].as<UnitValue>(), more));
                best = &other;
            } else if (ws.mentions[other.mention].entity != ws.mentions[best->mention].entity) {
                doubtful = doubtful || rank(&other) == rank(best) || !may_be_one(more, ws.mentions[best->mention].as<UnitValue>());
            }
        }
        if (best != nullptr && !doubtful) joins.emplace_back(unit.mention, best->mention);
    }
    for (const auto& [from, to] : joins) {
        Mention& mention = ws.mentions[from];
        const Mention& more = ws.mentions[to];
        auto& value = mention.as<UnitValue>();
        joined[mention.entity] = more.entity;
        mention.entity = more.entity;
        mention.status = Certainty::inferred;
        mention.why.push_back("the same as the document's " + std::string(more.span.of(ws.text)));
        value.nation = more.as<UnitValue>().nation;
        value.branch = more.as<UnitValue>().branch;
        value.sidc = more.as<UnitValue>().sidc;
    }
    if (joined.empty()) return;
    for (Mention& mention : ws.mentions) {
        auto* value = std::get_if<UnitValue>(&mention.value);
        if (value == nullptr) continue;
        for (UnitSuperior& superior : value->superiors) {
            if (const auto it = joined.find(superior.entity); it != joined.end()) superior.entity = it->second;
        }
    }
}

}  // namespace demarc
