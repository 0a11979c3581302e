#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.hpp"
#include "base/mention.hpp"

namespace demarc {

/// A name of an entity as documents gave it.
struct EntityName {
    std::string name;
    std::string lang;                ///< BCP 47; empty unknown
    std::vector<std::uint32_t> docs; ///< the documents that attest it, as indices in Entity::docs, ascending; empty: from the gazetteer only
};

/// One of an entity's mentions; its id is that of the document, "#m" and `index` ("25465.txt#m31").
struct EntityMention {
    std::uint32_t doc = 0;    ///< index in Entity::docs
    std::uint32_t index = 0;  ///< in ExtractedDocument::mentions
    friend bool operator==(const EntityMention&, const EntityMention&) = default;
};

/// One thing of the run, merged over all its mentions (entities.jsonl, features.geojson, gazetteer.lpf.json).
struct Entity {
    std::string id;    ///< "place:kp-kumsong", stable from run to run and from shard to shard
    MentionType type = MentionType::place;
    std::string declared;  ///< name of the declared kind; empty for the other types
    std::string kind;  ///< kind of place, line, unit … empty unknown
    std::string name;
    std::vector<EntityName> names;
    std::vector<EntityMention> mentions;  ///< in document order
    std::vector<std::string> docs;      ///< document ids, sorted
    std::optional<Location> location;
    std::string when;                   ///< EDTF
    std::string start, end;             ///< YYYY-MM-DD for a time slider
    Certainty status = Certainty::attested;
    double confidence = 1;
    std::vector<Candidate> candidates;
    std::vector<std::string> why;
    std::string side, state, proposed_by, sidc;
    std::string quote;                  ///< the sentence of the first mention; empty of what can't be drawn (can_be_drawn) and its parts
    std::vector<std::string> anchors;   ///< entity ids that a constructed geometry was made from
    std::optional<double> offset_m;
    std::string country;                ///< ISO 3166 alpha-2; empty unknown
    std::string parent;                 ///< id of the entity of which this is a part (boundary and strip of a line); empty: none
    bool has_parts = false;             ///< its geometry is drawn by entities whose parent it is, not by itself
};

/// Whether things of a type have their place on a map.
[[nodiscard]] constexpr bool can_be_drawn(MentionType type) {
    return type == MentionType::place || type == MentionType::area || type == MentionType::line || type == MentionType::coordinate;
}

/// Name of an entity's type in every output: "person" …, or the declared kind.
[[nodiscard]] inline std::string_view type_name(const Entity& entity) {
    return entity.type == MentionType::declared ? std::string_view(entity.declared) : to_string(entity.type);
}

}  // namespace demarc
