#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/entity.hpp"

namespace demarc {

/// Whether an entity is a feature: a place, area, line or coordinate with a geometry that no part of it draws, or a line or area that the
/// text names without placing it.
[[nodiscard]] bool is_feature(const Entity& entity);

/// One GeoJSON feature (RFC 7946), without a line feed; flat properties in the order of docs/output.md.
void append_feature(std::string& out, const Entity& entity);

/// features.geojson: a whole FeatureCollection with its bbox; one feature a line.
void append_feature_collection(std::string& out, const std::vector<Entity>& entities);

/// gazetteer.lpf.json: the places of a run in Linked Places Format v1.3 (GeoJSON-LD), names with the documents that attest them.
/// `titles`: document id -> title, for the citations; the id where there is none.
void append_linked_places(std::string& out, const std::vector<Entity>& entities, const std::vector<std::pair<std::string, std::string>>& titles);

}  // namespace demarc
