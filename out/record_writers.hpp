#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/entity.hpp"
#include "base/mention.hpp"
#include "base/problem.hpp"

namespace demarc {

// One line of JSON each, with its line feed, appended to `out`. Shapes: docs/output.md.

/// mentions.jsonl: all mentions of a document.
void append_mentions(std::string& out, const ExtractedDocument& document);
/// documents.jsonl: `problems` is the number of problems that were reported of it.
void append_document(std::string& out, const ExtractedDocument& document, std::size_t problems);
/// entities.jsonl. `geometry`: geojson_of its location.
void append_entity(std::string& out, const Entity& entity, std::string_view geometry);
/// problems.jsonl. Spans are bytes.
void append_problem(std::string& out, const Problem& problem);

/// The `value` object of a mention, for those and for the map page.
void append_value(std::string& out, const ExtractedDocument& document, const Mention& mention);

}  // namespace demarc
