#include "geo/metric_grids.hpp"

#include <GeographicLib/CassiniSoldner.hpp>
#include <GeographicLib/Geocentric.hpp>
#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/LambertConformalConic.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>

#include "geo/geodesy.hpp"

namespace demarc {
namespace {

constexpr double block_m = 500'000, square_100_km = 100'000;
constexpr double farthest_m = 250'000;  // from a lettered square to the nearest place of its document: squares repeat each 500 km
constexpr std::string_view square_letters = "VWXYZQRSTULMNOPFGHJKABCDE";  // from the south-west corner, eastward, then north
constexpr double arc_second = M_PI / 180 / 3600;

struct Ellipsoid {
    double a_m = 0, flattening = 0;
};

/// Geocentric shift to WGS 84: metres, then rotations of the position vector in seconds and a scale in parts per million.
struct DatumShift {
    double x_m = 0, y_m = 0, z_m = 0, rx = 0, ry = 0, rz = 0, ppm = 0;
};

LonLat shifted(LonLat from, const Ellipsoid& ellipsoid, const DatumShift& shift) {
    double x = 0, y = 0, z = 0, height = 0;
    GeographicLib::Geocentric(ellipsoid.a_m, ellipsoid.flattening).Forward(from.lat, from.lon, 0, x, y, z);
    const double scale = 1 + shift.ppm * 1e-6, rx = shift.rx * arc_second, ry = shift.ry * arc_second, rz = shift.rz * arc_second;
    LonLat to;
    GeographicLib::Geocentric::WGS84().Reverse(shift.x_m + scale * (x - rz * y + ry * z), shift.y_m + scale * (rz * x + y - rx * z),
                                               shift.z_m + scale * (-ry * x + rx * y + z), to.lat, to.lon, height);
    return to;
}

struct MetricGrid {
    const char *system, *datum, *label, *words;
    std::string_view theatre;
    int first_year, last_year;
    BoundingBox bounds;          // of what its maps covered, WGS 84
    double datum_doubt_m;
    bool lettered;
    double letters_east_m, letters_north_m;  // south-west corner of one block of 500 km, in the grid's own metres
    char block_letter;                       // of that block
    LonLat (*wgs84)(double easting_m, double northing_m);
};

LonLat palestine(double easting_m, double northing_m) {
    constexpr Ellipsoid clarke_1880_benoit{6'378'300.789, 1 - 6'356'566.435 / 6'378'300.789};
    static const GeographicLib::Geodesic geodesic(clarke_1880_benoit.a_m, clarke_1880_benoit.flattening);
    static const GeographicLib::CassiniSoldner projection(31.7340969444444, 35.2120805555556, geodesic);
    LonLat at;
    projection.Reverse(easting_m - 170'251.555, northing_m - 126'867.909, at.lat, at.lon);
    // EPSG 1074 is a coordinate frame rotation: its angles turn the other way.
    return shifted(at, clarke_1880_benoit, {-275.7224, 94.7824, 340.8944, -8.001, -4.42, -11.821, 1});
}

LonLat lambert_1(double easting_m, double northing_m) {
    constexpr Ellipsoid clarke_1880_ign{6'378'249.2, 1 / 293.466021293627};
    static const GeographicLib::LambertConformalConic projection(clarke_1880_ign.a_m, clarke_1880_ign.flattening, 49.5, 0.999877341);
    LonLat at;
    projection.Reverse(2.33722917, easting_m - 600'000, northing_m - 200'000, at.lat, at.lon);
    return shifted(at, clarke_1880_ign, {-168, -60, 320, 0, 0, 0, 0});
}

LonLat nord_de_guerre(double easting_m, double northing_m) {
    constexpr Ellipsoid plessis{6'376'523, 1 / 308.64};
    static const GeographicLib::LambertConformalConic projection(plessis.a_m, plessis.flattening, 49.5, 0.99950908);
    LonLat at;
    projection.Reverse(7.73722917, easting_m - 500'000, northing_m - 300'000, at.lat, at.lon);
    return at;
}

const std::array<MetricGrid, 3> grids{{
    {"grid_palestine", "Palestine 1923", "palestine", "Palestine grid (Cassini-Soldner, EPSG 28191), Palestine 1923 shifted to WGS 84 (EPSG 1074)", "palestine", 1923, 1994,
     {34.0, 29.4, 36.6, 33.6}, 15, false, 0, 0, 0, palestine},
    {"grid_lambert_1", "NTF", "lambert-1", "French Lambert zone I with the letters of the Modified British System (EPSG 27561), NTF shifted to WGS 84 (EPSG 1193)", "", 1939, 1948,
     {-5.5, 48.0, 3.5, 51.2}, 2, true, 0, 0, 'v', lambert_1},
    {"grid_nord_de_guerre", "ATF", "nord-de-guerre", "Nord de Guerre with the letters of the Modified British System (EPSG 27500), ATF taken as WGS 84", "", 1914, 1948,
     {2.0, 48.0, 9.5, 53.6}, 500, true, -100'000, 100'000, 'v', nord_de_guerre},
}};

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

double metres_of(std::string_view digits, double square_m) { return (std::atof(std::string(digits).c_str()) + 0.5) * square_m; }

/// `easting_m` and `northing_m`: of the middle of the square.
MetricGridReading reading_of(const MetricGrid& grid, double easting_m, double northing_m, double square_m, const std::string& square, std::string_view east,
                             std::string_view north) {
    const auto corner = [&](double right, double up) { return rounded(grid.wgs84(easting_m + right * square_m / 2, northing_m + up * square_m / 2)); };
    MetricGridReading reading{rounded(grid.wgs84(easting_m, northing_m)), {corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)}, square_m, grid.datum_doubt_m, grid.system, grid.datum, grid.label, grid.words};
    if (!square.empty()) {
        reading.normalised += "-";
        for (const char c : square) reading.normalised += static_cast<char>(c | 0x20);
        reading.note += ", square " + square;
    }
    reading.normalised += "-" + std::string(east) + "-" + std::string(north);
    std::array<char, 32> side{};
    std::snprintf(side.data(), side.size(), ", square of %.0f m", square_m);
    reading.note += side.data();
    return reading;
}

/// 6 digits are whole kilometres, 8 hundreds of metres: the easting has three digits of kilometres where the maps lie.
void read_plain(const MetricGrid& grid, std::string_view east, std::string_view north, std::vector<MetricGridReading>& out) {
    if (east.size() < 3) return;
    constexpr double wrap_m = 1'000'000, highest_m = 700'000;
    const double square_m = 1000 / std::pow(10.0, static_cast<double>(east.size()) - 3);
    const double easting = metres_of(east, square_m);
    double northing = metres_of(north, square_m);
    if (northing >= highest_m) northing -= wrap_m;
    if (grid.bounds.contains(grid.wgs84(easting, northing))) out.push_back(reading_of(grid, easting, northing, square_m, "", east, north));
}

void read_lettered(const MetricGrid& grid, std::string_view letters, std::string_view east, std::string_view north, std::vector<MetricGridReading>& out) {
    const auto square = static_cast<int>(square_letters.find(letters.back()));
    const auto first_block = static_cast<int>(square_letters.find(static_cast<char>(grid.block_letter & ~0x20)));
    const double square_m = square_100_km / std::pow(10.0, static_cast<double>(east.size()));
    // The letters of the blocks run on as those of the squares do, five by five.
    for (int column = -1; column <= 2; ++column) {
        for (int row = -1; row <= 2; ++row) {
            const int block = (first_block / 5 + row + 5) % 5 * 5 + (first_block % 5 + column + 5) % 5;
            const char block_letter = static_cast<char>(square_letters[static_cast<std::size_t>(block)] | 0x20);
            if (letters.size() == 2 && letters.front() != block_letter) continue;
            const double easting = grid.letters_east_m + block_m * column + square_100_km * (square % 5) + metres_of(east, square_m);
            const double northing = grid.letters_north_m + block_m * row + square_100_km * (square / 5) + metres_of(north, square_m);
            if (!grid.bounds.contains(grid.wgs84(easting, northing))) continue;
            out.push_back(reading_of(grid, easting, northing, square_m, std::string{block_letter, letters.back()}, east, north));
        }
    }
}

double nearest_m(LonLat position, std::span<const LonLat> places) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const LonLat& place : places) nearest = std::min(nearest, distance_m(position, place));
    return nearest;
}

}  // namespace

