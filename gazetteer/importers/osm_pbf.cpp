#include "gazetteer/importers/osm_pbf.hpp"

#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/osm.hpp>

#include <cstdlib>

namespace demarc {
namespace {

std::string_view tag(const osmium::TagList& tags, const char* key) {
    const char* value = tags.get_value_by_key(key);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

// The tag that says what a node is, in the order in which they matter.
PlaceKind kind_of(const osmium::TagList& tags) {
    for (const char* key : {"place", "natural", "mountain_pass", "waterway", "historic", "military", "railway", "aeroway", "man_made"}) {
        const std::string_view value = tag(tags, key);
        if (value.empty()) continue;
        if (std::string_view(key) == "mountain_pass") return place_kind_of_word("pass");
        if (PlaceKind kind = place_kind_of_word(value); !kind.kind.empty()) return kind;
    }
    return {};
}

void read_node(const osmium::Node& node, const ImportOptions& options, const std::string& path, ImportReport& report, const UseRecord& use) {
    const osmium::TagList& tags = node.tags();
    const std::string_view name = tag(tags, "name");
    if (name.empty()) return;
    RecordDraft draft(options, report, path + ", node " + std::to_string(node.id()));
    draft.record.id = "osm-n" + std::to_string(node.id());
    draft.record.source = "OpenStreetMap contributors (ODbL 1.0)";
    draft.record.country = country_code(tag(tags, "ISO3166-1:alpha2").empty() ? tag(tags, "is_in:country_code") : tag(tags, "ISO3166-1:alpha2"));
    draft.kind = kind_of(tags);
    if (node.location().valid()) draft.lon = node.location().lon(), draft.lat = node.location().lat();
    draft.population = std::strtoull(std::string(tag(tags, "population")).c_str(), nullptr, 10);
    // An English name is the one that documents have; the local one is kept beside it.
    draft.name_it(tag(tags, "name:en").empty() ? name : tag(tags, "name:en"));
    for (const osmium::Tag& own : tags) {
        const std::string_view key = own.key();
        const std::size_t colon = key.find(':');
        const std::string_view what = key.substr(0, colon);
        if (what != "name" && what != "old_name" && what != "alt_name" && what != "int_name" && what != "official_name" && what != "loc_name") continue;
        const std::string_view lang = colon == std::string_view::npos ? std::string_view() : key.substr(colon + 1);
        if (lang.size() > 12) continue;
        const std::string_view values = own.value();
        for (std::size_t at = 0; at < values.size();) {
            const std::size_t end = std::min(values.find(';', at), values.size());
            draft.add_name(values.substr(at, end - at), lang.substr(0, lang.find_first_of("-_")));
            at = end + 1;
        }
    }
    draft.finish(use);
}

}  // namespace

Status read_osm(const std::string& path, const ImportOptions& options, ImportReport& report, const UseRecord& use) {
    try {
        osmium::io::Reader reader(osmium::io::File(path), osmium::osm_entity_bits::node | osmium::osm_entity_bits::way | osmium::osm_entity_bits::relation);
        while (osmium::memory::Buffer buffer = reader.read()) {
            for (const osmium::OSMObject& object : buffer.select<osmium::OSMObject>()) {
                if (object.type() == osmium::item_type::node) {
                    read_node(static_cast<const osmium::Node&>(object), options, path, report, use);
                } else if (object.tags().has_key("name")) {
                    ++report.rows;
                    report.leave(object.type() == osmium::item_type::way ? "a way" : "a relation", path + ", " + std::to_string(object.id()));
                }
            }
        }
        reader.close();
    } catch (const std::exception& error) {
        return Error{ErrorCode::bad_data, std::string("OpenStreetMap data that can't be read on: ") + error.what(), path};
    }
    return {};
}

}  // namespace demarc
