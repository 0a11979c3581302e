#pragma once
#include <cstdint>
#include <string_view>

#include "extractor/rule_set.hpp"
#include "extractor/workspace.hpp"

namespace demarc {

/// Tokens of the sentence around a token: from the paragraph's or the last full stop's end to the next; at most 400 tokens each way.
/// A point after an initial or a word of up to three letters is no full stop.
[[nodiscard]] TokenRange sentence_around(const Workspace& workspace, std::uint32_t token);

/// First token of a range that a lexicon holds (entries of one token), or range.last.
[[nodiscard]] std::uint32_t find_in_lexicon(const Workspace& workspace, const RuleSet& rules, TokenRange range, std::string_view lexicon);

/// Canonical form of one token in a lexicon; "" where it isn't in it.
[[nodiscard]] std::string_view token_canonical(const Workspace& workspace, const RuleSet& rules, std::uint32_t token, std::string_view lexicon);

}  // namespace demarc
