#include "gazetteer/gather.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "gazetteer/quote.hpp"

namespace demarc {
namespace {

constexpr std::size_t max_candidates = 10;

// Place of a mention in the run: documents by id, then position.
struct Place {
    std::string doc;
    std::size_t index = 0;
    friend auto operator<=>(const Place&, const Place&) = default;
};

// A location of known and small uncertainty comes first.
std::tuple<bool, bool, double> order_of(const Location& location) {
    return {is_null(location.geometry), location.uncertainty_m < 0, location.uncertainty_m};
}

std::string collapse(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (!space) out += c;
        else if (!out.empty() && out.back() != ' ') out += ' ';
    }
    return out;
}

struct Described {
    std::string name = {}, kind = {}, country = {}, side = {}, state = {}, proposed_by = {}, sidc = {}, when = {};
    std::optional<double> offset_m = {};
};

struct Describe {
    Described operator()(const PersonValue& v) const { return {.name = v.name}; }
    Described operator()(const OrganisationValue& v) const { return {.name = v.name, .kind = v.kind}; }
    Described operator()(const UnitValue& v) const { return {.name = v.designation, .kind = v.echelon, .country = v.nation, .sidc = v.sidc}; }
    Described operator()(const DateValue& v) const { return {.name = v.edtf, .when = v.edtf}; }
    Described operator()(const MeasureValue& v) const { return {.kind = v.dimension}; }
    Described operator()(const PlaceValue& v) const { return {.name = v.name, .kind = v.kind}; }
    Described operator()(const AreaValue& v) const { return {.kind = v.relation}; }
    Described operator()(const LineValue& v) const {
        return {.name = v.name, .kind = v.kind, .side = v.offset_side, .state = v.state, .proposed_by = v.proposed_by, .when = v.when, .offset_m = v.offset_m};
    }
    Described operator()(const CoordinateValue& v) const { return {.kind = v.system}; }
    Described operator()(const ReferenceValue& v) const { return {.kind = v.kind}; }
};

std::string interval(const std::string& start, const std::string& end) {
    if (start.empty() && end.empty()) return {};
    return start == end ? start : start + "/" + end;
}

}  // namespace

struct EntityGatherer::Gathered {
    struct Part {
        ConstructedPart part;
        Place at;                     // mention that the location came from
        std::set<Place> mentions;
    };
    MentionType type = MentionType::place;
    std::set<Place> mentions;
    std::map<std::string, std::map<std::string, std::set<std::string>>> names;  // surface -> language -> documents
    Place first, best, located;
    std::string first_surface, quote;
    Described described;              // of the first mention
    std::vector<std::string> first_anchors;
    std::string line_when;            // of the first mention that says when
    Place line_when_at;
    Certainty status = Certainty::unresolved;
    double confidence = -1;
    std::vector<Candidate> candidates;
    std::vector<std::string> why;
    std::optional<Location> location;
    std::vector<std::string> anchors;
    std::string gazetteer_id;
    std::string start, end;           // of the documents' dates
    std::map<std::string, Part> parts;
};

EntityGatherer::EntityGatherer(const Gazetteer& gazetteer) : gazetteer_(gazetteer) {}
EntityGatherer::~EntityGatherer() = default;

void EntityGatherer::add(const ExtractedDocument& extracted) {
    const Document& document = extracted.document;
    const std::optional<CivilDate>& date = document.metadata.date;
    for (std::size_t i = 0; i < extracted.mentions.size(); ++i) {
        const Mention& mention = extracted.mentions[i];
        if (mention.entity.empty()) continue;
        Gathered& entity = entities_[mention.entity];
        const Place at{document.id, i};
        const bool fresh = entity.mentions.empty();
        entity.mentions.insert(at);
        const std::string surface = collapse(mention.span.of(document.text));
        entity.names[surface][document.metadata.language].insert(document.id);

        std::vector<std::string> anchors;
        for (const std::uint32_t anchor : mention.anchors) {
            if (anchor < extracted.mentions.size() && !extracted.mentions[anchor].entity.empty()) anchors.push_back(extracted.mentions[anchor].entity);
        }
        Described described = std::visit(Describe{}, mention.value);
        if (!described.when.empty() && (entity.line_when.empty() || at < entity.line_when_at)) {
            entity.line_when = described.when;
            entity.line_when_at = at;
        }
        if (fresh || at < entity.first) {
            entity.first = at;
            entity.type = mention.type;
            entity.first_surface = surface;
            entity.quote = quote_around(document.text, mention.span);
            entity.described = std::move(described);
            entity.first_anchors = anchors;
        }
        const auto sureness = std::tuple(mention.status, -mention.confidence, at);
        if (fresh || sureness < std::tuple(entity.status, -entity.confidence, entity.best)) {
            entity.best = at;
            entity.status = mention.status;
            entity.confidence = mention.confidence;
            entity.why = mention.why;
            // The chosen one stands first when the mention is resolved.
            const std::size_t skip = mention.status == Certainty::unresolved ? 0 : std::min<std::size_t>(1, mention.candidates.size());
            const std::size_t count = std::min(max_candidates, mention.candidates.size() - skip);
            entity.candidates.assign(mention.candidates.begin() + static_cast<std::ptrdiff_t>(skip), mention.candidates.begin() + static_cast<std::ptrdiff_t>(skip + count));
            if (mention.type == MentionType::place) entity.gazetteer_id = mention.as<PlaceValue>().gazetteer_id;
        }
        if (mention.location) {
            const auto order = std::tuple(order_of(*mention.location), at);
            if (!entity.location || order < std::tuple(order_of(*entity.location), entity.located)) {
                entity.location = mention.location;
                entity.located = at;
                entity.anchors = anchors;
            }
        }
        for (const ConstructedPart& part : mention.parts) {
            Gathered::Part& known = entity.parts[part.suffix];
            const auto order = std::tuple(order_of(part.location), at);
            if (known.mentions.empty() || order < std::tuple(order_of(known.part.location), known.at)) {
                known.part = part;
                known.at = at;
            }
            known.mentions.insert(at);
        }
        if (date) {
            const std::string from = earliest_day(*date), to = latest_day(*date);
            if (entity.start.empty() || from < entity.start) entity.start = from;
            if (entity.end.empty() || to > entity.end) entity.end = to;
        }
    }
}

