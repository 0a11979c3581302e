#include "gazetteer/importers/places_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace demarc {
namespace {

using Json = nlohmann::json;

constexpr int max_depth = 64;
constexpr double metres_a_degree = 111'000;

std::string text_of(const Json& object, const char* key) {
    const auto it = object.is_object() ? object.find(key) : object.end();
    if (it == object.end()) return {};
    if (it->is_string()) return it->get<std::string>();
    if (it->is_number_integer()) return std::to_string(it->get<std::int64_t>());
    if (it->is_number()) return it->dump();
    return {};
}

const Json& member(const Json& object, const char* key) {
    static const Json none;
    const auto it = object.is_object() ? object.find(key) : object.end();
    return it == object.end() ? none : *it;
}

// The middle of the box around all positions of a geometry, and half its diagonal.
struct Extent {
    double west = 400, south = 400, east = -400, north = -400;
    void add(const Json& coordinates, int depth) {
        if (!coordinates.is_array() || depth > 6) return;
        if (coordinates.size() >= 2 && coordinates[0].is_number() && coordinates[1].is_number()) {
            const double x = coordinates[0].get<double>(), y = coordinates[1].get<double>();
            west = std::min(west, x), east = std::max(east, x), south = std::min(south, y), north = std::max(north, y);
            return;
        }
        for (const Json& part : coordinates) add(part, depth + 1);
    }
    void add_geometry(const Json& geometry) {
        add(member(geometry, "coordinates"), 0);
        const Json& parts = member(geometry, "geometries");
        if (parts.is_array()) {
            for (const Json& part : parts) add(member(part, "coordinates"), 0);
        }
    }
    void give(RecordDraft& draft) const {
        if (west > east) return;
        draft.lon = (west + east) / 2, draft.lat = (south + north) / 2;
        draft.kind.precision_m = std::max(draft.kind.precision_m, std::hypot(east - west, north - south) / 2 * metres_a_degree);
    }
};

// The years of an LPF "when" or timespan list, or of plain start and end.
std::pair<std::int16_t, std::int16_t> years_of(const Json& when) {
    const Json& spans = member(when, "timespans");
    const Json& span = spans.is_array() && !spans.empty() ? spans.front() : when;
    const auto year = [](const Json& moment) {
        for (const char* key : {"in", "earliest", "latest"}) {
            if (const std::string text = text_of(moment, key); !text.empty()) return year_of(text);
        }
        return moment.is_string() ? year_of(moment.get<std::string>()) : moment.is_number() ? year_of(moment.dump()) : std::int16_t{0};
    };
    return {year(member(span, "start")), year(member(span, "end"))};
}

class Reader {
public:
    Reader(const std::string& path, const ImportOptions& options, const ExtraNames& extra, ImportReport& report, const UseRecord& use) : path_(path), options_(options), extra_(extra), report_(report), use_(use) {}

    void feature(const Json& feature) {
        const Json& properties = member(feature, "properties");
        if (member(feature, "names").is_array() || feature.contains("@id")) return linked_place(feature, properties);
        if (properties.is_object() && properties.contains("wof:id")) return whos_on_first(feature, properties);
        RecordDraft draft = begin();
        std::string id = first(properties, {"id", "ID", "osm_id", "fid", "gid", "OBJECTID"});
        if (id.empty()) id = text_of(feature, "id");
        draft.record.id = id.empty() ? std::string() : prefix_ + id;
        draft.record.source = path_.substr(path_.rfind('/') + 1);
        draft.record.country = country_code(first(properties, {"country_code", "ccode", "iso_a2", "ISO_A2", "iso", "cc", "country"}));
        draft.record.admin = first(properties, {"admin1", "ADM1NAME", "state", "province"});
        draft.kind = place_kind_of_word(first(properties, {"kind", "featurecla", "FEATURECLA", "place", "type", "fclass", "class", "category"}));
        if (draft.kind.kind.empty()) draft.kind = place_kind_of_word("locality");
        if (const std::string people = first(properties, {"population", "pop", "pop_max", "POP_MAX"}); !people.empty()) draft.population = static_cast<std::uint64_t>(std::max(0.0, std::strtod(people.c_str(), nullptr)));
        draft.name_it(first(properties, {"name", "NAME", "Name", "title", "label", "toponym", "name_en", "NAME_EN", "NAMEASCII"}));
        if (properties.is_object()) {
            for (const auto& [key, value] : properties.items()) {
                if (!value.is_string() || (!key.starts_with("name") && !key.starts_with("NAME") && key != "alt_name" && key != "old_name")) continue;
                const std::size_t mark = key.find_first_of("_:");
                const std::string lang = mark != std::string::npos && key.size() - mark == 3 ? key.substr(mark + 1) : std::string();
                draft.add_name(value.get<std::string>(), lang);
            }
        }
        end(draft, member(feature, "geometry"));
    }

