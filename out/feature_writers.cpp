#include "out/feature_writers.hpp"

#include <algorithm>

#include "base/place_class.hpp"
#include "out/geojson_geometry.hpp"
#include "out/json_writer.hpp"

namespace demarc {
namespace {

template <class Text>
std::string joined(const std::vector<Text>& parts, std::string_view separator) {
    std::size_t size = 0;
    for (const Text& part : parts) size += part.size() + separator.size();
    std::string out;
    out.reserve(size);
    for (const Text& part : parts) {
        if (!out.empty()) out += separator;
        out += part;
    }
    return out;
}

void text_or_null(JsonWriter& json, const JsonKey& key, std::string_view value) {
    json.key(key);
    if (value.empty()) json.null();
    else json.string(value);
}

// The number of a GeoNames record where the gazetteer's id is one ("geonames-1835848", "gn:1835848").
std::string_view place_link(const Entity& entity) {
    if (!entity.location) return {};
    std::string_view id = entity.location->gazetteer_id;
    for (const std::string_view prefix : {std::string_view("geonames-"), std::string_view("geonames:"), std::string_view("gn:")}) {
        if (!id.starts_with(prefix)) continue;
        id.remove_prefix(prefix.size());
        return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; }) ? id : std::string_view();
    }
    return {};
}

}  // namespace

bool is_feature(const Entity& entity) {
    if (!can_be_drawn(entity.type) || entity.has_parts) return false;
    const bool placed = entity.location && !is_null(entity.location->geometry);
    return placed || entity.type == MentionType::line || entity.type == MentionType::area;
}

void append_feature(std::string& out, const Entity& entity, std::string_view geometry) {
    JsonWriter json(out);
    json.begin_object();
    json.field("type", "Feature");
    json.field("id", entity.id);
    json.key("geometry");
    json.raw(geometry.empty() ? "null" : geometry);
    json.key("properties");
    json.begin_object();
    json.field("id", entity.id);
    json.field("type", to_string(entity.type));
    text_or_null(json, "kind", entity.kind);
    json.field("name", entity.name);
    std::vector<std::string_view> names;
    names.reserve(entity.names.size());
    for (const EntityName& name : entity.names) {
        if (std::find(names.begin(), names.end(), name.name) == names.end()) names.push_back(name.name);
    }
    json.field("names", joined(names, "; "));
    json.field("status", to_string(entity.status));
    json.key("confidence");
    json.decimal(entity.confidence, 2);
    text_or_null(json, "side", entity.side);
    text_or_null(json, "state", entity.state);
    text_or_null(json, "proposed_by", entity.proposed_by);
    text_or_null(json, "start", entity.start);
    text_or_null(json, "end", entity.end);
    text_or_null(json, "edtf", entity.when);
    json.field("docs", joined(entity.docs, "; "));
    json.field("mention_count", static_cast<std::int64_t>(entity.mentions.size()));
    text_or_null(json, "first_doc", entity.docs.empty() ? std::string_view() : std::string_view(entity.docs.front()));
    text_or_null(json, "quote", entity.quote);
    text_or_null(json, "gazetteer_id", entity.location ? std::string_view(entity.location->gazetteer_id) : std::string_view());
    json.key("uncertainty_m");
    if (entity.location && entity.location->uncertainty_m >= 0) json.decimal(entity.location->uncertainty_m, 0);
    else json.null();
    text_or_null(json, "geometry_source", entity.location ? std::string_view(entity.location->source) : std::string_view());
    text_or_null(json, "sidc", entity.sidc);
    json.field("why", joined(entity.why, " → "));
    text_or_null(json, "anchors", joined(entity.anchors, "; "));
    json.key("offset_m");
    if (entity.offset_m) json.decimal(*entity.offset_m, 1);
    else json.null();
    json.end_object();
    json.end_object();
}

void FeatureBounds::add(const Location& location) {
    if (const auto next = bounding_box(location.geometry)) box_ = box_ ? join_boxes(*box_, *next) : *next;
}

FeatureCollectionWriter::FeatureCollectionWriter(std::string& out, const FeatureBounds& bounds) : out_(out) {
    out += "{\"type\":\"FeatureCollection\",\"name\":\"features\",";
    if (const auto& box = bounds.box()) {
        out += "\"bbox\":";
        JsonWriter json(out);
        write_box(json, *box);
        out += ',';
    }
    out += "\"features\":[";
}

