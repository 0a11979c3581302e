#pragma once
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
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

    /// A polygon with what lets a clip pass over most of it.
    struct LandMass {
        Polygon polygon;
        Box bounds;             ///< of the outer ring
        std::vector<Box> runs;  ///< of each 64 positions of the outer ring
    };
    [[nodiscard]] static std::vector<LandMass> with_bounds(MultiPolygon polygons);
    /// The part inside of a box; a ring of fewer than four positions where there is none. Time: a sixty-fourth of the positions, and those near the box.
    [[nodiscard]] static Polygon clip(const LandMass& land, const Box& box);

private:
    std::vector<LandMass> fine_, coarse_;
};

/// The fine coastline for many small boxes: kept in tiles of ten degrees, read from the program when the first is asked for. Safe for several threads.
class CoastTiles {
public:
    CoastTiles();
    ~CoastTiles();
    CoastTiles(const CoastTiles&) = delete;
    CoastTiles& operator=(const CoastTiles&) = delete;

    /// The land inside of a box, clipped to it and valid to within the data; boxes wider than four degrees get the coarse level. Empty where there is none.
    [[nodiscard]] MultiPolygon cut(const Coastline::Box& box) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace demarc
