#include "geo/line_course.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "geo/geodesy.hpp"

namespace demarc {
namespace {

using Role = LineLeg::Role;

constexpr double step_m = 2'000;
constexpr double spacing_doubt = 0.1;   // of a gap between stages: a line between two towns is not their geodesic
constexpr double off_the_way_m = 25'000;  // a stage further from the river than this is not where the line leaves it
constexpr double beside_m = 3'000;  // "south of Kumsong" without a distance
constexpr double beside_the_way_m = 200;  // nearer than this the stage is on the river

struct Stage {
    Role role = Role::through;
    std::optional<LonLat> position;
    double uncertainty_m = 0;
    const LineString* way = nullptr;  // followed, or crossed
    double way_doubt_m = 0;
    std::string name;
};

std::string kilometres(double metres) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.4g km", metres / 1000);
    return text.data();
}

class CourseDrawer {
public:
    CourseDrawer(const ExtractedDocument& document, const Mention& mention, const CourseContext& context)
        : document_(document), mention_(mention), context_(context) {}

    std::optional<DrawnCourse> draw() {
        for (const LineLeg& leg : mention_.as<LineValue>().legs) take(leg);
        if (const Stage* way = only_way()) {
            out_.line = *way->way;
            out_.uncertainty_m = way->way_doubt_m;
            out_.why.push_back("the course of " + way->name);
            return std::move(out_);
        }
        put_ways_between();
        cross();
        for (const Stage& stage : stages_) {
            if (stage.role != Role::along && stage.role != Role::coast && stage.position) go_to(stage);
            else follow_next(stage);
        }
        if (out_.stages < 2) return std::nullopt;
        out_.uncertainty_m += spacing_doubt * out_.widest_gap_m;
        for (LonLat& position : out_.line) position = rounded(position);
        out_.line.erase(std::unique(out_.line.begin(), out_.line.end()), out_.line.end());
        if (out_.line.size() < 2) return std::nullopt;
        std::string how = "through " + std::to_string(out_.stages) + " stages in the text's order";
        if (out_.widest_gap_m > 0) how += ", geodesics of at most " + kilometres(out_.widest_gap_m);
        out_.why.insert(out_.why.begin(), std::move(how));
        return std::move(out_);
    }

private:
    /// Where a mention stands, as one position; a country's middle is none.
    static std::optional<LonLat> position_of(const Mention& mention) {
        static constexpr std::array<std::string_view, 8> vague{"country", "province", "state", "continent", "sea", "ocean", "region", "county"};
        if (!mention.location) return std::nullopt;
        if (mention.type == MentionType::place && std::find(vague.begin(), vague.end(), mention.as<PlaceValue>().kind) != vague.end()) return std::nullopt;
        const Geometry& geometry = mention.location->geometry;
        if (const auto* point = std::get_if<LonLat>(&geometry)) return *point;
        if (const auto* polygon = std::get_if<Polygon>(&geometry)) return mean_position(polygon->outer);
        return std::nullopt;
    }

    [[nodiscard]] std::string text_of(const Mention& mention) const { return std::string(mention.span.of(document_.document.text)); }

    /// Any stage's position: to tell one Nam River from the other.
    [[nodiscard]] std::optional<LonLat> somewhere() const {
        for (const LineLeg& leg : mention_.as<LineValue>().legs) {
            if (leg.role == Role::coast || leg.anchor >= document_.mentions.size()) continue;
            const Mention& anchor = document_.mentions[leg.anchor];
            if (anchor.type == MentionType::place && anchor.as<PlaceValue>().kind == "river") continue;
            if (const auto position = position_of(anchor)) return position;
        }
        return std::nullopt;
    }

    [[nodiscard]] const ReferenceLine* river_of(const Mention& place) const {
        const std::string record = place.location ? place.location->gazetteer_id : std::string();
        auto near = somewhere();
        if (!near) near = position_of(place);
        return context_.lines->river(record, place.as<PlaceValue>().name.empty() ? text_of(place) : place.as<PlaceValue>().name, near);
    }

    void take(const LineLeg& leg) {
        Stage stage;
        stage.role = leg.role;
        if (leg.role == Role::coast) {
            stage.name = "the coast";
            stages_.push_back(std::move(stage));
            return;
        }
        if (leg.anchor >= document_.mentions.size()) return;
        const Mention& anchor = document_.mentions[leg.anchor];
        stage.name = text_of(anchor);
        if (anchor.type == MentionType::line) {
            if (const auto* line = anchor.location ? std::get_if<LineString>(&anchor.location->geometry) : nullptr) stage.way = line;
            if (stage.way != nullptr) stage.way_doubt_m = std::max(0.0, anchor.location->uncertainty_m);
        } else {
            stage.position = position_of(anchor);
            if (anchor.location) stage.uncertainty_m = std::max(0.0, anchor.location->uncertainty_m);
            if (anchor.type == MentionType::place) take_river(anchor, stage);
        }
        if (stage.position && leg.bearing_deg && leg.role == Role::through) {
            const double distance = leg.distance_m.value_or(beside_m);
            stage.position = destination(*stage.position, *leg.bearing_deg, distance);
            stage.uncertainty_m += leg.distance_m ? 0.15 * distance : beside_m;
            stage.way = nullptr;
        }
        stages_.push_back(std::move(stage));
    }

    void take_river(const Mention& anchor, Stage& stage) const {
        if (stage.role == Role::through && anchor.as<PlaceValue>().kind != "river") return;
        const ReferenceLine* course = river_of(anchor);
        if (course == nullptr) return;
        stage.way = &course->geometry;
        stage.way_doubt_m = std::max(0.0, course->uncertainty_m);
        if (stage.role == Role::mouth || stage.role == Role::source) {
            stage.position = stage.role == Role::mouth ? course->geometry.back() : course->geometry.front();
            stage.uncertainty_m = stage.way_doubt_m;
        }
    }

