#include "extractor/rule_engine.hpp"

#include <algorithm>
#include <cctype>
#include <tuple>

#include "extractor/predicates.hpp"
#include "extractor/rule_program.hpp"

namespace demarc {
namespace {

constexpr std::size_t text_window = 512;  // bytes that a text pattern may look at from its token
constexpr int empty_run = 3;              // empty tokens kept of a run: no pattern spans more words that nobody asks about
// Of a token that an earlier mention holds, only its place in the line is still told.
constexpr std::uint32_t positional = shape::glued | shape::line_start | shape::line_end | shape::sentence_start;

struct SpanRole {
    std::uint32_t token;
    Letter letter;
    friend bool operator<(const SpanRole& a, const SpanRole& b) { return a.token != b.token ? a.token < b.token : a.letter < b.letter; }
};

void build_row(const RuleSet::Phase& phase, Workspace& ws) {
    ws.row.clear();
    ws.row_offsets.clear();
    ws.row_tokens.clear();
    const Alphabet& alphabet = phase.alphabet;

    thread_local std::vector<SpanRole> roles;
    roles.clear();
    for (const LexiconMatch& match : ws.lexicon_matches) {
        const auto found = alphabet.lexicons.find(match.lexicon);
        if (found == alphabet.lexicons.end() || found->second.begin == 0) continue;
        const SpanLetters& letters = found->second;
        for (std::uint32_t t = match.tokens.first; t < match.tokens.last; ++t) {
            roles.push_back({t, t == match.tokens.first ? letters.begin : letters.inside});
            if (t + 1 == match.tokens.last) roles.push_back({t, letters.last});
        }
    }
    std::sort(roles.begin(), roles.end());

    std::size_t role = 0;
    int empties = 0;
    const auto count = static_cast<std::uint32_t>(ws.tokens.size());
    for (std::uint32_t t = 0; t < count; ++t) {
        std::uint32_t shapes = ws.tokens[t].predicates & alphabet.shape_mask;
        std::uint64_t flags = ws.flags[t] & (alphabet.flag_mask | flag::any_mention);
        const bool taken = (flags & flag::any_mention) != 0;
        std::uint32_t letters_begin = 0, letters_end = 0;
        if (taken) {
            shapes &= positional;
            flags &= alphabet.flag_mask & (flag::any_mention | flag::bracketed);
        } else if (ws.entries[t] != Vocabulary::none) {
            std::tie(letters_begin, letters_end) = phase.entry_letters[ws.entries[t]];
        }
        const bool has_role = role < roles.size() && roles[role].token == t;
        if (shapes == 0 && flags == 0 && letters_begin == letters_end && !has_role) {
            if (++empties > empty_run) continue;
            ws.row_offsets.push_back(static_cast<std::uint32_t>(ws.row.size()));
            ws.row_tokens.push_back(t);
            ws.row.append("<>", 2);
            continue;
        }
        empties = 0;
        ws.row_offsets.push_back(static_cast<std::uint32_t>(ws.row.size()));
        ws.row_tokens.push_back(t);
        ws.row += '<';
        if (shapes != 0) {
            for (const auto& [bit, letter] : alphabet.shapes) {
                if ((shapes & bit) != 0) append_letter(ws.row, letter);
            }
        }
        if (flags != 0) {
            for (const auto& [bit, letter] : alphabet.flags) {
                if ((flags & bit) != 0) append_letter(ws.row, letter);
            }
        }
        for (; role < roles.size() && roles[role].token == t; ++role) {
            if (!taken) append_letter(ws.row, roles[role].letter);
        }
        ws.row.append(phase.letters, letters_begin, letters_end - letters_begin);
        ws.row += '>';
    }
}

// Index in row_offsets of the token mark at a row offset.
std::size_t row_index(const Workspace& ws, std::size_t offset) {
    return static_cast<std::size_t>(std::lower_bound(ws.row_offsets.begin(), ws.row_offsets.end(), offset) - ws.row_offsets.begin());
}

TokenRange token_range(const Workspace& ws, const re2::StringPiece& piece) {
    const auto begin = static_cast<std::size_t>(piece.data() - ws.row.data());
    const std::size_t first = row_index(ws, begin);
    const std::size_t last = row_index(ws, begin + piece.size());
    if (first >= ws.row_tokens.size() || last <= first) return {};
    return {ws.row_tokens[first], ws.row_tokens[last - 1] + 1};
}

// Captures of a token rule over a row match.
bool capture_tokens(const RuleSet::Rule& rule, const Workspace& ws, const re2::StringPiece& row_match, std::vector<RuleMatch::Capture>& captures) {
    const re2::RE2& matcher = rule.matcher();
    if (!matcher.ok()) return false;
    const int groups = matcher.NumberOfCapturingGroups();
    thread_local std::vector<re2::StringPiece> pieces;
    pieces.assign(static_cast<std::size_t>(groups) + 1, {});
    if (!matcher.Match(row_match, 0, row_match.size(), re2::RE2::ANCHOR_BOTH, pieces.data(), groups + 1)) return false;
    for (const auto& [index, name] : matcher.CapturingGroupNames()) {
        const re2::StringPiece& piece = pieces[static_cast<std::size_t>(index)];
        if (piece.data() == nullptr || piece.empty()) continue;
        const TokenRange range = token_range(ws, piece);
        if (!range.empty()) captures.push_back({name, range, ws.span_of(range)});
    }
    return true;
}

// Tries a text rule at a token. The match must end where a token ends.
bool capture_text(const RuleSet::Rule& rule, const Workspace& ws, std::uint32_t first, TokenRange& tokens, std::vector<RuleMatch::Capture>& captures) {
    const re2::RE2& matcher = *rule.text;
    const int groups = matcher.NumberOfCapturingGroups();
    std::vector<re2::StringPiece> pieces(static_cast<std::size_t>(groups) + 1);
    const std::uint32_t begin = ws.tokens[first].begin;
    std::size_t end = std::min(ws.text.size(), begin + text_window);
    while (end < ws.text.size() && end > begin && (static_cast<unsigned char>(ws.text[end]) & 0xC0) == 0x80) --end;
    const re2::StringPiece window(ws.text.data(), end);
    if (!matcher.Match(window, begin, end, re2::RE2::ANCHOR_START, pieces.data(), groups + 1)) return false;
    const auto span_of = [&](const re2::StringPiece& piece) {
        const auto from = static_cast<std::uint32_t>(piece.data() - ws.text.data());
        return Span{from, static_cast<std::uint32_t>(from + piece.size())};
    };
    const auto tokens_of = [&](Span span) {
        const std::uint32_t a = ws.token_at(span.begin), b = ws.token_at(span.end);
        if (a >= ws.tokens.size() || b <= a || ws.tokens[a].begin != span.begin) return TokenRange{};
        std::uint32_t last = b;
        while (last > a && ws.tokens[last - 1].kind == TokenKind::paragraph) --last;
        return last > a && ws.tokens[last - 1].end == span.end ? TokenRange{a, last} : TokenRange{};
    };
    tokens = tokens_of(span_of(pieces[0]));
    if (tokens.empty()) return false;
    for (const auto& [index, name] : matcher.CapturingGroupNames()) {
        const re2::StringPiece& piece = pieces[static_cast<std::size_t>(index)];
        if (piece.data() == nullptr || piece.empty()) continue;
        const Span span = span_of(piece);
        captures.push_back({name, tokens_of(span), span});
    }
    return true;
}

}  // namespace

const RuleMatch::Capture* RuleMatch::find(std::string_view name) const {
    for (const Capture& capture : captures_) {
        if (capture.name == name) return &capture;
    }
    return nullptr;
}

std::string_view RuleMatch::text(std::string_view capture) const {
    const Capture* found = find(capture);
    return found == nullptr ? std::string_view() : found->span.of(workspace_->text);
}

TokenRange RuleMatch::range(std::string_view capture) const {
    const Capture* found = find(capture);
    return found == nullptr ? TokenRange{} : found->tokens;
}

std::string_view RuleMatch::canonical(std::string_view capture, std::string_view lexicon) const {
    const TokenRange tokens = range(capture);
    const std::uint16_t id = vocabulary_->lexicon_id(lexicon);
    if (tokens.empty() || id == 0xFFFF) return {};
    return vocabulary_->canonical(id, workspace_->sequence_key(tokens));
}

std::string RuleMatch::value(std::string_view key) const {
    for (const auto& [name, text_template] : rule_->value) {
        if (name != key) continue;
        std::string out;
        for (std::size_t i = 0; i < text_template.size(); ++i) {
            if (text_template[i] != '$') {
                out += text_template[i];
                continue;
            }
            if (i + 1 < text_template.size() && text_template[i + 1] == '{') {
                const std::size_t end = text_template.find('}', i);
                const std::string_view inner = std::string_view(text_template).substr(i + 2, end - i - 2);
                const std::size_t colon = inner.find(':');
                out += colon == std::string_view::npos ? text(inner) : canonical(inner.substr(0, colon), inner.substr(colon + 1));
                i = end;
            } else {
                std::size_t end = i + 1;
                while (end < text_template.size() && (std::isalnum(static_cast<unsigned char>(text_template[end])) != 0 || text_template[end] == '_')) ++end;
                out += text(std::string_view(text_template).substr(i + 1, end - i - 1));
                i = end - 1;
            }
        }
        return out;
    }
    return {};
}

std::vector<TokenRange> RuleMatch::mention_ranges() const {
    std::vector<TokenRange> ranges;
    for (const Capture& capture : captures_) {
        if (capture.name.starts_with("mention") && !capture.tokens.empty()) ranges.push_back(capture.tokens);
    }
    if (ranges.empty()) ranges.push_back(tokens_);
    std::sort(ranges.begin(), ranges.end(), [](TokenRange a, TokenRange b) { return a.first < b.first; });
    return ranges;
}

void run_phase(const RuleSet& rules, std::size_t index, Workspace& ws, const std::function<MatchOutcome(const RuleMatch&)>& on_match) {
    const RuleSet::Phase& phase = rules.phases()[index];
    if (!phase.all || ws.tokens.empty()) return;
    build_row(phase, ws);
    const re2::StringPiece row(ws.row);
    std::size_t at = 0;
    re2::StringPiece found;
    std::vector<int> ids;
    std::vector<RuleMatch::Capture> captures;
    while (at < row.size() && phase.all->Match(row, at, row.size(), re2::RE2::UNANCHORED, &found, 1) && !found.empty()) {
        const auto begin = static_cast<std::size_t>(found.data() - row.data());
        const TokenRange range = token_range(ws, found);
        ids.clear();
        phase.which->Match(found, &ids);
        std::sort(ids.begin(), ids.end());
        MatchOutcome outcome;
        for (const int id : ids) {
            const RuleSet::Rule& rule = *phase.rules[static_cast<std::size_t>(id)];
            captures.clear();
            TokenRange tokens = range;
            const bool matched = rule.text ? capture_text(rule, ws, range.first, tokens, captures) : capture_tokens(rule, ws, found, captures);
            if (!matched) continue;
            RuleMatch match(*rule.source, ws, rules.vocabulary());
            match.set(tokens, captures);
            outcome = on_match(match);
            if (outcome.accepted) break;
        }
        const std::uint32_t next_token = outcome.accepted ? std::max(outcome.next, range.first + 1) : range.first + 1;
        const auto next = std::lower_bound(ws.row_tokens.begin() + static_cast<std::ptrdiff_t>(row_index(ws, begin)), ws.row_tokens.end(), next_token);
        if (next == ws.row_tokens.end()) return;
        at = ws.row_offsets[static_cast<std::size_t>(next - ws.row_tokens.begin())];
    }
}

}  // namespace demarc
