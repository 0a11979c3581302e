#include "gazetteer/importers/us_counties.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <numbers>
#include <optional>

namespace demarc {
namespace {

using Json = nlohmann::json;

struct Box {
    double west = 180, south = 90, east = -180, north = -90;
    void add(double lon, double lat) { west = std::min(west, lon), east = std::max(east, lon), south = std::min(south, lat), north = std::max(north, lat); }
    [[nodiscard]] bool empty() const { return west > east; }
};

// The box around each arc: quantised and delta-encoded (TopoJSON specification 1.0, 2.1.4).
std::vector<Box> boxes_of_arcs(const Json& topology) {
    const Json& transform = topology.at("transform");
    const double scale_x = transform.at("scale").at(0), scale_y = transform.at("scale").at(1), x0 = transform.at("translate").at(0), y0 = transform.at("translate").at(1);
    std::vector<Box> boxes;
    for (const Json& arc : topology.at("arcs")) {
        Box box;
        double x = 0, y = 0;
        for (const Json& step : arc) {
            x += step.at(0).get<double>(), y += step.at(1).get<double>();
            box.add(x * scale_x + x0, y * scale_y + y0);
        }
        boxes.push_back(box);
    }
    return boxes;
}

// Adds the boxes of the arcs below; an index below 0 is an arc taken backwards.
void add_arcs(const Json& arcs, const std::vector<Box>& boxes, Box& box) {
    for (const Json& one : arcs) {
        if (one.is_array()) {
            add_arcs(one, boxes, box);
            continue;
        }
        const auto index = one.get<std::int64_t>();
        const Box& arc = boxes.at(static_cast<std::size_t>(index < 0 ? ~index : index));
        box.add(arc.west, arc.south), box.add(arc.east, arc.north);
    }
}

double half_diagonal_m(const Box& box) {
    constexpr double metres = 111'320;
    const double x = (box.east - box.west) * metres * std::cos((box.south + box.north) / 2 * std::numbers::pi / 180), y = (box.north - box.south) * metres;
    return std::hypot(x, y) / 2;
}

std::vector<SourceRecord> read(const Json& topology, const std::string& path) {
    const std::vector<Box> boxes = boxes_of_arcs(topology);
    std::map<std::string, std::string> states;
    for (const Json& state : topology.at("objects").at("states").at("geometries")) states[state.at("id")] = state.at("properties").at("name");
    std::vector<SourceRecord> records;
    for (const Json& county : topology.at("objects").at("counties").at("geometries")) {
        const std::string fips = county.at("id");
        const auto state = states.find(fips.substr(0, 2));
        if (state == states.end() || !county.contains("arcs")) continue;
        Box box;
        add_arcs(county.at("arcs"), boxes, box);
        if (box.empty()) continue;
        SourceRecord record;
        record.id = "us-county-" + fips;
        record.name = county.at("properties").at("name").get<std::string>() + (state->second == "Louisiana" ? " Parish" : " County");
        record.kind = "county";
        record.country = "US";
        record.admin = state->second;
        record.source = "U.S. Census Bureau, by us-atlas (public domain)";
        record.position = LonLat{(box.west + box.east) / 2, (box.south + box.north) / 2};
        record.precision_m = std::round(half_diagonal_m(box));
        record.rank = 2;
        record.imported = true;
        SourceName name;
        name.text = record.name;
        name.kind = NameKind::main;
        record.names.push_back(std::move(name));
        record.where = path;
        records.push_back(std::move(record));
    }
    return records;
}

}  // namespace

Result<std::vector<SourceRecord>> read_us_counties(std::string_view topojson, const std::string& path) {
    try {
        return read(Json::parse(topojson), path);
    } catch (const std::exception& error) {
        return Error{ErrorCode::bad_data, std::string("no TopoJSON of counties and states as in us-atlas: ") + error.what(), path};
    }
}

}  // namespace demarc
