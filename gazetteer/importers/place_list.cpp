#include "gazetteer/importers/place_list.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/sphere_distance.hpp"

namespace demarc {
namespace {

using Json = nlohmann::json;

constexpr double moved_m = 1;

std::string year(std::int16_t value) { return value == 0 ? std::string() : std::to_string(value); }

std::vector<ListedPlace> places_of(const Gazetteer& gazetteer) {
    std::vector<ListedPlace> out;
    for (std::uint32_t i = 0; i < gazetteer.size(); ++i) {
        const Record record = gazetteer.record(i);
        if (record.record_class != RecordClass::place) continue;
        ListedPlace place;
        place.id = record.id, place.title = record.name, place.kind = record.kind, place.country = record.country, place.admin = record.admin, place.source = record.source;
        place.start = year(record.from), place.end = year(record.to), place.precision_m = record.precision_m;
        if (record.has_position) place.position = record.position;
        if (record.id.starts_with("geonames-")) place.link = "gn:" + std::string(record.id.substr(9));
        if (record.id.starts_with("wikidata-q")) place.link = "wd:Q" + std::string(record.id.substr(10));
        for (const RecordName& name : gazetteer.names(i)) {
            if (name.kind != NameKind::generated) place.names.push_back({std::string(name.text), std::string(name.lang), year(name.from), year(name.to), {}});
        }
        out.push_back(std::move(place));
    }
    return out;
}

std::string text_of(const Json& object, const char* key) {
    const auto it = object.is_object() ? object.find(key) : object.end();
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::string moment(const Json& when, const char* key) {
    if (!when.is_object() || !when.contains("timespans") || !when["timespans"].is_array() || when["timespans"].empty()) return {};
    const Json& span = when["timespans"].front();
    const auto it = span.is_object() ? span.find(key) : span.end();
    if (it == span.end()) return {};
    for (const char* part : {"in", "earliest", "latest"}) {
        if (std::string text = text_of(*it, part); !text.empty()) return text;
    }
    return it->is_string() ? it->get<std::string>() : std::string();
}

std::vector<std::string> texts_of(const Json& object, const char* key) {
    std::vector<std::string> out;
    const auto it = object.is_object() ? object.find(key) : object.end();
    if (it == object.end() || !it->is_array()) return out;
    for (const Json& item : *it) {
        if (item.is_string()) out.push_back(item.get<std::string>());
    }
    return out;
}

Result<std::vector<ListedPlace>> linked_places(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return Error{ErrorCode::no_input, "no such file, or it can't be read", path};
    const Json root = Json::parse(in, nullptr, false);
    if (root.is_discarded() || !root.is_object() || !root.contains("features") || !root["features"].is_array()) {
        return Error{ErrorCode::bad_data, "neither a compiled gazetteer (.gaz) nor a FeatureCollection of Linked Places", path};
    }
    std::vector<ListedPlace> out;
    for (const Json& feature : root["features"]) {
        if (!feature.is_object()) continue;
        const Json properties = feature.value("properties", Json::object());
        ListedPlace place;
        place.id = text_of(feature, "@id");
        place.title = text_of(properties, "title");
        const auto countries = texts_of(properties, "ccodes");
        if (!countries.empty()) place.country = countries.front();
        const Json when = feature.value("when", Json::object());
        place.start = moment(when, "start"), place.end = moment(when, "end");
        const Json types = feature.value("types", Json::array());
        if (types.is_array() && !types.empty()) place.kind = text_of(types.front(), "label");
        const Json names = feature.value("names", Json::array());
        for (const Json& name : names) {
            if (!name.is_object()) continue;
            ListedPlace::Name own{text_of(name, "toponym"), text_of(name, "lang"), moment(name.value("when", Json::object()), "start"), moment(name.value("when", Json::object()), "end"), {}};
            for (const Json& citation : name.value("citations", Json::array())) own.sources.push_back(text_of(citation, "label"));
            if (place.source.empty() && !own.sources.empty()) place.source = own.sources.front();
            if (!own.text.empty()) place.names.push_back(std::move(own));
        }
        const Json geometry = feature.value("geometry", Json::object());
        if (geometry.is_object() && text_of(geometry, "type") == "Point" && geometry.contains("coordinates") && geometry["coordinates"].is_array() && geometry["coordinates"].size() >= 2 &&
            geometry["coordinates"][0].is_number() && geometry["coordinates"][1].is_number()) {
            place.position = LonLat{geometry["coordinates"][0].get<double>(), geometry["coordinates"][1].get<double>()};
        }
        const Json descriptions = feature.value("descriptions", Json::array());
        if (descriptions.is_array() && !descriptions.empty()) place.description = text_of(descriptions.front(), "value");
        const Json links = feature.value("links", Json::array());
        if (links.is_array() && !links.empty()) place.link = text_of(links.front(), "identifier");
        if (!place.id.empty()) out.push_back(std::move(place));
    }
    std::sort(out.begin(), out.end(), [](const ListedPlace& a, const ListedPlace& b) { return a.id < b.id; });
    return out;
}

std::string position_text(const std::optional<LonLat>& position) {
    if (!position) return "nowhere";
    char text[48];
    std::snprintf(text, sizeof text, "%.5f %.5f", position->lat, position->lon);
    return text;
}

}  // namespace

Result<std::vector<ListedPlace>> read_place_list(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string beginning(8, '\0');
    if (!in || !in.read(beginning.data(), static_cast<std::streamsize>(beginning.size())) || beginning != "DEMARCGZ") return linked_places(path);
    const auto gazetteer = Gazetteer::open(path);
    if (!gazetteer) return gazetteer.error();
    return places_of(*gazetteer);
}

std::vector<PlaceChange> compare_place_lists(const std::vector<ListedPlace>& before, const std::vector<ListedPlace>& after) {
    std::vector<PlaceChange> out;
    const auto names = [](const ListedPlace& place) {
        std::set<std::string> texts;
        for (const ListedPlace::Name& name : place.names) texts.insert(name.text);
        return texts;
    };
    const auto joined = [](const std::vector<std::string>& texts) {
        std::string text;
        for (const std::string& part : texts) text += (text.empty() ? "" : "|") + part;
        return text;
    };
    auto a = before.begin(), b = after.begin();
    while (a != before.end() || b != after.end()) {
        if (b == after.end() || (a != before.end() && a->id < b->id)) {
            out.push_back({PlaceChange::Kind::removed, a->id, a->title, "", 0});
            ++a;
            continue;
        }
        if (a == before.end() || b->id < a->id) {
            out.push_back({PlaceChange::Kind::added, b->id, "", b->title, 0});
            ++b;
            continue;
        }
        if (a->title != b->title) out.push_back({PlaceChange::Kind::renamed, a->id, a->title, b->title, 0});
        if (a->kind != b->kind) out.push_back({PlaceChange::Kind::kind_changed, a->id, a->kind, b->kind, 0});
        const double apart = a->position && b->position ? sphere_distance_m(*a->position, *b->position) : a->position.has_value() != b->position.has_value() ? INFINITY : 0;
        if (apart > moved_m) out.push_back({PlaceChange::Kind::moved, a->id, position_text(a->position), position_text(b->position), apart});
        const std::set<std::string> had = names(*a), has = names(*b);
        std::vector<std::string> lost, won;
        std::set_difference(had.begin(), had.end(), has.begin(), has.end(), std::back_inserter(lost));
        std::set_difference(has.begin(), has.end(), had.begin(), had.end(), std::back_inserter(won));
        if (!lost.empty()) out.push_back({PlaceChange::Kind::names_removed, a->id, joined(lost), "", 0});
        if (!won.empty()) out.push_back({PlaceChange::Kind::names_added, a->id, "", joined(won), 0});
        ++a, ++b;
    }
    return out;
}

}  // namespace demarc
