#include "gazetteer/gather.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <tuple>

#include "gazetteer/gathered.hpp"
#include "gazetteer/quote.hpp"

namespace demarc {
namespace {

constexpr std::size_t max_candidates = 10;

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

}  // namespace

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
    using Place = Gathered::Place;
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
