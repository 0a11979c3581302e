#include "tests/geometry/geometry_corpus.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>

#include "extractor/compiled_rules.hpp"
#include "extractor/extractor.hpp"
#include "gazetteer/builder.hpp"
#include "gazetteer/embedded.hpp"
#include "geo/boost_adaptor.hpp"
#include "geo/geodesy.hpp"
#include "geo/placer.hpp"

namespace demarc::test {
namespace {

constexpr double step_m = 500;

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t\r");
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first, last - first + 1));
}

std::vector<std::string> parts_of(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::stringstream stream(text);
    for (std::string part; std::getline(stream, part, separator);) parts.push_back(trimmed(part));
    return parts;
}

struct World {
    bool real = false;
    std::vector<SourceRecord> records;
    std::string features;
    std::map<std::string, LonLat> places;
    std::string index;  // bytes of the compiled gazetteer
    std::unique_ptr<Gazetteer> gazetteer;
    std::unique_ptr<ReferenceLines> lines;
};

/// Largest distance from a point of either line to the other.
double hausdorff_m(const LineString& a, const LineString& b) {
    double largest = 0;
    for (const LonLat p : densify_straight(a, step_m)) largest = std::max(largest, nearest_on_line(p, b).distance_m);
    for (const LonLat p : densify_straight(b, step_m)) largest = std::max(largest, nearest_on_line(p, a).distance_m);
    return largest;
}

bool holds(const Geometry& geometry, LonLat position) {
    if (const auto* polygon = std::get_if<Polygon>(&geometry)) return contains(*polygon, position);
    const auto* polygons = std::get_if<MultiPolygon>(&geometry);
    return polygons != nullptr && std::any_of(polygons->begin(), polygons->end(), [&](const Polygon& polygon) { return contains(polygon, position); });
}

class Runner {
public:
    Runner(std::string path, GeometryReport& report) : path_(std::move(path)), report_(report) {}

    Status run() {
        std::ifstream file(path_);
        if (!file) return Error{ErrorCode::no_input, "no such file", path_};
        for (std::string line; std::getline(file, line);) {
            ++number_;
            line = trimmed(line);
            if (line.empty() || line[0] == '#') continue;
            if (auto status = take(line); !status) return status;
        }
        return {};
    }

private:
    [[nodiscard]] Error bad(const std::string& what) const { return {ErrorCode::bad_data, what, path_ + ":" + std::to_string(number_)}; }
    void fail(const std::string& what) { report_.failures.push_back(path_ + ":" + std::to_string(number_) + ": " + what); }

    Status take(const std::string& line) {
        for (const auto& [key, read] : {std::pair<std::string_view, Status (Runner::*)(const std::string&)>{"world:", &Runner::read_world}, {"place:", &Runner::read_place},
                                        {"river:", &Runner::read_river}, {"front:", &Runner::read_front}, {"date:", &Runner::read_date}, {"text:", &Runner::read_text}}) {
            if (line.starts_with(key)) return (this->*read)(trimmed(std::string_view(line).substr(key.size())));
        }
        if (line.starts_with("none:")) return check_none(trimmed(std::string_view(line).substr(5)));
        if (line.starts_with("line \"") || line.starts_with("area \"")) return check(line);
        return bad("can't read '" + line + "'");
    }

    Status read_world(const std::string& which) {
        world_ = World{};
        world_.real = which == "real";
        return which == "real" || which == "drawn" ? Status{} : Status(bad("a world is drawn or real"));
    }

    Status read_place(const std::string& text) {
        std::stringstream in(text);
        SourceRecord record;
        LonLat at;
        if (!(in >> record.name >> record.kind >> at.lon >> at.lat)) return bad("a place needs name, kind, lon and lat");
        std::replace(record.name.begin(), record.name.end(), '_', ' ');
        add_record(record, at);
        return {};
    }

    void add_record(SourceRecord record, LonLat at) {
        record.id = "drawn-" + std::to_string(world_.records.size());
        record.position = at, record.precision_m = 0, record.rank = 5, record.source = "drawn";
        record.names = {{record.name, "en", NameKind::main, 0, 0, 0, {}, {}, {}}};
        world_.places[record.name] = at;
        world_.records.push_back(std::move(record));
    }

