#pragma once
#include <optional>
#include <string_view>

namespace demarc {

/// Bearing of a point of the compass as rules/places/directions.txt names it ("north", "north_north_east"): degrees clockwise from north,
/// [0, 360). nullopt for any other word.
[[nodiscard]] std::optional<double> bearing_of_direction(std::string_view direction);

}  // namespace demarc
