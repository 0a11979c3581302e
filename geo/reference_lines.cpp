#include "geo/reference_lines.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <simdjson.h>
#include <tuple>

#include "base/civil_date.hpp"
#include "base/edtf.hpp"
#include "geo/slug.hpp"

namespace demarc {
namespace {

namespace json = simdjson::dom;
constexpr std::size_t most_features = 100'000, most_positions = 5'000'000;
constexpr int most_levels = 1'000;  // of lists in lists; simdjson takes 1,024
constexpr std::int64_t open_past = -10'000'000, open_future = 10'000'000;  // days

struct Days {
    std::int64_t first = open_past, last = open_future;
    [[nodiscard]] std::int64_t length() const { return last - first; }
    [[nodiscard]] bool holds(const Days& other) const { return first <= other.first && other.last <= last; }
    /// Days between two spans that don't meet; 0 where they do.
    [[nodiscard]] std::int64_t gap(const Days& other) const { return std::max<std::int64_t>({0, first - other.last, other.first - last}); }
};

std::int64_t days_of(const std::string& day, std::int64_t open) {
    const auto date = day.empty() ? std::nullopt : parse_civil_date(day);
    return date && date->day != 0 ? to_days(*date) : open;
}

Days days_of(const ReferenceLine& line) { return {days_of(line.earliest, open_past), days_of(line.latest, open_future)}; }

std::optional<Days> days_of_edtf(std::string_view edtf) {
    const auto bounds = edtf.empty() ? std::nullopt : edtf_bounds(edtf);
    if (!bounds || ((*bounds)[0].empty() && (*bounds)[1].empty())) return std::nullopt;
    return Days{days_of((*bounds)[0], open_past), days_of((*bounds)[1], open_future)};
}

bool same_word(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

Error bad(const std::string& where, const std::string& feature, const std::string& message) {
    return {ErrorCode::bad_data, "feature " + feature + ": " + message, where};
}

/// Read by simdjson, in a fraction of the time: the built-in lines are read in every run. What that refuses and JSON allows (whole numbers of more than 64 bits), and escapes, of which it takes
/// halves of pairs, are written anew by nlohmann first, without what lies deeper than any line. False where it is no JSON; `whole` lives as long as the parser.
bool read_json(std::string_view geojson, json::parser& parser, json::element& whole) {
    if (geojson.find("\\u") == std::string_view::npos && parser.parse(geojson.data(), geojson.size()).get(whole) == simdjson::SUCCESS) return true;
    const auto tree = nlohmann::json::parse(geojson, [](int depth, nlohmann::json::parse_event_t, const nlohmann::json&) { return depth <= most_levels; }, false);
    return !tree.is_discarded() && parser.parse(tree.dump()).get(whole) == simdjson::SUCCESS;
}

/// The field of a name, of several the last; nullopt where there is none.
std::optional<json::element> field_of(const json::object& object, std::string_view key) {
    std::optional<json::element> found;
    for (const auto field : object) {
        if (field.key == key) found = field.value;
    }
    return found;
}

/// Of a type, such as json::object; nullopt of any other.
template <class Type>
std::optional<Type> as(const std::optional<json::element>& element) {
    Type value;
    if (!element || element->get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}

std::string text_of(const json::object& properties, std::string_view key) { return std::string(as<std::string_view>(field_of(properties, key)).value_or("")); }

std::vector<std::string> texts_of(const json::object& properties, std::string_view key) {
    std::vector<std::string> texts;
    const auto list = as<json::array>(field_of(properties, key));
    if (!list) return texts;
    for (const json::element item : *list) {
        if (const auto text = as<std::string_view>(item)) texts.emplace_back(*text);
    }
    return texts;
}

bool is_river(const ReferenceLine& line) { return line.kind == "river" || line.kind == "canal"; }

/// "Imjin River" -> "imjin".
std::string river_name_key(std::string_view name) {
    std::string key = line_name_key(name);
    for (const std::string_view word : {"river", "creek", "canal"}) {
        if (key.size() > word.size() && key.ends_with(word)) key.resize(key.size() - word.size());
        if (key.size() > word.size() && key.starts_with(word)) key.erase(0, word.size());
    }
    return key;
}

Result<LineString> positions_of(const json::element& coordinates, const std::string& id, const std::string& where) {
    LineString line;
    const auto positions = as<json::array>(coordinates);
    if (!positions) return bad(where, id, "coordinates must be a list of positions");
    line.reserve(positions->size());
    for (const json::element item : *positions) {
        const auto numbers = as<json::array>(item);
        auto number = numbers ? numbers->begin() : json::array::iterator();
        LonLat p;
        if (!numbers || numbers->size() < 2 || (*number).get(p.lon) != simdjson::SUCCESS || (*++number).get(p.lat) != simdjson::SUCCESS) {
            return bad(where, id, "a position must be [lon, lat]");
        }
        if (!(std::abs(p.lon) <= 180 && std::abs(p.lat) <= 90)) {
            return bad(where, id, "position " + simdjson::minify(item) + " is not in [-180, 180] x [-90, 90]; longitude comes first");
        }
        line.push_back(p);
    }
    if (line.size() < 2) return bad(where, id, "a line has two positions or more");
    return line;
}

/// A river may have several parts; any other line is one.
Result<MultiLineString> parts_of(const json::object& feature, bool river, const std::string& id, const std::string& where) {
    const auto geometry = as<json::object>(field_of(feature, "geometry"));
    const auto coordinates = geometry ? field_of(*geometry, "coordinates") : std::nullopt;
    const std::string type = coordinates ? text_of(*geometry, "type") : "";
    const bool several = type == "MultiLineString" && river;
    if (type != "LineString" && !several) return bad(where, id, river ? "geometry must be a LineString or a MultiLineString" : "geometry must be a LineString");
    std::vector<json::element> drawn{*coordinates};
    if (several) {
        const auto list = as<json::array>(coordinates);
        if (!list) return bad(where, id, "coordinates must be a list of lines");
        drawn.assign(list->begin(), list->end());
    }
    MultiLineString parts;
    for (const json::element& one : drawn) {
        auto part = positions_of(one, id, where);
        if (!part) return part.error();
        parts.push_back(std::move(*part));
    }
    if (parts.empty()) return bad(where, id, "has no line");
    return parts;
}

/// Rivers from elsewhere (Natural Earth: featurecla, name, name_alt; OpenStreetMap: waterway, name, name:en) say less than our own lines.
void take_for_river(const json::object& properties, const std::string& ordinal, ReferenceLine& line) {
    if (line.kind.empty() && (text_of(properties, "featurecla").starts_with("River") || text_of(properties, "waterway") == "river")) line.kind = "river";
    if (line.kind.empty() && (text_of(properties, "featurecla").starts_with("Canal") || text_of(properties, "waterway") == "canal")) line.kind = "canal";
    if (!is_river(line)) return;
    for (const char* key : {"name_en", "name:en", "name_alt", "alt_name", "old_name"}) {
        if (std::string name = text_of(properties, key); !name.empty()) line.names.push_back(std::move(name));
    }
    if (line.id.empty()) line.id = line.kind + "-" + slug_of(line.name) + "-" + ordinal;
    if (line.theatre.empty()) line.theatre = "world";
    if (line.when.empty()) line.when = "../..";
}

Result<std::vector<ReferenceLine>> feature_of(const json::element& element, std::size_t number, const std::string& where) {
    const std::string ordinal = std::to_string(number + 1);
    const auto feature = as<json::object>(element);
    const auto held = feature ? as<json::object>(field_of(*feature, "properties")) : std::nullopt;
    if (!held) return bad(where, ordinal, "must be a Feature with properties");
    const json::object& properties = *held;
    ReferenceLine line;
    line.id = text_of(properties, "id");
    const std::string id = line.id.empty() ? ordinal : "\"" + line.id + "\"";
    line.name = text_of(properties, "name"), line.names = texts_of(properties, "names");
    line.kind = text_of(properties, "kind"), line.theatre = text_of(properties, "theatre");
    line.when = text_of(properties, "when"), line.state = text_of(properties, "state");
    line.side_left = text_of(properties, "side_left"), line.side_right = text_of(properties, "side_right");
    line.anchors = texts_of(properties, "anchors"), line.records = texts_of(properties, "records"), line.source = text_of(properties, "source");
    if (const auto doubt = as<double>(field_of(properties, "uncertainty_m"))) line.uncertainty_m = *doubt;
    take_for_river(properties, ordinal, line);
    if (line.id.empty() || line.kind.empty() || line.theatre.empty()) return bad(where, id, "id, kind and theatre must be given");
    const auto key_of = is_river(line) ? river_name_key : line_name_key;
    line.name_keys.push_back(key_of(line.name));
    for (const std::string& name : line.names) line.name_keys.push_back(key_of(name));
    const auto bounds = edtf_bounds(line.when);
    if (!bounds) return bad(where, id, "when \"" + line.when + "\" is no EDTF date or interval such as 1951-10/1951-11-26");
    line.earliest = (*bounds)[0], line.latest = (*bounds)[1];
    auto parts = parts_of(*feature, is_river(line), id, where);
    if (!parts) return parts.error();
    std::vector<ReferenceLine> lines;
    for (std::size_t i = 0; i < parts->size(); ++i) {
        lines.push_back(line);
        if (parts->size() > 1) lines.back().id += "-part-" + std::to_string(i + 1);
        lines.back().geometry = std::move((*parts)[i]);
    }
    return lines;
}

bool has_name(const ReferenceLine& line, const std::string& key) {
    return std::find(line.name_keys.begin(), line.name_keys.end(), key) != line.name_keys.end();
}

/// Place of a line's kind in the order asked for; kinds.size() where only a name of it is such a kind, more where neither is.
std::size_t kind_order(const ReferenceLine& line, std::span<const std::string_view> kinds) {
    const auto place = static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), line.kind) - kinds.begin());
    if (place < kinds.size()) return place;
    const bool named_so = std::any_of(kinds.begin(), kinds.end(), [&](std::string_view kind) {
        std::string name(kind);
        std::replace(name.begin(), name.end(), '_', ' ');
        return has_name(line, line_name_key(name));
    });
    return named_so ? kinds.size() : kinds.size() + 1;
}

/// Order among lines that meet a date: least missing days, kind, shortest interval.
using Rank = std::tuple<std::int64_t, std::size_t, std::int64_t>;

/// A date known to the month or year may run over the edges of a line's interval: the one that holds most of it goes first.
Rank rank_of(const Days& line, const Days& wanted, std::size_t kind) {
    const std::int64_t missing = std::max<std::int64_t>(0, line.first - wanted.first) + std::max<std::int64_t>(0, wanted.last - line.last);
    return {missing, kind, line.length()};
}

std::string dated(const ReferenceLine& line) { return "\"" + line.name + "\" of " + line.when; }

}  // namespace