    void pleiades(const Json& place) {
        RecordDraft draft = begin();
        draft.record.id = "pleiades-" + text_of(place, "id");
        draft.record.source = "Pleiades (CC BY 3.0)";
        const Json& types = member(place, "placeTypes");
        if (types.is_array()) {
            for (const Json& type : types) {
                if (type.is_string() && draft.kind.kind.empty()) draft.kind = place_kind_of_word(type.get<std::string>());
            }
        }
        draft.name_it(text_of(place, "title").substr(0, text_of(place, "title").find('/')));
        const Json& names = member(place, "names");
        if (names.is_array()) {
            for (const Json& name : names) {
                const std::int16_t from = year_of(text_of(name, "start")), to = year_of(text_of(name, "end"));
                draft.add_name(text_of(name, "romanized"), text_of(name, "language"), from, to);
                draft.add_name(text_of(name, "attested"), text_of(name, "language"), from, to);
            }
        }
        Extent extent;
        extent.add(member(place, "reprPoint"), 0);
        extent.give(draft);
        finish(draft);
    }

    // A row of the query service's JSON ({"item": {"value": …}}) or of its download ({"item": "…"}).
    void wikidata(const Json& row) {
        const auto value = [&](const char* key) {
            const Json& cell = member(row, key);
            return cell.is_object() ? text_of(cell, "value") : text_of(row, key);
        };
        RecordDraft draft = begin();
        draft.record.id = value("item");
        draft.record.source = "Wikidata (CC0)";
        draft.record.country = country_code(value("countryCode"));
        for (const char* key : {"typeLabel", "instanceLabel", "kind"}) {
            if (draft.kind.kind.empty()) draft.kind = place_kind_of_word(value(key));
        }
        if (draft.kind.kind.empty()) draft.kind = place_kind_of_word("locality");
        draft.name_it(value("itemLabel"));
        const std::string other = value("altLabel").empty() ? value("itemAltLabel") : value("altLabel");
        for (std::size_t at = 0; at < other.size();) {
            const std::size_t end_of = std::min(other.find(", ", at), other.size());
            draft.add_name(other.substr(at, end_of - at));
            at = end_of + 2;
        }
        for (const char* key : {"coord", "coordinates", "location"}) {
            if (const auto point = point_of(value(key)); point && !draft.lon) draft.lon = point->lon, draft.lat = point->lat;
        }
        if (const std::string people = value("population"); !people.empty()) draft.population = static_cast<std::uint64_t>(std::max(0.0, std::strtod(people.c_str(), nullptr)));
        finish(draft);
    }

    void set_number(std::uint64_t number) { number_ = number; }
    [[nodiscard]] std::string where() const { return path_ + ", place " + std::to_string(number_); }

private:
    RecordDraft begin() {
        ++number_;
        return {options_, report_, where()};
    }
    void finish(RecordDraft& draft) {
        extra_.give(draft);
        draft.finish(use_);
    }
    void end(RecordDraft& draft, const Json& geometry) {
        Extent extent;
        extent.add_geometry(geometry);
        extent.give(draft);
        if (draft.record.id.empty() && draft.lon && draft.lat) {
            char place[48];
            std::snprintf(place, sizeof place, "%.5f|%.5f", *draft.lat, *draft.lon);
            draft.record.id = made_up_id(draft.record.name, place);
        }
        finish(draft);
    }
    static std::string first(const Json& object, std::initializer_list<const char*> keys) {
        for (const char* key : keys) {
            if (std::string text = text_of(object, key); !text.empty()) return text;
        }
        return {};
    }

    // Linked Places, https://github.com/LinkedPasts/linked-places-format
    void linked_place(const Json& feature, const Json& properties) {
        RecordDraft draft = begin();
        draft.record.id = text_of(feature, "@id");
        draft.record.source = text_of(properties, "source");
        if (draft.record.source.empty()) draft.record.source = path_.substr(path_.rfind('/') + 1) + " (Linked Places)";
        const Json& countries = member(properties, "ccodes");
        if (countries.is_array() && !countries.empty() && countries.front().is_string()) draft.record.country = country_code(countries.front().get<std::string>());
        // In a gazetteer that a run gathered `when` is the time of the documents, not of the place.
        const bool gathered = draft.record.id.starts_with("demarc:");
        if (!gathered) std::tie(draft.record.from, draft.record.to) = years_of(member(feature, "when"));
        draft.record.imported = !gathered;
        const Json& types = member(feature, "types");
        if (types.is_array()) {
            for (const Json& type : types) {
                for (const char* key : {"label", "sourceLabel"}) {
                    if (draft.kind.kind.empty()) draft.kind = place_kind_of_word(text_of(type, key));
                }
            }
        }
        const Json& classes = member(properties, "fclasses");
        if (draft.kind.kind.empty() && classes.is_array() && !classes.empty() && classes.front().is_string()) draft.kind = kind_of_class(classes.front().get<std::string>());
        draft.name_it(text_of(properties, "title"));
        const Json& names = member(feature, "names");
        if (names.is_array()) {
            for (const Json& name : names) {
                const auto [from, to] = years_of(member(name, "when"));
                draft.add_name(text_of(name, "toponym"), text_of(name, "lang"), from, to);
            }
        }
        end(draft, member(feature, "geometry"));
    }

