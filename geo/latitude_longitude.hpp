#pragma once
#include <optional>
#include <string_view>

namespace demarc {

/// A latitude, a longitude or both as a text writes them. Degrees, north and east positive.
struct LatitudeLongitude {
    std::optional<double> lat, lon;
    double step_deg = 1;  ///< the coarser of both: what one in the last digit means (1/60 for whole minutes)
};

/// Reads latitude and longitude in prose: degrees, minutes, seconds with any of their signs, words or hyphens between, or run
/// together; hemisphere before or after; latitude first unless letters or words say otherwise. The whole text must be it.
/// LEGAL  38°19'N 127°16'E | 38° 19′ 30″ N, 127° 16′ E | N 38 19 E 127 16 | 38-19N 127-16E | 3819N 12716E | 381930N1271600E
///        38 19 N 127 16 E | lat. 38°19' long. 127°16' | latitude 38 degrees 19 minutes north, longitude 127 degrees 16 minutes east
///        38.3167, 127.2667 | 38.3167N 127.2667E | -33.9, 151.2° | 38-19N (a latitude alone, with minutes) | 38N 127E
/// ILLEGAL 38°61'N (minutes in [0, 60)) | 91°N 0°E | 38 (no sign, letter or minutes) | 12, 15 | 38°19'N 40°N | 38.5°19'N | 38-19-51
[[nodiscard]] std::optional<LatitudeLongitude> read_latitude_longitude(std::string_view text);

}  // namespace demarc