std::vector<MetricGridReading> read_metric_grid(std::string_view letters, std::string_view digits, const MetricGridContext& context) {
    std::vector<MetricGridReading> readings;
    if (digits.size() % 2 != 0 || digits.size() < 4 || digits.size() > 10 || letters.size() > 2) return readings;
    if (!letters.empty() && square_letters.find(letters.back()) == std::string_view::npos) return readings;
    const std::string_view east = digits.substr(0, digits.size() / 2), north = digits.substr(digits.size() / 2);
    for (const MetricGrid& grid : grids) {
        if (grid.lettered != !letters.empty() || context.year < grid.first_year || context.year > grid.last_year) continue;
        if (!grid.theatre.empty() && !same_name(grid.theatre, context.theatre)) continue;
        if (grid.lettered) read_lettered(grid, letters, east, north, readings);
        else read_plain(grid, east, north, readings);
    }
    if (letters.empty()) return readings;
    std::erase_if(readings, [&](const MetricGridReading& reading) { return nearest_m(reading.position, context.near) > farthest_m; });
    std::stable_sort(readings.begin(), readings.end(), [&](const MetricGridReading& a, const MetricGridReading& b) {
        return nearest_m(a.position, context.near) < nearest_m(b.position, context.near);
    });
    return readings;
}

}  // namespace demarc
