#pragma once
#include <cstdint>
#include <string_view>

namespace demarc {

/// What a kind of place of another gazetteer is with us (docs/gazetteer.md, Kinds of place).
struct PlaceKind {
    std::string_view kind;        ///< "" where no history names such things (wells, hotels)
    double precision_m = 3000;    ///< radius of doubt of its point
    std::uint8_t least_rank = 0;
};

/// By feature code of GeoNames and the NGA ("PPLC", "STM"; DSG of GNS is the same list) or else by its class ("P"); kind "town" of a populated place becomes city or
/// village by its population.
[[nodiscard]] PlaceKind place_kind_of_code(std::string_view feature_class, std::string_view code);

/// By a word or phrase of English, any case: "Populated Place" and "Summit" of GNIS, "settlement" of Pleiades, "mountain range" of Wikidata, "peak" of OpenStreetMap. The last
/// word that is known decides.
[[nodiscard]] PlaceKind place_kind_of_word(std::string_view words);

/// The kind of a place where people live, by how many: city from 100,000, town from 2,000 or where unknown and `town`, else village.
[[nodiscard]] std::string_view settlement_kind(std::uint64_t population);

/// 1 (hamlet) .. 8 by population; 0 for an unknown one.
[[nodiscard]] std::uint8_t rank_of_population(std::uint64_t population);

}  // namespace demarc
