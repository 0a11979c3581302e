#include "geo/area_placement.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/number_text.hpp"
#include "geo/areas.hpp"
#include "geo/slug.hpp"

namespace demarc {
namespace {

constexpr double metres_per_degree = 111'195;  // of a great circle

std::string text_of(const ExtractedDocument& document, const Mention& mention) { return std::string(mention.span.of(document.document.text)); }

/// Nearest point of a course in the plane of the position's parallel: which reach is meant needs no metre.
NearestPoint roughly_nearest(LonLat position, const LineString& course) {
    const double east = metres_per_degree * std::cos(position.lat * std::numbers::pi / 180);
    NearestPoint nearest{1e300, {}, 0};
    for (std::size_t i = 0; i + 1 < course.size(); ++i) {
        const double ax = longitude_difference(position.lon, course[i].lon) * east, ay = (course[i].lat - position.lat) * metres_per_degree;
        const double dx = longitude_difference(course[i].lon, course[i + 1].lon) * east, dy = (course[i + 1].lat - course[i].lat) * metres_per_degree;
        const double length2 = dx * dx + dy * dy;
        const double t = length2 > 0 ? std::clamp(-(ax * dx + ay * dy) / length2, 0.0, 1.0) : 0;
        const double square = (ax + t * dx) * (ax + t * dx) + (ay + t * dy) * (ay + t * dy);
        if (square >= nearest.distance_m) continue;
        nearest = {square, {course[i].lon + t * (course[i + 1].lon - course[i].lon), course[i].lat + t * (course[i + 1].lat - course[i].lat)}, i};
    }
    nearest.distance_m = std::sqrt(nearest.distance_m);
    return nearest;
}

/// The reach of a river that a document means: up to 60 km either way of the place named that is nearest to it.
LineString reach_near(const LineString& course, std::span<const LonLat> positions, LonLat own) {
    constexpr double half_reach_m = 60'000;
    NearestPoint nearest{1e300, {}, 0};
    for (const LonLat position : positions) {
        if (position == own) continue;
        const NearestPoint found = roughly_nearest(position, course);
        if (found.distance_m < nearest.distance_m) nearest = found;
    }
    if (nearest.distance_m > 100'000) nearest = roughly_nearest(own, course);
    LineString reach{nearest.point};
    double length = 0;
    for (std::size_t i = nearest.edge + 1; i-- > 0 && length < half_reach_m;) {
        length += distance_m(reach.front(), course[i]);
        reach.insert(reach.begin(), course[i]);
    }
    length = 0;
    for (std::size_t i = nearest.edge + 1; i < course.size() && length < half_reach_m; ++i) {
        length += distance_m(reach.back(), course[i]);
        reach.push_back(course[i]);
    }
    reach.erase(std::unique(reach.begin(), reach.end()), reach.end());
    return reach;
}

AreaAnchor anchor_of(const ExtractedDocument& document, const Mention& mention, const AreaContext& context) {
    AreaAnchor anchor;
    anchor.name = text_of(document, mention);
    if (mention.type == MentionType::place) {
        anchor.kind = mention.as<PlaceValue>().kind;
        if (!mention.as<PlaceValue>().name.empty()) anchor.name = mention.as<PlaceValue>().name;
    } else if (mention.type == MentionType::line) {
        anchor.kind = mention.as<LineValue>().kind;
    }
    if (mention.location) anchor.location = *mention.location;
    const auto* point = mention.location ? std::get_if<LonLat>(&mention.location->geometry) : nullptr;
    if (point != nullptr && anchor.kind == "river") {
        if (const ReferenceLine* course = context.lines->river(mention.location->gazetteer_id, anchor.name, *point)) {
            LineString reach = reach_near(course->geometry, context.positions, *point);
            if (reach.size() >= 2) anchor.location = {std::move(reach), course->uncertainty_m, "reference_line", course->id};
        }
    }
    for (const ConstructedPart& part : mention.parts) {
        if (part.suffix == "line") anchor.location = part.location;
        if (part.suffix == "strip") anchor.strip = std::get<Polygon>(part.location.geometry);
    }
    return anchor;
}

std::string area_entity(const ExtractedDocument& document, const Mention& mention) {
    const auto& value = mention.as<AreaValue>();
    std::string words = value.relation;
    for (const std::uint32_t index : mention.anchors) {
        if (index >= document.mentions.size()) continue;
        const std::string& entity = document.mentions[index].entity;
        words += "-" + entity.substr(entity.find(':') + 1);
    }
    if (value.distance_m) words += "-" + number_text(*value.distance_m, std::chars_format::fixed, 0) + "m";
    if (value.bearing_deg) words += "-" + number_text(*value.bearing_deg, std::chars_format::fixed, 0) + "deg";
    if (mention.anchors.empty()) {
        const auto& date = document.document.metadata.date;
        words += "-" + (date ? earliest_day(*date) : document.document.id);
    }
    return "area:" + slug_of(words);
}

/// What lies in a direction from a place ends at the sea.
void cut_at_coast(Mention& mention, const DryAreas& areas) {
    const auto* polygon = std::get_if<Polygon>(&mention.location->geometry);
    if (polygon == nullptr) return;
    auto dry = areas.of(*polygon);
    if (!dry) return;
    mention.why.emplace_back("cut at the coast");
    if (dry->size() == 1) mention.location->geometry = std::move(dry->front());
    else mention.location->geometry = std::move(*dry);
}

/// A zone whose line or width its own words don't give is the one that the document's withdrawals make, where they are all of one distance.
void place_zone_of_document(const ExtractedDocument& document, Mention& mention, std::vector<AreaAnchor> anchors, const AreaContext& context) {
    auto value = mention.as<AreaValue>();
    if (value.distance_m || anchors.size() > 1) return;
    std::optional<double> offset;
    const Mention* strip = nullptr;
    for (const Mention& other : document.mentions) {
        if (other.type != MentionType::line || !other.location || !other.as<LineValue>().offset_m) continue;
        if (offset && *offset != *other.as<LineValue>().offset_m) return;
        offset = other.as<LineValue>().offset_m;
        if (strip == nullptr || other.as<LineValue>().offset_side == "both") strip = &other;
    }
    if (!offset) return;
    const bool has_line = !anchors.empty() && std::holds_alternative<LineString>(anchors[0].location.geometry);
    if (has_line) value.distance_m = 2 * *offset;
    else if (strip->as<LineValue>().offset_side == "both") anchors.assign(1, anchor_of(document, *strip, context));
    else return;
    mention.why.emplace_back("as wide as the withdrawals that the document speaks of");
    mention.location = area_location(value, anchors, {context.range_m}, mention.why);
    if (mention.location) mention.status = Certainty::inferred;
}

void place_area(ExtractedDocument& document, Mention& mention, const AreaContext& context) {
    std::vector<AreaAnchor> anchors;
    for (const std::uint32_t index : mention.anchors) {
        if (index >= document.mentions.size() || &document.mentions[index] == &mention) continue;
        const Mention& anchor = document.mentions[index];
        anchors.push_back(anchor_of(document, anchor, context));
        mention.confidence = std::min(mention.confidence, anchor.confidence);
        if (anchor.status != Certainty::attested) mention.status = Certainty::inferred;
    }
    mention.entity = area_entity(document, mention);
    mention.location = area_location(mention.as<AreaValue>(), anchors, {context.range_m}, mention.why);
    if (!mention.location && mention.as<AreaValue>().relation == "zone") place_zone_of_document(document, mention, anchors, context);
    if (!mention.location) mention.status = Certainty::unresolved;
    else if (context.dry != nullptr && mention.as<AreaValue>().bearing_deg && mention.as<AreaValue>().relation != "distance_from") cut_at_coast(mention, *context.dry);
}

}  // namespace

void place_areas(ExtractedDocument& document, const AreaContext& context) {
    std::vector<Mention*> later;
    for (Mention& mention : document.mentions) {
        if (mention.type != MentionType::area) continue;
        const bool waits = std::any_of(mention.anchors.begin(), mention.anchors.end(), [&](std::uint32_t index) {
            return index < document.mentions.size() && document.mentions[index].type == MentionType::area && document.mentions[index].entity.empty();
        });
        if (waits) later.push_back(&mention);
        else place_area(document, mention, context);
    }
    for (Mention* mention : later) place_area(document, *mention, context);
}

}  // namespace demarc
