#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/geometry.hpp"

namespace demarc {

/// The land of the earth at two levels of detail (Natural Earth 1:10 m and 1:50 m), read from the form that demarc_compile_basemap writes:
/// "DMLAND01", then a level each: four little-endian doubles (scale x, y, offset x, y in degrees), the number of polygons, and of each the
/// number of its rings, of each ring the number of its positions and their differences, zigzag; all numbers LEB128.
/// Coasts only: borders are of a day, and not of the documents' one.
class Coastline {
public:
    /// [west, south, east, north], degrees, west < east.
    using Box = std::array<double, 4>;

    /// nullopt where the bytes are not of that form or cut short.
    [[nodiscard]] static std::optional<Coastline> read(std::span<const std::byte> bytes);
    /// The coastline that was there when the program was built; empty() where there was none.
    [[nodiscard]] static Coastline embedded();
    [[nodiscard]] bool empty() const { return fine_.empty() && coarse_.empty(); }

    enum class Level { fine, coarse };
    /// The land inside of a box, clipped to it (Sutherland, Hodgman 1974), simplified to `tolerance` degrees (Douglas, Peucker 1973).
    [[nodiscard]] MultiPolygon cut(const Box& box, Level level, double tolerance) const;

private:
    MultiPolygon fine_, coarse_;
};

}  // namespace demarc
