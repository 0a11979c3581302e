#include "out/orbat.hpp"

#include <algorithm>
#include <set>

#include "base/civil_date.hpp"
#include "out/json_writer.hpp"

namespace demarc {
namespace {

constexpr std::string_view empty_land_unit = "10001000000000000000";
constexpr std::size_t deepest = 24;  // more ranks than any army has; what lies below stands at the top
constexpr std::size_t longest_quote = 300;  // bytes

struct Box {
    double west = 180, south = 90, east = -180, north = -90;
    void take(const Ring& ring) {
        for (const LonLat& at : ring) {
            west = std::min(west, at.lon), east = std::max(east, at.lon);
            south = std::min(south, at.lat), north = std::max(north, at.lat);
        }
    }
};

// A line has no one place for a unit's symbol.
std::optional<LonLat> symbol_place(const std::optional<Location>& location) {
    if (!location) return {};
    if (const auto* point = std::get_if<LonLat>(&location->geometry)) return *point;
    const auto* polygon = std::get_if<Polygon>(&location->geometry);
    if (polygon == nullptr || polygon->outer.empty()) return {};
    Box box;
    box.take(polygon->outer);
    if (box.east - box.west > 180) return {};  // over the antimeridian: its middle isn't the box's
    return LonLat{(box.west + box.east) / 2, (box.south + box.north) / 2};
}

// The start of an EDTF date of one day or month or year at least: "1951-05-03T04:15" and "1951-05/1951-06" begin so.
std::string start_of(std::string_view edtf) {
    edtf = edtf.substr(0, edtf.find('/'));
    const std::size_t clock = edtf.find('T');
    const auto day = parse_civil_date(edtf.substr(0, clock));
    if (!day) return {};
    std::string out = earliest_day(*day);
    const std::string_view time = clock == std::string_view::npos ? std::string_view() : edtf.substr(clock + 1, 5);
    return out += time.size() == 5 && time[2] == ':' ? "T" + std::string(time) + ":00Z" : std::string("T00:00:00Z");
}

std::string sentence_of(std::string_view text, Span subject, Span object) {
    std::size_t begin = std::min(subject.begin, object.begin), end = std::max(subject.end, object.end);
    if (end - begin > longest_quote) return {};
    return std::string(text.substr(begin, end - begin));
}

class Tree {
public:
    Tree(const std::map<std::string, Orbat::Unit>& units, JsonWriter& json) : units_(units), json_(json) {
        for (const auto& [entity, unit] : units) parent_[entity] = parent_of(unit);
        for (const auto& [entity, parent] : parent_) {
            if (!parent.empty() && leads_back(entity)) parent_[entity].clear();
        }
        for (const auto& [entity, parent] : parent_) children_[parent].push_back(entity);
    }

