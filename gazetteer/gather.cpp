#include "gazetteer/gather.hpp"

#include <algorithm>
#include <charconv>
#include <deque>
#include <functional>
#include <map>
#include <numeric>
#include <tuple>

#include "base/edtf.hpp"
#include "gazetteer/described.hpp"
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
    std::string id;
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

void EntityGatherer::grow() {
    std::vector<Slot> larger(std::max<std::size_t>(1024, table_.size() * 2));
    for (const Slot& slot : table_) {
        if (slot.number == 0) continue;
        std::size_t at = slot.hash;
        while (larger[at & (larger.size() - 1)].number != 0) ++at;
        larger[at & (larger.size() - 1)] = slot;
    }
    table_ = std::move(larger);
}

EntityGatherer::Gathered& EntityGatherer::entity_of(const std::string& id, std::uint64_t hash) {
    if (entities_.size() * 2 >= table_.size()) grow();
    for (std::size_t at = hash;; ++at) {
        Slot& slot = table_[at & (table_.size() - 1)];
        if (slot.number == 0) {
            entities_.push_back(std::make_unique<Gathered>());
            entities_.back()->id = id;
            slot = {hash, static_cast<std::uint32_t>(entities_.size())};
            return *entities_.back();
        }
        if (slot.hash == hash && entities_[slot.number - 1]->id == id) return *entities_[slot.number - 1];
    }
}

// Entities are wide apart in memory, and a look-up waits for it three times: those of a whole document are asked for together.
void EntityGatherer::fetch(const ExtractedDocument& document) {
    if (table_.empty()) grow();
    const std::size_t mask = table_.size() - 1;
    hashes_.clear();
    for (const Mention& mention : document.mentions) {
        hashes_.push_back(std::hash<std::string>()(mention.entity));
        __builtin_prefetch(&table_[hashes_.back() & mask]);
    }
    for (const std::uint64_t hash : hashes_) {
        const Slot& slot = table_[hash & mask];
        if (slot.number == 0) continue;
        const char* const entity = reinterpret_cast<const char*>(entities_[slot.number - 1].get());
        __builtin_prefetch(entity);
        __builtin_prefetch(entity + 64);
    }
}

