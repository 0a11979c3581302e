#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/geometry.hpp"
#include "out/land_form.hpp"

namespace demarc {

/// The land of the earth at two levels of detail (Natural Earth 1:10 m and 1:50 m), read where it lies, in the form that demarc_compile_basemap writes (out/land_form.hpp):
/// a cut looks at the rings of its cells, and at the positions near its box. What the numbers in the form refer to isn't checked: it is a part of the program.
/// Coasts only: borders are of a day, and not of the documents' one.
class Coastline {
public:
    /// [west, south, east, north], degrees, west < east, within 1,000 degrees.
    using Box = std::array<double, 4>;

    Coastline() = default;  ///< no land
    /// nullopt where the bytes are not of that form, cut short, or don't begin on an 8-byte boundary. They must outlive the coastline.
    [[nodiscard]] static std::optional<Coastline> read(std::span<const std::byte> bytes);
    /// The coastline that was there when the program was built; empty() where there was none.
    [[nodiscard]] static Coastline embedded();
    [[nodiscard]] bool empty() const { return fine_.header.rings == 0 && coarse_.header.rings == 0; }

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
    struct Tables {
        LandLevelHeader header{};
        std::span<const LandRing> rings;
        std::span<const LandGroup> groups;
        std::span<const LandRun> runs;
        std::span<const std::uint32_t> cells, cell_rings;
        std::span<const LandPosition> positions;
    };
    [[nodiscard]] static std::optional<Tables> read_level(std::span<const std::byte>& rest);
    [[nodiscard]] static Ring near_part(const Tables& level, std::size_t ring, const Box& box);
    Tables fine_, coarse_;
};

/// A coastline for many small boxes: what was cut of its fine level is kept in tiles of ten degrees. Safe for several threads.
class CoastTiles {
public:
    explicit CoastTiles(Coastline coastline);
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