std::vector<Entity> EntityGatherer::finish() {
    const auto ids_of = [](const std::set<Place>& mentions, Entity& entity) {
        for (const Place& at : mentions) {
            Document document;
            document.id = at.doc;
            entity.mentions.push_back(mention_id(document, at.index));
            if (entity.docs.empty() || entity.docs.back() != at.doc) entity.docs.push_back(at.doc);
        }
    };
    std::vector<Entity> out;
    for (auto& [id, gathered] : entities_) {
        Entity entity;
        entity.id = id;
        entity.type = gathered.type;
        ids_of(gathered.mentions, entity);

        // The record: named by the mention or its location, else by the entity's id ("person:mao-zedong").
        std::string record_id = gathered.gazetteer_id;
        const bool placed = gathered.location && gathered.location->source == "gazetteer";
        if (record_id.empty() && placed) record_id = gathered.location->gazetteer_id;
        if (record_id.empty() && (gathered.type == MentionType::place || gathered.type == MentionType::person)) record_id = id.substr(id.find(':') + 1);
        const std::uint32_t index = gazetteer_.find_id(record_id);
        const bool known = !record_id.empty() && index < gazetteer_.size() &&
                           (gazetteer_.record(index).record_class == RecordClass::person) == (gathered.type == MentionType::person);
        std::map<std::string, std::string, std::less<>> record_languages;
        if (known) {
            const Record record = gazetteer_.record(index);
            entity.name = record.name;
            entity.kind = gathered.type == MentionType::place ? record.kind : std::string_view();
            entity.country = record.country;
            for (const RecordName& name : gazetteer_.names(index)) {
                if (name.kind != NameKind::generated) record_languages.emplace(name.text, name.lang);
            }
        }
        const Described& described = gathered.described;
        if (entity.name.empty()) entity.name = described.name.empty() ? gathered.first_surface : described.name;
        if (entity.kind.empty()) entity.kind = described.kind;
        if (entity.country.empty()) entity.country = described.country;
        entity.side = described.side;
        entity.state = described.state;
        entity.proposed_by = described.proposed_by;
        entity.sidc = described.sidc;
        entity.offset_m = described.offset_m;
        entity.anchors = gathered.location ? gathered.anchors : gathered.first_anchors;

        for (const auto& [surface, languages] : gathered.names) {
            EntityName name;
            name.name = surface;
            const auto of_record = record_languages.find(surface);
            name.lang = of_record != record_languages.end() && !of_record->second.empty() ? of_record->second : languages.begin()->first;
            std::set<std::string> docs;
            for (const auto& [language, attesting] : languages) docs.insert(attesting.begin(), attesting.end());
            name.docs.assign(docs.begin(), docs.end());
            entity.names.push_back(std::move(name));
        }
        for (const auto& [text, language] : record_languages) {
            if (!gathered.names.contains(text)) entity.names.push_back({text, language, {}});
        }

        entity.location = std::move(gathered.location);
        entity.status = gathered.status;
        entity.confidence = gathered.confidence;
        entity.candidates = std::move(gathered.candidates);
        entity.why = std::move(gathered.why);
        entity.quote = std::move(gathered.quote);
        entity.start = gathered.start;
        entity.end = gathered.end;
        entity.when = interval(entity.start, entity.end);
        if (!gathered.line_when.empty()) {
            entity.when = gathered.line_when;
            if (const auto bounds = edtf_bounds(gathered.line_when)) {
                entity.start = (*bounds)[0];
                entity.end = (*bounds)[1];
            }
        }
        entity.has_parts = !gathered.parts.empty();
        for (auto& [suffix, part] : gathered.parts) {
            Entity child;
            child.id = id + "/" + suffix;
            child.type = part.part.type;
            child.kind = part.part.kind;
            child.name = part.part.name.empty() ? entity.name : part.part.name;
            ids_of(part.mentions, child);
            child.names.push_back({child.name, "", {}});
            child.location = std::move(part.part.location);
            child.when = entity.when;
            child.start = entity.start;
            child.end = entity.end;
            child.status = entity.status;
            child.confidence = entity.confidence;
            child.why = entity.why;
            child.side = part.part.side;
            child.state = entity.state;
            child.proposed_by = entity.proposed_by;
            child.quote = entity.quote;
            child.anchors = entity.anchors;
            child.offset_m = entity.offset_m;
            child.country = entity.country;
            child.parent = id;
            out.push_back(std::move(child));
        }
        out.push_back(std::move(entity));
    }
    entities_.clear();
    std::sort(out.begin(), out.end(), [](const Entity& a, const Entity& b) { return a.id < b.id; });
    return out;
}

std::vector<Entity> gather_entities(const std::vector<ExtractedDocument>& documents, const Gazetteer& gazetteer) {
    EntityGatherer gatherer(gazetteer);
    for (const ExtractedDocument& document : documents) gatherer.add(document);
    return gatherer.finish();
}

}  // namespace demarc