void EntityGatherer::add(const ExtractedDocument& extracted) {
    const Document& document = extracted.document;
    const std::optional<CivilDate>& date = document.metadata.date;
    const std::string from = date ? earliest_day(*date) : "", to = date ? latest_day(*date) : "";
    const auto doc = static_cast<std::uint32_t>(docs_.size());
    docs_.push_back(document.id);
    const auto language = static_cast<std::uint32_t>(std::find(languages_.begin(), languages_.end(), document.metadata.language) - languages_.begin());
    if (language == languages_.size()) languages_.push_back(document.metadata.language);
    fetch(extracted);
    const auto earlier = [this](Place a, Place b) { return before(a.doc, a.index, b.doc, b.index); };
    for (std::uint32_t i = 0; i < extracted.mentions.size(); ++i) {
        const Mention& mention = extracted.mentions[i];
        if (mention.entity.empty()) continue;
        Gathered& entity = entity_of(mention.entity, hashes_[i]);
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
            entity.described = describe(mention.value);
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

// Makes entities of what was gathered, which it takes apart.
class EntityGatherer::Finisher {
public:
    Finisher(const Gazetteer& gazetteer, const std::vector<std::string>& docs, const std::vector<std::string>& languages)
        : gazetteer_(gazetteer), docs_(docs), languages_(languages), rank_(docs.size()) {
        std::vector<std::uint32_t> by_id(docs.size());
        std::iota(by_id.begin(), by_id.end(), 0u);
        std::sort(by_id.begin(), by_id.end(), [&docs](std::uint32_t a, std::uint32_t b) { return docs[a] < docs[b]; });
        for (std::uint32_t i = 0; i < by_id.size(); ++i) rank_[by_id[i]] = i;
    }

    void fill(Entity& entity, Gathered& gathered) {
        entity.type = gathered.type;
        list_mentions(entity, gathered.mentions);
        const auto record = record_of(entity, gathered);
        std::map<std::string_view, std::string_view> record_languages;
        if (record) {
            entity.name = record->name;
            entity.kind = gathered.type == MentionType::place ? record->kind : std::string_view();
            entity.country = record->country;
            for (const RecordName& name : gazetteer_.names(record->index)) {
                if (name.kind != NameKind::generated) record_languages.emplace(name.text, name.lang);
            }
        }
        Described& described = gathered.described;
        if (entity.name.empty()) entity.name = std::move(described.name.empty() ? gathered.first_surface : described.name);
        if (entity.kind.empty()) entity.kind = std::move(described.kind);
        entity.declared = std::move(described.declared);
        if (entity.country.empty()) entity.country = std::move(described.country);
        entity.side = std::move(described.side);
        entity.state = std::move(described.state);
        entity.proposed_by = std::move(described.proposed_by);
        entity.sidc = std::move(described.sidc);
        entity.offset_m = described.offset_m;
        entity.anchors = std::move(gathered.location ? gathered.anchors : gathered.first_anchors);
        list_names(entity, gathered, record_languages);
        entity.location = std::move(gathered.location);
        entity.status = gathered.status;
        entity.confidence = gathered.confidence;
        entity.candidates = std::move(gathered.candidates);
        entity.why = std::move(gathered.why);
        entity.quote = std::move(gathered.quote);
        if (gathered.line_when.empty()) {
            entity.when = interval(gathered.start, gathered.end);
        } else if (const auto bounds = edtf_bounds(gathered.line_when)) {
            gathered.start = (*bounds)[0];
            gathered.end = (*bounds)[1];
        }
        entity.start = std::move(gathered.start);
        entity.end = std::move(gathered.end);
        if (!gathered.line_when.empty()) entity.when = std::move(gathered.line_when);
        entity.has_parts = !gathered.parts.empty() && entity.type != MentionType::coordinate;  // a square goes beside its point
    }

    void fill_part(Entity& child, Gathered::Part& part, const Entity& whole) {
        child.type = part.part.type;
        child.kind = std::move(part.part.kind);
        child.name = part.part.name.empty() ? whole.name : std::move(part.part.name);
        list_mentions(child, part.mentions);
        child.names.push_back({child.name, "", {}});
        child.location = std::move(part.part.location);
        child.when = whole.when;
        child.start = whole.start;
        child.end = whole.end;
        child.status = whole.status;
        child.confidence = whole.confidence;
        child.why = whole.why;
        child.side = std::move(part.part.side);
        child.state = whole.state;
        child.proposed_by = whole.proposed_by;
        child.quote = whole.quote;
        child.anchors = whole.anchors;
        child.offset_m = whole.offset_m;
        child.country = whole.country;
        child.parent = whole.id;
    }

private:
    void list_mentions(Entity& entity, std::vector<Place>& mentions) {
        std::sort(mentions.begin(), mentions.end(), [this](Place a, Place b) { return a.doc != b.doc ? rank_[a.doc] < rank_[b.doc] : a.index < b.index; });
        entity.mentions.reserve(mentions.size());
        std::size_t start = 0;  // of the index in an id
        for (std::size_t i = 0; i < mentions.size(); ++i) {
            const auto [doc, index] = mentions[i];
            if (i == 0 || mentions[i - 1].doc != doc) {
                entity.docs.push_back(docs_[doc]);
                id_.assign(docs_[doc]).append("#m");
                start = id_.size();
            }
            char digits[10];
            id_.resize(start);
            id_.append(digits, static_cast<std::size_t>(std::to_chars(digits, digits + sizeof digits, index).ptr - digits));
            entity.mentions.push_back(id_);
        }
    }

    // The record: named by the mention or its location, else by the entity's id ("person:mao-zedong").
    std::optional<Record> record_of(const Entity& entity, const Gathered& gathered) const {
        std::string_view id = gathered.gazetteer_id;
        if (id.empty() && gathered.location && gathered.location->source == "gazetteer") id = gathered.location->gazetteer_id;
        if (id.empty() && (gathered.type == MentionType::place || gathered.type == MentionType::person)) id = std::string_view(entity.id).substr(entity.id.find(':') + 1);
        if (id.empty()) return std::nullopt;
        const std::uint32_t index = gazetteer_.find_id(id);
        if (index >= gazetteer_.size()) return std::nullopt;
        const Record record = gazetteer_.record(index);
        if ((record.record_class == RecordClass::person) != (gathered.type == MentionType::person)) return std::nullopt;
        return record;
    }

    void list_names(Entity& entity, Gathered& gathered, const std::map<std::string_view, std::string_view>& record_languages) const {
        entity.names.reserve(gathered.names.size() + record_languages.size());
        for (auto& [surface, attestations] : gathered.names) {
            EntityName& name = entity.names.emplace_back();
            name.name = surface;
            const auto of_record = record_languages.find(surface);
            const auto least = std::min_element(attestations.begin(), attestations.end(), [this](const auto& a, const auto& b) { return languages_[a.language] < languages_[b.language]; });
            name.lang = of_record != record_languages.end() && !of_record->second.empty() ? of_record->second : std::string_view(languages_[least->language]);
            std::sort(attestations.begin(), attestations.end(), [this](const auto& a, const auto& b) { return rank_[a.doc] < rank_[b.doc]; });
            name.docs.reserve(attestations.size());
            for (const auto& attestation : attestations) name.docs.push_back(docs_[attestation.doc]);
        }
        for (const auto& [text, language] : record_languages) {
            if (!gathered.names.contains(text)) entity.names.push_back({std::string(text), std::string(language), {}});
        }
    }

    const Gazetteer& gazetteer_;
    const std::vector<std::string>&docs_, &languages_;
    std::vector<std::uint32_t> rank_;  // of a document among all by id
    std::string id_;
};

std::vector<Entity> EntityGatherer::finish() {
    // Sorted before they are made, since an entity is a large thing to move about.
    struct Row {
        std::string_view id;
        std::uint32_t of;       // number in entities_
        Gathered::Part* part;  // null for the whole
    };
    std::vector<Row> rows;
    std::deque<std::string> part_ids;
    rows.reserve(entities_.size());
    for (std::uint32_t of = 0; of < entities_.size(); ++of) {
        Gathered& gathered = *entities_[of];
        rows.push_back({gathered.id, of, nullptr});
        for (auto& [suffix, part] : gathered.parts) rows.push_back({part_ids.emplace_back(gathered.id + "/" + suffix), of, &part});
    }
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
    Finisher finisher(gazetteer_, docs_, languages_);
    std::vector<Entity> out;
    out.reserve(rows.size());
    std::vector<const Entity*> wholes(entities_.size());
    for (const auto& [id, of, part] : rows) {
        Entity& entity = out.emplace_back();
        entity.id = id;
        if (part != nullptr) {
            finisher.fill_part(entity, *part, *wholes[of]);  // "x/north" stands behind "x"
            continue;
        }
        wholes[of] = &entity;
        finisher.fill(entity, *entities_[of]);
        if (entities_[of]->parts.empty()) entities_[of].reset();  // while it is at hand
    }
    entities_.clear();
    table_.clear();
    docs_.clear();
    languages_.clear();
    return out;
}

std::vector<Entity> gather_entities(const std::vector<ExtractedDocument>& documents, const Gazetteer& gazetteer) {
    EntityGatherer gatherer(gazetteer);
    for (const ExtractedDocument& document : documents) gatherer.add(document);
    return gatherer.finish();
}

}  // namespace demarc
