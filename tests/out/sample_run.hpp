#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/entity.hpp"
#include "base/mention.hpp"

namespace demarc::test {

inline Span span_of(const std::string& text, std::string_view part) {
    const auto at = static_cast<std::uint32_t>(text.find(part));
    return {at, at + static_cast<std::uint32_t>(part.size())};
}

/// A document with nested mentions, Hangul and an emoji before them, a quotation mark and an end of a script element.
inline ExtractedDocument sample_document() {
    ExtractedDocument out;
    Document& document = out.document;
    document.id = "sample.txt";
    document.path = "in/sample.txt";
    document.encoding = "UTF-8";
    document.text = "개성 \xF0\x9F\x9A\xA9 \"Hold\" </script><!--\nthe area of Kaesong, front line, 2 km, 1 November.";
    document.metadata.title = "Sample <b>";
    document.metadata.date = CivilDate{1951, 11, 1};
    document.metadata.date_source = "title";
    const auto add = [&](MentionType type, std::string_view part, MentionValue value) -> Mention& {
        Mention mention;
        mention.type = type;
        mention.span = span_of(document.text, part);
        static const std::map<MentionType, std::string> rules = {{MentionType::area, "area.test"}, {MentionType::place, "place.test"}, {MentionType::line, "line.test"},
                                                                 {MentionType::measure, "measure.test"}, {MentionType::date, "date.test"}};
        mention.rule = rules.at(type);
        mention.value = std::move(value);
        out.mentions.push_back(std::move(mention));
        return out.mentions.back();
    };
    Mention& area = add(MentionType::area, "area of Kaesong", AreaValue{"area_of", {}, {}});
    area.anchors = {1};
    area.entity = "area:area-of-kp-kaesong";
    area.status = Certainty::inferred;
    area.confidence = 0.75;
    area.why = {"around Kaesŏng"};
    Mention& place = add(MentionType::place, "Kaesong", PlaceValue{"Kaesŏng", "town", "kp-kaesong"});
    place.entity = "place:kp-kaesong";
    place.confidence = 0.95;
    Mention& line = add(MentionType::line, "front line", LineValue{"front_line", "", {}, "", "", "actual", "1951-11-01"});
    line.entity = "line:front-line";
    line.status = Certainty::unresolved;
    line.candidates = {{7, 0.4F, "line-a", "Line A", {}}};
    add(MentionType::measure, "2 km", MeasureValue{2.0, {}, {}, "km", "length", 2000.0, {}, {}, "m", false});
    add(MentionType::date, "1 November", DateValue{"1951-11-01", "DATE", "1951-11-01", "1951-11-01", "1951-11-01", "the document's date", ""});
    return out;
}

inline Entity sample_entity(MentionType type, std::string id, std::string kind, std::string name, Geometry geometry) {
    Entity entity;
    entity.type = type;
    entity.id = std::move(id);
    entity.kind = std::move(kind);
    entity.name = std::move(name);
    entity.names = {{entity.name, "", {0}}};
    entity.docs = {"sample.txt"};
    entity.mentions = {{0, 1}};
    if (!is_null(geometry)) entity.location = Location{std::move(geometry), 1500, "gazetteer", "kp-kaesong"};
    entity.start = entity.end = entity.when = "1951-11-01";
    entity.quote = "the area of \"Kaesong\"";
    entity.why = {"named", "in the gazetteer"};
    return entity;
}

/// A place, a front line whose boundaries and strip are drawn by parts, the strip, an area, and a line without a place.
inline std::vector<Entity> sample_entities() {
    std::vector<Entity> out;
    out.push_back(sample_entity(MentionType::place, "place:kp-kaesong", "town", "Kaesŏng", LonLat{126.5544, 37.9708}));
    out.back().names = {{"Kaesong", "en", {0}}, {"개성", "ko", {}}, {"Kaesong", "", {0}}};
    const LineString front = {{126.6, 37.8}, {126.9, 38.2}, {127.6, 38.4}, {128.35, 38.6}};
    out.push_back(sample_entity(MentionType::line, "line:front-line", "front_line", "front line", front));
    out.push_back(sample_entity(MentionType::line, "line:boundaries", "withdrawal_boundary", "boundaries", front));
    out.back().has_parts = true;
    const Ring clockwise = {{126.6, 37.9}, {126.9, 38.3}, {127.6, 38.5}, {127.6, 38.3}, {126.9, 38.1}, {126.6, 37.7}, {126.6, 37.9}};
    out.push_back(sample_entity(MentionType::area, "area:boundaries-strip", "withdrawal_zone", "strip", Polygon{clockwise, {}}));
    out.back().parent = "line:boundaries";
    out.back().anchors = {"line:front-line"};
    out.back().offset_m = 2000;
    out.back().location->source = "constructed";
    out.push_back(sample_entity(MentionType::line, "line:nowhere", "demarcation_line", "line of demarcation", {}));
    out.push_back(sample_entity(MentionType::place, "place:nowhere", "", "Nowhere", {}));
    out.push_back(sample_entity(MentionType::person, "person:mao", "", "Mao", {}));
    return out;
}

}  // namespace demarc::test
