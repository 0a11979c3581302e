#include "geo/toponym_evidence.hpp"

#include <algorithm>

#include "gazetteer/fold.hpp"
#include "geo/areas.hpp"
#include "geo/quick_distance.hpp"

namespace demarc {
namespace {

enum class KindGroup { settlement, height, water, region, other };

KindGroup group_of(std::string_view kind) {
    struct Member {
        std::string_view kind;
        KindGroup group;
    };
    static constexpr Member members[] = {
        {"capital", KindGroup::settlement}, {"city", KindGroup::settlement}, {"town", KindGroup::settlement}, {"village", KindGroup::settlement},
        {"hamlet", KindGroup::settlement},  {"port", KindGroup::settlement}, {"settlement", KindGroup::settlement},
        {"hill", KindGroup::height},        {"ridge", KindGroup::height},    {"mountain", KindGroup::height}, {"mountains", KindGroup::height},
        {"pass", KindGroup::height},        {"peak", KindGroup::height},
        {"river", KindGroup::water},        {"stream", KindGroup::water},    {"lake", KindGroup::water},      {"reservoir", KindGroup::water},
        {"sea", KindGroup::water},          {"bay", KindGroup::water},       {"strait", KindGroup::water},
        {"district", KindGroup::region},    {"county", KindGroup::region},   {"province", KindGroup::region}, {"state", KindGroup::region},
        {"prefecture", KindGroup::region},  {"region", KindGroup::region},   {"country", KindGroup::region},
    };
    for (const Member& member : members) {
        if (member.kind == kind) return member.group;
    }
    return KindGroup::other;
}

}  // namespace

double kind_weight(std::string_view wanted, std::string_view found) {
    if (wanted.empty() || found.empty()) return 0;
    if (wanted == found) return 1.5;
    const KindGroup a = group_of(wanted), b = group_of(found);
    if (a == KindGroup::other || b == KindGroup::other) return 0;
    return a == b ? 0.8 : -2;
}

bool passes_language(const std::vector<std::string>& route, std::string_view language) {
    struct Habit {
        std::string_view language, word;
    };
    static constexpr Habit habits[] = {{"ru", "Polivanov"}, {"ru", "Palladius"}, {"ru", "Kontsevich"}, {"ru", "Russian"}, {"ru", "Cyril"}, {"ru", "Soviet"},
                                       {"ja", "Japanese"},  {"ja", "Hepburn"},   {"ja", "Kunrei"},     {"zh", "pinyin"},  {"zh", "Wade"},  {"zh", "Postal"},
                                       {"zh", "Chinese"},   {"ko", "McCune"},    {"ko", "Revised"},    {"ko", "Korean"}};
    const std::string_view primary = language.substr(0, language.find('-'));
    return std::any_of(route.begin(), route.end(), [&](const std::string& step) {
        return std::any_of(std::begin(habits), std::end(habits), [&](const Habit& habit) {
            return habit.language == primary && step.find(habit.word) != std::string::npos;
        });
    });
}

bool in_years(const Record& record, int year) {
    return year == 0 || ((record.from == 0 || year >= record.from) && (record.to == 0 || year <= record.to));
}

bool region_like(const Record& record) { return group_of(record.kind) == KindGroup::region; }

bool holds(const Record& region, const Record& record) {
    if (region.index == record.index || region.country.empty() || region.country != record.country) return false;
    if (region.kind == "country") return true;
    if (!record.admin.empty() && (record.admin == region.id || fold_token(record.admin) == fold_token(region.name))) return true;
    return record.admin.empty() && quick_distance_m(region.position, record.position) < 2 * area_radius_m(region.kind);
}

}  // namespace demarc
