#include "gazetteer/gathered.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace demarc {

std::string_view EntityGatherer::Gathered::keep(std::string_view text) {
    if (text.empty()) return {};
    auto* const kept = static_cast<char*>(texts.allocate(text.size(), 1));
    std::memcpy(kept, text.data(), text.size());
    return {kept, text.size()};
}

std::uint32_t EntityGatherer::Gathered::add_document(const demarc::Document& document) {
    sorted.clear();
    const auto number = static_cast<std::uint32_t>(docs.size());
    Document& made = docs.emplace_back();
    made.id = keep(document.id);
    if (const std::optional<CivilDate>& date = document.metadata.date) {
        made.from = keep(earliest_day(*date));
        made.to = keep(latest_day(*date));
    }
    made.language = static_cast<std::uint32_t>(std::find(languages.begin(), languages.end(), document.metadata.language) - languages.begin());
    if (made.language == languages.size()) languages.push_back(document.metadata.language);
    if (docs[last].id < made.id) last = number;
    return number;
}

bool EntityGatherer::Gathered::is_before(std::uint32_t doc, std::uint32_t other) const {
    return doc != last && (other == last || docs[doc].id < docs[other].id);
}

void EntityGatherer::Gathered::grow() {
    std::vector<Slot> larger(table.size() * 2);
    for (const Slot& slot : table) {
        if (slot.number == none) continue;
        std::size_t at = slot.hash;
        while (larger[at & (larger.size() - 1)].number != none) ++at;
        larger[at & (larger.size() - 1)] = slot;
    }
    table = std::move(larger);
}

EntityGatherer::Gathered::One& EntityGatherer::Gathered::entity_of(const std::string& id, std::uint32_t hash) {
    if (entities.size() * 2 >= table.size()) grow();
    for (std::size_t at = hash;; ++at) {
        Slot& slot = table[at & (table.size() - 1)];
        if (slot.number == none) {
            slot = {hash, static_cast<std::uint32_t>(entities.size())};
            One& made = entities.emplace_back();
            made.id = keep(id);
            return made;
        }
        if (One& known = entities[slot.number]; slot.hash == hash && known.id == id) return known;
    }
}

std::uint32_t EntityGatherer::Gathered::find_name(const One& entity, std::string_view name) const {
    if (entity.name_count > few_names) {
        const auto& known = many_names.at(&entity);
        const auto found = known.find(name);
        return found == known.end() ? none : found->second;
    }
    std::uint32_t known = entity.last_name;
    while (known != none && names[known].text != name) known = names[known].previous;
    return known;
}

std::uint32_t EntityGatherer::Gathered::add_name(One& entity, std::string_view name) {
    const auto number = static_cast<std::uint32_t>(names.size());
    names.push_back({keep(name), entity.last_name});
    entity.last_name = number;
    if (++entity.name_count > few_names) {
        auto& numbers = many_names[&entity];
        for (std::uint32_t known = number; known != none && numbers.emplace(names[known].text, known).second; known = names[known].previous) {
        }
    }
    return number;
}

const std::vector<EntityGatherer::Gathered::Row>& EntityGatherer::Gathered::rows() {
    if (!sorted.empty()) return sorted;
    sorted.reserve(entities.size());
    std::uint32_t number = 0;
    for (One& entity : entities) {
        sorted.push_back({entity.id, number, nullptr});
        if (entity.rare != nullptr) {
            for (auto& [suffix, part] : entity.rare->parts) sorted.push_back({keep(std::string(entity.id) + "/" + suffix), number, &part});
        }
        ++number;
    }
    std::sort(sorted.begin(), sorted.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
    return sorted;
}

}  // namespace demarc
