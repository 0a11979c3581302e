#include "gazetteer/importers/place_kinds.hpp"

#include <string>

namespace demarc {
namespace {

struct CodeKind {
    std::string_view code;
    PlaceKind kind;
};
// The codes of featureCodes_en.txt that name what histories name; the rest of a class by its class.
constexpr CodeKind codes[] = {
    {"PPLC", {"capital", 6000, 5}}, {"PPLA", {"city", 5000, 3}},    {"PPLX", {"quarter", 2000, 0}}, {"ADM1", {"province", 80'000, 4}}, {"ADM2", {"county", 25'000, 2}},
    {"ADM3", {"county", 10'000, 1}}, {"STM", {"river", 30'000, 2}}, {"STMI", {"river", 20'000, 1}}, {"CNL", {"river", 20'000, 1}},     {"LK", {"lake", 10'000, 2}},
    {"RSV", {"reservoir", 10'000, 1}}, {"BAY", {"bay", 10'000, 1}},  {"SEA", {"sea", 200'000, 5}},   {"GULF", {"sea", 100'000, 4}},     {"STRT", {"strait", 20'000, 3}},
    {"MT", {"mountain", 3000, 1}},  {"MTS", {"range", 30'000, 2}},  {"HLL", {"hill", 1000, 0}},     {"HLLS", {"range", 10'000, 0}},    {"RDGE", {"ridge", 3000, 0}},
    {"PASS", {"pass", 2000, 1}},    {"GAP", {"pass", 2000, 0}},     {"ISL", {"island", 8000, 2}},   {"ISLS", {"island", 30'000, 2}},   {"PEN", {"peninsula", 30'000, 1}},
    {"CAPE", {"cape", 3000, 1}},    {"VAL", {"basin", 10'000, 0}},  {"FT", {"fort", 500, 1}},       {"RGN", {"region", 100'000, 1}},   {"PCLI", {"country", 300'000, 7}},
    {"BDG", {"bridge", 200, 0}},    {"DAM", {"dam", 500, 0}},       {"AIRB", {"airfield", 2000, 0}}, {"AIRP", {"airfield", 2000, 0}},  {"RSTN", {"station", 500, 0}}};

struct WordKind {
    std::string_view word;
    PlaceKind kind;
};
constexpr WordKind words[] = {
    {"country", {"country", 300'000, 7}}, {"nation", {"country", 300'000, 7}}, {"sovereign state", {"country", 300'000, 7}}, {"continent", {"continent", 2'000'000, 8}},
    {"province", {"province", 80'000, 4}}, {"state", {"province", 80'000, 4}}, {"prefecture", {"province", 60'000, 3}}, {"oblast", {"province", 80'000, 4}},
    {"governorate", {"province", 80'000, 4}}, {"region", {"region", 60'000, 2}}, {"county", {"county", 25'000, 2}}, {"district", {"county", 15'000, 1}},
    {"rayon", {"county", 20'000, 1}}, {"parish", {"county", 10'000, 1}}, {"localadmin", {"county", 8000, 1}}, {"macrocounty", {"county", 30'000, 2}}, {"civil", {"county", 10'000, 1}},
    {"capital", {"capital", 6000, 5}}, {"city", {"city", 5000, 3}}, {"town", {"town", 3000, 0}}, {"settlement", {"town", 3000, 0}}, {"populated place", {"town", 3000, 0}},
    {"locality", {"town", 3000, 0}}, {"human settlement", {"town", 3000, 0}}, {"village", {"village", 2000, 0}}, {"hamlet", {"village", 1500, 0}}, {"borough", {"quarter", 3000, 1}},
    {"suburb", {"quarter", 2000, 0}}, {"neighbourhood", {"quarter", 1500, 0}}, {"quarter", {"quarter", 2000, 0}}, {"port", {"port", 3000, 1}}, {"harbor", {"port", 3000, 1}},
    {"harbour", {"port", 3000, 1}}, {"station", {"station", 500, 0}}, {"airport", {"airfield", 2000, 0}}, {"airfield", {"airfield", 2000, 0}}, {"aerodrome", {"airfield", 2000, 0}},
    {"fort", {"fort", 500, 1}}, {"fortress", {"fort", 500, 1}}, {"castle", {"fort", 300, 0}}, {"camp", {"camp", 1000, 0}}, {"military", {"camp", 2000, 0}}, {"bridge", {"bridge", 200, 0}},
    {"dam", {"dam", 500, 0}}, {"hill", {"hill", 1000, 0}}, {"summit", {"mountain", 2000, 0}}, {"peak", {"mountain", 2000, 0}}, {"mountain", {"mountain", 3000, 1}},
    {"volcano", {"mountain", 3000, 1}}, {"ridge", {"ridge", 3000, 0}}, {"range", {"range", 30'000, 2}}, {"mountain range", {"range", 30'000, 2}}, {"pass", {"pass", 2000, 1}},
    {"gap", {"pass", 2000, 0}}, {"saddle", {"pass", 2000, 0}}, {"valley", {"basin", 10'000, 0}}, {"basin", {"basin", 20'000, 0}}, {"plain", {"basin", 30'000, 1}},
    {"peninsula", {"peninsula", 30'000, 1}}, {"cape", {"cape", 3000, 1}}, {"island", {"island", 8000, 2}}, {"islands", {"island", 30'000, 2}}, {"archipelago", {"island", 100'000, 3}},
    {"islet", {"island", 1000, 0}}, {"river", {"river", 30'000, 2}}, {"stream", {"river", 15'000, 0}}, {"creek", {"river", 10'000, 0}}, {"canal", {"river", 20'000, 1}},
    {"lake", {"lake", 10'000, 2}}, {"reservoir", {"reservoir", 10'000, 1}}, {"sea", {"sea", 200'000, 5}}, {"ocean", {"sea", 2'000'000, 7}}, {"gulf", {"sea", 100'000, 4}},
    {"bay", {"bay", 10'000, 1}}, {"channel", {"strait", 10'000, 1}}, {"strait", {"strait", 20'000, 3}}, {"sound", {"strait", 10'000, 1}}};

}  // namespace

PlaceKind place_kind_of_code(std::string_view feature_class, std::string_view code) {
    for (const CodeKind& known : codes) {
        if (known.code == code) return known.kind;
    }
    // A table that says the class alone.
    if (code.empty() && feature_class.size() == 1) {
        switch (feature_class[0]) {
            case 'A': case 'L': return {"region", 50'000, 1};
            case 'H': return {"lake", 10'000, 1};
            case 'T': return {"mountain", 3000, 1};
            default: break;
        }
    }
    // PPLA2, PPLF, ADM1H … go by their class.
    return feature_class == "P" ? PlaceKind{"town", 3000, 0} : PlaceKind{};
}

PlaceKind place_kind_of_word(std::string_view phrase) {
    std::string lower;
    for (const char c : phrase) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c == '_' || c == '-' ? ' ' : c;
    const auto find = [](std::string_view text) -> const PlaceKind* {
        for (const WordKind& known : words) {
            if (known.word == text) return &known.kind;
        }
        return nullptr;
    };
    if (const PlaceKind* whole = find(lower)) return *whole;
    for (std::size_t end = lower.size(); end > 0;) {
        const std::size_t begin = lower.find_last_of(" ,;/(", end - 1);
        const std::size_t first = begin == std::string::npos ? 0 : begin + 1;
        if (const PlaceKind* word = find(std::string_view(lower).substr(first, end - first))) return *word;
        if (begin == std::string::npos) break;
        end = begin;
    }
    return {};
}

std::string_view settlement_kind(std::uint64_t population) { return population >= 100'000 ? "city" : population >= 2000 ? "town" : "village"; }

std::uint8_t rank_of_population(std::uint64_t population) {
    constexpr std::uint64_t least[] = {1, 2000, 10'000, 30'000, 100'000, 300'000, 1'000'000, 5'000'000};
    std::uint8_t rank = 0;
    for (const std::uint64_t bound : least) rank = static_cast<std::uint8_t>(rank + (population >= bound));
    return rank;
}

}  // namespace demarc