Result<ReferenceLines> ReferenceLines::parse(std::string_view geojson, const std::string& where) {
    json::parser parser;
    json::element whole;
    if (!read_json(geojson, parser, whole)) return Error{ErrorCode::bad_data, "is not JSON", where};
    const auto collection = as<json::object>(whole);
    const auto features = collection ? as<json::array>(field_of(*collection, "features")) : std::nullopt;
    if (!features) return Error{ErrorCode::bad_data, "must be a GeoJSON FeatureCollection", where};
    if (features->size() > most_features) return Error{ErrorCode::bad_data, "has more than 100,000 features", where};
    ReferenceLines out;
    std::size_t positions = 0, number = 0;
    for (const json::element feature : *features) {
        auto lines = feature_of(feature, number++, where);
        if (!lines) return lines.error();
        for (ReferenceLine& line : *lines) {
            positions += line.geometry.size();
            if (positions > most_positions) return Error{ErrorCode::bad_data, "has more than 5,000,000 positions", where};
            out.lines_.push_back(std::move(line));
        }
    }
    std::sort(out.lines_.begin(), out.lines_.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    const auto twice = std::adjacent_find(out.lines_.begin(), out.lines_.end(), [](const auto& a, const auto& b) { return a.id == b.id; });
    if (twice != out.lines_.end()) return bad(where, "\"" + twice->id + "\"", "the id is there twice");
    out.find_boxes();
    return out;
}

void ReferenceLines::merge(ReferenceLines other) {
    std::map<std::string, ReferenceLine> all;
    for (ReferenceLine& line : lines_) all[line.id] = std::move(line);
    for (ReferenceLine& line : other.lines_) all[line.id] = std::move(line);
    lines_.clear();
    for (auto& [id, line] : all) lines_.push_back(std::move(line));
    find_boxes();
}

void ReferenceLines::find_boxes() {
    constexpr double margin_m = 100'000;
    boxes_.clear();
    for (const ReferenceLine& line : lines_) {
        if (is_river(line) || line.theatre == "world" || boxes_.contains(line.theatre)) continue;
        const BoundingBox bounds = *box_of_lines(line.theatre);
        boxes_[line.theatre] = {bounds, bounds.widened(margin_m)};
    }
}

const ReferenceLine* ReferenceLines::find_id(std::string_view id) const {
    const auto found = std::lower_bound(lines_.begin(), lines_.end(), id, [](const ReferenceLine& line, std::string_view key) { return line.id < key; });
    return found != lines_.end() && found->id == id ? &*found : nullptr;
}

std::optional<LineMatch> ReferenceLines::at_date(std::span<const std::string_view> kinds, std::string_view date, std::string_view theatre,
                                                 bool exact) const {
    const auto wanted = days_of_edtf(date);
    if (!wanted || theatre.empty()) return std::nullopt;
    const ReferenceLine *holding = nullptr, *nearest = nullptr;
    Rank best;
    std::int64_t nearest_gap = near_days + 1;
    for (const ReferenceLine& line : lines_) {
        if (!same_word(line.theatre, theatre) || line.state == "proposed" || line.state == "hypothetical") continue;
        const std::size_t kind = kind_order(line, kinds);
        if (kind > kinds.size()) continue;
        const Days days = days_of(line);
        const std::int64_t gap = days.gap(*wanted);
        if (gap == 0) {
            const Rank rank = rank_of(days, *wanted, kind);
            if (holding == nullptr || rank < best) holding = &line, best = rank;
        } else if (gap < nearest_gap) {
            nearest = &line, nearest_gap = gap;
        }
    }
    const std::string of_date(date);
    if (holding != nullptr) {
        const bool whole = days_of(*holding).holds(*wanted);
        return LineMatch{holding, !whole, {"reference line " + dated(*holding) + (whole ? " holds " : " meets ") + of_date}};
    }
    if (nearest == nullptr || exact) return std::nullopt;
    return LineMatch{nearest, true,
                     {"no reference line of " + std::string(theatre) + " holds " + of_date,
                      "taken: " + dated(*nearest) + ", " + std::to_string(nearest_gap) + " days away"}};
}

std::optional<LineMatch> ReferenceLines::named(std::string_view name, std::string_view kind, std::string_view date, std::string_view theatre, bool only) const {
    const std::string key = line_name_key(name);
    if (key.empty()) return std::nullopt;
    const auto wanted = days_of_edtf(date);
    const ReferenceLine* best = nullptr;
    std::int64_t best_gap = 0;
    for (const ReferenceLine& line : lines_) {
        if ((!kind.empty() && line.kind != kind) || (!theatre.empty() && !same_word(line.theatre, theatre)) || !has_name(line, key)) continue;
        const std::int64_t gap = wanted ? days_of(line).gap(*wanted) : 0;
        if (only && gap > 0) continue;
        if (only && best != nullptr && best->theatre != line.theatre) return std::nullopt;
        if (best == nullptr || gap < best_gap) best = &line, best_gap = gap;
    }
    if (best == nullptr) return std::nullopt;
    LineMatch match{best, false, {"the name is that of reference line " + dated(*best)}};
    if (best_gap > 0) match.why.push_back("the text is of " + std::string(date) + ", " + std::to_string(best_gap) + " days away");
    return match;
}

std::optional<BoundingBox> ReferenceLines::theatre_bounds(std::string_view theatre) const {
    const auto known = boxes_.find(theatre);
    if (known == boxes_.end() && theatre.empty()) return std::nullopt;  // a document of no theatre
    return known != boxes_.end() ? known->second.bounds : box_of_lines(theatre);
}

std::optional<BoundingBox> ReferenceLines::box_of_lines(std::string_view theatre) const {
    std::vector<LonLat> positions;
    for (const ReferenceLine& line : lines_) {
        if (!is_river(line) && same_word(line.theatre, theatre)) positions.insert(positions.end(), line.geometry.begin(), line.geometry.end());
    }
    if (positions.empty()) return std::nullopt;
    return bounding_box(positions);
}

std::string ReferenceLines::theatre_of(std::span<const LonLat> positions) const {
    std::string_view best;
    double best_size = 0;
    std::ptrdiff_t best_count = 0;
    for (const auto& [theatre, boxes] : boxes_) {
        const BoundingBox& box = boxes.widened;
        const auto count = std::count_if(positions.begin(), positions.end(), [&box](LonLat p) { return box.contains(p); });
        if (count > best_count || (count == best_count && count > 0 && box.size() < best_size)) best = theatre, best_count = count, best_size = box.size();
    }
    return std::string(best);
}

const ReferenceLine* ReferenceLines::river(std::string_view record, std::string_view name, std::optional<LonLat> near) const {
    const std::string key = river_name_key(name);
    const ReferenceLine* best = nullptr;
    double nearest = river_reach_m;
    for (const ReferenceLine& line : lines_) {
        if (!is_river(line)) continue;
        if (!record.empty() && std::find(line.records.begin(), line.records.end(), record) != line.records.end()) return &line;
        if (!near || key.empty()) continue;
        const bool named = std::any_of(line.name_keys.begin(), line.name_keys.end(), [&key](const std::string& other) { return other == key; });
        if (!named) continue;
        const double apart = nearest_on_line(*near, line.geometry).distance_m;
        if (apart < nearest) best = &line, nearest = apart;
    }
    return best;
}

const ReferenceLine* ReferenceLines::border(std::span<const std::string_view> records, std::string_view date) const {
    const auto wanted = days_of_edtf(date);
    if (records.size() < 2 || !wanted) return nullptr;
    for (const ReferenceLine& line : lines_) {
        if (line.kind != "border" || !days_of(line).holds(*wanted)) continue;
        const bool all = std::all_of(records.begin(), records.end(), [&](std::string_view id) { return std::find(line.records.begin(), line.records.end(), id) != line.records.end(); });
        if (all) return &line;
    }
    return nullptr;
}

std::string line_name_key(std::string_view name) {
    std::string key, word;
    const auto end_word = [&] {
        if (word.size() > 2 && word[0] >= '0' && word[0] <= '9') {
            const std::string_view ending = std::string_view(word).substr(word.size() - 2);
            if (ending == "th" || ending == "st" || ending == "nd" || ending == "rd") word.resize(word.size() - 2);
        }
        if (word != "line" && word != "the") key += word;
        word.clear();
    };
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || byte >= 0x80) word += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
        else if (c != '\'') end_word();
    }
    end_word();
    return key;
}

}  // namespace demarc
