#include "extractor/acronyms.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "extractor/entity_slug.hpp"
#include "extractor/sentence.hpp"

namespace demarc {
namespace {

constexpr std::size_t shortest = 2, longest = 8;      // letters of an abbreviation
constexpr std::uint32_t most_words = 12;              // of the name before it

std::string_view text_at(const Workspace& ws, std::uint32_t token) { return token < ws.tokens.size() ? ws.tokens[token].span().of(ws.text) : std::string_view(); }

bool capitalised(const Token& token) { return (token.predicates & (shape::cap | shape::caps | shape::initial)) != 0; }

// The words before `end` whose capitals spell the abbreviation; small words between them ("of the") may have a letter of it or none.
TokenRange spelled_by(const Workspace& ws, std::uint32_t end, std::string_view letters) {
    std::size_t left = letters.size();
    std::uint32_t at = end, words = 0;
    while (at > 0 && left > 0 && words < most_words) {
        const Token& token = ws.tokens[--at];
        if (token.kind == TokenKind::punctuation) {
            const std::string_view mark = token.span().of(ws.text);
            if (mark != "-" && mark != "&" && mark != "’" && mark != "'") return {};
            continue;
        }
        if (token.kind == TokenKind::possessive) continue;
        if (token.kind != TokenKind::word) return {};
        ++words;
        const char first = ws.text[token.begin];
        if (capitalised(token)) {
            if (first != letters[left - 1]) return {};
            --left;
        } else if (words == 1 || token.end - token.begin > 4) {
            return {};
        }
    }
    return left == 0 && capitalised(ws.tokens[at]) && words >= 2 ? TokenRange{at, end} : TokenRange{};
}

bool names_a_body(const Workspace& ws, const RuleSet& rules, TokenRange range) {
    const GazetteerMatch* place = ws.any_place_at(range.first);
    if (place != nullptr && place->tokens.last >= range.last) return false;
    for (std::uint32_t t = range.first; t < range.last; ++t) {
        for (const char* lexicon : {"unit_head_words", "unit_forces"}) {
            if (!token_canonical(ws, rules, t, lexicon).empty()) return false;  // what kind of body, the rules for units know
        }
    }
    for (std::uint32_t t = range.first; t < range.last; ++t) {
        for (const char* lexicon : {"organisation_words", "organisation_suffixes", "organisation_heads"}) {
            if (!token_canonical(ws, rules, t, lexicon).empty()) return true;
        }
    }
    return false;
}

std::uint32_t add_body(const ResolveContext& context, TokenRange range, const std::string& name, std::string why) {
    Workspace& ws = context.workspace;
    auto mention = std::make_unique<Mention>();
    mention->type = MentionType::organisation;
    mention->span = ws.span_of(range);
    mention->rule = "organisations.abbreviated";
    mention->value = OrganisationValue{name, ""};
    mention->entity = "organisation:" + entity_slug(name);
    mention->confidence = 0.9;
    if (!why.empty()) mention->why.push_back(std::move(why));
    return ws.add(std::move(mention), range);
}

}  // namespace

void find_abbreviations(Workspace& ws) {
    ws.abbreviations.clear();
    for (std::size_t at = ws.text.find('('); at != std::string_view::npos; at = ws.text.find('(', at + 1)) {
        const std::uint32_t bracket = ws.token_at(static_cast<std::uint32_t>(at));
        if (bracket + 2 >= ws.tokens.size() || ws.tokens[bracket].begin != at || ws.tokens[bracket].kind != TokenKind::punctuation || text_at(ws, bracket + 2) != ")") continue;
        const Token& word = ws.tokens[bracket + 1];
        const std::size_t letters = word.end - word.begin;
        if ((word.predicates & shape::caps) != 0 && letters >= shortest && letters <= longest) ws.abbreviations.push_back(bracket);
    }
}

void add_abbreviated_bodies(const ResolveContext& context) {
    Workspace& ws = context.workspace;
    for (const std::uint32_t t : ws.abbreviations) {
        const std::string letters(text_at(ws, t + 1));
        const TokenRange range = spelled_by(ws, t, letters);
        if (range.empty() || ws.mention_at[range.first] >= 0 || !names_a_body(ws, context.rules, range)) continue;
        // A body that a lexicon knows by its abbreviation has the lexicon's name.
        const std::string_view known = token_canonical(ws, context.rules, t + 1, "organisations_known");
        add_body(context, range, std::string(known.empty() ? ws.text_of(range) : known), "its capitals spell the abbreviation behind it");
    }
}

void spread_abbreviations(const ResolveContext& context) {
    Workspace& ws = context.workspace;
    std::unordered_map<std::string_view, std::uint32_t> meaning;  // abbreviation -> mention of the name
    for (const std::uint32_t t : ws.abbreviations) {
        const std::int32_t before = t > 0 ? ws.mention_at[t - 1] : -1;
        if (before < 0) continue;
        const auto index = static_cast<std::uint32_t>(before);
        const MentionType type = ws.mention_types[index];
        if ((type != MentionType::organisation && type != MentionType::military_unit) || ws.mention_tokens[index].last != t || ws.mention_tokens[index].last - ws.mention_tokens[index].first < 2) continue;
        if (text_at(ws, t + 1)[0] != ws.text[ws.tokens[ws.mention_tokens[index].first].begin]) continue;
        meaning.try_emplace(text_at(ws, t + 1), index);
    }
    if (meaning.empty()) return;
    for (std::uint32_t t = 0; t < ws.tokens.size(); ++t) {
        if (ws.mention_at[t] >= 0 || (ws.tokens[t].predicates & shape::caps) == 0) continue;
        const auto known = meaning.find(text_at(ws, t));
        if (known == meaning.end()) continue;
        auto mention = std::make_unique<Mention>(ws.mentions[known->second]);
        mention->span = ws.tokens[t].span();
        mention->anchors.clear();
        mention->relations.clear();
        mention->why = {"short for " + std::string(ws.text_of(ws.mention_tokens[known->second])) + ", as the text says"};
        ws.add(std::move(mention), {t, t + 1});
    }
}

}  // namespace demarc
