#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/entity.hpp"

namespace demarc {

/// Whether an entity is a feature: a place, area, line or coordinate with a geometry that no part of it draws, or a line or area that the
/// text names without placing it.
[[nodiscard]] bool is_feature(const Entity& entity);

/// One GeoJSON feature (RFC 7946), without a line feed; flat properties in the order of docs/output.md. `geometry`: geojson_of its location.
void append_feature(std::string& out, const Entity& entity, std::string_view geometry);

/// The box around what is drawn, one location after the other.
class FeatureBounds {
public:
    void add(const Location& location);
    [[nodiscard]] const std::optional<std::array<double, 4>>& box() const { return box_; }  ///< nullopt: none has a geometry

private:
    std::optional<std::array<double, 4>> box_;
};

/// features.geojson: a whole FeatureCollection with its bbox; one feature a line. Text may be taken out of `out` between two calls.
class FeatureCollectionWriter {
public:
    FeatureCollectionWriter(std::string& out, const FeatureBounds& bounds);  ///< of the features that will be added
    void add(const Entity& entity, std::string_view geometry);  ///< where it is a feature; as append_feature
    void end();

private:
    std::string& out_;
    bool first_ = true;
};

/// gazetteer.lpf.json: the places of a run in Linked Places Format v1.3 (GeoJSON-LD), names with the documents that attest them.
/// Text may be taken out as above.
class LinkedPlacesWriter {
public:
    /// `titles`: document id -> title, for the citations; the id where there is none. They must outlive the writer.
    LinkedPlacesWriter(std::string& out, const std::vector<std::pair<std::string, std::string>>& titles);
    void add(const Entity& entity);  ///< where it is a place
    void end();

private:
    std::string& out_;
    std::unordered_map<std::string_view, std::string_view> titles_;
    std::string document_id_;
    bool first_ = true;
};

}  // namespace demarc
