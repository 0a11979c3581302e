#include "gazetteer/search_context.hpp"

#include <algorithm>
#include <cmath>

#include "gazetteer/sphere_distance.hpp"

namespace demarc {
namespace {

constexpr double language_bonus = 0.15, year_cost = 0.3, distance_cost = 0.05, near_m = 50'000;

bool out_of_years(std::int16_t year, std::int16_t from, std::int16_t to) { return (from != 0 && year < from) || (to != 0 && year > to); }

}  // namespace

std::vector<RankedHit> rank_hits(const Gazetteer& gazetteer, const std::vector<Hit>& hits, const SearchContext& context) {
    std::vector<RankedHit> out;
    out.reserve(hits.size());
    bool any = false;
    for (const Hit& hit : hits) {
        double score = 1 - static_cast<double>(hit.cost);
        const Record record = gazetteer.record(hit.record);
        const std::vector<RecordName> names = gazetteer.names(hit.record);
        if (hit.name < names.size()) {
            const RecordName& name = names[hit.name];
            const bool through = !context.lang.empty() && name.lang.substr(0, name.lang.find('-')) == context.lang;
            if (through) score += language_bonus, any = true;
            if (context.year != 0 && out_of_years(context.year, name.from, name.to)) score -= year_cost, any = true;
        }
        const bool lives = record.record_class == RecordClass::place;  // a person is spoken of long after
        if (context.year != 0 && lives && out_of_years(context.year, record.from, record.to)) score -= year_cost, any = true;
        if (context.near && record.has_position) {
            score -= distance_cost * std::log2(std::max(1.0, sphere_distance_m(*context.near, record.position) / near_m));
            any = true;
        }
        out.push_back({hit, std::clamp(score, 0.0, 1.0)});
    }
    if (any) std::stable_sort(out.begin(), out.end(), [](const RankedHit& a, const RankedHit& b) { return a.score > b.score; });
    return out;
}

}  // namespace demarc