void FeatureCollectionWriter::add(const Entity& entity, std::string_view geometry) {
    if (!is_feature(entity)) return;
    out_ += std::exchange(first_, false) ? "\n" : ",\n";
    append_feature(out_, entity, geometry);
}

void FeatureCollectionWriter::end() { out_ += "\n]}\n"; }

LinkedPlacesWriter::LinkedPlacesWriter(std::string& out, const std::vector<std::pair<std::string, std::string>>& titles) : out_(out) {
    for (const auto& [document, title] : titles) {
        if (!title.empty()) titles_.emplace(document, title);
    }
    out += "{\"type\":\"FeatureCollection\",\"@context\":\"https://raw.githubusercontent.com/LinkedPasts/linked-places-format/main/linkedplaces-context-v1.1.jsonld\",\"features\":[";
}

void LinkedPlacesWriter::add(const Entity& entity) {
    if (entity.type != MentionType::place) return;
    out_ += std::exchange(first_, false) ? "\n" : ",\n";
    JsonWriter json(out_);
    json.begin_object();
    json.field("@id", "demarc:" + entity.id);
    json.field("type", "Feature");
    json.key("properties");
    json.begin_object();
    json.field("title", entity.name);
    json.key("ccodes");
    json.begin_array();
    if (!entity.country.empty()) json.string(entity.country);
    json.end_array();
    json.key("fclasses");
    json.begin_array();
    json.string(feature_class_of_kind(entity.kind));
    json.end_array();
    json.end_object();
    if (!entity.start.empty() || !entity.end.empty()) {
        json.key("when");
        json.begin_object();
        json.key("timespans");
        json.begin_array();
        json.begin_object();
        if (!entity.start.empty()) json.key("start"), json.begin_object(), json.field("in", entity.start), json.end_object();
        if (!entity.end.empty()) json.key("end"), json.begin_object(), json.field("in", entity.end), json.end_object();
        json.end_object();
        json.end_array();
        json.end_object();
    }
    json.key("names");
    json.begin_array();
    if (entity.names.empty()) json.begin_object(), json.field("toponym", entity.name), json.end_object();
    for (const EntityName& name : entity.names) {
        json.begin_object();
        json.field("toponym", name.name);
        json.optional_field("lang", std::string_view(name.lang).substr(0, name.lang.find('-')));  // ISO 639, two letters
        if (!name.docs.empty()) {
            json.key("citations");
            json.begin_array();
            for (const std::uint32_t number : name.docs) {
                const std::string& doc = entity.docs[number];
                const auto title = titles_.find(doc);
                json.begin_object();
                json.field("label", title == titles_.end() ? std::string_view(doc) : title->second);
                json.field("@id", document_id_.assign("demarc:document/").append(doc));
                json.end_object();
            }
            json.end_array();
        }
        json.end_object();
    }
    json.end_array();
    if (!entity.kind.empty()) {
        json.key("types");
        json.begin_array();
        json.begin_object();
        const std::string_view aat = aat_of_kind(entity.kind);
        json.field("identifier", aat.empty() ? "demarc:kind/" + entity.kind : std::string(aat));
        json.field("label", entity.kind);
        json.end_object();
        json.end_array();
    }
    json.key("geometry");
    if (entity.location && !is_null(entity.location->geometry)) {
        write_geojson(json, entity.location->geometry, entity.status == Certainty::attested ? "certain" : "less-certain");
    } else {
        json.raw(R"({"type":"GeometryCollection","geometries":[]})");  // the schema wants an object
    }
    if (const std::string_view link = place_link(entity); !link.empty()) {
        json.key("links");
        json.begin_array();
        json.begin_object();
        json.field("type", "closeMatch");
        json.field("identifier", "gn:" + std::string(link));
        json.end_object();
        json.end_array();
    }
    if (!entity.quote.empty()) {
        json.key("descriptions");
        json.begin_array();
        json.begin_object();
        json.field("value", entity.quote);
        json.end_object();
        json.end_array();
    }
    json.end_object();
}

void LinkedPlacesWriter::end() { out_ += "\n]}\n"; }

}  // namespace demarc
