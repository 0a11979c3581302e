#pragma once
#include <nlohmann/json.hpp>

#include <string>

#include "cli/knowledge.hpp"
#include "extractor/derivation.hpp"

namespace demarc {

/// One document as extracted and placed, with the workspace it was read in and what rules did at one place in it.
struct ExplainedDocument {
    const Knowledge& knowledge;
    const Workspace& workspace;       ///< of the extraction, not used since
    const Derivation& derivation;
    const ExtractedDocument& extracted;
};

/// How the mention `index` came to be; with index == mentions.size(), why there is none at `place` (bytes). Shape: docs/rules.md.
/// Where mentions nest the tree goes down to the words; at most 16 levels.
[[nodiscard]] nlohmann::ordered_json explain_place(const ExplainedDocument& document, std::size_t index, Span place);

/// The same for people, one line a fact. `explanation`: of explain_place.
[[nodiscard]] std::string explanation_text(const nlohmann::ordered_json& explanation);

}  // namespace demarc
