#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/geometry.hpp"
#include "out/json_writer.hpp"

namespace demarc {

/// Writes a geometry as GeoJSON (RFC 7946): lon, lat with at most seven decimals; outer rings counter-clockwise, holes clockwise; lines
/// and rings that cross the antimeridian are cut at it into Multi geometries. null for no geometry. `certainty`: a member that Linked
/// Places Format adds; empty none.
void write_geojson(JsonWriter& json, const Geometry& geometry, std::string_view certainty = {});

/// The text of a location's geometry, for what is written several times; empty where it has none.
[[nodiscard]] std::string geojson_of(const std::optional<Location>& location);

/// [west, south, east, north]; west > east where it crosses the antimeridian. nullopt for no geometry.
[[nodiscard]] std::optional<std::array<double, 4>> bounding_box(const Geometry& geometry);
/// The smallest of the boxes around both that doesn't go round the earth the long way.
[[nodiscard]] std::array<double, 4> join_boxes(const std::array<double, 4>& a, const std::array<double, 4>& b);
void write_box(JsonWriter& json, const std::array<double, 4>& box);

}  // namespace demarc
