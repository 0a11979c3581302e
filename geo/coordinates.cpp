#include "geo/coordinates.hpp"

#include <GeographicLib/Constants.hpp>
#include <GeographicLib/MGRS.hpp>
#include <GeographicLib/UTMUPS.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "geo/geodesy.hpp"
#include "geo/grid_letters.hpp"
#include "geo/latitude_longitude.hpp"
#include "geo/metric_grids.hpp"

namespace demarc {
namespace {

constexpr double metres_per_degree = 111'195;
constexpr double half_diagonal = 0.7072;
constexpr double tokyo_doubt_m = 15;  // EPSG 1305 says 4 m for the South; none is published for the North
constexpr std::size_t longest_text = 40;
constexpr std::string_view band_letters = "CDEFGHJKLMNPQRSTUVWX";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

template <class... Values>
std::string formatted(const char* format, Values... values) {
    std::array<char, 160> text{};
    std::snprintf(text.data(), text.size(), format, values...);
    return text.data();
}

std::string lower(std::string text) {
    for (char& c : text) c = is_upper(c) ? static_cast<char>(c | 0x20) : c;
    return text;
}

/// Words of a grid reference: runs of digits and runs of letters, in order. Empty where another sign stands between.
std::vector<std::string> runs_of(std::string_view text) {
    std::vector<std::string> runs;
    if (text.size() > longest_text) return {};
    bool broken = true;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\t') {
            broken = true;
            continue;
        }
        if (!is_digit(c) && !is_upper(c) && c != 'm') return {};
        if (broken || is_digit(runs.back().back()) != is_digit(c)) runs.emplace_back();
        runs.back() += c;
        broken = false;
    }
    return runs;
}

bool all_digits(const std::string& run) { return is_digit(run.front()); }

/// A square reference taken apart: [zone [band]] letters digits, digits even in number.
struct SquareText {
    int zone = 0;     // 0: not given
    char band = 0;    // 0: not given
    std::string letters, east, north;
};

