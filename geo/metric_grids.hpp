#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"

namespace demarc {

/// One place that a reference of a wartime metric grid may mean. The position is WGS 84 and lies at the middle of the square.
struct MetricGridReading {
    LonLat position;
    std::array<LonLat, 4> square; ///< its corners, counter-clockwise from the south-west
    double square_m = 0;      ///< side of the square: the step of the last digit
    double datum_doubt_m = 0; ///< what the shift from the grid's datum to WGS 84 may be off by
    std::string system;       ///< grid_palestine | grid_lambert_1 | grid_nord_de_guerre
    std::string datum;        ///< "Palestine 1923", "NTF", "ATF"
    std::string normalised;   ///< "palestine-1075-1090", "lambert-1-vt-586-939"
    std::string note;         ///< how it was read, in words
};

/// Where and when a document speaks: which grids come into question, and which of several squares of one letter is meant.
struct MetricGridContext {
    std::string_view theatre;        ///< any case; "" unknown
    int year = 0;                    ///< 0 unknown: no grid comes into question
    std::span<const LonLat> near{};   ///< likely positions of the document's places; a lettered square is read only beside one of them
};

/// Readings of a reference, the one nearest to `near` first; empty where no grid of the place and time knows it.
/// `letters`: "" (the Palestine grid), one capital (square of 100 km) or a small letter and a capital (square of 500 km, of 100 km).
/// `digits`: even in number. Palestine: 6 (whole kilometres), 8 (hundreds of metres) or 10; a northing of 700 km and more counts from 1,000 km
/// below the origin, as the maps of the Negev have it. Lettered squares: 4 to 10.
/// Grids: Palestine 1923-1994 (Cassini-Soldner, EPSG 28191; shift EPSG 1074, 15 m). French Lambert zone I (EPSG 27561; shift EPSG 1193, 2 m:
/// Normandy and north-western France, 1939-48) and Nord de Guerre (EPSG 27500: Belgium, the Netherlands, the Rhine, 1914-48) with the
/// letters of the Modified British System: A to Z without I from the north-west, five by five, over and over. No shift is published for the
/// old French triangulation (ATF) that Nord de Guerre rests on; its positions are taken as they are, and said to be 500 m in doubt.
/// ILLEGAL "T 58693" (odd number of digits) | "I 586939" (no such letter) | "T 586939" with no place near
[[nodiscard]] std::vector<MetricGridReading> read_metric_grid(std::string_view letters, std::string_view digits, const MetricGridContext& context);

}  // namespace demarc
