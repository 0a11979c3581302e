#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/place_class.hpp"
#include "gazetteer/importers/place_list.hpp"

namespace demarc {
namespace {

using Json = nlohmann::ordered_json;

// A field of a table by tabs, which has no quotes: no tab and no line end in it. In a list by semicolons, no semicolon either.
std::string plain(std::string_view text, bool in_list = false) {
    std::string out;
    for (const char c : text) out += c == '\t' || c == '\n' || c == '\r' ? ' ' : in_list && c == ';' ? ',' : c;
    return out;
}

// RFC 4180; a field that a spreadsheet would take for a formula gets a blank before it.
std::string csv(std::string_view text) {
    std::string own = !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos && (text[0] != '-' || text.size() < 2 || text[1] < '0' || text[1] > '9')
                          ? " " + std::string(text)
                          : std::string(text);
    if (own.find_first_of(",\"\n\r") == std::string::npos) return own;
    std::string out = "\"";
    for (const char c : own) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string decimal(double value, int places) {
    char text[40];
    std::snprintf(text, sizeof text, "%.*f", places, value);
    std::string out = text;
    if (out.find('.') != std::string::npos) {
        while (out.back() == '0') out.pop_back();
        if (out.back() == '.') out.pop_back();
    }
    return out == "-0" ? "0" : out;
}

std::string language(std::string_view lang) { return std::string(lang.substr(0, lang.find('-'))); }

// "Kaesong@en;개성@ko-Hang", without the title itself.
std::string variants(const ListedPlace& place) {
    std::string out;
    for (const ListedPlace::Name& name : place.names) {
        if (name.text == place.title) continue;
        out += (out.empty() ? "" : ";") + plain(name.text, true) + (name.lang.empty() ? "" : "@" + name.lang);
    }
    return out;
}

Json timespan(const std::string& start, const std::string& end) {
    Json span = Json::object();
    if (!start.empty()) span["start"] = {{"in", start}};
    if (!end.empty()) span["end"] = {{"in", end}};
    return {{"timespans", Json::array({span})}};
}

Json point(const ListedPlace& place) {
    if (!place.position) return nullptr;
    const auto rounded = [](double degrees) { return Json::parse(decimal(degrees, 7)); };
    return {{"type", "Point"}, {"coordinates", Json::array({rounded(place.position->lon), rounded(place.position->lat)})}};
}

std::string lpf(const std::vector<ListedPlace>& places) {
    std::string out = R"({"type":"FeatureCollection","@context":"https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld","features":[)";
    bool first = true;
    for (const ListedPlace& place : places) {
        Json feature;
        feature["@id"] = place.id.find(':') == std::string::npos ? "demarc:place:" + place.id : place.id;
        feature["type"] = "Feature";
        feature["properties"] = {{"title", place.title}, {"ccodes", Json::array()}, {"fclasses", Json::array({std::string(feature_class_of_kind(place.kind))})}};
        if (place.country.size() == 2) feature["properties"]["ccodes"].push_back(place.country);
        if (!place.start.empty() || !place.end.empty()) feature["when"] = timespan(place.start, place.end);
        feature["names"] = Json::array();
        for (const ListedPlace::Name& name : place.names) {
            Json own = {{"toponym", name.text}};
            if (!language(name.lang).empty()) own["lang"] = language(name.lang);
            if (!name.start.empty() || !name.end.empty()) own["when"] = timespan(name.start, name.end);
            for (const std::string& source : name.sources) own["citations"].push_back({{"label", source}});
            if (name.sources.empty() && !place.source.empty()) own["citations"].push_back({{"label", place.source}});
            feature["names"].push_back(std::move(own));
        }
        if (feature["names"].empty()) feature["names"].push_back({{"toponym", place.title}});
        if (!place.kind.empty()) {
            const std::string_view aat = aat_of_kind(place.kind);
            feature["types"] = Json::array({{{"identifier", aat.empty() ? "demarc:kind/" + place.kind : std::string(aat)}, {"label", place.kind}}});
        }
        Json geometry = point(place);
        feature["geometry"] = geometry.is_null() ? Json{{"type", "GeometryCollection"}, {"geometries", Json::array()}} : geometry;
        if (!place.link.empty()) feature["links"] = Json::array({{{"type", "closeMatch"}, {"identifier", place.link}}});
        if (!place.description.empty()) feature["descriptions"] = Json::array({{{"value", place.description}}});
        out += (first ? "\n" : ",\n") + feature.dump(-1, ' ', false, Json::error_handler_t::replace);
        first = false;
    }
    return out + "\n]}\n";
}

std::string lp_tsv(const std::vector<ListedPlace>& places, const std::string& year) {
    std::string out = "id\ttitle\ttitle_source\tfclasses\taat_types\tattestation_year\tstart\tend\tccodes\tmatches\tvariants\ttypes\tlon\tlat\tgeo_source\tapproximation\tdescription\n";
    for (const ListedPlace& place : places) {
        const std::string_view aat = aat_of_kind(place.kind);
        const std::string fields[] = {plain(place.id),
                                      plain(place.title),
                                      plain(place.source.empty() ? "demarc" : place.source),
                                      std::string(feature_class_of_kind(place.kind)),
                                      std::string(aat.empty() ? aat : aat.substr(4)),
                                      place.start.empty() ? year : std::string(),
                                      place.start,
                                      place.start.empty() ? std::string() : place.end,
                                      place.country.size() == 2 ? place.country : std::string(),
                                      plain(place.link),
                                      variants(place),
                                      plain(place.kind),
                                      place.position ? decimal(place.position->lon, 7) : std::string(),
                                      place.position ? decimal(place.position->lat, 7) : std::string(),
                                      place.position ? plain(place.source.empty() ? "demarc" : place.source) : std::string(),
                                      place.position && place.precision_m >= 0 ? decimal(place.precision_m / 1000, 3) : std::string(),
                                      plain(place.description)};
        bool first = true;
        for (const std::string& field : fields) {
            if (!first) out += '\t';
            out += field;
            first = false;
        }
        out += '\n';
    }
    return out;
}

std::string csv_table(const std::vector<ListedPlace>& places) {
    std::string out = "id,name,kind,country,admin,lat,lon,precision_m,from,to,variants,source\r\n";
    for (const ListedPlace& place : places) {
        std::string names;
        for (const ListedPlace::Name& name : place.names) {
            if (name.text != place.title) names += (names.empty() ? "" : ";") + plain(name.text, true);
        }
        out += csv(place.id) + "," + csv(place.title) + "," + csv(place.kind) + "," + csv(place.country) + "," + csv(place.admin) + "," + (place.position ? decimal(place.position->lat, 7) : "") + "," +
               (place.position ? decimal(place.position->lon, 7) : "") + "," + (place.precision_m >= 0 ? decimal(place.precision_m, 1) : "") + "," + csv(place.start) + "," + csv(place.end) + "," + csv(names) + "," +
               csv(place.source) + "\r\n";
    }
    return out;
}

std::string geojson(const std::vector<ListedPlace>& places) {
    std::string out = R"({"type":"FeatureCollection","features":[)";
    bool first = true;
    for (const ListedPlace& place : places) {
        std::string names;
        for (const ListedPlace::Name& name : place.names) names += (names.empty() ? "" : "; ") + name.text;
        Json feature = {{"type", "Feature"}, {"id", place.id}};
        feature["properties"] = {{"id", place.id}, {"name", place.title}, {"kind", place.kind}, {"country", place.country}, {"admin", place.admin}, {"names", names}, {"from", place.start}, {"to", place.end}, {"source", place.source}};
        feature["geometry"] = point(place);
        out += (first ? "\n" : ",\n") + feature.dump(-1, ' ', false, Json::error_handler_t::replace);
        first = false;
    }
    return out + "\n]}\n";
}

}  // namespace

std::string write_place_list(const std::vector<ListedPlace>& places, std::string_view format, const std::string& year) {
    if (format == "lpf") return lpf(places);
    if (format == "lp-tsv") return lp_tsv(places, year);
    return format == "csv" ? csv_table(places) : geojson(places);
}

}  // namespace demarc
