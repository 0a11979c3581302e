#include "gazetteer/gather.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "base/token_hash.hpp"
#include "gazetteer/described.hpp"
#include "gazetteer/gather_finisher.hpp"
#include "gazetteer/gathered.hpp"
#include "gazetteer/quote.hpp"

namespace demarc {
namespace {

constexpr std::size_t max_candidates = 10;
constexpr std::size_t handed_over = 16;  // entities at a time: what makes them, and what takes them, stays in the processor's cache by turns, and they do, too

// A location of known and small uncertainty comes first.
std::tuple<bool, bool, double> order_of(const Location& location) {
    return {is_null(location.geometry), location.uncertainty_m < 0, location.uncertainty_m};
}

// Whether collapse_white_space would change nothing.
bool is_collapsed(std::string_view text) {
    char last = ' ';
    for (const char c : text) {
        if (static_cast<unsigned char>(c) <= ' ' && (c == ' ' ? last == ' ' : c >= '\t' && c <= '\r')) return false;
        last = c;
    }
    return text.empty() || last != ' ';
}

std::uint32_t hash_of(std::string_view id) { return static_cast<std::uint32_t>(token_hash(id)); }

}  // namespace

EntityGatherer::EntityGatherer(const Gazetteer& gazetteer) : gazetteer_(gazetteer), gathered_(std::make_unique<Gathered>()) {}
EntityGatherer::~EntityGatherer() = default;

// A look-up waits several times for memory that is far apart: the entities of a whole document are asked for together.
void EntityGatherer::fetch(const ExtractedDocument& document) {
    const Gathered& run = *gathered_;
    const std::size_t mask = run.table.size() - 1;
    hashes_.clear();
    for (const Mention& mention : document.mentions) {
        hashes_.push_back(hash_of(mention.entity));
        __builtin_prefetch(&run.table[hashes_.back() & mask]);
    }
    const auto each = [&](auto use) {
        for (const std::uint32_t hash : hashes_) {
            if (const std::uint32_t number = run.table[hash & mask].number; number != Gathered::none) use(run.entities[number]);
        }
    };
    each([](const Gathered::One& entity) {
        __builtin_prefetch(&entity);
        __builtin_prefetch(reinterpret_cast<const char*>(&entity) + 64);
    });
    each([&run](const Gathered::One& entity) {
        __builtin_prefetch(entity.id.data());
        __builtin_prefetch(&run.mentions[entity.last_mention]);
        __builtin_prefetch(&run.names[entity.last_name]);
    });
}

void EntityGatherer::add(const ExtractedDocument& extracted) {
    Gathered& run = *gathered_;
    const Document& document = extracted.document;
    const std::uint32_t doc = run.add_document(document);
    const bool dated = document.metadata.date.has_value();
    fetch(extracted);
    // An entity's places are mostly of one document.
    std::uint32_t compared = doc;
    bool before_compared = false;
    using Place = Gathered::Place;
    const auto earlier = [&](Place at, Place other) {
        if (other.doc == doc) return at.index < other.index;
        if (other.doc != compared) {
            compared = other.doc;
            before_compared = run.is_before(doc, other.doc);
        }
        return before_compared;
    };
    std::vector<std::string_view> texts;
    std::string collapsed, quote;
    for (std::uint32_t i = 0; i < extracted.mentions.size(); ++i) {
        const Mention& mention = extracted.mentions[i];
        if (mention.entity.empty()) continue;
        Gathered::One& entity = run.entity_of(mention.entity, hashes_[i]);
        const Place at{doc, i};
        const bool fresh = entity.last_mention == Gathered::none, fresh_in_document = fresh || run.mentions[entity.last_mention].at.doc != doc;
        std::string_view surface = mention.span.of(document.text);
        std::uint32_t name = run.find_name(entity, surface);
        if (name == Gathered::none && !is_collapsed(surface)) name = run.find_name(entity, surface = collapsed = collapse_white_space(surface));
        if (name == Gathered::none) name = run.add_name(entity, surface);
        run.mentions.push_back({at, name, entity.last_mention});
        entity.last_mention = static_cast<std::uint32_t>(run.mentions.size() - 1);
        if (const std::string* when = when_of(mention.value); when != nullptr && !when->empty() && (entity.when.empty() || earlier(at, entity.when_at))) {
            entity.when.assign(std::array{std::string_view(*when)});
            entity.when_at = at;
        }
        const auto anchors = [&]() -> std::span<const std::string_view> {
            texts.clear();
            for (const std::uint32_t anchor : mention.anchors) {
                if (anchor < extracted.mentions.size() && !extracted.mentions[anchor].entity.empty()) texts.push_back(extracted.mentions[anchor].entity);
            }
            return texts;
        };
        if (fresh || earlier(at, entity.first)) {
            entity.first = at;
            entity.type = mention.type;
            entity.first_name = name;
            if (can_be_drawn(mention.type)) quote = quote_around(document.text, mention.span);
            else quote.clear();
            const Described described = describe(mention.value);
            std::array<std::string_view, Gathered::First::count> first;
            first[Gathered::First::name] = described.name;
            first[Gathered::First::kind] = described.kind;
            first[Gathered::First::country] = described.country;
            first[Gathered::First::sidc] = described.sidc;
            first[Gathered::First::quote] = quote;
            first[Gathered::First::declared] = described.declared;
            first[Gathered::First::side] = described.side;
            first[Gathered::First::state] = described.state;
            first[Gathered::First::proposed_by] = described.proposed_by;
            entity.first_texts.assign(first);
            if (entity.rare != nullptr || described.offset_m || !mention.anchors.empty()) {
                entity.own_rare().offset_m = described.offset_m;
                entity.rare->first_anchors.assign(anchors());
            }
        }
        const auto sureness = std::pair(mention.status, -mention.confidence), surest = std::pair(entity.status, -entity.confidence);
        if (fresh || sureness < surest || (sureness == surest && earlier(at, entity.best))) {
            entity.best = at;
            entity.status = mention.status;
            entity.confidence = mention.confidence;
            texts.assign(1, mention.type == MentionType::place ? std::string_view(mention.as<PlaceValue>().gazetteer_id) : entity.best_texts[Gathered::Best::gazetteer_id]);
            texts.insert(texts.end(), mention.why.begin(), mention.why.end());
            entity.best_texts.assign(texts);
            // The chosen one stands first when the mention is resolved.
            const std::size_t skip = mention.status == Certainty::unresolved ? 0 : std::min<std::size_t>(1, mention.candidates.size());
            const auto lost = std::span(mention.candidates).subspan(skip);
            const auto kept = lost.first(std::min(max_candidates, lost.size()));
            if (entity.rare != nullptr || !kept.empty()) entity.own_rare().candidates.assign(kept.begin(), kept.end());
        }
        if (mention.location) {
            Gathered::Rare& rare = entity.own_rare();
            const bool first = !rare.location;
            const auto order = order_of(*mention.location), known = first ? order : order_of(*rare.location);
            if (first || order < known || (order == known && earlier(at, rare.located))) {
                rare.location = mention.location;
                rare.located = at;
                rare.anchors.assign(anchors());
            }
        }
        for (const ConstructedPart& part : mention.parts) {
            Gathered::Part& known = entity.own_rare().parts[part.suffix];
            const auto order = order_of(part.location), before_it = order_of(known.part.location);
            if (known.mentions.empty() || order < before_it || (order == before_it && earlier(at, known.at))) {
                known.part = part;
                known.at = at;
            }
            known.mentions.push_back({at});
        }
        if (dated && fresh_in_document) {
            if (entity.start == Gathered::none || run.docs[doc].from < run.docs[entity.start].from) entity.start = doc;
            if (entity.end == Gathered::none || run.docs[doc].to > run.docs[entity.end].to) entity.end = doc;
        }
    }
}

void EntityGatherer::each_drawn(const std::function<void(const Location&)>& use) {
    for (const auto& [id, of, part] : gathered_->rows()) {
        const Gathered::One& entity = gathered_->entities[of];
        if (part != nullptr) {
            if (can_be_drawn(part->part.type)) use(part->part.location);
        } else if (can_be_drawn(entity.type) && !entity.has_parts() && entity.rare != nullptr && entity.rare->location) {
            use(*entity.rare->location);
        }
    }
}

void EntityGatherer::finish(const std::function<void(std::span<Entity>)>& take) {
    Finisher finisher(gazetteer_, *gathered_);
    std::unordered_map<std::uint32_t, Entity> wholes;  // of those that have parts
    std::vector<Entity> few;
    few.reserve(handed_over);
    for (const auto& [id, of, part] : gathered_->rows()) {
        Entity& entity = few.emplace_back();
        entity.id = id;
        if (part != nullptr) {
            finisher.fill_part(entity, *part, wholes.at(of));  // "x/north" stands behind "x"
        } else {
            Gathered::One& gathered = gathered_->entities[of];
            finisher.fill(entity, gathered);
            if (gathered.rare != nullptr && !gathered.rare->parts.empty()) wholes.emplace(of, entity);
            else gathered.rare.reset();
        }
        if (few.size() < handed_over) continue;
        take(few);
        few.clear();
    }
    if (!few.empty()) take(few);
    gathered_ = std::make_unique<Gathered>();
}

std::vector<Entity> EntityGatherer::finish() {
    std::vector<Entity> out;
    out.reserve(gathered_->rows().size());
    finish([&out](std::span<Entity> entities) { std::move(entities.begin(), entities.end(), std::back_inserter(out)); });
    return out;
}

std::vector<Entity> gather_entities(const std::vector<ExtractedDocument>& documents, const Gazetteer& gazetteer) {
    EntityGatherer gatherer(gazetteer);
    for (const ExtractedDocument& document : documents) gatherer.add(document);
    return gatherer.finish();
}

}  // namespace demarc