bool is_month(std::string_view letters) {
    constexpr std::string_view months[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    return std::find(std::begin(months), std::end(months), letters) != std::end(months);
}

std::optional<SquareText> square_text(const std::vector<std::string>& runs) {
    SquareText square;
    std::size_t at = 0;
    std::string letters;
    if (at < runs.size() && all_digits(runs[at])) {
        if (runs[at].size() > 2) return std::nullopt;
        square.zone = std::atoi(runs[at++].c_str());
        if (square.zone < 1 || square.zone > 60) return std::nullopt;
    }
    while (at < runs.size() && !all_digits(runs[at])) letters += runs[at++];
    std::vector<std::string> digits(runs.begin() + static_cast<std::ptrdiff_t>(at), runs.end());
    if (digits.empty() || digits.size() > 2 || letters.find('m') != std::string::npos) return std::nullopt;
    if (!std::all_of(digits.begin(), digits.end(), all_digits)) return std::nullopt;
    if (digits.size() == 1) {
        const std::size_t half = digits[0].size() / 2;
        if (digits[0].size() % 2 != 0) return std::nullopt;
        digits = {digits[0].substr(0, half), digits[0].substr(half)};
    }
    if (digits[0].size() != digits[1].size() || digits[0].empty() || digits[0].size() > 5) return std::nullopt;
    square.east = digits[0], square.north = digits[1];
    if (letters.size() == 3 && square.zone != 0) {
        if (is_month(letters) && square.east.size() <= 2) return std::nullopt;
        square.band = letters[0];
        if (band_letters.find(square.band) == std::string_view::npos) return std::nullopt;
        letters.erase(0, 1);
    }
    if (letters.size() != 2) return std::nullopt;
    if (square.zone == 0) {
        // Eras and "No." before a number; a single digit each way is no reference that a text would give.
        constexpr std::string_view false_friends[] = {"AD", "BC", "CE", "NO"};
        if (square.east.size() < 2 || std::find(std::begin(false_friends), std::end(false_friends), letters) != std::end(false_friends)) return std::nullopt;
    }
    square.letters = letters;
    return square;
}

double side_m(const SquareText& square) { return std::pow(10.0, 5 - static_cast<double>(square.east.size())); }

bool band_holds(char band, double lat) {
    const auto index = band_letters.find(band);
    const double south = -80 + 8.0 * static_cast<double>(index);
    return lat >= south - 0.1 && lat <= south + (band == 'X' ? 12 : 8) + 0.1;
}

std::string reference_of(int zone, char band, const SquareText& square) {
    return std::to_string(zone) + (band != 0 ? std::string(1, band) : "") + square.letters + square.east + square.north;
}

CoordinateReading reading_of(const char* system, const char* datum, LonLat position, double precision_m, std::string normalised, std::string note) {
    CoordinateReading reading;
    reading.value = {system, datum, position.lon, position.lat, precision_m};
    reading.normalised = lower(std::move(normalised));
    reading.note = std::move(note);
    return reading;
}

/// Corners of a square from its centre; `at` gives the position so many metres east and north of it on the grid.
template <class At>
std::array<LonLat, 4> square_around(double side, const At& at) {
    const double half = side / 2;
    return {rounded(at(-half, -half)), rounded(at(half, -half)), rounded(at(half, half)), rounded(at(-half, half))};
}

std::optional<CoordinateReading> read_wgs84_square(const SquareText& square, int zone, char band) {
    try {
        int found_zone = 0, precision = 0;
        bool north = true;
        double easting = 0, northing = 0;
        const std::string reference = reference_of(zone, band, square);
        GeographicLib::MGRS::Reverse(reference, found_zone, north, easting, northing, precision, true);
        LonLat position;
        GeographicLib::UTMUPS::Reverse(found_zone, north, easting, northing, position.lat, position.lon);
        CoordinateReading reading =
            reading_of("mgrs", "WGS 84", position, side_m(square), reference, "MGRS on WGS 84, square of " + formatted("%.0f m", side_m(square)));
        reading.square = square_around(side_m(square), [&](double east, double northward) {
            LonLat corner;
            GeographicLib::UTMUPS::Reverse(found_zone, north, easting + east, northing + northward, corner.lat, corner.lon);
            return corner;
        });
        return reading;
    } catch (const GeographicLib::GeographicErr&) {
        return std::nullopt;  // letters that are no square of the zone and band
    }
}

std::optional<CoordinateReading> read_bessel_square(const SquareText& square, const std::vector<SquareZone>& zones) {
    for (const SquareZone& zone : zones) {
        if (square.zone != 0 && square.zone != zone.zone) continue;
        auto point = square_corner(square.letters, zone);
        if (!point) continue;
        point->easting_m += (std::atof(square.east.c_str()) + 0.5) * side_m(square);
        point->northing_m += (std::atof(square.north.c_str()) + 0.5) * side_m(square);
        const LonLat position = wgs84_of_tokyo_grid(*point);
        if (!zone.bounds.contains(position) || (square.band != 0 && !band_holds(square.band, position.lat))) continue;
        CoordinateReading reading =
            reading_of("grid_bessel", "Tokyo", position, side_m(square), "bessel-" + reference_of(zone.zone, 0, square),
                       formatted("square %s of UTM zone %d in the lettering of the Bessel ellipsoid, Tokyo datum shifted to WGS 84 (EPSG 1305), square of %.0f m",
                                 square.letters.c_str(), zone.zone, side_m(square)));
        reading.square = square_around(side_m(square), [&](double east, double north) {
            return wgs84_of_tokyo_grid({point->zone, point->easting_m + east, point->northing_m + north});
        });
        return reading;
    }
    return std::nullopt;
}

/// The squares of the same letters in the WGS 84 lettering, in the zone of the theatre: what a modern reader would take.
std::vector<CoordinateReading> modern_readings(const SquareText& square, const std::vector<SquareZone>& zones) {
    std::vector<CoordinateReading> readings;
    for (const SquareZone& zone : zones) {
        for (const char band : {'R', 'S', 'T', 'U'}) {
            if ((square.zone != 0 && square.zone != zone.zone) || (square.band != 0 && square.band != band)) continue;
            if (auto reading = read_wgs84_square(square, zone.zone, band)) readings.push_back(std::move(*reading));
        }
    }
    return readings;
}

ReadCoordinate with_alternatives(CoordinateReading reading, std::vector<CoordinateReading> others) {
    ReadCoordinate out;
    const bool tokyo = reading.value.datum == "Tokyo";
    if (reading.value.lon && reading.value.lat) out.position = rounded({*reading.value.lon, *reading.value.lat});
    out.uncertainty_m = half_diagonal * reading.value.precision_m + (tokyo ? tokyo_doubt_m : 0);
    out.why.push_back("read as " + reading.note);
    for (const CoordinateReading& other : others) {
        if (!out.position) break;
        const double apart = distance_m(*out.position, {*other.value.lon, *other.value.lat});
        out.why.push_back("not as " + other.note + formatted(": %.2f N %.2f E, %.0f km away", *other.value.lat, *other.value.lon, apart / 1000));
    }
    out.reading = std::move(reading);
    out.alternatives = std::move(others);
    return out;
}

std::optional<ReadCoordinate> read_square(const std::vector<std::string>& runs, const GridContext& context) {
    const auto square = square_text(runs);
    if (!square) return std::nullopt;
    const auto zones = square_zones(context.theatre, context.year);
    if (auto bessel = read_bessel_square(*square, zones)) return with_alternatives(std::move(*bessel), modern_readings(*square, zones));
    if (square->zone == 0 || square->band == 0) return std::nullopt;
    if (auto modern = read_wgs84_square(*square, square->zone, square->band)) return with_alternatives(std::move(*modern), {});
    // Letters that don't exist on WGS 84 name their lettering by themselves; the zone and band stand in for the theatre.
    if (auto bessel = read_bessel_square(*square, square_zones("korea", context.year))) return with_alternatives(std::move(*bessel), {});
    return std::nullopt;
}

/// A number of metres with an optional "mE", "E": nullopt where the letters don't fit.
std::optional<double> take_metres(const std::vector<std::string>& runs, std::size_t& at, char direction, std::size_t least, std::size_t most) {
    if (at >= runs.size() || !all_digits(runs[at]) || runs[at].size() < least || runs[at].size() > most) return std::nullopt;
    const double metres = std::atof(runs[at++].c_str());
    if (at < runs.size() && (runs[at] == std::string(1, direction) || runs[at] == std::string("m") + direction || runs[at] == "m")) ++at;
    return metres;
}

std::optional<CoordinateReading> read_utm_as(int zone, bool north, double easting, double northing, const std::string& note) {
    try {
        LonLat position;
        GeographicLib::UTMUPS::Reverse(zone, north, easting, northing, position.lat, position.lon);
        return reading_of("utm", "WGS 84", position, 1, formatted("utm-%d%c-%.0f-%.0f", zone, north ? 'n' : 's', easting, northing), note);
    } catch (const GeographicLib::GeographicErr&) {
        return std::nullopt;
    }
}

std::optional<ReadCoordinate> read_utm(const std::vector<std::string>& runs) {
    if (runs.size() < 4 || !all_digits(runs[0]) || runs[0].size() > 2 || all_digits(runs[1]) || runs[1].size() != 1) return std::nullopt;
    const int zone = std::atoi(runs[0].c_str());
    const char letter = runs[1][0];
    std::size_t at = 2;
    const auto easting = take_metres(runs, at, 'E', 6, 6);
    const auto northing = take_metres(runs, at, 'N', 6, 8);
    if (!easting || !northing || at != runs.size() || zone < 1 || zone > 60) return std::nullopt;
    // The letter is a latitude band where the northing agrees with it, else N or S of the equator.
    if (band_letters.find(letter) != std::string_view::npos) {
        auto reading = read_utm_as(zone, letter >= 'N', *easting, *northing, formatted("UTM zone %d, band %c", zone, letter));
        if (reading && band_holds(letter, *reading->value.lat)) {
            std::vector<CoordinateReading> others;
            if (letter == 'S') {
                if (auto south = read_utm_as(zone, false, *easting, *northing, "UTM of the southern hemisphere")) others.push_back(std::move(*south));
            }
            return with_alternatives(std::move(*reading), std::move(others));
        }
    }
    if (letter != 'N' && letter != 'S') return std::nullopt;
    auto reading = read_utm_as(zone, letter == 'N', *easting, *northing,
                               formatted("UTM zone %d, %s hemisphere", zone, letter == 'N' ? "northern" : "southern"));
    if (!reading) return std::nullopt;
    return with_alternatives(std::move(*reading), {});
}

std::optional<ReadCoordinate> read_degrees(std::string_view text) {
    const auto degrees = read_latitude_longitude(text);
    if (!degrees) return std::nullopt;
    CoordinateReading reading;
    reading.value = {"latlon", "WGS 84", degrees->lon, degrees->lat, degrees->step_deg * metres_per_degree};
    if (degrees->lat) reading.normalised = formatted("%.5f%c", std::abs(*degrees->lat), *degrees->lat < 0 ? 's' : 'n');
    if (degrees->lon) {
        reading.normalised += (degrees->lat ? "-" : "") + formatted("%.5f%c", std::abs(*degrees->lon), *degrees->lon < 0 ? 'w' : 'e');
    }
    reading.note = formatted("latitude and longitude, last digit %.6g degrees, datum not stated", degrees->step_deg);
    return with_alternatives(std::move(reading), {});
}

/// "10751090", "T 586939", "vT 58 93": letters and digits of a metric grid; nothing where the text is anything else.
std::optional<ReadCoordinate> read_metric(std::string_view text, const GridContext& context) {
    if (text.size() > longest_text) return std::nullopt;
    std::string letters, digits;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\t') continue;
        if (is_digit(c)) digits += c;
        else if (digits.empty() && (is_upper(c) || (c >= 'a' && c <= 'z'))) letters += c;
        else return std::nullopt;
    }
    const bool small_first = letters.size() == 2 && !is_upper(letters[0]) && is_upper(letters[1]);
    if (!letters.empty() && !small_first && !(letters.size() == 1 && is_upper(letters[0]))) return std::nullopt;
    double doubt_m = 0;
    std::vector<CoordinateReading> readings;
    for (MetricGridReading& found : read_metric_grid(letters, digits, {context.theatre, context.year, context.near})) {
        if (readings.empty()) doubt_m = found.datum_doubt_m;
        readings.push_back(reading_of(found.system.c_str(), found.datum.c_str(), found.position, found.square_m, found.normalised, found.note));
        readings.back().square = found.square;
    }
    if (readings.empty()) return std::nullopt;
    CoordinateReading first = std::move(readings.front());
    readings.erase(readings.begin());
    ReadCoordinate out = with_alternatives(std::move(first), std::move(readings));
    out.uncertainty_m += doubt_m;
    return out;
}

/// Digits alone go on in the square that the document named last, as reports write them.
std::optional<ReadCoordinate> read_in_last_square(const std::vector<std::string>& runs, const GridContext& context) {
    if (context.last_letters.empty() || runs.size() != 1 || !all_digits(runs[0]) || runs[0].size() < 4) return std::nullopt;
    auto read = read_square({context.last_letters, runs[0]}, context);
    if (!read) return std::nullopt;
    read->guessed_square = true;
    read->why.insert(read->why.begin(), "digits alone: taken in square " + context.last_letters + ", which was named last");
    return read;
}

}  // namespace

std::optional<ReadCoordinate> read_coordinate(std::string_view text, const GridContext& context) {
    while (!text.empty() && (text.front() == '(' || text.front() == '[' || text.front() == ' ')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ')' || text.back() == ']' || text.back() == ' ' || text.back() == '.')) text.remove_suffix(1);
    const auto runs = runs_of(text);
    if (!runs.empty()) {
        if (auto utm = read_utm(runs)) return utm;
        if (auto square = read_square(runs, context)) return square;
    }
    if (auto metric = read_metric(text, context)) return metric;
    if (auto square = read_in_last_square(runs, context)) return square;
    return read_degrees(text);
}

}  // namespace demarc
