#pragma once
#include <vector>

#include "base/geometry.hpp"

namespace demarc {

/// A point of a plane, metres.
struct PlanePoint {
    double x = 0;  ///< east
    double y = 0;  ///< north
    friend bool operator==(const PlanePoint&, const PlanePoint&) = default;
};
using PlaneLine = std::vector<PlanePoint>;

/// Transverse Mercator on WGS 84 with scale 1 on the central meridian, made for one feature: lengths are too long by
/// (x / 6371 km)^2 / 2, 1 part in 10,000 at 90 km from the meridian, whatever the extent north to south.
/// Source: C. F. F. Karney, "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85 (2011), through GeographicLib.
class LocalProjection {
public:
    explicit LocalProjection(LonLat centre) : centre_(centre) {}
    [[nodiscard]] PlanePoint forward(LonLat position) const;  ///< within 80 degrees of longitude of the centre
    [[nodiscard]] LonLat inverse(PlanePoint point) const;
    [[nodiscard]] PlaneLine forward(const LineString& line) const;
    [[nodiscard]] LineString inverse(const PlaneLine& line) const;

private:
    LonLat centre_;
};

}  // namespace demarc
