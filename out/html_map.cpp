#include "out/html_map.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/utf8.hpp"
#include "out/coastline.hpp"
#include "out/feature_writers.hpp"
#include "out/geojson_geometry.hpp"
#include "out/json_writer.hpp"
#include "out/map_frames.hpp"
#include "out/page_parts.hpp"
#include "out/record_writers.hpp"
#include "out/schema.hpp"

namespace demarc {
namespace {

using Box = std::array<double, 4>;

// Offsets of browsers' strings: UTF-16 code units before each of the ascending byte offsets asked for.
class Utf16Offsets {
public:
    explicit Utf16Offsets(std::string_view text) : units_(text.size() + 1) {
        std::uint32_t units = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            units_[i] = units;
            const auto byte = static_cast<unsigned char>(text[i]);
            if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
        }
        units_[text.size()] = units;
    }
    [[nodiscard]] std::int64_t at(std::uint32_t byte) const { return units_[byte]; }

private:
    std::vector<std::uint32_t> units_;
};

void strings(JsonWriter& json, const JsonKey& key, const std::vector<std::string>& values) {
    json.key(key);
    json.begin_array();
    for (const std::string& value : values) json.string(value);
    json.end_array();
}

void append_mention(JsonWriter& json, const ExtractedDocument& document, const Mention& mention, const Utf16Offsets& offsets) {
    json.begin_object();
    json.field("t", type_name(mention));
    json.field("b", offsets.at(mention.span.begin));
    json.field("e", offsets.at(mention.span.end));
    json.field("s", to_string(mention.status));
    json.key("c");
    json.decimal(mention.confidence, 2);
    json.optional_field("n", mention.entity);
    std::string value;
    append_value(value, document, mention);
    json.key("v");
    json.raw(value);
    if (!mention.why.empty()) strings(json, "w", mention.why);
    json.end_object();
}

void append_entity(JsonWriter& json, const Entity& entity) {
    json.begin_object();
    json.field("id", entity.id);
    json.field("type", type_name(entity));
    json.optional_field("kind", entity.kind);
    json.field("name", entity.name);
    json.field("status", to_string(entity.status));
    json.key("confidence");
    json.decimal(entity.confidence, 2);
    json.optional_field("state", entity.state);
    json.optional_field("side", entity.side);
    json.optional_field("proposed_by", entity.proposed_by);
    json.optional_field("start", entity.start);
    json.optional_field("end", entity.end);
    json.optional_field("when", entity.when);
    json.optional_field("parent", entity.parent);
    if (is_feature(entity)) {
        json.optional_field("quote", entity.quote);
        strings(json, "docs", entity.docs);
        std::vector<std::string> names;
        for (const EntityName& name : entity.names) {
            if (name.name != entity.name) names.push_back(name.name);
        }
        strings(json, "names", names);
        strings(json, "why", entity.why);
        json.field("mentions", static_cast<std::int64_t>(entity.mentions.size()));
        if (entity.location && !is_null(entity.location->geometry)) {
            if (entity.location->uncertainty_m >= 0) {
                json.key("uncertainty_m");
                json.decimal(entity.location->uncertainty_m, 0);
            }
            json.optional_field("source", entity.location->source);
            json.optional_field("gazetteer_id", entity.location->gazetteer_id);
            json.key("geometry");
            write_geojson(json, entity.location->geometry);
        }
    }
    json.end_object();
}

void append_box(JsonWriter& json, const JsonKey& key, const Box& box) {
    json.key(key);
    json.begin_array();
    for (const double value : box) json.decimal(value, 4);
    json.end_array();
}

// Rings of thousandths of a degree, each position as the difference from the last one.
void append_land(JsonWriter& json, const JsonKey& key, const MultiPolygon& land) {
    const auto ring_numbers = [&json](const Ring& ring) {
        json.begin_array();
        std::int64_t x = 0, y = 0;
        for (const LonLat& p : ring) {
            const auto next_x = static_cast<std::int64_t>(std::llround(p.lon * 1000)), next_y = static_cast<std::int64_t>(std::llround(p.lat * 1000));
            json.number(next_x - x);
            json.number(next_y - y);
            x = next_x, y = next_y;
        }
        json.end_array();
    };
    json.key(key);
    json.begin_array();
    for (const Polygon& polygon : land) {
        json.begin_array();
        ring_numbers(polygon.outer);
        for (const Ring& hole : polygon.holes) ring_numbers(hole);
        json.end_array();
    }
    json.end_array();
}

// The whole earth roughly, and the theatres in detail.
void append_basemap(JsonWriter& json, const std::vector<Box>& frames) {
    const Coastline coastline = Coastline::embedded();
    if (coastline.empty()) return;
    append_land(json, "world", coastline.cut({-180, -85, 180, 85}, Coastline::Level::coarse, 0.1));
    json.key("frames");
    json.begin_array();
    for (const Box& frame : frames) {
        const double width = std::max(frame[2] - frame[0], frame[3] - frame[1]);
        json.begin_object();
        append_box(json, "box", frame);
        append_land(json, "land", coastline.cut(frame, width < 30 ? Coastline::Level::fine : Coastline::Level::coarse, width / 8000));
        json.end_object();
    }
    json.end_array();
}

// Leaflet's marker and layer images would be fetched from beside the page; nothing here uses them.
std::string without_urls(std::string_view css) {
    std::string out;
    while (true) {
        const std::size_t at = css.find("url(");
        const std::size_t end = at == std::string_view::npos ? at : css.find(')', at);
        if (end == std::string_view::npos) return out += css;
        out += css.substr(0, at);
        out += "none";
        css.remove_prefix(end + 1);
    }
}

std::string_view without_source_map(std::string_view code) {
    const std::size_t at = code.rfind("# sourceMappingURL");
    return at == std::string_view::npos ? code : code.substr(0, at - 2);  // the opening of the comment before it
}

std::string html_escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else out += c;
    }
    return out;
}

}  // namespace

