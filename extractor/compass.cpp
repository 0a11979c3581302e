#include "extractor/compass.hpp"

#include <algorithm>
#include <array>

namespace demarc {

std::optional<double> bearing_of_direction(std::string_view direction) {
    static constexpr std::array<std::string_view, 16> points = {
        "north", "north_north_east", "north_east", "east_north_east", "east", "east_south_east", "south_east", "south_south_east",
        "south", "south_south_west", "south_west", "west_south_west", "west", "west_north_west", "north_west", "north_north_west"};
    const auto found = std::find(points.begin(), points.end(), direction);
    if (found == points.end()) return std::nullopt;
    return 22.5 * static_cast<double>(found - points.begin());
}

}  // namespace demarc
