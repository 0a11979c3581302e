#include "base/place_class.hpp"

namespace demarc {
namespace {

struct KindClass {
    std::string_view kind, feature_class, aat;
};
constexpr KindClass classes[] = {
    {"capital", "P", "aat:300008389"}, {"city", "P", "aat:300008389"}, {"town", "P", "aat:300008375"}, {"village", "P", "aat:300008372"}, {"quarter", "P", ""}, {"port", "P", "aat:300120599"},
    {"river", "H", ""}, {"lake", "H", ""}, {"reservoir", "H", ""}, {"sea", "H", ""}, {"bay", "H", ""}, {"strait", "H", ""}, {"cape", "T", ""}, {"hill", "T", ""}, {"ridge", "T", ""},
    {"mountain", "T", ""}, {"range", "T", ""}, {"pass", "T", ""}, {"island", "T", ""}, {"peninsula", "T", ""}, {"basin", "T", ""}, {"outpost", "T", ""}, {"province", "A", "aat:300000774"},
    {"county", "A", "aat:300000771"}, {"country", "A", "aat:300387506"}, {"region", "L", "aat:300182722"}, {"continent", "L", ""}, {"airfield", "S", ""}, {"camp", "S", ""}, {"fort", "S", ""},
    {"station", "S", ""}, {"dam", "S", ""}, {"bridge", "S", ""}};

}  // namespace

std::string_view feature_class_of_kind(std::string_view kind) {
    for (const KindClass& known : classes) {
        if (known.kind == kind) return known.feature_class;
    }
    return "L";
}

std::string_view aat_of_kind(std::string_view kind) {
    for (const KindClass& known : classes) {
        if (known.kind == kind) return known.aat;
    }
    return {};
}

}  // namespace demarc
