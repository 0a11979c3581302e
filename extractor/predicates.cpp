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

using Base = GazetteerPredicate::Base;
constexpr std::pair<std::string_view, GazetteerPredicate> classes[] = {
    {"gaz_place", {Base::place, 0}}, {"gaz_country", {Base::place, flag::country}}, {"gaz_region", {Base::place, flag::region}},
    {"gaz_settlement", {Base::place, flag::settlement}}, {"gaz_river", {Base::place, flag::river}}, {"gaz_water", {Base::place, flag::water}},
    {"gaz_relief", {Base::place, flag::relief}}, {"gaz_island", {Base::place, flag::island}}, {"gaz_ambiguous", {Base::place, flag::ambiguous}},
    {"gaz_generated", {Base::place, flag::generated}}, {"gaz_prominent", {Base::place, flag::prominent}}, {"gaz_short", {Base::place, flag::short_name}}, {"gaz_imported", {Base::imported, 0}}, {"gaz_imported_common", {Base::imported, flag::ambiguous}}, {"gaz_imported_several", {Base::imported, flag::several_words}}, {"gaz_person", {Base::person, 0}},
    {"gaz_full_name", {Base::person, flag::full_name}}, {"gaz_cover_name", {Base::person, flag::cover_name}}};

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
