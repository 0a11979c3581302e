#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/reference_lines.hpp"

namespace demarc {

/// A front between two of its dated states.
struct InterpolatedLine {
    LineString geometry;
    double uncertainty_m = -1;  ///< the larger of both states' and half of the widest shift between them
    std::string slug;           ///< of the entity: both ids and the date
    std::vector<std::string> why;
};

/// The line of one of `kinds` in a theatre at a date (EDTF) that no dated state holds, between the last state before and the first after, at most
/// 200 days apart: both are run along at equal parts of their lengths and each pair of points is divided by the days. Nothing says that a front
/// moved evenly: for maps in motion, not for measuring. nullopt where a state holds the date or one of the two is missing.
[[nodiscard]] std::optional<InterpolatedLine> interpolated_line(const ReferenceLines& lines, std::span<const std::string_view> kinds, std::string_view date,
                                                                std::string_view theatre);

}  // namespace demarc