    Result<LineString> read_course(const std::string& text) {
        LineString line;
        for (const std::string& part : parts_of(text, ',')) {
            auto p = position(part);
            if (!p) return p.error();
            line.push_back(*p);
        }
        return line;
    }

    void add_feature(const std::string& id, const std::string& name, const std::string& kind, const std::string& when, const LineString& line, const std::string& record) {
        std::string coordinates;
        for (const LonLat p : line) {
            std::array<char, 64> text{};
            std::snprintf(text.data(), text.size(), "%s[%.7f,%.7f]", coordinates.empty() ? "" : ",", p.lon, p.lat);
            coordinates += text.data();
        }
        world_.features += (world_.features.empty() ? "" : ",") + std::string(R"({"properties":{"id":")") + id + R"(","name":")" + name + R"(","kind":")" + kind +
                           R"(","theatre":"drawn","when":")" + when + R"(","uncertainty_m":0,"records":[")" + record + R"("]},"geometry":{"type":"LineString","coordinates":[)" +
                           coordinates + "]}}";
    }

    Status read_river(const std::string& text) {
        const auto space = text.find(' ');
        if (space == std::string::npos) return bad("a river needs a name and a course");
        auto course = read_course(text.substr(space + 1));
        if (!course) return course.error();
        SourceRecord record;
        record.name = text.substr(0, space) + " River", record.kind = "river";
        add_record(record, (*course)[course->size() / 2]);
        world_.records.back().names.push_back({text.substr(0, space), "en", NameKind::attested, 0, 0, 0, {}, {}, {}});
        add_feature("river-" + text.substr(0, space), text.substr(0, space), "river", "../..", *course, world_.records.back().id);
        return {};
    }

    Status read_front(const std::string& text) {
        std::stringstream in(text);
        std::string id, when, rest;
        in >> id >> when;
        std::getline(in, rest);
        auto line = read_course(rest);
        if (!line) return line.error();
        add_feature(id, "Front " + id, "front_line", when, *line, "");
        return {};
    }

    Status read_date(const std::string& text) {
        date_ = parse_civil_date(text);
        return date_ ? Status{} : Status(bad("no date: " + text));
    }

    Status prepare() {
        if (world_.gazetteer) return {};
        if (world_.real) {
            auto gazetteer = Gazetteer::from_memory(embedded_gazetteer());
            if (!gazetteer) return gazetteer.error();
            world_.gazetteer = std::make_unique<Gazetteer>(std::move(*gazetteer));
            auto lines = ReferenceLines::parse(embedded_lines(), "lines");
            auto rivers = ReferenceLines::parse(embedded_rivers(), "rivers");
            if (!lines || !rivers) return bad("the built-in lines can't be read");
            lines->merge(std::move(*rivers));
            world_.lines = std::make_unique<ReferenceLines>(std::move(*lines));
            return {};
        }
        auto index = build_index(world_.records, {});
        if (!index) return index.error();
        // Aligned as a mapped file is.
        index_.assign(index->size() / sizeof(std::max_align_t) + 8, std::max_align_t{});
        auto* bytes = reinterpret_cast<std::byte*>(index_.data());
        std::copy_n(reinterpret_cast<const std::byte*>(index->data()), index->size(), bytes);
        auto gazetteer = Gazetteer::from_memory({bytes, index->size()});
        if (!gazetteer) return gazetteer.error();
        world_.gazetteer = std::make_unique<Gazetteer>(std::move(*gazetteer));
        auto lines = ReferenceLines::parse("{\"features\":[" + world_.features + "]}", path_);
        if (!lines) return lines.error();
        world_.lines = std::make_unique<ReferenceLines>(std::move(*lines));
        return {};
    }

    Status read_text(const std::string& text) {
        if (auto status = prepare(); !status) return status;
        static const Result<RuleSet> rules = RuleSet::from_snapshot(compiled_rules());
        if (!rules) return rules.error();
        document_ = {};
        document_.document.id = "doc";
        document_.document.text = text;
        document_.document.metadata.date = date_;
        const Extractor extractor(*rules, *world_.gazetteer);
        document_.mentions = extractor.extract(document_.document, workspace_);
        std::vector<Problem> problems;
        const Gazetteer& gazetteer = *world_.gazetteer;
        const Placer placer([&gazetteer](std::uint32_t index) { return gazetteer.record(index); }, *world_.lines, {});
        placer.place(document_, problems);
        ++report_.blocks;
        return {};
    }

