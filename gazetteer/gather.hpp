#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
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
    /// The locations of the entities that are drawn, and not by their parts; sorted by the entities' ids.
    void each_drawn(const std::function<void(const Location&)>& use);
    /// Hands over the entities a few at a time, sorted by id, so that not all of them need be there at once; they may be moved from. The gatherer is empty afterwards.
    void finish(const std::function<void(std::span<Entity>)>& take);
    /// All of them.
    [[nodiscard]] std::vector<Entity> finish();

private:
    struct Gathered;
    class Finisher;
    void fetch(const ExtractedDocument& document);

    const Gazetteer& gazetteer_;
    std::unique_ptr<Gathered> gathered_;
    std::vector<std::uint32_t> hashes_;  // of the document's mentions
};

/// The same for documents at hand.
[[nodiscard]] std::vector<Entity> gather_entities(const std::vector<ExtractedDocument>& documents, const Gazetteer& gazetteer);

}  // namespace demarc
