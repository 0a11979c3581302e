#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"
#include "base/mention.hpp"

namespace demarc {

/// What decides between readings of a grid reference: the theatre of the document (any case; "" unknown), its year (0 unknown), likely
/// positions of its places, and the letters of the square that was named last ("" none), which a bare "454385" goes on in.
struct GridContext {
    std::string theatre;
    int year = 0;
    std::vector<LonLat> near{};
    std::string last_letters{};
};

/// One reading of a reference. `value.precision_m` is the side of the square, or the step of the last digit, in metres.
struct CoordinateReading {
    CoordinateValue value;      ///< system: latlon | utm | mgrs | grid_bessel, or of metric_grids.hpp; datum: "WGS 84" | "Tokyo" …; lon, lat WGS 84 always
    std::string normalised;     ///< slug: "38.31667n-127.26667e", "52scs1234567890", "bessel-52ct454385"
    std::string note;           ///< how it was read, in words
    std::optional<std::array<LonLat, 4>> square = {};  ///< corners of a square of a grid, counter-clockwise from the south-west, WGS 84
};

/// A reference read from its surface. A square is represented by its centre.
struct ReadCoordinate {
    CoordinateReading reading;
    std::optional<LonLat> position;               ///< none for a latitude alone
    double uncertainty_m = -1;                    ///< half the diagonal of the square, and what the datum shift adds
    std::vector<CoordinateReading> alternatives;  ///< other legal readings that the context speaks against
    std::vector<std::string> why;
    bool guessed_square = false;                  ///< digits alone, read in the square that was named last
};

/// Reads latitude and longitude (latitude_longitude.hpp), UTM, MGRS with its zone on WGS 84, and the zone-less squares of a theatre
/// on their own lettering and datum (grid_letters.hpp), and the metric grids of Palestine and north-western Europe (metric_grids.hpp). The whole text must be the reference; spaces and line breaks don't matter.
/// A square with its zone whose letters exist in both letterings is read by the theatre and year; the other is an alternative.
/// LEGAL   "52S CS 12345 67890" | "52SCS1234567890" (mgrs) | "52S 345678 4234567" (band S, not the southern hemisphere)
///         "52N 300000mE 4200000mN" (utm) | "CT 454385" | "CT4538" | "CT 45 38" | "CT 45430 38510" with theatre "korea" (grid_bessel)
///         "10751090" in Palestine | "T 586939", "vT 5893" beside places of Normandy in 1944 | "454385" after "CT 4538"
///         "52S CT 454385" (letters of the Bessel scheme only)
/// ILLEGAL "15 JAN 1951" (a date, though legal MGRS) | "CT 45438" (odd number of digits) | "CT 454 3851" (unequal halves)
///         "CT 454385" without a theatre | "BE 8344" in Korea (no such square there) | "AD 1951" | "ct 454385" | "52S"
[[nodiscard]] std::optional<ReadCoordinate> read_coordinate(std::string_view text, const GridContext& context);

}  // namespace demarc
