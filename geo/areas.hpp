#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"
#include "base/mention.hpp"

namespace demarc {

/// A placed thing that an area is relative to.
struct AreaAnchor {
    std::string name;            ///< for `why`
    std::string kind;            ///< of a place: its radius follows from it; of a line: its kind
    Location location;           ///< a point, a line or a polygon
    std::optional<Polygon> strip;  ///< of a line: the zone already drawn around it
};

struct AreaOptions {
    double range_m = 30'000;  ///< how far "south of X" reaches where the text doesn't say
};

/// Radius of "the area of" a place: what a place of the kind and its surroundings take up. Hills and villages 3 km, towns 6 km,
/// cities 12 km, counties 20 km, provinces and states 100 km, countries 250 km; 5 km where the kind says nothing.
[[nodiscard]] double area_radius_m(std::string_view kind);

/// Half the angle that a bearing given in words means: 45 for a cardinal point, 22.5 for an octant, 11.25 for a sixteenth,
/// 5 for a bearing in degrees.
[[nodiscard]] double half_angle_deg(double bearing_deg);

/// Bearing of "north_of" … "north_west_of" (also "northeast_of", "northern"): degrees; nullopt for another relation.
[[nodiscard]] std::optional<double> bearing_of_relation(std::string_view relation);

/// The polygon that a relation to anchors means. Its border is the doubt; `uncertainty_m` is its largest reach from its middle.
///   area_of, near, zone of a place   disc of area_radius_m, or of distance_m
///   <direction>_of                   sector from each anchor over bearing ± half_angle, to distance_m or range_m; sectors of anchors
///                                    nearer than twice the range are joined by their hull, others stay apart; of a line: the
///                                    strip on that side
///   between                          corridor about the geodesics through the anchors, a tenth of their length wide on each side, 2-10 km
///   distance_from                    ellipse about the destination: distance ± 15 %, bearing ± half_angle, at most 22.5;
///                                    without a bearing the ring between 85 and 115 % of the distance
///   part_of                          sector of the anchor's own radius in the direction, its disc where none is given
///   bounded_by                       hull of three anchors or more
///   of a river or line               near: 5 km on both sides; distance_from: the band of ± 15 % on that side; between two: where they run abreast
///   zone of a line                   its strip, or distance_m across it, half on each side
/// Right-hand rings, valid, 7 decimals. Anchors without geometry are left out, and said so in `why`.
/// nullopt where no anchor has one, or a line's zone has no width; `why` says which.
[[nodiscard]] std::optional<Location> area_location(const AreaValue& area, std::span<const AreaAnchor> anchors, const AreaOptions& options,
                                                    std::vector<std::string>& why);

}  // namespace demarc
