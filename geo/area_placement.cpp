#include "geo/area_placement.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "geo/areas.hpp"
#include "geo/slug.hpp"

namespace demarc {
namespace {

std::string text_of(const ExtractedDocument& document, const Mention& mention) { return std::string(mention.span.of(document.document.text)); }

/// The reach of a river that a document means: up to 60 km either way of the place named that is nearest to it.
LineString reach_near(const LineString& course, std::span<const LonLat> positions, LonLat own) {
    constexpr double half_reach_m = 60'000;
    NearestPoint nearest{1e300, {}, 0};
    for (const LonLat position : positions) {
        if (position == own) continue;
        const NearestPoint found = nearest_on_line(position, course);
        if (found.distance_m < nearest.distance_m) nearest = found;
    }
    if (nearest.distance_m > 100'000) nearest = nearest_on_line(own, course);
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
    std::array<char, 64> measure{};
    if (value.distance_m) std::snprintf(measure.data(), measure.size(), "-%.0fm", *value.distance_m);
    words += measure.data();
    if (value.bearing_deg) {
        std::snprintf(measure.data(), measure.size(), "-%.0fdeg", *value.bearing_deg);
        words += measure.data();
    }
    if (mention.anchors.empty()) {
        const auto& date = document.document.metadata.date;
        words += "-" + (date ? earliest_day(*date) : document.document.id);
    }
    return "area:" + slug_of(words);
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
    if (!mention.location) mention.status = Certainty::unresolved;
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