    void sides() {
        std::map<std::string, std::vector<std::string>> tops;  // nation -> units
        for (const std::string& top : children_[""]) tops[nation_of(top)].push_back(top);
        json_.key("sides");
        json_.begin_array();
        for (const auto& [nation, units] : tops) {
            json_.begin_object();
            json_.field("id", nation.empty() ? "side:unknown" : "side:" + nation);
            json_.field("name", nation.empty() ? std::string("Nation not known") : nation);
            json_.field("standardIdentity", "0");
            json_.key("groups");
            json_.begin_array();
            json_.begin_object();
            json_.field("id", nation.empty() ? "group:unknown" : "group:" + nation);
            json_.field("name", "Units");
            sub_units(units);
            json_.end_object();
            json_.end_array();
            json_.end_object();
        }
        json_.end_array();
    }

private:
    static std::string parent_of(const Orbat::Unit& unit) {
        const auto most = std::max_element(unit.parents.begin(), unit.parents.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        return most == unit.parents.end() ? std::string() : most->first;
    }

    bool leads_back(const std::string& entity) const {
        std::string at = parent_.at(entity);
        for (std::size_t depth = 0; depth < deepest; ++depth) {
            if (at.empty()) return false;
            if (at == entity) return true;
            at = parent_.at(at);
        }
        return true;
    }

    // A nation known anywhere above or just below holds for the whole branch.
    std::string nation_of(const std::string& entity) const {
        const std::string& own = units_.at(entity).nation;
        const auto children = children_.find(entity);
        if (!own.empty() || children == children_.end()) return own;
        std::set<std::string> below;
        for (const std::string& child : children->second) {
            if (const std::string nation = nation_of(child); !nation.empty()) below.insert(nation);
        }
        return below.size() == 1 ? *below.begin() : std::string();
    }

    void sub_units(const std::vector<std::string>& entities) {
        json_.key("subUnits");
        json_.begin_array();
        for (const std::string& entity : entities) one(entity);
        json_.end_array();
    }

    void one(const std::string& entity) {
        const Orbat::Unit& unit = units_.at(entity);
        json_.begin_object();
        json_.field("id", entity);
        json_.field("name", unit.name);
        json_.field("sidc", unit.sidc.empty() ? empty_land_unit : std::string_view(unit.sidc));
        std::vector<const Orbat::State*> dated;
        bool placed = false;
        for (const Orbat::State& state : unit.states) {
            if (!state.time.empty()) {
                dated.push_back(&state);
            } else if (state.location && !placed) {
                location(*state.location);
                placed = true;
            }
        }
        std::stable_sort(dated.begin(), dated.end(), [](const auto* a, const auto* b) { return a->time < b->time; });
        json_.key("state");
        json_.begin_array();
        for (std::size_t i = 0; i < dated.size(); ++i) state(entity + "#" + std::to_string(i), *dated[i]);
        json_.end_array();
        const auto children = children_.find(entity);
        sub_units(children == children_.end() ? std::vector<std::string>() : children->second);
        json_.end_object();
    }

    void state(const std::string& id, const Orbat::State& state) {
        json_.begin_object();
        json_.field("id", id);
        json_.field("t", state.time);
        json_.field("title", state.title);
        json_.optional_field("subTitle", state.document);
        json_.optional_field("description", state.quote);
        if (state.location) location(*state.location);
        json_.end_object();
    }

    void location(LonLat at) {
        json_.key("location");
        json_.begin_array();
        json_.decimal(at.lon, 6);
        json_.decimal(at.lat, 6);
        json_.end_array();
    }

    const std::map<std::string, Orbat::Unit>& units_;
    JsonWriter& json_;
    std::map<std::string, std::string> parent_;
    std::map<std::string, std::vector<std::string>> children_;
};

}  // namespace

Orbat::Unit& Orbat::unit(const std::string& entity, std::string_view name, std::string_view nation, std::string_view sidc) {
    Unit& unit = units_[entity];
    if (unit.name.empty()) unit.name = name;
    if (unit.nation.empty()) unit.nation = nation;
    if (unit.sidc.empty()) unit.sidc = sidc;
    return unit;
}

void Orbat::add(const ExtractedDocument& extracted) {
    const Document& document = extracted.document;
    const std::string document_day = document.metadata.date ? earliest_day(*document.metadata.date) + "T00:00:00Z" : std::string();
    for (const Mention& mention : extracted.mentions) {
        const auto* value = std::get_if<UnitValue>(&mention.value);
        // Several units under one head are no unit.
        if (value == nullptr || mention.entity.empty() || value->number.find(',') != std::string::npos) continue;
        Unit* below = &unit(mention.entity, value->designation, value->nation, value->sidc);
        Unit& own = *below;
        for (const UnitSuperior& superior : value->superiors) {
            ++below->parents[superior.entity];
            below = &unit(superior.entity, superior.designation, superior.nation, superior.sidc);
        }
        for (const Relation& relation : mention.relations) {
            const Mention& target = extracted.mentions[relation.target];
            State state;
            state.time = start_of(relation.when);
            if (state.time.empty()) state.time = document_day;
            const std::string words(target.span.of(document.text));
            state.title = relation.kind == "moved_to" ? "moved to " + words : relation.kind == "attached_to" ? "attached to " + words : relation.kind + " " + words;
            state.document = document.id;
            state.quote = sentence_of(document.text, mention.span, target.span);
            if (relation.kind != "lost" && relation.kind != "attached_to") state.location = symbol_place(target.location);
            if (!state.time.empty() && (first_day_.empty() || state.time < first_day_)) first_day_ = state.time;
            own.states.push_back(std::move(state));
        }
        if (!document_day.empty() && (first_day_.empty() || document_day < first_day_)) first_day_ = document_day;
    }
}

void Orbat::write(std::string& out) const {
    JsonWriter json(out);
    json.begin_object();
    json.field("id", "demarc-units");
    json.field("type", "ORBAT-mapper");
    json.field("version", "2.0.0");
    json.field("name", "Units of the documents");
    json.field("description", "Read from the texts by demarc; a position is a place that a text names, and its time the text's or the document's.");
    json.optional_field("startTime", first_day_);
    json.field("timeZone", "UTC");
    json.field("symbologyStandard", "app6");
    Tree(units_, json).sides();
    for (const std::string_view empty : {"events", "layers", "mapLayers"}) {
        json.any_key(empty);
        json.begin_array();
        json.end_array();
    }
    json.end_object();
    out += '\n';
}

}  // namespace demarc
