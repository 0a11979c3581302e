#include <algorithm>
#include <map>

#include "extractor/resolvers.hpp"

namespace demarc {
namespace {

const std::map<std::string_view, double>& bearings() {
    static const std::map<std::string_view, double> table = {
        {"north", 0},        {"north_north_east", 22.5},  {"north_east", 45},  {"east_north_east", 67.5}, {"east", 90},   {"east_south_east", 112.5},
        {"south_east", 135}, {"south_south_east", 157.5}, {"south", 180},      {"south_south_west", 202.5}, {"south_west", 225},
        {"west_south_west", 247.5}, {"west", 270}, {"west_north_west", 292.5}, {"north_west", 315}, {"north_north_west", 337.5}};
    return table;
}

}  // namespace

bool resolve_area(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    Workspace& ws = context.workspace;
    auto& value = mention.as<AreaValue>();
    value.relation = match.value("relation");
    if (value.relation.empty() || value.relation == "_of") return false;
    for (const MentionType type : {MentionType::place, MentionType::line, MentionType::coordinate}) {
        for (const std::uint32_t anchor : ws.mentions_in(range, type)) mention.anchors.push_back(anchor);
    }
    std::sort(mention.anchors.begin(), mention.anchors.end(), [&](std::uint32_t a, std::uint32_t b) {
        return ws.mentions[a].span.begin < ws.mentions[b].span.begin;
    });
    if (mention.anchors.empty() && value.relation != "zone") return false;
    if (match.has("direction")) {
        std::string_view direction = match.canonical("direction", "directions");
        if (direction.empty()) direction = match.canonical("direction", "direction_adjectives");
        const auto bearing = bearings().find(direction);
        if (bearing != bearings().end()) value.bearing_deg = bearing->second;
    }
    if (const TokenRange distance = match.range("distance"); !distance.empty()) {
        const std::int32_t index = ws.mention_at[distance.first];
        if (index < 0) return false;
        const auto& measure = std::get<MeasureValue>(ws.mentions[static_cast<std::size_t>(index)].value);
        if (measure.dimension != "length") return false;
        if (measure.value_si) value.distance_m = *measure.value_si;
        else if (measure.low_si && measure.high_si) value.distance_m = (*measure.low_si + *measure.high_si) / 2;
        else return false;
    }
    return true;
}

}  // namespace demarc
