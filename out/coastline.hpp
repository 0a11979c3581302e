#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/geometry.hpp"
#include "out/land_form.hpp"

namespace demarc {

/// The land of the earth at two levels of detail (Natural Earth 1:10 m and 1:50 m), read where it lies, in the form that demarc_compile_basemap writes (out/land_form.hpp):
/// a cut looks at the rings of its cells, and at the positions near its box. Safe for several threads. What the numbers in the form refer to isn't checked: it is a part of the program.
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
    /// The same for an area: of the fine level where the box is four degrees or less wide and high, else of the coarse one; nothing simplified.
    [[nodiscard]] MultiPolygon cut(const Box& box) const;

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

}  // namespace demarc