    static PlaceKind kind_of_class(const std::string& letter) {
        switch (letter.empty() ? ' ' : letter[0]) {
            case 'A': case 'L': return place_kind_of_word("region");
            case 'P': return place_kind_of_word("settlement");
            case 'H': return place_kind_of_word("lake");
            case 'T': return place_kind_of_word("mountain");
            case 'S': return place_kind_of_word("fort");
            default: return {};
        }
    }

    // Who's On First, https://whosonfirst.org/docs/names: "name:kor_x_preferred": ["…"].
    void whos_on_first(const Json& feature, const Json& properties) {
        RecordDraft draft = begin();
        draft.record.id = "wof-" + text_of(properties, "wof:id");
        draft.record.source = "Who's On First (CC0, parts CC BY 4.0)";
        draft.record.country = country_code(text_of(properties, "wof:country"));
        draft.kind = place_kind_of_word(text_of(properties, "wof:placetype"));
        if (const std::string people = first(properties, {"wof:population", "gn:population", "qs:pop"}); !people.empty()) draft.population = static_cast<std::uint64_t>(std::max(0.0, std::strtod(people.c_str(), nullptr)));
        draft.name_it(text_of(properties, "wof:name"));
        for (const auto& [key, values] : properties.items()) {
            if (!key.starts_with("name:") || key.size() < 8 || !values.is_array()) continue;
            for (const Json& value : values) {
                if (value.is_string()) draft.add_name(value.get<std::string>(), key.substr(5, 3));
            }
        }
        const std::string x = first(properties, {"lbl:longitude", "geom:longitude"}), y = first(properties, {"lbl:latitude", "geom:latitude"});
        end(draft, x.empty() || y.empty() ? member(feature, "geometry") : Json{{"coordinates", {std::strtod(x.c_str(), nullptr), std::strtod(y.c_str(), nullptr)}}});
    }

    std::string path_, prefix_ = record_id(path_.substr(path_.rfind('/') + 1, path_.rfind('.') - path_.rfind('/') - 1)) + "-";
    const ImportOptions& options_;
    const ExtraNames& extra_;
    ImportReport& report_;
    const UseRecord& use_;
    std::uint64_t number_ = 0;
};

bool one_place(const Json& value, PlacesJson form) {
    if (form == PlacesJson::features) return value.is_object() && text_of(value, "type") == "Feature";
    if (form == PlacesJson::pleiades) return value.is_object() && value.contains("placeTypes");
    return value.is_object() && value.contains("item");
}

}  // namespace

PlacesJson places_json_of(std::string_view beginning) {
    const std::size_t at = beginning.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (at == std::string_view::npos || (beginning[at] != '{' && beginning[at] != '[')) return PlacesJson::none;
    const auto has = [&](std::string_view text) { return beginning.find(text) != std::string_view::npos; };
    if (has("\"@graph\"") || has("\"placeTypes\"")) return PlacesJson::pleiades;
    if (has("\"bindings\"") || has("\"itemLabel\"") || (has("\"head\"") && has("\"vars\""))) return PlacesJson::wikidata;
    if (has("\"FeatureCollection\"") || has("\"Feature\"") || has("\"properties\"")) return PlacesJson::features;
    return PlacesJson::none;
}

void read_places_json(std::istream& in, const std::string& path, PlacesJson form, const ImportOptions& options, const ExtraNames& extra, ImportReport& report, const UseRecord& use, bool lines) {
    Reader reader(path, options, extra, report, use);
    bool too_deep = false;
    // A place is read when its object ends, and then left out of the tree.
    const auto callback = [&](int depth, Json::parse_event_t event, Json& value) {
        if (depth > max_depth) too_deep = true;
        if (too_deep) return false;
        if (event != Json::parse_event_t::object_end || depth > 4 || !one_place(value, form)) return true;
        if (form == PlacesJson::features) reader.feature(value);
        else if (form == PlacesJson::pleiades) reader.pleiades(value);
        else reader.wikidata(value);
        return depth == 0;
    };
    const auto parse = [&](auto&& source) {
        try {
            Json::parser_callback_t each = callback;
            const Json rest = Json::parse(source, each, true);
            if (rest.is_discarded() && too_deep) return false;
        } catch (const Json::exception& error) {
            report.leave("isn't read on: no whole JSON", reader.where() + ": " + error.what());
            return false;
        }
        if (too_deep) report.leave("isn't read on: nested too deep", reader.where());
        return !too_deep;
    };
    if (!lines) {
        parse(in);
        return;
    }
    std::string line;
    while (std::getline(in, line)) {
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
        if (!line.empty() && line.front() == 0x1e) line.erase(0, 1);  // the record separator of RFC 8142
        if (!line.empty()) parse(line);
        too_deep = false;
    }
}

}  // namespace demarc