    Status check_none(const std::string& type) {
        ++report_.expectations;
        for (const Mention& mention : document_.mentions) {
            if (type_name(mention) == type) fail("unexpected " + type + " \"" + std::string(mention.span.of(document_.document.text)) + "\"");
        }
        return {};
    }

    Result<LonLat> position(const std::string& text) const {
        LonLat p;
        if (std::sscanf(text.c_str(), "%lf %lf", &p.lon, &p.lat) == 2) return p;
        if (const auto place = world_.places.find(text); place != world_.places.end()) return place->second;
        if (world_.real && world_.gazetteer) {
            for (const auto& feature : document_.mentions) {
                const auto* point = feature.location ? std::get_if<LonLat>(&feature.location->geometry) : nullptr;
                if (point != nullptr && feature.span.of(document_.document.text) == text) return *point;
            }
        }
        return bad("no position: '" + text + "'");
    }

    Result<LineString> expected_line(const std::string& spec) const {
        const auto space = spec.find(' ');
        const std::string word = spec.substr(0, space), rest = space == std::string::npos ? "" : trimmed(spec.substr(space));
        if (word == "reference") {
            const ReferenceLine* line = world_.lines->find_id(rest);
            return line != nullptr ? Result<LineString>(line->geometry) : Result<LineString>(bad("no reference line " + rest));
        }
        LineString line;
        if (word == "parallel") {
            double lat = 0, west = 0, east = 0;
            if (std::sscanf(rest.c_str(), "%lf %lf %lf", &lat, &west, &east) != 3) return bad("parallel LAT WEST EAST");
            return parallel_line(lat, west, east, step_m);
        }
        for (const std::string& part : parts_of(rest, ',')) {
            auto p = position(part);
            if (!p) return p.error();
            line.push_back(*p);
        }
        if (word == "through") return densify_geodesic(line, step_m);
        if (word == "coords") return line;
        return bad("what is '" + word + "'?");
    }

    const Mention* find(const std::string& type, const std::string& words) const {
        for (const Mention& mention : document_.mentions) {
            if (type_name(mention) == type && mention.span.of(document_.document.text) == words) return &mention;
        }
        return nullptr;
    }

    Status check(const std::string& line) {
        ++report_.expectations;
        const std::string type = line.substr(0, 4);
        const auto close = line.find('"', 6), colon = line.find(':', close);
        if (close == std::string::npos || colon == std::string::npos) return bad("needs \"words\": expectation");
        const std::string words = line.substr(6, close - 6), part = trimmed(line.substr(close + 1, colon - close - 1));
        std::string spec = trimmed(line.substr(colon + 1));
        const Mention* mention = find(type, words);
        if (mention == nullptr) {
            std::string found;
            for (const Mention& other : document_.mentions) {
                if (type_name(other) == type) found += " \"" + std::string(other.span.of(document_.document.text)) + "\"";
            }
            fail("no " + type + " \"" + words + "\"; found:" + found);
            return {};
        }
        if (const auto brace = spec.find('{'); brace != std::string::npos) {
            check_values(*mention, spec.substr(brace + 1, spec.find('}') - brace - 1));
            spec = trimmed(spec.substr(0, brace));
        }
        double tolerance = 100;
        if (const auto tilde = spec.find('~'); tilde != std::string::npos) {
            tolerance = std::strtod(spec.c_str() + tilde + 1, nullptr);
            spec = trimmed(spec.substr(0, tilde));
        }
        if (spec.empty()) return {};
        const Location* location = mention->location ? &*mention->location : nullptr;
        if (!part.empty()) {
            location = nullptr;
            for (const ConstructedPart& piece : mention->parts) {
                if ("[" + piece.suffix + "]" == part) location = &piece.location;
            }
        }
        if (spec == "unplaced") {
            if (location != nullptr) fail("\"" + words + "\" has a geometry");
            return {};
        }
        if (location == nullptr) {
            fail("\"" + words + "\" " + part + " has no geometry: " + (mention->why.empty() ? "" : mention->why.back()));
            return {};
        }
        return compare(words, *location, spec, tolerance);
    }

