#pragma once
#include <memory>

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
    /// Both must outlive the Extractor.
    Extractor(const RuleSet& rules, const Gazetteer& gazetteer) : rules_(rules), gazetteer_(gazetteer) {}

    /// Mentions sorted by begin, then longest first; they nest and do not cross; anchors are indices into the result.
    /// Workspace::position tells where each mention of the workspace went in the result.
    [[nodiscard]] std::vector<Mention> extract(const Document& document, Workspace& workspace, ExtractionObserver* observer = nullptr) const;

private:
    const RuleSet& rules_;
    const Gazetteer& gazetteer_;
};

}  // namespace demarc
