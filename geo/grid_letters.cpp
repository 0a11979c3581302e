#include "geo/grid_letters.hpp"

#include <GeographicLib/Constants.hpp>
#include <GeographicLib/Geocentric.hpp>
#include <GeographicLib/TransverseMercator.hpp>
#include <algorithm>
#include <cctype>

namespace demarc {
namespace {

constexpr double bessel_a = 6'377'397.155, bessel_f = 1 / 299.1528128;
constexpr double utm_scale = 0.9996, false_easting_m = 500'000, square_m = 100'000, rows_repeat_m = 2'000'000;
constexpr std::string_view row_letters = "ABCDEFGHJKLMNPQRSTUV";
constexpr BoundingBox korea{124, 33, 131, 43.1};

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

const GeographicLib::TransverseMercator& bessel_utm() {
    static const GeographicLib::TransverseMercator projection(bessel_a, bessel_f, utm_scale);
    return projection;
}

}  // namespace

std::vector<SquareZone> square_zones(std::string_view theatre, int year) {
    if (!same_name(theatre, "korea") || (year != 0 && (year < 1945 || year > 1960))) return {};
    return {{52, 15, korea}, {51, 0, korea}};
}

std::optional<GridPoint> square_corner(std::string_view letters, const SquareZone& zone) {
    if (letters.size() != 2) return std::nullopt;
    constexpr std::string_view columns[] = {"STUVWXYZ", "ABCDEFGH", "JKLMNPQR"};
    const std::size_t column = columns[zone.zone % 3].find(letters[0]);
    const std::size_t row = row_letters.find(letters[1]);
    if (column == std::string_view::npos || row == std::string_view::npos) return std::nullopt;
    const std::size_t rows = row_letters.size();
    GridPoint corner{zone.zone, square_m * static_cast<double>(column + 1),
                     square_m * static_cast<double>((row + rows - static_cast<std::size_t>(zone.row_at_equator)) % rows)};
    for (; corner.northing_m < 9.4e6; corner.northing_m += rows_repeat_m) {
        const GridPoint centre{corner.zone, corner.easting_m + square_m / 2, corner.northing_m + square_m / 2};
        if (zone.bounds.widened(square_m / 2).contains(tokyo_of_grid(centre))) return corner;
    }
    return std::nullopt;
}

LonLat tokyo_of_grid(const GridPoint& point) {
    LonLat tokyo;
    bessel_utm().Reverse(6.0 * point.zone - 183, point.easting_m - false_easting_m, point.northing_m, tokyo.lat, tokyo.lon);
    return tokyo;
}

LonLat wgs84_of_tokyo(LonLat tokyo) {
    const GeographicLib::Geocentric bessel(bessel_a, bessel_f);
    double x = 0, y = 0, z = 0, height = 0;
    bessel.Forward(tokyo.lat, tokyo.lon, 0, x, y, z);
    LonLat position;
    GeographicLib::Geocentric::WGS84().Reverse(x - 147, y + 506, z + 687, position.lat, position.lon, height);
    return position;
}

LonLat wgs84_of_tokyo_grid(const GridPoint& point) { return wgs84_of_tokyo(tokyo_of_grid(point)); }

}  // namespace demarc