    void check_values(const Mention& mention, const std::string& values) {
        for (const std::string& value : parts_of(values, ',')) {
            const auto equals = value.find('=');
            const std::string key = value.substr(0, equals), wanted = value.substr(equals + 1);
            std::string got;
            if (const auto* line = std::get_if<LineValue>(&mention.value)) {
                got = key == "state" ? line->state : key == "by" ? line->proposed_by : key == "kind" ? line->kind : key == "side" ? line->offset_side : key == "when" ? line->when : "";
            } else if (key == "relation") {
                got = mention.as<AreaValue>().relation;
            }
            if (key == "status") got = mention.status == Certainty::attested ? "attested" : mention.status == Certainty::inferred ? "inferred" : "unresolved";
            if (key == "entity") got = mention.entity;
            if (got != wanted) fail("\"" + std::string(mention.span.of(document_.document.text)) + "\": " + key + " is '" + got + "', not '" + wanted + "'");
        }
    }

    Status compare(const std::string& words, const Location& location, const std::string& spec, double tolerance) {
        if (spec.starts_with("disc ")) return compare_disc(words, location, spec.substr(5));
        if (spec.starts_with("holds ") || spec.starts_with("lacks ")) return compare_points(words, location, spec);
        const auto* line = std::get_if<LineString>(&location.geometry);
        if (line == nullptr) {
            fail("\"" + words + "\" is no LineString");
            return {};
        }
        if (spec.starts_with("offset ")) {
            char* rest = nullptr;
            const double metres = std::strtod(spec.c_str() + 7, &rest);
            auto base = expected_line(trimmed(rest));
            if (!base) return base.error();
            double worst = 0;
            for (const LonLat p : densify_straight(*line, step_m)) worst = std::max(worst, std::abs(nearest_on_line(p, *base).distance_m - metres));
            return judge(words, worst, tolerance);
        }
        auto expected = expected_line(spec);
        if (!expected) return expected.error();
        return judge(words, hausdorff_m(*line, *expected), tolerance);
    }

    Status judge(const std::string& words, double distance, double tolerance) {
        if (distance > tolerance) {
            std::array<char, 96> text{};
            std::snprintf(text.data(), text.size(), "\" is off by %.0f m, more than %.0f m", distance, tolerance);
            fail("\"" + words + text.data());
        } else if (distance > report_.largest_m) {
            report_.largest_m = distance;
            report_.largest_where = path_ + ":" + std::to_string(number_);
        }
        return {};
    }

    Status compare_disc(const std::string& words, const Location& location, const std::string& spec) {
        char* rest = nullptr;
        const double radius = std::strtod(spec.c_str(), &rest);
        auto centre = position(trimmed(rest));
        if (!centre) return centre.error();
        for (int azimuth = 0; azimuth < 360; azimuth += 15) {
            if (!holds(location.geometry, destination(*centre, azimuth, 0.95 * radius)) || holds(location.geometry, destination(*centre, azimuth, 1.05 * radius))) {
                fail("\"" + words + "\" is not the disc, at azimuth " + std::to_string(azimuth));
                break;
            }
        }
        return {};
    }

    Status compare_points(const std::string& words, const Location& location, const std::string& spec) {
        for (const std::string& clause : parts_of(spec, ';')) {
            const bool wanted = clause.starts_with("holds ");
            for (const std::string& part : parts_of(clause.substr(6), ',')) {
                auto p = position(part);
                if (!p) return p.error();
                if (holds(location.geometry, *p) != wanted) fail("\"" + words + "\" " + (wanted ? "lacks " : "holds ") + part);
            }
        }
        return {};
    }

    std::string path_;
    GeometryReport& report_;
    std::size_t number_ = 0;
    World world_;
    std::vector<std::max_align_t> index_;
    std::optional<CivilDate> date_;
    ExtractedDocument document_;
    Workspace workspace_;
};

}  // namespace

Status run_geometry_corpus(const std::string& path, GeometryReport& report) { return Runner(path, report).run(); }

}  // namespace demarc::test
