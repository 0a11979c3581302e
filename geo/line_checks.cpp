#include "geo/line_checks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <span>

#include "geo/geodesy.hpp"

namespace demarc {
namespace {

constexpr double slack_m = 3'000;        // a front is a zone, and a place has an extent
constexpr double apart_m = 20'000;       // mean distance of two accounts of one front that can't both be right
constexpr std::array<std::string_view, 3> fronts{"front_line", "line_of_contact", "battle_line"};

std::string kilometres(double metres) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.0f km", metres / 1000);
    return text.data();
}

class Checker {
public:
    Checker(const ExtractedDocument& document, const CheckContext& context, std::vector<Problem>& problems)
        : document_(document), context_(context), problems_(problems) {}

    void run() {
        for (const Mention& mention : document_.mentions) {
            if (mention.type == MentionType::military_unit) check_unit(mention);
            else if (mention.type == MentionType::line) check_described(mention);
            else if (mention.type == MentionType::area) check_side(mention);
        }
    }

private:
    [[nodiscard]] std::string text_of(const Mention& mention) const { return std::string(mention.span.of(document_.document.text)); }
    [[nodiscard]] static const LonLat* point_of(const Mention& mention) {
        return mention.location ? std::get_if<LonLat>(&mention.location->geometry) : nullptr;
    }
    [[nodiscard]] const ReferenceLine* front_at(const std::string& date) const {
        const auto match = context_.lines->at_date(fronts, date, context_.theatre, true);
        return match && !match->inferred ? match->line : nullptr;
    }

    /// Metres left of a line, right negative; 0 within the doubts, and past an end unless the place lies broadside to the line as a whole.
    static double clear_side(LonLat position, const LineString& line, double doubt) {
        const NearestPoint nearest = nearest_on_line(position, line);
        if (nearest.distance_m < doubt + slack_m) return 0;
        if (!(nearest.point == line.front()) && !(nearest.point == line.back())) return signed_distance_m(position, line);
        const double turn = std::remainder(azimuth_deg(nearest.point, position) - azimuth_deg(line.front(), line.back()), 360.0);
        if (std::abs(turn) < 45 || std::abs(turn) > 135) return 0;
        return turn < 0 ? nearest.distance_m : -nearest.distance_m;
    }

    void report(const char* code, std::string message, Span span) const {
        problems_.push_back({document_.document.id, ProblemLevel::notice, code, std::move(message), span, {}});
    }

    void check_unit(const Mention& unit) const {
        const std::string& nation = unit.as<UnitValue>().nation;
        if (nation.empty()) return;
        for (const Relation& relation : unit.relations) {
            if (relation.kind != "at" && relation.kind != "held" && relation.kind != "took" && relation.kind != "moved_to") continue;
            const Mention& place = document_.mentions[relation.target];
            const LonLat* position = point_of(place);
            if (position == nullptr || place.status != Certainty::attested) continue;
            const ReferenceLine* front = front_at(relation.when.empty() ? context_.date : relation.when);
            if (front == nullptr) continue;
            const auto left = nations_of_side(front->side_left), right = nations_of_side(front->side_right);
            const bool of_left = std::find(left.begin(), left.end(), nation) != left.end(), of_right = std::find(right.begin(), right.end(), nation) != right.end();
            if (of_left == of_right) continue;
            const double side = clear_side(*position, front->geometry, std::max(0.0, front->uncertainty_m) + std::max(0.0, place.location->uncertainty_m));
            if (side == 0 || (side > 0) == of_left) continue;
            report("side_disagrees",
                   "\"" + text_of(unit) + "\" (" + nation + ") " + relation.kind + " \"" + text_of(place) + "\", which lies " + kilometres(std::abs(side)) +
                       " behind the other side's line: \"" + front->name + "\" of " + front->when,
                   {std::min(unit.span.begin, place.span.begin), std::max(unit.span.end, place.span.end)});
        }
    }

    /// Mean distance of a line from another, along the parts that lie abreast of it; negative where less than half of it does.
    static double mean_apart(const LineString& line, const LineString& other) {
        double sum = 0;
        std::size_t abreast = 0;
        for (const LonLat position : line) {
            const NearestPoint nearest = nearest_on_line(position, other);
            if (nearest.point == other.front() || nearest.point == other.back()) continue;
            sum += nearest.distance_m;
            ++abreast;
        }
        return 2 * abreast < line.size() || abreast == 0 ? -1 : sum / static_cast<double>(abreast);
    }

