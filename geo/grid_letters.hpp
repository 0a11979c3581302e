#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"
#include "geo/geodesy.hpp"

namespace demarc {

/// A grid of 100 km squares named by two letters without a zone, as the maps of one theatre printed it.
/// Columns follow NGA TM 8358.1 (sets A-H, J-R, S-Z by zone modulo 3), so that the column letter tells the zone.
/// Rows run A-V without I and O; `row_at_equator` is the letter index (0 = A) of northing 0.
struct SquareZone {
    int zone = 0;                ///< UTM zone, central meridian 6 zone - 183
    int row_at_equator = 0;
    /// A square that lies here: which of the several northings 2,000 km apart is meant. Degrees WGS 84.
    BoundingBox bounds;
};

/// The grids of a theatre in a year; empty where none is known. Theatre names ignore case.
/// Korea 1945-1960 (year 0: unknown, accepted): UTM on the Bessel 1841 ellipsoid, Tokyo datum. In zone 52 the rows stand ten
/// letters on from the WGS 84 lettering (Q at the equator, T at 38 N): the "AL" scheme of TM 8358.1 appendix B. In zone 51
/// wartime lists (Haeju YC 3713, Hwangju YC 4086, Chinnampo YC 0989) have A at the equator, as WGS 84 has.
[[nodiscard]] std::vector<SquareZone> square_zones(std::string_view theatre, int year);

/// Easting and northing in metres, on the ellipsoid of the grid, of the south-west corner of a square "CT"; nullopt where the
/// letters are no square of the zone, or no northing of theirs falls within the bounds.
struct GridPoint {
    int zone = 0;
    double easting_m = 0, northing_m = 0;
};
[[nodiscard]] std::optional<GridPoint> square_corner(std::string_view letters, const SquareZone& zone);

/// WGS 84 position of a point of the Korean grid: UTM on Bessel 1841 (a 6377397.155 m, 1/f 299.1528128), then the shift from
/// Tokyo to WGS 84 of EPSG 1305 for South Korea: -147, +506, +687 m geocentric, accuracy 4 m (none is published for the North).
[[nodiscard]] LonLat wgs84_of_tokyo_grid(const GridPoint& point);
/// The same before the shift: geographic on the Tokyo datum.
[[nodiscard]] LonLat tokyo_of_grid(const GridPoint& point);
/// The shift by itself, at height 0: about 310 m north and 190 m west in Korea.
[[nodiscard]] LonLat wgs84_of_tokyo(LonLat tokyo);

}  // namespace demarc
