#include "extractor/sentence.hpp"

#include <algorithm>

namespace demarc {
namespace {

constexpr std::uint32_t reach = 400;

bool ends_sentence(const Workspace& ws, std::uint32_t i) {
    const Token& token = ws.tokens[i];
    if (token.kind == TokenKind::paragraph) return true;
    if (token.kind != TokenKind::punctuation) return false;
    const char mark = ws.text[token.begin];
    if (mark == '!' || mark == '?') return true;
    if (mark != '.') return false;
    if (i == 0 || ws.tokens[i - 1].kind != TokenKind::word) return true;
    const Token& before = ws.tokens[i - 1];
    if ((before.predicates & shape::initial) != 0 && i + 1 < ws.tokens.size() && (ws.tokens[i + 1].predicates & (shape::cap | shape::initial)) != 0) return false;
    const bool abbreviation = before.end - before.begin <= 3 && (before.predicates & shape::cap) != 0;
    return !abbreviation || (token.predicates & shape::line_end) != 0;
}

}  // namespace

TokenRange sentence_around(const Workspace& ws, std::uint32_t token) {
    std::uint32_t first = token, last = token;
    while (first > 0 && token - first < reach && !ends_sentence(ws, first - 1)) --first;
    while (last < ws.tokens.size() && last - token < reach && !ends_sentence(ws, last)) ++last;
    return {first, std::max(last, token + 1)};
}

std::string_view token_canonical(const Workspace& ws, const RuleSet& rules, std::uint32_t token, std::string_view lexicon) {
    if (ws.entries[token] == Vocabulary::none) return {};
    return rules.vocabulary().canonical_in(ws.entries[token], lexicon);
}

std::uint32_t find_in_lexicon(const Workspace& ws, const RuleSet& rules, TokenRange range, std::string_view lexicon) {
    for (std::uint32_t t = range.first; t < range.last; ++t) {
        if (!token_canonical(ws, rules, t, lexicon).empty()) return t;
    }
    return range.last;
}

}  // namespace demarc
