#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/entity.hpp"
#include "gazetteer/gather.hpp"
#include "gazetteer/gathered.hpp"
#include "gazetteer/gazetteer.hpp"

namespace demarc {

/// Makes entities of what was gathered, which it takes apart; for gather.cpp and gather_finisher.cpp only.
class EntityGatherer::Finisher {
public:
    /// Both must outlive it.
    Finisher(const Gazetteer& gazetteer, Gathered& gathered);

    /// Fills all but the id, which the entity has.
    void fill(Entity& entity, Gathered::One& gathered);
    /// The same for a part of an entity that is filled already.
    void fill_part(Entity& child, Gathered::Part& part, const Entity& whole);

private:
    void list_mentions(Entity& entity, std::vector<Gathered::Mentioned>& mentions);
    // The record: named by the mention or its location, else by the entity's id ("person:mao-zedong").
    [[nodiscard]] std::optional<Record> record_of(const Entity& entity, const Gathered::One& gathered) const;
    // After list_mentions.
    void list_names(Entity& entity, const Gathered::One& gathered);

    const Gazetteer& gazetteer_;
    Gathered& run_;
    std::vector<std::uint32_t> rank_;  // of a document among all by id
    std::vector<std::pair<std::string_view, std::string_view>> record_names_;  // name, language; of the entity's record, sorted
    std::vector<Gathered::Mentioned> mentions_;             // of the entity
    std::vector<std::uint32_t> names_;                      // numbers of the entity's, by text
    std::vector<const std::string*> least_language_;
};

}  // namespace demarc
