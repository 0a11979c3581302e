#include <algorithm>
#include <map>
#include <string>

#include "extractor/resolvers.hpp"
#include "extractor/unit_items.hpp"

namespace demarc {
namespace {

// Different units of one number that are compared with each other: keeps a text of a million units linear.
constexpr std::size_t most_alike = 64;

// Mentions that say the same of one unit.
struct Alike {
    std::vector<std::uint32_t> mentions;
    [[nodiscard]] const Mention& first(const Workspace& ws) const { return ws.mentions[mentions.front()]; }
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

bool say_the_same(const Mention& a, const Mention& b) {
    const auto &x = a.as<UnitValue>(), &y = b.as<UnitValue>();
    return a.entity == b.entity && x.nation == y.nation && x.branch == y.branch && x.echelon == y.echelon;
}

// Units that may be one with another, by their number in figures, in the order of the text.
std::map<std::string, std::vector<Alike>> numbered_units(const Workspace& ws) {
    std::map<std::string, std::vector<Alike>> numbered;
    for (std::uint32_t i = 0; i < ws.mentions.size(); ++i) {
        if (ws.mention_types[i] != MentionType::military_unit) continue;
        const auto& value = ws.mentions[i].as<UnitValue>();
        // Parts of a larger unit, and several at once, have no number of their own in the army.
        if (value.number.empty() || value.echelon.empty() || !value.parent.empty() || value.number.find(',') != std::string::npos) continue;
        auto& units = numbered[in_figures(value.number)];
        const auto known = std::find_if(units.begin(), units.end(), [&](const Alike& unit) { return say_the_same(unit.first(ws), ws.mentions[i]); });
        if (known != units.end()) known->mentions.push_back(i);
        else if (units.size() < most_alike) units.push_back({{i}});
    }
    return numbered;
}

// The unit of which more is known and which this one must be; null where there is none, or where two fit.
const Alike* better_known(const Workspace& ws, const Alike& unit, const std::vector<Alike>& units) {
    const auto value_of = [&ws](const Alike& alike) -> const UnitValue& { return alike.first(ws).as<UnitValue>(); };
    const UnitValue& value = value_of(unit);
    const Alike* best = nullptr;
    bool doubtful = false;
    for (const Alike& other : units) {
        const UnitValue& more = value_of(other);
        if (words_known(more) <= words_known(value) || !may_be_one(value, more) || other.first(ws).entity == unit.first(ws).entity) continue;
        if (best == nullptr || words_known(more) > words_known(value_of(*best))) {
            doubtful = doubtful || (best != nullptr && !may_be_one(value_of(*best), more));
            best = &other;
        } else if (other.first(ws).entity != best->first(ws).entity) {
            doubtful = doubtful || words_known(value_of(*best)) == words_known(more) || !may_be_one(more, value_of(*best));
        }
    }
    return doubtful ? nullptr : best;
}

}  // namespace

void link_units(const ResolveContext& context) {
    Workspace& ws = context.workspace;
    std::map<std::string, std::string> joined;  // entity before -> after
    std::vector<std::pair<std::uint32_t, std::uint32_t>> joins;
    for (const auto& [number, units] : numbered_units(ws)) {
        for (const Alike& unit : units) {
            const Alike* better = better_known(ws, unit, units);
            if (better == nullptr) continue;
            for (const std::uint32_t mention : unit.mentions) joins.emplace_back(mention, better->mentions.front());
        }
    }
    std::sort(joins.begin(), joins.end());
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
