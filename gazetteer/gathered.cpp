#include "gazetteer/gathered.hpp"

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

EntityGatherer::Finisher::Finisher(const Gazetteer& gazetteer, const std::vector<std::string>& docs, const std::vector<std::string>& languages, const std::vector<std::uint32_t>& language_of)
    : gazetteer_(gazetteer), docs_(docs), languages_(languages), language_of_(language_of), rank_(docs.size()) {
    std::vector<std::uint32_t> by_id(docs.size());
    std::iota(by_id.begin(), by_id.end(), 0u);
    std::sort(by_id.begin(), by_id.end(), [&docs](std::uint32_t a, std::uint32_t b) { return docs[a] < docs[b]; });
    for (std::uint32_t i = 0; i < by_id.size(); ++i) rank_[by_id[i]] = i;
}

void EntityGatherer::Finisher::fill(Entity& entity, Gathered& gathered) {
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
    std::sort(mentions.begin(), mentions.end(), [this](const Gathered::Mentioned& a, const Gathered::Mentioned& b) { return a.at.doc != b.at.doc ? rank_[a.at.doc] < rank_[b.at.doc] : a.at.index < b.at.index; });
    entity.mentions.reserve(mentions.size());
    for (std::size_t i = 0; i < mentions.size(); ++i) {
        const auto [doc, index] = mentions[i].at;
        if (i == 0 || mentions[i - 1].at.doc != doc) entity.docs.push_back(docs_[doc]);
        entity.mentions.push_back({static_cast<std::uint32_t>(entity.docs.size()) - 1, index});
    }
}

std::optional<Record> EntityGatherer::Finisher::record_of(const Entity& entity, const Gathered& gathered) const {
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

void EntityGatherer::Finisher::list_names(Entity& entity, const Gathered& gathered) {
    entity.names.resize(gathered.names.size());
    entity.names.reserve(gathered.names.size() + record_names_.size());
    place_of_.resize(gathered.names.size());
    std::uint32_t next = 0;
    for (const auto& [surface, number] : gathered.names) {
        entity.names[next].name = surface;
        place_of_[number] = next++;
    }
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

}  // namespace demarc