    [[nodiscard]] const Stage* only_way() const {
        return stages_.size() == 1 && stages_[0].role == Role::along && stages_[0].way != nullptr ? &stages_[0] : nullptr;
    }

    [[nodiscard]] static bool is_way(const Stage& stage) { return stage.role == Role::along || stage.role == Role::coast; }

    /// "Along the Imjin from Munsan to Yonchon", "from Munsan to Yonchon along the Imjin": what is followed stands between its stages.
    void put_ways_between() {
        if (stages_.size() >= 3 && is_way(stages_.front()) && !is_way(stages_[1])) std::swap(stages_[0], stages_[1]);
        if (stages_.size() >= 3 && is_way(stages_.back()) && !is_way(stages_[stages_.size() - 2])) std::swap(stages_[stages_.size() - 1], stages_[stages_.size() - 2]);
    }

    /// A river or another line that is gone through takes the position where it is nearest to the stages around.
    void cross() {
        for (std::size_t i = 0; i < stages_.size(); ++i) {
            Stage& stage = stages_[i];
            if (stage.role != Role::through || stage.way == nullptr) continue;
            stage.position.reset();
            const bool followed = i + 1 < stages_.size() && is_way(stages_[i + 1]);  // the line turns along it where it comes to it
            const auto from = neighbour(i, -1), to = followed && neighbour(i, -1) ? std::nullopt : neighbour(i, +1);
            if (!from && !to) continue;
            const LonLat beside = from ? *from : *to;
            NearestPoint crossing = nearest_on_line(beside, *stage.way);
            if (from && to) {
                // The point of the way that is nearest to the way's middle between both.
                const std::array<LonLat, 2> ends{*from, *to};
                const NearestPoint middle = nearest_on_line(mean_position(ends), *stage.way);
                const auto detour = [&](LonLat p) { return distance_m(*from, p) + distance_m(p, *to); };
                if (detour(middle.point) < detour(crossing.point)) crossing = middle;
            }
            stage.position = crossing.point;
            stage.uncertainty_m = stage.way_doubt_m + spacing_doubt * crossing.distance_m;
        }
    }

    [[nodiscard]] std::optional<LonLat> neighbour(std::size_t index, int step) const {
        for (auto i = static_cast<std::ptrdiff_t>(index) + step; i >= 0 && i < static_cast<std::ptrdiff_t>(stages_.size()); i += step) {
            const Stage& stage = stages_[static_cast<std::size_t>(i)];
            if (!is_way(stage) && stage.position) return stage.position;
        }
        return std::nullopt;
    }

    void follow_next(const Stage& stage) {
        if (!is_way(stage)) {
            out_.why.push_back(stage.name + " has no place and is left out");
            return;
        }
        if (stage.role == Role::along && stage.way == nullptr) out_.why.push_back("the course of " + stage.name + " is not known");
        else following_ = &stage;
    }

    void go_to(const Stage& stage) {
        const LonLat to = *stage.position;
        ++out_.stages;
        out_.uncertainty_m = std::max(out_.uncertainty_m, stage.uncertainty_m);
        if (out_.line.empty()) out_.line.push_back(to);
        else if (!(following_ != nullptr && along(*following_, to))) straight_to(to);
        if (out_.stages > 1) following_ = nullptr;
    }

    void straight_to(LonLat to) {
        const LonLat from = out_.line.back();
        out_.widest_gap_m = std::max(out_.widest_gap_m, distance_m(from, to));
        const LineString gap = densify_geodesic({from, to}, step_m);
        out_.line.insert(out_.line.end(), gap.begin() + 1, gap.end());
    }

    bool along(const Stage& stage, LonLat to) {
        const LonLat from = out_.line.back();
        std::optional<LineString> reach;
        if (stage.role == Role::coast) reach = context_.coast != nullptr && *context_.coast ? (*context_.coast)(from, to) : std::nullopt;
        else reach = between(*stage.way, from, to);
        if (!reach || reach->size() < 2) {
            out_.why.push_back(stage.role == Role::coast ? "no coast is known between these" : "the stages lie more than " + kilometres(off_the_way_m) + " from " + stage.name);
            return false;
        }
        if (distance_m(from, reach->front()) > beside_the_way_m) straight_to(reach->front());
        out_.line.insert(out_.line.end(), reach->begin(), reach->end());
        if (distance_m(reach->back(), to) > beside_the_way_m) straight_to(to);
        out_.uncertainty_m = std::max(out_.uncertainty_m, stage.way_doubt_m);
        out_.why.push_back("along " + stage.name);
        return true;
    }

    static std::optional<LineString> between(const LineString& way, LonLat from, LonLat to) {
        const NearestPoint first = nearest_on_line(from, way), last = nearest_on_line(to, way);
        if (first.distance_m > off_the_way_m || last.distance_m > off_the_way_m) return std::nullopt;
        LineString reach{first.point};
        if (first.edge <= last.edge) {
            for (std::size_t i = first.edge + 1; i <= last.edge; ++i) reach.push_back(way[i]);
        } else {
            for (std::size_t i = first.edge; i > last.edge; --i) reach.push_back(way[i]);
        }
        reach.push_back(last.point);
        return reach;
    }

    const ExtractedDocument& document_;
    const Mention& mention_;
    const CourseContext& context_;
    std::vector<Stage> stages_;
    const Stage* following_ = nullptr;
    DrawnCourse out_;
};

}  // namespace

std::optional<DrawnCourse> draw_course(const ExtractedDocument& document, const Mention& mention, const CourseContext& context) {
    return CourseDrawer(document, mention, context).draw();
}

}  // namespace demarc
