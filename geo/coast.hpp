#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "base/geometry.hpp"
#include "geo/geodesy.hpp"

namespace demarc {

/// The land inside of a box, as polygons; empty where the box is all sea. May be called by several threads at once.
using LandLookup = std::function<MultiPolygon(const BoundingBox& box)>;

/// The coast between two positions, in their order: the shorter way round the shore of the land mass that is nearest to both. nullopt where no shore
/// lies within 25 km of both, or none joins them within a box half a degree wider than both.
[[nodiscard]] std::optional<LineString> coast_between(const LandLookup& land, LonLat from, LonLat to);

/// What of an area lies on land. The area itself where that is all of it or none, and where it crosses the antimeridian. `cut`: whether sea was taken away.
[[nodiscard]] MultiPolygon on_land(const Polygon& area, const LandLookup& land, bool& cut);

/// on_land for the areas of many documents: what a region's south is will be asked again and again, so the areas met last are kept, some hundreds of them.
/// May be called by several threads at once.
class DryAreas {
public:
    explicit DryAreas(LandLookup land) : land_(std::move(land)) {}
    /// nullopt where no sea is taken away.
    [[nodiscard]] std::optional<MultiPolygon> of(const Polygon& area) const;

private:
    struct RingOrder {
        bool operator()(const Ring& a, const Ring& b) const;
    };
    LandLookup land_;
    mutable std::mutex mutex_;
    mutable std::map<Ring, std::optional<MultiPolygon>, RingOrder> kept_;  // by the outer ring
};

}  // namespace demarc