std::string json_for_script(std::string_view json) {
    std::string out;
    out.reserve(json.size() + json.size() / 64);
    for (const char c : json) {
        if (c == '<') out += "\\u003c";
        else if (c == '>') out += "\\u003e";
        else if (c == '&') out += "\\u0026";
        else out += c;
    }
    return out;
}

void HtmlMap::add(const ExtractedDocument& extracted) {
    const Document& document = extracted.document;
    if (shown_ >= limits_.documents || text_bytes_ + document.text.size() > limits_.text_bytes) {
        ++left_out_;
        return;
    }
    ++shown_;
    text_bytes_ += document.text.size();
    if (!documents_.empty()) documents_ += ',';
    const DocumentMetadata& metadata = document.metadata;
    const Utf16Offsets offsets(document.text);
    JsonWriter json(documents_);
    json.begin_object();
    json.field("id", document.id);
    json.optional_field("title", metadata.title);
    if (metadata.date) json.field("date", to_edtf(*metadata.date));
    json.optional_field("sender", metadata.sender);
    if (!metadata.recipients.empty()) strings(json, "recipients", metadata.recipients);
    json.optional_field("archive_reference", metadata.archive_reference);
    json.field("text", document.text);
    json.key("mentions");
    json.begin_array();
    for (const Mention& mention : extracted.mentions) {
        append_mention(json, extracted, mention, offsets);
        if (!mention.entity.empty()) mentioned_.insert(mention.entity);
    }
    json.end_array();
    json.end_object();
}

void HtmlMap::write(std::string& out, const std::vector<Entity>& entities) const {
    std::string data;
    JsonWriter json(data);
    json.begin_object();
    json.field("version", program_version);
    json.field("left_out", static_cast<std::int64_t>(left_out_));
    json.key("kinds");
    json.begin_array();
    for (const DeclaredKind& kind : kinds_) {
        json.begin_object();
        json.field("name", kind.name);
        json.field("label", kind.label);
        json.field("colour", kind.colour);
        json.end_object();
    }
    json.end_array();
    json.key("documents");
    json.begin_array();
    if (!documents_.empty()) json.raw(documents_);
    json.end_array();
    json.key("entities");
    json.begin_array();
    const auto mentioned = [this](const Entity& entity) { return mentioned_.contains(entity.parent.empty() ? entity.id : entity.parent); };
    std::size_t wanted = 0, rest = 0;
    for (const Entity& entity : entities) {
        if (is_feature(entity)) ++(mentioned(entity) ? wanted : rest);
    }
    std::size_t room_for_mentioned = std::min(wanted, limits_.features), room_for_rest = std::min(rest, limits_.features - room_for_mentioned);
    const std::size_t features_left_out = wanted + rest - room_for_mentioned - room_for_rest;
    for (const Entity& entity : entities) {
        if (is_feature(entity)) {
            std::size_t& room = mentioned(entity) ? room_for_mentioned : room_for_rest;
            if (room == 0) continue;
            --room;
        } else if (!mentioned(entity)) {
            continue;
        }
        append_entity(json, entity);
    }
    json.end_array();
    json.field("features_left_out", static_cast<std::int64_t>(features_left_out));
    if (const auto focus = map_focus(entities)) append_box(json, "focus", *focus);
    append_basemap(json, map_frames(entities, 6));
    json.end_object();

    std::string_view page = page_parts::page();
    while (true) {
        const std::size_t at = page.find("{{");
        const std::size_t end = at == std::string_view::npos ? at : page.find("}}", at);
        if (end == std::string_view::npos) break;
        out += page.substr(0, at);
        const std::string_view name = page.substr(at + 2, end - at - 2);
        if (name == "leaflet_style") out += without_urls(without_source_map(page_parts::leaflet_style()));
        else if (name == "style") out += page_parts::style();
        else if (name == "leaflet_script") out += without_source_map(page_parts::leaflet_script());
        else if (name == "script") out += page_parts::script();
        else if (name == "licences") out += html_escaped(page_parts::licences());
        else if (name == "data") out += json_for_script(data);
        page.remove_prefix(end + 2);
    }
    out += page;
}

}  // namespace demarc
