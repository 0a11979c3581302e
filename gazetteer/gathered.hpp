#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/entity.hpp"
#include "base/mention.hpp"
#include "gazetteer/described.hpp"
#include "gazetteer/gather.hpp"
#include "gazetteer/gazetteer.hpp"

namespace demarc {

/// What EntityGatherer keeps of one entity until the run ends; for gather.cpp and gathered.cpp only.
struct EntityGatherer::Gathered {
    // Place of a mention in the run: the document's number in the order of adding, and the position in it. The order that counts is that of
    // the documents' ids (EntityGatherer::is_before).
    struct Place {
        std::uint32_t doc = 0;
        std::uint32_t index = 0;
        friend bool operator==(const Place&, const Place&) = default;
    };
    // A mention of the entity, and by which of its names.
    struct Mentioned {
        Place at;
        std::uint32_t name = 0;
    };
    struct Part {
        ConstructedPart part;
        Place at;                     // mention that the location came from
        std::vector<Mentioned> mentions;
    };
    // What every mention is compared with stands together.
    std::string id;
    std::vector<Mentioned> mentions;
    std::map<std::string, std::uint32_t, std::less<>> names;  // surface, number
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

    // Number of a surface, in the order in which they came. O(log n): a document may spell one name in thousands of ways.
    std::uint32_t name_of(std::string_view surface) {
        const auto known = names.find(surface);
        return known != names.end() ? known->second : names.emplace(surface, static_cast<std::uint32_t>(names.size())).first->second;
    }
};

/// Makes entities of what was gathered, which it takes apart; for gather.cpp and gathered.cpp only.
class EntityGatherer::Finisher {
public:
    /// Documents' ids, languages, and the language of each document by number; all must outlive it.
    Finisher(const Gazetteer& gazetteer, const std::vector<std::string>& docs, const std::vector<std::string>& languages, const std::vector<std::uint32_t>& language_of);

    /// Fills all but the id, which the entity has.
    void fill(Entity& entity, Gathered& gathered);
    /// The same for a part of an entity that is filled already.
    void fill_part(Entity& child, Gathered::Part& part, const Entity& whole);

private:
    void list_mentions(Entity& entity, std::vector<Gathered::Mentioned>& mentions);
    // The record: named by the mention or its location, else by the entity's id ("person:mao-zedong").
    [[nodiscard]] std::optional<Record> record_of(const Entity& entity, const Gathered& gathered) const;
    // After list_mentions.
    void list_names(Entity& entity, const Gathered& gathered);

    const Gazetteer& gazetteer_;
    const std::vector<std::string>&docs_, &languages_;
    const std::vector<std::uint32_t>& language_of_;
    std::vector<std::uint32_t> rank_;  // of a document among all by id
    std::vector<std::pair<std::string_view, std::string_view>> record_names_;  // name, language; of the entity's record, sorted
    std::vector<std::uint32_t> place_of_;                   // of a name of the entity, by its number
    std::vector<const std::string*> least_language_;
};

}  // namespace demarc
