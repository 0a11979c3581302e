#include "gazetteer/gather.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "base/edtf.hpp"
#include "gazetteer/quote.hpp"

namespace demarc {
namespace {

constexpr std::size_t max_candidates = 10;

// Place of a mention in the run: the document's number in the order of adding, and the position in it. The order that counts is that of the
// documents' ids (EntityGatherer::before).
struct Place {
    std::uint32_t doc = 0;
    std::uint32_t index = 0;
    friend bool operator==(const Place&, const Place&) = default;
};

// A location of known and small uncertainty comes first.
std::tuple<bool, bool, double> order_of(const Location& location) {
    return {is_null(location.geometry), location.uncertainty_m < 0, location.uncertainty_m};
}

// Whether collapse_white_space would change nothing.
bool is_collapsed(std::string_view text) {
    char last = ' ';
    for (const char c : text) {
        if (c == ' ' ? last == ' ' : c >= '\t' && c <= '\r') return false;
        last = c;
    }
    return text.empty() || last != ' ';
}

struct Described {
    std::string name = {}, kind = {}, declared = {}, country = {}, side = {}, state = {}, proposed_by = {}, sidc = {};
    std::optional<double> offset_m = {};
};

struct Describe {
    Described operator()(const PersonValue& v) const { return {.name = v.name}; }
    Described operator()(const OrganisationValue& v) const { return {.name = v.name, .kind = v.kind}; }
    Described operator()(const UnitValue& v) const { return {.name = v.designation, .kind = v.echelon, .country = v.nation, .sidc = v.sidc}; }
    Described operator()(const DateValue& v) const { return {.name = v.edtf}; }
    Described operator()(const MeasureValue& v) const { return {.kind = v.dimension}; }
    Described operator()(const PlaceValue& v) const { return {.name = v.name, .kind = v.kind}; }
    Described operator()(const AreaValue& v) const { return {.kind = v.relation}; }
    Described operator()(const LineValue& v) const {
        return {.name = v.name, .kind = v.kind, .side = v.offset_side, .state = v.state, .proposed_by = v.proposed_by, .offset_m = v.offset_m};
    }
    Described operator()(const CoordinateValue& v) const { return {.kind = v.system}; }
    Described operator()(const ReferenceValue& v) const { return {.kind = v.kind}; }
    Described operator()(const DeclaredValue& v) const {
        const auto kind = std::find_if(v.fields.begin(), v.fields.end(), [](const auto& field) { return field.first == "kind"; });
        return {.name = v.name, .kind = kind == v.fields.end() ? std::string() : kind->second, .declared = v.kind};
    }
};

// What a value says of its time, EDTF; null where it can say nothing.
const std::string* when_of(const MentionValue& value) {
    if (const auto* date = std::get_if<DateValue>(&value)) return &date->edtf;
    if (const auto* line = std::get_if<LineValue>(&value)) return &line->when;
    return nullptr;
}

std::string interval(const std::string& start, const std::string& end) {
    if (start.empty() && end.empty()) return {};
    return start == end ? start : start + "/" + end;
}

}  // namespace

struct EntityGatherer::Gathered {
    struct Part {
        ConstructedPart part;
        Place at;                     // mention that the location came from
        std::vector<Place> mentions;
    };
    struct Attestation {
        std::uint32_t language, doc;  // numbers
        friend bool operator==(const Attestation&, const Attestation&) = default;
    };
    MentionType type = MentionType::place;
    std::vector<Place> mentions;
    std::map<std::string, std::vector<Attestation>, std::less<>> names;  // by surface
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

bool EntityGatherer::before(std::uint32_t doc, std::uint32_t index, std::uint32_t other_doc, std::uint32_t other_index) const {
    return doc == other_doc ? index < other_index : docs_[doc] < docs_[other_doc];
}

void EntityGatherer::add(const ExtractedDocument& extracted) {
    const Document& document = extracted.document;
    const std::optional<CivilDate>& date = document.metadata.date;
    const std::string from = date ? earliest_day(*date) : "", to = date ? latest_day(*date) : "";
    const auto doc = static_cast<std::uint32_t>(docs_.size());
    docs_.push_back(document.id);
    const auto language = static_cast<std::uint32_t>(std::find(languages_.begin(), languages_.end(), document.metadata.language) - languages_.begin());
    if (language == languages_.size()) languages_.push_back(document.metadata.language);
    const auto earlier = [this](Place a, Place b) { return before(a.doc, a.index, b.doc, b.index); };
    for (std::uint32_t i = 0; i < extracted.mentions.size(); ++i) {
        const Mention& mention = extracted.mentions[i];
        if (mention.entity.empty()) continue;
        Gathered& entity = entities_[mention.entity];
        const Place at{doc, i};
        const bool fresh = entity.mentions.empty(), fresh_in_document = fresh || entity.mentions.back().doc != doc;
        entity.mentions.push_back(at);
        std::string collapsed;
        std::string_view surface = mention.span.of(document.text);
        if (!is_collapsed(surface)) surface = collapsed = collapse_white_space(surface);
        if (const std::string* when = when_of(mention.value); when != nullptr && !when->empty() && (entity.line_when.empty() || earlier(at, entity.line_when_at))) {
            entity.line_when = *when;
            entity.line_when_at = at;
        }
        const auto anchors = [&] {
            std::vector<std::string> out;
            for (const std::uint32_t anchor : mention.anchors) {
                if (anchor < extracted.mentions.size() && !extracted.mentions[anchor].entity.empty()) out.push_back(extracted.mentions[anchor].entity);
            }
            return out;
        };
        if (fresh || earlier(at, entity.first)) {
            entity.first = at;
            entity.type = mention.type;
            entity.first_surface = surface;
            if (can_be_drawn(mention.type)) entity.quote = quote_around(document.text, mention.span);
            else entity.quote.clear();
            entity.described = std::visit(Describe{}, mention.value);
            entity.first_anchors = anchors();
        }
        const auto sureness = std::pair(mention.status, -mention.confidence), surest = std::pair(entity.status, -entity.confidence);
        if (fresh || sureness < surest || (sureness == surest && earlier(at, entity.best))) {
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
            const bool first = !entity.location;
            const auto order = order_of(*mention.location), known = first ? order : order_of(*entity.location);
            if (first || order < known || (order == known && earlier(at, entity.located))) {
                entity.location = mention.location;
                entity.located = at;
                entity.anchors = anchors();
            }
        }
        for (const ConstructedPart& part : mention.parts) {
            Gathered::Part& known = entity.parts[part.suffix];
            const auto order = order_of(part.location), before_it = order_of(known.part.location);
            if (known.mentions.empty() || order < before_it || (order == before_it && earlier(at, known.at))) {
                known.part = part;
                known.at = at;
            }
            known.mentions.push_back(at);
        }
        const auto name = entity.names.find(surface);
        auto& attestations = name != entity.names.end() ? name->second : entity.names[std::string(surface)];
        if (const Gathered::Attestation attestation{language, doc}; attestations.empty() || attestations.back() != attestation) attestations.push_back(attestation);
        if (date && fresh_in_document) {
            if (entity.start.empty() || from < entity.start) entity.start = from;
            if (entity.end.empty() || to > entity.end) entity.end = to;
        }
    }
}

std::vector<Entity> EntityGatherer::finish() {
    std::vector<std::uint32_t> by_id(docs_.size()), rank(docs_.size());  // documents in the order of their ids, and back
    std::iota(by_id.begin(), by_id.end(), 0u);
    std::sort(by_id.begin(), by_id.end(), [this](std::uint32_t a, std::uint32_t b) { return docs_[a] < docs_[b]; });
    for (std::uint32_t i = 0; i < by_id.size(); ++i) rank[by_id[i]] = i;
    const auto ids_of = [&](std::vector<Place>& mentions, Entity& entity) {
        std::sort(mentions.begin(), mentions.end(), [&](Place a, Place b) { return a.doc != b.doc ? rank[a.doc] < rank[b.doc] : a.index < b.index; });
        entity.mentions.reserve(mentions.size());
        for (const Place at : mentions) {
            entity.mentions.push_back(docs_[at.doc] + "#m" + std::to_string(at.index));
            if (entity.docs.empty() || entity.docs.back() != docs_[at.doc]) entity.docs.push_back(docs_[at.doc]);
        }
    };
    std::vector<Entity> out;
    out.reserve(entities_.size());
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
        entity.declared = described.declared;
        if (entity.country.empty()) entity.country = described.country;
        entity.side = described.side;
        entity.state = described.state;
        entity.proposed_by = described.proposed_by;
        entity.sidc = described.sidc;
        entity.offset_m = described.offset_m;
        entity.anchors = gathered.location ? gathered.anchors : gathered.first_anchors;

        for (auto& [surface, attestations] : gathered.names) {
            EntityName name;
            name.name = surface;
            const auto of_record = record_languages.find(surface);
            const auto least = std::min_element(attestations.begin(), attestations.end(), [this](const auto& a, const auto& b) { return languages_[a.language] < languages_[b.language]; });
            name.lang = of_record != record_languages.end() && !of_record->second.empty() ? of_record->second : languages_[least->language];
            std::sort(attestations.begin(), attestations.end(), [&](const auto& a, const auto& b) { return rank[a.doc] < rank[b.doc]; });
            name.docs.reserve(attestations.size());
            for (const auto& attestation : attestations) name.docs.push_back(docs_[attestation.doc]);
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
        entity.has_parts = !gathered.parts.empty() && entity.type != MentionType::coordinate;  // a square goes beside its point
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
    docs_.clear();
    languages_.clear();
    // Numbers are sorted, since an entity is a large thing to move about.
    std::vector<std::uint32_t> order(out.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&out](std::uint32_t a, std::uint32_t b) { return out[a].id < out[b].id; });
    std::vector<Entity> sorted;
    sorted.reserve(out.size());
    for (const std::uint32_t index : order) sorted.push_back(std::move(out[index]));
    return sorted;
}

std::vector<Entity> gather_entities(const std::vector<ExtractedDocument>& documents, const Gazetteer& gazetteer) {
    EntityGatherer gatherer(gazetteer);
    for (const ExtractedDocument& document : documents) gatherer.add(document);
    return gatherer.finish();
}

}  // namespace demarc
