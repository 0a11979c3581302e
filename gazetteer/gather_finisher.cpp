#include "gazetteer/gather_finisher.hpp"

#include <algorithm>
#include <numeric>

#include "base/edtf.hpp"

namespace demarc {
namespace {

std::string interval(const std::string& start, const std::string& end) {
    if (start.empty() && end.empty()) return {};
    return start == end ? start : start + "/" + end;
}

}  // namespace

EntityGatherer::Finisher::Finisher(const Gazetteer& gazetteer, Gathered& gathered) : gazetteer_(gazetteer), run_(gathered), rank_(gathered.docs.size()) {
    std::vector<std::uint32_t> by_id(rank_.size());
    std::iota(by_id.begin(), by_id.end(), 0u);
    std::sort(by_id.begin(), by_id.end(), [&docs = gathered.docs](std::uint32_t a, std::uint32_t b) { return docs[a].id < docs[b].id; });
    for (std::uint32_t i = 0; i < by_id.size(); ++i) rank_[by_id[i]] = i;
}

void EntityGatherer::Finisher::fill(Entity& entity, Gathered::One& gathered) {
    entity.type = gathered.type;
    mentions_.clear();
    for (std::uint32_t i = gathered.last_mention; i != Gathered::none; i = run_.mentions[i].previous) mentions_.push_back(run_.mentions[i]);
    std::reverse(mentions_.begin(), mentions_.end());
    list_mentions(entity, mentions_);
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
    const PackedTexts& first = gathered.first_texts;
    if (entity.name.empty()) entity.name = first[Gathered::First::name].empty() ? run_.names[gathered.first_name].text : first[Gathered::First::name];
    const auto put = [&first](std::string& text, std::size_t number) {
        if (number < first.size() && text.empty()) text = first[number];
    };
    put(entity.kind, Gathered::First::kind);
    put(entity.country, Gathered::First::country);
    put(entity.sidc, Gathered::First::sidc);
    put(entity.quote, Gathered::First::quote);
    put(entity.declared, Gathered::First::declared);
    put(entity.side, Gathered::First::side);
    put(entity.state, Gathered::First::state);
    put(entity.proposed_by, Gathered::First::proposed_by);
    list_names(entity, gathered);
    if (Gathered::Rare* const rare = gathered.rare.get()) {
        entity.offset_m = rare->offset_m;
        entity.anchors = (rare->location ? rare->anchors : rare->first_anchors).from(0);
        entity.location = std::move(rare->location);
        entity.candidates = std::move(rare->candidates);
    }
    entity.status = gathered.status;
    entity.confidence = gathered.confidence;
    entity.why = gathered.best_texts.from(Gathered::Best::reasons);
    if (gathered.start != Gathered::none) entity.start = run_.docs[gathered.start].from;
    if (gathered.end != Gathered::none) entity.end = run_.docs[gathered.end].to;
    if (gathered.when.empty()) {
        entity.when = interval(entity.start, entity.end);
    } else {
        entity.when = gathered.when[0];
        if (const auto bounds = edtf_bounds(entity.when)) {
            entity.start = (*bounds)[0];
            entity.end = (*bounds)[1];
        }
    }
    entity.has_parts = gathered.has_parts();
}

void EntityGatherer::Finisher::fill_part(Entity& child, Gathered::Part& part, const Entity& whole) {
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

void EntityGatherer::Finisher::list_mentions(Entity& entity, std::vector<Gathered::Mentioned>& mentions) {
    const auto before = [this](const Gathered::Mentioned& a, const Gathered::Mentioned& b) { return a.at.doc != b.at.doc ? rank_[a.at.doc] < rank_[b.at.doc] : a.at.index < b.at.index; };
    std::sort(mentions.begin(), mentions.end(), before);
    std::size_t documents = 0;
    for (std::size_t i = 0; i < mentions.size(); ++i) documents += i == 0 || mentions[i - 1].at.doc != mentions[i].at.doc;
    entity.docs.reserve(documents);
    entity.mentions.reserve(mentions.size());
    for (std::size_t i = 0; i < mentions.size(); ++i) {
        const auto [doc, index] = mentions[i].at;
        if (i == 0 || mentions[i - 1].at.doc != doc) entity.docs.emplace_back(run_.docs[doc].id);
        entity.mentions.push_back({static_cast<std::uint32_t>(entity.docs.size()) - 1, index});
    }
}

std::optional<Record> EntityGatherer::Finisher::record_of(const Entity& entity, const Gathered::One& gathered) const {
    std::string_view id = gathered.best_texts[Gathered::Best::gazetteer_id];
    if (id.empty() && gathered.rare != nullptr && gathered.rare->location && gathered.rare->location->source == "gazetteer") id = gathered.rare->location->gazetteer_id;
    if (id.empty() && (gathered.type == MentionType::place || gathered.type == MentionType::person)) id = std::string_view(entity.id).substr(entity.id.find(':') + 1);
    if (id.empty()) return std::nullopt;
    const std::uint32_t index = gazetteer_.find_id(id);
    if (index >= gazetteer_.size()) return std::nullopt;
    const Record record = gazetteer_.record(index);
    if ((record.record_class == RecordClass::person) != (gathered.type == MentionType::person)) return std::nullopt;
    return record;
}

void EntityGatherer::Finisher::list_names(Entity& entity, const Gathered::One& gathered) {
    names_.clear();
    for (std::uint32_t name = gathered.last_name; name != Gathered::none; name = run_.names[name].previous) names_.push_back(name);
    std::sort(names_.begin(), names_.end(), [&names = run_.names](std::uint32_t a, std::uint32_t b) { return names[a].text < names[b].text; });
    entity.names.reserve(names_.size() + record_names_.size());
    for (const std::uint32_t name : names_) {
        run_.names[name].position = static_cast<std::uint32_t>(entity.names.size());
        entity.names.emplace_back().name = run_.names[name].text;
    }
    least_language_.assign(names_.size(), nullptr);
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
        const std::uint32_t position = run_.names[mentions_[i].name].position, doc = entity.mentions[i].doc;
        std::vector<std::uint32_t>& docs = entity.names[position].docs;
        if (!docs.empty() && docs.back() == doc) continue;
        docs.push_back(doc);
        const std::string& language = run_.languages[run_.docs[mentions_[i].at.doc].language];
        if (least_language_[position] == nullptr || language < *least_language_[position]) least_language_[position] = &language;
    }
    for (std::size_t position = 0; position < names_.size(); ++position) {
        EntityName& name = entity.names[position];
        const auto of_record = std::lower_bound(record_names_.begin(), record_names_.end(), name.name, [](const auto& known, std::string_view wanted) { return known.first < wanted; });
        const bool known = of_record != record_names_.end() && of_record->first == name.name;
        name.lang = known && !of_record->second.empty() ? of_record->second : std::string_view(*least_language_[position]);
    }
    const auto surfaces_end = entity.names.begin() + static_cast<std::ptrdiff_t>(names_.size());
    for (const auto& [text, language] : record_names_) {
        const auto same = std::lower_bound(entity.names.begin(), surfaces_end, text, [](const EntityName& name, std::string_view wanted) { return name.name < wanted; });
        if (same == surfaces_end || same->name != text) entity.names.push_back({std::string(text), std::string(language), {}});
    }
}

}  // namespace demarc
