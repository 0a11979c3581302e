#include "gazetteer/gather.hpp"

#include <algorithm>
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
// documents' ids (EntityGatherer::is_before).
struct Place {
    std::uint32_t doc = 0;
    std::uint32_t index = 0;
    friend bool operator==(const Place&, const Place&) = default;
};

// A mention of an entity, and by which of the entity's names.
struct Mentioned {
    Place at;
    std::uint32_t name = 0;
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

// A surface and its number among those of an entity, in the order in which they came.
struct Name {
    std::string surface;
    std::uint32_t number = 0;
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
        std::vector<Mentioned> mentions;
    };
    // What every mention is compared with stands together.
    std::string id;
    std::vector<Mentioned> mentions;
    std::vector<Name> names;          // sorted by surface; at most few_names of them until all_names()
    Place first, best, located;
    double confidence = -1;
    Certainty status = Certainty::unresolved;
    MentionType type = MentionType::place;
    std::string start, end;           // of the documents' dates
    std::optional<Location> location;
    std::string line_when;            // of the first mention that says when
    Place line_when_at;
    std::string first_surface, quote;
    Described described;              // of the first mention
    std::vector<std::string> first_anchors;
    std::vector<Candidate> candidates;
    std::vector<std::string> why;
    std::vector<std::string> anchors;
    std::string gazetteer_id;
    std::map<std::string, Part> parts;
    // An entity of thousands of spellings would move them all for each new one.
    static constexpr std::size_t few_names = 64;
    std::map<std::string, std::uint32_t, std::less<>> more_names;

    // Number of a surface.
    std::uint32_t name_of(std::string_view surface) {
        const auto at = std::lower_bound(names.begin(), names.end(), surface, [](const Name& name, std::string_view wanted) { return name.surface < wanted; });
        if (at != names.end() && at->surface == surface) return at->number;
        if (names.size() == few_names) {
            const auto known = more_names.find(surface);
            return known != more_names.end() ? known->second : more_names.emplace(surface, static_cast<std::uint32_t>(few_names + more_names.size())).first->second;
        }
        const auto number = static_cast<std::uint32_t>(names.size());
        names.insert(at, {std::string(surface), number});
        return number;
    }
    // Puts all names into `names`.
    void all_names() {
        if (more_names.empty()) return;
        for (const auto& [surface, number] : more_names) names.push_back({surface, number});
        more_names.clear();
        std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.surface < b.surface; });
    }
};

EntityGatherer::EntityGatherer(const Gazetteer& gazetteer) : gazetteer_(gazetteer) {}
EntityGatherer::~EntityGatherer() = default;

bool EntityGatherer::is_before(std::uint32_t doc, std::uint32_t other) const {
    return doc != last_ && (other == last_ || docs_[doc] < docs_[other]);
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

// Entities are wide apart in memory, and a look-up waits for it four times: those of a whole document are asked for together.
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
        for (std::size_t line = 0; line < 4; ++line) __builtin_prefetch(entity + 64 * line);
    }
    for (const std::uint64_t hash : hashes_) {
        const Slot& slot = table_[hash & mask];
        if (slot.number == 0) continue;
        const Gathered& entity = *entities_[slot.number - 1];
        __builtin_prefetch(entity.id.data());
        __builtin_prefetch(entity.names.data());
        __builtin_prefetch(entity.mentions.data() + entity.mentions.size() - 1);
    }
}

void EntityGatherer::add(const ExtractedDocument& extracted) {
    const Document& document = extracted.document;
    const std::optional<CivilDate>& date = document.metadata.date;
    const std::string from = date ? earliest_day(*date) : "", to = date ? latest_day(*date) : "";
    const auto doc = static_cast<std::uint32_t>(docs_.size());
    docs_.push_back(document.id);
    if (docs_[last_] < document.id) last_ = doc;
    const auto language = static_cast<std::uint32_t>(std::find(languages_.begin(), languages_.end(), document.metadata.language) - languages_.begin());
    if (language == languages_.size()) languages_.push_back(document.metadata.language);
    language_of_.push_back(language);
    fetch(extracted);
    // An entity's places are mostly of one document.
    std::uint32_t compared = doc;
    bool before_compared = false;
    const auto earlier = [&](Place at, Place other) {
        if (other.doc == doc) return at.index < other.index;
        if (other.doc != compared) {
            compared = other.doc;
            before_compared = is_before(doc, other.doc);
        }
        return before_compared;
    };
    for (std::uint32_t i = 0; i < extracted.mentions.size(); ++i) {
        const Mention& mention = extracted.mentions[i];
        if (mention.entity.empty()) continue;
        Gathered& entity = entity_of(mention.entity, hashes_[i]);
        const Place at{doc, i};
        const bool fresh = entity.mentions.empty(), fresh_in_document = fresh || entity.mentions.back().at.doc != doc;
        std::string collapsed;
        std::string_view surface = mention.span.of(document.text);
        if (!is_collapsed(surface)) surface = collapsed = collapse_white_space(surface);
        entity.mentions.push_back({at, entity.name_of(surface)});
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
            known.mentions.push_back({at});
        }
        if (date && fresh_in_document) {
            if (entity.start.empty() || from < entity.start) entity.start = from;
            if (entity.end.empty() || to > entity.end) entity.end = to;
        }
    }
}