    void check_described(const Mention& mention) const {
        const auto& value = mention.as<LineValue>();
        const bool is_front = std::find(fronts.begin(), fronts.end(), value.kind) != fronts.end() || value.kind == "main_line_of_resistance";
        if (!is_front || value.state != "actual" || value.legs.empty() || !mention.location || mention.location->source != "constructed") return;
        const auto* line = std::get_if<LineString>(&mention.location->geometry);
        const std::string date = value.when.empty() ? context_.date : value.when;
        const ReferenceLine* front = line != nullptr ? front_at(date) : nullptr;
        if (front == nullptr) return;
        const double doubt = std::max(0.0, front->uncertainty_m) + std::max(0.0, mention.location->uncertainty_m);
        const double apart = mean_apart(*line, front->geometry);
        if (apart < apart_m + doubt) return;
        std::string message = "\"" + text_of(mention) + "\" runs " + kilometres(apart) + " on the mean from \"" + front->name + "\" of " + front->when;
        const ReferenceLine* better = nullptr;
        double least = apart / 3;
        for (const ReferenceLine& other : context_.lines->lines()) {
            if (&other == front || other.theatre != context_.theatre || std::find(fronts.begin(), fronts.end(), other.kind) == fronts.end()) continue;
            const double there = mean_apart(*line, other.geometry);
            if (there >= 0 && there < least) better = &other, least = there;
        }
        if (better != nullptr) message += "; it fits \"" + better->name + "\" of " + better->when + ", " + kilometres(least) + " away";
        report("line_disagrees", std::move(message), mention.span);
    }

    /// "Kumsong lies south of the front line": whether it does.
    void check_side(const Mention& area) const {
        const auto& value = area.as<AreaValue>();
        if (!value.bearing_deg || area.anchors.size() != 1) return;
        const Mention& anchor = document_.mentions[area.anchors[0]];
        const auto* line = anchor.type == MentionType::line && anchor.location ? std::get_if<LineString>(&anchor.location->geometry) : nullptr;
        const Mention* place = line != nullptr ? subject_of(area) : nullptr;
        const LonLat* position = place != nullptr ? point_of(*place) : nullptr;
        if (position == nullptr || place->status != Certainty::attested) return;
        const double side = clear_side(*position, *line, std::max(0.0, anchor.location->uncertainty_m) + std::max(0.0, place->location->uncertainty_m));
        if (side == 0) return;
        // The direction from the line to the place, against the one that the text says: opposite where they are more than a right angle apart.
        const double heading = azimuth_deg(nearest_on_line(*position, *line).point, *position);
        if (std::abs(std::remainder(heading - *value.bearing_deg, 360.0)) < 100) return;
        report("side_disagrees",
               "\"" + text_of(*place) + "\" is said to be \"" + text_of(area) + "\", and lies " + kilometres(std::abs(side)) + " on the other side of \"" + text_of(anchor) + "\"" +
                   (anchor.location->gazetteer_id.empty() ? "" : " (" + anchor.location->gazetteer_id + ")"),
               {place->span.begin, area.span.end});
    }

    /// The place before "lies", "is", "was" and the area.
    [[nodiscard]] const Mention* subject_of(const Mention& area) const {
        static constexpr std::array<std::string_view, 14> verbs{"is", "was", "lies", "lay", "stands", "remains", "is situated", "was situated", "is located", "lies well", "is well", "lies far", "is still", "now lies"};
        const std::string_view text = document_.document.text;
        for (const Mention& mention : document_.mentions) {
            if (mention.type != MentionType::place || mention.span.end >= area.span.begin || area.span.begin - mention.span.end > 20) continue;
            std::string_view between = text.substr(mention.span.end, area.span.begin - mention.span.end);
            while (!between.empty() && (between.front() == ' ' || between.front() == ',')) between.remove_prefix(1);
            while (!between.empty() && (between.back() == ' ' || between.back() == ',')) between.remove_suffix(1);
            if (std::find(verbs.begin(), verbs.end(), between) != verbs.end()) return &mention;
        }
        return nullptr;
    }

    const ExtractedDocument& document_;
    const CheckContext& context_;
    std::vector<Problem>& problems_;
};

}  // namespace

std::vector<std::string_view> nations_of_side(std::string_view side) {
    struct Words {
        std::string_view words;
        std::array<std::string_view, 16> nations;
    };
    static constexpr Words table[] = {
        {"KPA", {"KP"}}, {"Korean People's Army", {"KP"}}, {"CPV", {"CN"}}, {"Chinese People's Volunteers", {"CN"}},
        {"UNC", {"US", "GB", "KR", "TR", "CA", "AU", "NZ", "FR", "GR", "BE", "NL", "PH", "TH", "ET", "CO", "ZA"}},
        {"United Nations Command", {"US", "GB", "KR", "TR", "CA", "AU", "NZ", "FR", "GR", "BE", "NL", "PH", "TH", "ET", "CO", "ZA"}},
        {"Allies", {"US", "GB", "FR", "CA", "NZ", "PL", "IN", "ZA", "BR", "AU"}},
        {"Germany", {"DE"}}, {"France", {"FR"}}, {"United Kingdom", {"GB"}}, {"Belgium", {"BE"}}, {"United States", {"US"}}, {"Soviet", {"SU"}}, {"Finland", {"FI"}},
        {"Poland", {"PL"}}, {"India", {"IN"}}, {"Pakistan", {"PK"}}, {"Israel", {"IL"}}, {"Jordan", {"JO"}}, {"Egypt", {"EG"}},
    };
    std::vector<std::string_view> nations;
    for (const Words& row : table) {
        if (side.find(row.words) == std::string_view::npos) continue;
        for (const std::string_view nation : row.nations) {
            if (!nation.empty()) nations.push_back(nation);
        }
    }
    return nations;
}

void check_lines(const ExtractedDocument& document, const CheckContext& context, std::vector<Problem>& problems) {
    if (!context.theatre.empty()) Checker(document, context, problems).run();
}

}  // namespace demarc
