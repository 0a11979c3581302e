#include "out/record_writers.hpp"

#include <array>
#include <charconv>
#include <map>

#include "base/utf8.hpp"
#include "out/geojson_geometry.hpp"
#include "out/json_writer.hpp"
#include "out/sha256.hpp"

namespace demarc {
namespace {

// The id of a document's mention (mention_id).
void put_mention_id(JsonWriter& json, std::string_view document, std::size_t index) { json.numbered_string(document, "#m", index); }

// The members with which the lines of a document's mentions begin, one line at a time.
class MentionHeads {
public:
    explicit MentionHeads(const Document& document) {
        text_ = "\"doc\":";
        append_json_string(text_, document.id);
        text_ += ",\"id\":";
        append_json_string(text_, document.id);
        text_.back() = '#';
        text_ += 'm';
        start_ = text_.size();
        text_.resize(start_ + most_digits + 1);
    }
    // Valid until the next one is asked for.
    std::string_view operator()(std::size_t index) {
        char* const end = std::to_chars(text_.data() + start_, text_.data() + start_ + most_digits, index).ptr;
        *end = '"';
        return {text_.data(), static_cast<std::size_t>(end + 1 - text_.data())};
    }

private:
    static constexpr std::size_t most_digits = 20;
    std::string text_;
    std::size_t start_ = 0;
};

// What most mentions' lines have between two values: the names of types and states as to_string gives them.
constexpr std::array<JsonKey, known_type_count> type_and_start = {{{"type", "person", "start"}, {"type", "organisation", "start"}, {"type", "military_unit", "start"}, {"type", "date", "start"},
                                                                  {"type", "measure", "start"}, {"type", "place", "start"}, {"type", "area", "start"}, {"type", "line", "start"},
                                                                  {"type", "coordinate", "start"}, {"type", "document_ref", "start"}}};
constexpr std::array<JsonKey, 3> status_and_value = {{{"status", "attested", "value"}, {"status", "inferred", "value"}, {"status", "unresolved", "value"}}};

void strings(JsonWriter& json, const JsonKey& key, const std::vector<std::string>& values) {
    if (values.empty()) return;
    json.key(key);
    json.begin_array();
    for (const std::string& value : values) json.string(value);
    json.end_array();
}

void optional_number(JsonWriter& json, const JsonKey& key, const std::optional<double>& value, int decimals) {
    if (!value) return;
    json.key(key);
    json.decimal(*value, decimals);
}

void candidates(JsonWriter& json, const std::vector<Candidate>& list) {
    json.key("candidates");
    json.begin_array();
    std::size_t count = 0;
    for (const Candidate& candidate : list) {
        if (++count > 10) break;
        json.begin_object();
        json.field("id", candidate.id);
        json.optional_field("name", candidate.name);
        json.key("score");
        json.decimal(candidate.score, 3);
        strings(json, "route", candidate.route);
        json.end_object();
    }
    json.end_array();
}

void relations(JsonWriter& json, const ExtractedDocument& document, const RareList<Relation>& list) {
    json.key("relations");
    json.begin_array();
    for (const Relation& relation : list) {
        json.begin_object();
        json.field("kind", relation.kind);
        json.key("mention");
        put_mention_id(json, document.document.id, relation.target);
        json.optional_field("entity", document.mentions[relation.target].entity);
        json.optional_field("when", relation.when);
        if (relation.date) {
            json.key("date");
            put_mention_id(json, document.document.id, *relation.date);
        }
        json.optional_field("rule", relation.rule);
        json.end_object();
    }
    json.end_array();
}

void location(JsonWriter& json, const std::optional<Location>& place, std::string_view geometry) {
    json.key("location");
    if (geometry.empty()) {
        json.null();
        return;
    }
    json.begin_object();
    json.key("geometry");
    json.raw(geometry);
    if (place->uncertainty_m >= 0) {
        json.key("uncertainty_m");
        json.decimal(place->uncertainty_m, 0);
    }
    json.optional_field("source", place->source);
    json.optional_field("gazetteer_id", place->gazetteer_id);
    json.end_object();
}

struct ValueWriter {
    JsonWriter& json;
    const ExtractedDocument& document;
    const Mention& mention;