// Makes entities of what was gathered, which it takes apart.
class EntityGatherer::Finisher {
public:
    Finisher(const Gazetteer& gazetteer, const std::vector<std::string>& docs, const std::vector<std::string>& languages, const std::vector<std::uint32_t>& language_of)
        : gazetteer_(gazetteer), docs_(docs), languages_(languages), language_of_(language_of), rank_(docs.size()) {
        std::vector<std::uint32_t> by_id(docs.size());
        std::iota(by_id.begin(), by_id.end(), 0u);
        std::sort(by_id.begin(), by_id.end(), [&docs](std::uint32_t a, std::uint32_t b) { return docs[a] < docs[b]; });
        for (std::uint32_t i = 0; i < by_id.size(); ++i) rank_[by_id[i]] = i;
    }

    void fill(Entity& entity, Gathered& gathered) {
        entity.type = gathered.type;
        list_mentions(entity, gathered.mentions);
        const auto record = record_of(entity, gathered);
        record_names_.clear();
        if (record) {
            entity.name = record->name;
            entity.kind = gathered.type == MentionType::place ? record->kind : std::string_view();
            entity.country = record->country;
            for (const RecordName& name : gazetteer_.names(record->index)) {
                if (name.kind != NameKind::generated) record_names_.emplace_back(name.text, name.lang);
            }
            const auto by_text = [](const auto& a, const auto& b) { return a.first < b.first; };
            std::stable_sort(record_names_.begin(), record_names_.end(), by_text);
            record_names_.erase(std::unique(record_names_.begin(), record_names_.end(), [](const auto& a, const auto& b) { return a.first == b.first; }), record_names_.end());
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
        list_names(entity, gathered);
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
    void list_mentions(Entity& entity, std::vector<Mentioned>& mentions) {
        std::sort(mentions.begin(), mentions.end(), [this](const Mentioned& a, const Mentioned& b) { return a.at.doc != b.at.doc ? rank_[a.at.doc] < rank_[b.at.doc] : a.at.index < b.at.index; });
        entity.mentions.reserve(mentions.size());
        for (std::size_t i = 0; i < mentions.size(); ++i) {
            const auto [doc, index] = mentions[i].at;
            if (i == 0 || mentions[i - 1].at.doc != doc) entity.docs.push_back(docs_[doc]);
            entity.mentions.push_back({static_cast<std::uint32_t>(entity.docs.size()) - 1, index});
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

    // After list_mentions.
    void list_names(Entity& entity, Gathered& gathered) {
        gathered.all_names();
        entity.names.resize(gathered.names.size());
        entity.names.reserve(gathered.names.size() + record_names_.size());
        place_of_.resize(gathered.names.size());
        for (std::uint32_t place = 0; place < gathered.names.size(); ++place) place_of_[gathered.names[place].number] = place;
        least_language_.assign(gathered.names.size(), nullptr);
        for (std::size_t i = 0; i < gathered.mentions.size(); ++i) {
            const auto& [at, number] = gathered.mentions[i];
            const std::uint32_t place = place_of_[number], doc = entity.mentions[i].doc;
            std::vector<std::uint32_t>& docs = entity.names[place].docs;
            if (!docs.empty() && docs.back() == doc) continue;
            docs.push_back(doc);
            const std::string& language = languages_[language_of_[at.doc]];
            if (least_language_[place] == nullptr || language < *least_language_[place]) least_language_[place] = &language;
        }
        for (std::size_t place = 0; place < gathered.names.size(); ++place) {
            EntityName& name = entity.names[place];
            name.name = std::move(gathered.names[place].surface);
            const auto of_record = std::lower_bound(record_names_.begin(), record_names_.end(), name.name, [](const auto& known, std::string_view wanted) { return known.first < wanted; });
            const bool known = of_record != record_names_.end() && of_record->first == name.name;
            name.lang = known && !of_record->second.empty() ? of_record->second : std::string_view(*least_language_[place]);
        }
        const auto surfaces_end = entity.names.begin() + static_cast<std::ptrdiff_t>(gathered.names.size());
        for (const auto& [text, language] : record_names_) {
            const auto same = std::lower_bound(entity.names.begin(), surfaces_end, text, [](const EntityName& name, std::string_view wanted) { return name.name < wanted; });
            if (same == surfaces_end || same->name != text) entity.names.push_back({std::string(text), std::string(language), {}});
        }
    }

    const Gazetteer& gazetteer_;
    const std::vector<std::string>&docs_, &languages_;
    const std::vector<std::uint32_t>& language_of_;
    std::vector<std::uint32_t> rank_;  // of a document among all by id
    std::vector<std::pair<std::string_view, std::string_view>> record_names_;  // name, language; of the entity's record, sorted
    std::vector<std::uint32_t> place_of_;                   // of a name of the entity, by its number
    std::vector<const std::string*> least_language_;
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
    Finisher finisher(gazetteer_, docs_, languages_, language_of_);
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
    language_of_.clear();
    last_ = 0;
    return out;
}

std::vector<Entity> gather_entities(const std::vector<ExtractedDocument>& documents, const Gazetteer& gazetteer) {
    EntityGatherer gatherer(gazetteer);
    for (const ExtractedDocument& document : documents) gatherer.add(document);
    return gatherer.finish();
}

}  // namespace demarc
