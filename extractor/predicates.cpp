#include "extractor/predicates.hpp"

#include <utility>

#include "extractor/token.hpp"

namespace demarc {
namespace {

constexpr std::pair<std::string_view, std::uint32_t> shapes[] = {
    {"word", shape::word}, {"cap", shape::cap}, {"caps", shape::caps}, {"initial", shape::initial}, {"lower", shape::lower},
    {"uncased", shape::uncased}, {"roman", shape::roman}, {"number", shape::number}, {"n1", shape::n1}, {"n2", shape::n2},
    {"n3", shape::n3}, {"n4", shape::n4}, {"n5", shape::n5}, {"n6", shape::n6}, {"day_number", shape::day_number},
    {"hour_number", shape::hour_number}, {"minute_number", shape::minute_number}, {"clock_number", shape::clock_number},
    {"year_number", shape::year_number}, {"punct", shape::punct}, {"possessive", shape::possessive}, {"paragraph", shape::paragraph},
    {"glued", shape::glued}, {"line_start", shape::line_start}, {"line_end", shape::line_end}, {"sentence_start", shape::sentence_start}};

constexpr std::pair<std::string_view, GazetteerPredicate> classes[] = {
    {"gaz_place", {false, 0}}, {"gaz_country", {false, flag::country}}, {"gaz_region", {false, flag::region}},
    {"gaz_settlement", {false, flag::settlement}}, {"gaz_river", {false, flag::river}}, {"gaz_water", {false, flag::water}},
    {"gaz_relief", {false, flag::relief}}, {"gaz_island", {false, flag::island}}, {"gaz_ambiguous", {false, flag::ambiguous}},
    {"gaz_generated", {false, flag::generated}}, {"gaz_prominent", {false, flag::prominent}}, {"gaz_short", {false, flag::short_name}}, {"gaz_person", {true, 0}},
    {"gaz_full_name", {true, flag::full_name}}, {"gaz_cover_name", {true, flag::cover_name}}};

}  // namespace

std::optional<std::uint32_t> shape_predicate(std::string_view name) {
    for (const auto& [known, bit] : shapes) {
        if (known == name) return bit;
    }
    return std::nullopt;
}

std::optional<GazetteerPredicate> gazetteer_predicate(std::string_view name) {
    for (const auto& [known, predicate] : classes) {
        if (known == name) return predicate;
    }
    return std::nullopt;
}

std::vector<std::string_view> predicate_names() {
    std::vector<std::string_view> names{"bracketed"};
    for (const auto& [name, bit] : shapes) names.push_back(name);
    for (const auto& [name, predicate] : classes) names.push_back(name);
    return names;
}

std::optional<std::uint64_t> flag_predicate(std::string_view name) {
    if (name == "bracketed") return flag::bracketed;
    return std::nullopt;
}

}  // namespace demarc