    void anchors() const {
        if (mention.anchors.empty()) return;
        json.key<"anchors">();
        json.begin_array();
        for (const std::uint32_t anchor : mention.anchors) put_mention_id(json, document.document.id, anchor);
        json.end_array();
    }
    void operator()(const PersonValue& v) const {
        json.optional_field<"name">(v.name);
        json.optional_field<"title">(v.title);
        json.optional_field<"rank">(v.rank);
        json.optional_field<"role">(v.role);
        if (v.alias) {
            json.key<"alias">();
            json.boolean(true);
        }
    }
    void operator()(const OrganisationValue& v) const {
        json.optional_field<"name">(v.name);
        json.optional_field<"kind">(v.kind);
    }
    void operator()(const UnitValue& v) const {
        json.optional_field<"designation">(v.designation);
        json.optional_field<"number">(v.number);
        json.optional_field<"echelon">(v.echelon);
        json.optional_field<"branch">(v.branch);
        json.optional_field<"nation">(v.nation);
        json.optional_field<"parent">(v.parent);
        if (!v.superiors.empty()) json.field<"parent_entity">(v.superiors.front().entity);
        json.optional_field<"sidc">(v.sidc);
    }
    void operator()(const DateValue& v) const {
        json.optional_field<"edtf">(v.edtf);
        json.optional_field<"timex_type">(v.timex_type);
        json.optional_field<"timex_value">(v.timex_value);
        json.optional_field<"earliest">(v.earliest);
        json.optional_field<"latest">(v.latest);
        json.optional_field<"anchor">(v.anchor);
        json.key<"zone">();
        if (v.zone.empty()) json.null();
        else json.string(v.zone);
    }
    void operator()(const MeasureValue& v) const {
        optional_number(json, "value", v.value, 9);
        optional_number(json, "low", v.low, 9);
        optional_number(json, "high", v.high, 9);
        json.optional_field<"unit">(v.unit);
        json.optional_field<"dimension">(v.dimension);
        optional_number(json, "si_value", v.value_si, 9);
        optional_number(json, "si_low", v.low_si, 9);
        optional_number(json, "si_high", v.high_si, 9);
        json.optional_field<"si_unit">(v.si_unit);
        if (v.approximate) {
            json.key<"approximate">();
            json.boolean(true);
        }
    }
    void operator()(const PlaceValue& v) const {
        json.optional_field<"name">(v.name);
        json.optional_field<"kind">(v.kind);
        json.optional_field<"gazetteer_id">(v.gazetteer_id);
    }
    void operator()(const AreaValue& v) const {
        json.optional_field<"relation">(v.relation);
        anchors();
        optional_number(json, "distance_m", v.distance_m, 3);
        optional_number(json, "bearing_deg", v.bearing_deg, 1);
    }
    void operator()(const LineValue& v) const {
        json.optional_field<"kind">(v.kind);
        json.optional_field<"name">(v.name);
        anchors();
        optional_number(json, "offset_m", v.offset_m, 3);
        json.optional_field<"offset_side">(v.offset_side);
        json.optional_field<"proposed_by">(v.proposed_by);
        json.optional_field<"state">(v.state);
        json.optional_field<"when">(v.when);
    }
    void operator()(const CoordinateValue& v) const {
        json.optional_field<"system">(v.system);
        json.optional_field<"datum">(v.datum);
        optional_number(json, "lon", v.lon, 7);
        optional_number(json, "lat", v.lat, 7);
        if (v.precision_m >= 0) {
            json.key<"precision_m">();
            json.decimal(v.precision_m, 0);
        }
    }
    void operator()(const ReferenceValue& v) const {
        json.optional_field<"kind">(v.kind);
        if (v.parts.empty()) return;
        json.key<"parts">();
        json.begin_object();
        for (const auto& [name, value] : v.parts) json.any_field(name, value);
        json.end_object();
    }
    void operator()(const DeclaredValue& v) const {
        json.optional_field<"name">(v.name);
        for (const auto& [name, value] : v.fields) json.any_field(name, value);
    }
};

}  // namespace

void append_value(std::string& out, const ExtractedDocument& document, const Mention& mention) {
    JsonWriter json(out);
    json.begin_object();
    std::visit(ValueWriter{json, document, mention}, mention.value);
    json.end_object();
}

void append_mentions(std::string& out, const ExtractedDocument& document) {
    const CodePointIndex code_points(document.document.text);
    MentionHeads heads(document.document);
    JsonWriter json(out);
    for (std::size_t i = 0; i < document.mentions.size(); ++i) {
        const Mention& mention = document.mentions[i];
        json.begin_object();
        json.raw(heads(i));
        if (std::holds_alternative<DeclaredValue>(mention.value)) {
            json.field("type", type_name(mention));
            json.key("start");
        } else {
            json.key(type_and_start[static_cast<std::size_t>(mention.type)]);
        }
        json.number(static_cast<std::int64_t>(code_points.at(mention.span.begin)));
        json.field<"end">(static_cast<std::int64_t>(code_points.at(mention.span.end)));
        json.field<"byte_start">(std::int64_t{mention.span.begin});
        json.field<"byte_end">(std::int64_t{mention.span.end});
        json.field<"text">(mention.span.of(document.document.text));
        json.optional_field<"entity">(mention.entity);
        json.field<"rule">(mention.rule);
        json.key<"confidence">();
        json.decimal(mention.confidence, 2);
        if (mention.editorial) {
            json.field("status", to_string(mention.status));
            json.key("editorial");
            json.boolean(true);
            json.key("value");
        } else {
            json.key(status_and_value[static_cast<std::size_t>(mention.status)]);
        }
        json.begin_object();
        std::visit(ValueWriter{json, document, mention}, mention.value);
        json.end_object();
        if (mention.candidates.size() > 1 || (mention.status == Certainty::unresolved && !mention.candidates.empty())) candidates(json, mention.candidates);
        if (!mention.relations.empty()) relations(json, document, mention.relations);
        json.key<"why">();
        json.begin_array();
        for (const std::string& step : mention.why) json.string(step);
        json.end_array();
        json.end_line();
    }
}

void append_document(std::string& out, const ExtractedDocument& extracted, std::size_t problems) {
    const Document& document = extracted.document;
    const DocumentMetadata& metadata = document.metadata;
    JsonWriter json(out);
    json.begin_object();
    json.field("id", document.id);
    json.field("path", document.path);
    if (document.record != 0) json.field("record", static_cast<std::int64_t>(document.record));
    json.optional_field("title", metadata.title);
    json.optional_field("citation", metadata.citation);
    if (metadata.date) json.field("date", to_edtf(*metadata.date));
    json.optional_field("date_source", metadata.date_source);
    json.optional_field("sender", metadata.sender);
    strings(json, "recipients", metadata.recipients);
    json.optional_field("language", metadata.language);
    json.optional_field("original_language", metadata.original_language);
    json.optional_field("archive_reference", metadata.archive_reference);
    json.optional_field("translator", metadata.translator);
    json.optional_field("source", metadata.source);
    strings(json, "stamps", metadata.stamps);
    strings(json, "copies", metadata.copies);
    json.field("encoding", document.encoding);
    json.field("text_sha256", sha256_hex(document.text));
    json.field("bytes", static_cast<std::int64_t>(document.text.size()));
    json.field("code_points", static_cast<std::int64_t>(count_code_points(document.text)));
    std::array<std::int64_t, known_type_count> counts{};
    std::map<std::string_view, std::int64_t> declared_counts;
    for (const Mention& mention : extracted.mentions) {
        if (mention.type == MentionType::declared) ++declared_counts[type_name(mention)];
        else ++counts[static_cast<std::size_t>(mention.type)];
    }
    json.key("counts");
    json.begin_object();
    for (std::size_t type = 0; type < counts.size(); ++type) json.any_field(to_string(static_cast<MentionType>(type)), counts[type]);
    for (const auto& [kind, count] : declared_counts) json.any_field(kind, count);
    json.end_object();
    json.field("problems", static_cast<std::int64_t>(problems));
    json.end_object();
    out += '\n';
}

void append_entity(std::string& out, const Entity& entity, std::string_view geometry) {
    JsonWriter json(out);
    json.begin_object();
    json.field("id", entity.id);
    json.field("type", type_name(entity));
    json.optional_field("kind", entity.kind);
    json.field("name", entity.name);
    json.key("names");
    json.begin_array();
    for (const EntityName& name : entity.names) {
        json.begin_object();
        json.field("name", name.name);
        json.optional_field("lang", name.lang);
        if (!name.docs.empty()) {
            json.key("docs");
            json.begin_array();
            for (const std::uint32_t doc : name.docs) json.string(entity.docs[doc]);
            json.end_array();
        }
        json.end_object();
    }
    json.end_array();
    json.key("mentions");
    json.begin_array();
    for (const EntityMention& mention : entity.mentions) put_mention_id(json, entity.docs[mention.doc], mention.index);
    json.end_array();
    json.key("docs");
    json.begin_array();
    for (const std::string& doc : entity.docs) json.string(doc);
    json.end_array();
    location(json, entity.location, geometry);
    json.optional_field("when", entity.when);
    json.field("status", to_string(entity.status));
    json.key("confidence");
    json.decimal(entity.confidence, 2);
    candidates(json, entity.candidates);
    json.key("why");
    json.begin_array();
    for (const std::string& step : entity.why) json.string(step);
    json.end_array();
    json.optional_field("parent", entity.parent);
    json.optional_field("country", entity.country);
    json.optional_field("side", entity.side);
    json.optional_field("state", entity.state);
    json.optional_field("proposed_by", entity.proposed_by);
    json.optional_field("sidc", entity.sidc);
    strings(json, "anchors", entity.anchors);
    optional_number(json, "offset_m", entity.offset_m, 3);
    json.end_object();
    out += '\n';
}

void append_problem(std::string& out, const Problem& problem) {
    JsonWriter json(out);
    json.begin_object();
    json.field("doc", problem.document);
    if (problem.record) json.field("record", static_cast<std::int64_t>(*problem.record));
    json.field("level", to_string(problem.level));
    json.field("code", problem.code);
    json.field("message", problem.message);
    if (problem.span) {
        json.field("byte_start", std::int64_t{problem.span->begin});
        json.field("byte_end", std::int64_t{problem.span->end});
    }
    json.end_object();
    out += '\n';
}

}  // namespace demarc
