#pragma once
#include <memory>
#include <span>
#include <vector>

#include "base/mention.hpp"
#include "extractor/extraction_observer.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/workspace.hpp"
#include "gazetteer/gazetteer.hpp"

namespace demarc {

/// Finds the mentions of a document: tokens, look-ups, the phases of the rules, the resolvers, names within the document.
/// Places carry candidates only; geo/ decides between them. Immutable and shared by threads; each thread brings its own Workspace.
class Extractor {
public:
    /// Both must outlive the Extractor, and the rule set the mentions, which name its rules.
    Extractor(const RuleSet& rules, const Gazetteer& gazetteer) : rules_(rules), gazetteer_(gazetteer) {}

    /// Mentions sorted by begin, then longest first; they nest and do not cross; anchors are indices into the result.
    /// Workspace::position tells where each mention of the workspace went in the result.
    [[nodiscard]] MentionList extract(const Document& document, Workspace& workspace, ExtractionObserver* observer = nullptr) const;
    /// The mentions of each document. Each step is done for all of them before the next one, so that what a step looks at stays in the processor's cache: small
    /// documents take a twentieth less time. `workspaces`: at least as many as documents, from batch_workspaces().
    [[nodiscard]] std::vector<MentionList> extract(std::span<const Document> documents, std::span<Workspace> workspaces) const;

private:
    void read(std::span<const Document* const> documents, std::span<Workspace> workspaces, ExtractionObserver* observer) const;

    const RuleSet& rules_;
    const Gazetteer& gazetteer_;
};

/// Workspaces for the documents of a batch that one thread reads: they share what is learned.
[[nodiscard]] std::vector<Workspace> batch_workspaces(std::size_t documents);

}  // namespace demarc
