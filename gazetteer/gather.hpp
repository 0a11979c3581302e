#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/entity.hpp"
#include "base/mention.hpp"
#include "gazetteer/gazetteer.hpp"

namespace demarc {

/// Gathers the mentions of a run into its entities, by Mention::entity; mentions without one are left out. Documents may be
/// dropped once added: what is kept grows with the mentions, not with the texts. The result doesn't depend on the order in
/// which documents are added. Not thread-safe.
///
/// What stands for an entity: the location of least uncertainty; status, confidence, why and candidates of its surest mention;
/// the quote (sentence, at most 300 code points, white space collapsed; of what can be drawn) and the line's properties of its first
/// mention, by document id and position. `candidates` are those that lost; of an unresolved entity all. `start` and `end` come from
/// LineValue::when, else from the documents' dates, first to last. Mention::parts become entities "<entity>/<suffix>".
class EntityGatherer {
public:
    explicit EntityGatherer(const Gazetteer& gazetteer);  ///< must outlive the gatherer
    ~EntityGatherer();
    EntityGatherer(const EntityGatherer&) = delete;
    EntityGatherer& operator=(const EntityGatherer&) = delete;

    /// Document ids must be unique in a run.
    void add(const ExtractedDocument& document);
    /// The entities sorted by id. The gatherer is empty afterwards.
    [[nodiscard]] std::vector<Entity> finish();

private:
    struct Gathered;
    class Finisher;
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t number = 0;  // 1 + that of the entity; 0: empty
    };
    Gathered& entity_of(const std::string& id, std::uint64_t hash);
    void grow();
    void fetch(const ExtractedDocument& document);
    /// Order of two documents: by id.
    [[nodiscard]] bool is_before(std::uint32_t doc, std::uint32_t other) const;

    const Gazetteer& gazetteer_;
    std::vector<std::string> docs_, languages_;  // by number, in the order of adding
    std::vector<std::uint32_t> language_of_;     // of a document, as a number
    std::uint32_t last_ = 0;                     // the document whose id is behind all others
    std::vector<std::unique_ptr<Gathered>> entities_;
    std::vector<Slot> table_;            // a power of two of them, half empty at least; from an id's hash on
    std::vector<std::uint64_t> hashes_;  // of the document's mentions
};

/// The same for documents at hand.
[[nodiscard]] std::vector<Entity> gather_entities(const std::vector<ExtractedDocument>& documents, const Gazetteer& gazetteer);

}  // namespace demarc
