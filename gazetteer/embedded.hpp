#pragma once
#include <cstddef>
#include <span>
#include <string_view>

namespace demarc {

/// The gazetteer built into the program: the compiled index of gazetteer/data and rules/names, 64-byte aligned, for
/// Gazetteer::from_memory. Library demarc::embedded_gazetteer.
[[nodiscard]] std::span<const std::byte> embedded_gazetteer();

/// The dated reference lines built into the program: the GeoJSON text of gazetteer/data/lines.geojson.
[[nodiscard]] std::string_view embedded_lines();

/// The courses of rivers built into the program: the GeoJSON text of gazetteer/data/rivers.geojson, of the same form.
[[nodiscard]] std::string_view embedded_rivers();

/// The name routes built into the program: rules/names and the readings of Han characters, packed, for name_rule_files.
[[nodiscard]] std::string_view embedded_name_rules();

/// The mappings of known tables built into the program (gazetteer/importers/mappings), packed, in the order of their names.
[[nodiscard]] std::string_view embedded_mappings();

}  // namespace demarc
