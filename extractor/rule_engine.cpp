#include "extractor/rule_engine.hpp"

#include <algorithm>
#include <cctype>

#include "base/token_hash.hpp"
#include "extractor/predicates.hpp"
#include "extractor/rule_program.hpp"

namespace demarc {
namespace {

constexpr std::size_t text_window = 512;        // bytes that a text pattern may look at from its token
constexpr std::uint32_t longest_match = 256;    // tokens of one match: keeps the time linear whatever a rule repeats
// Of a token that an earlier mention holds, only its place in the line is still told.
constexpr std::uint32_t positional = shape::glued | shape::line_start | shape::line_end | shape::sentence_start;

struct TokenRole {
    std::uint32_t token;
    std::uint16_t role;
    friend bool operator<(const TokenRole& a, const TokenRole& b) { return a.token != b.token ? a.token < b.token : a.role < b.role; }
};

// One phase over one document.
class Scan {
public:
    Scan(const RuleSet& rules, const RuleSet::Phase& phase, PhaseScan& scan, Workspace& ws, const std::function<MatchOutcome(const RuleMatch&)>& on_match)
        : rules_(rules), phase_(phase), scan_(scan), ws_(ws), on_match_(on_match) {}

    void run() {
        collect_roles();
        write_symbols();
        TokenAutomaton& automaton = scan_.automaton;
        const auto count = static_cast<std::uint32_t>(ws_.tokens.size());
        for (std::uint32_t first = 0; first < count;) {
            std::uint32_t state = automaton.next(automaton.start(), ws_.symbols[first]);
            ends_.clear();
            for (std::uint32_t t = first; state != TokenAutomaton::dead;) {
                ++t;
                if (!automaton.accepts(state).empty()) ends_.push_back({t, state});
                if (t == count || t - first == longest_match) break;
                state = automaton.next(state, ws_.symbols[t]);
            }
            first = ends_.empty() ? first + 1 : settle(first);
        }
    }

private:
    struct End {
        std::uint32_t token;
        std::uint32_t state;
    };

    void collect_roles() {
        for (const LexiconMatch& match : ws_.lexicon_matches) {
            const auto found = phase_.program.role_of.find(match.lexicon);
            if (found == phase_.program.role_of.end()) continue;
            for (std::uint32_t t = match.tokens.first; t < match.tokens.last; ++t) {
                roles_.push_back({t, static_cast<std::uint16_t>(found->second + (t == match.tokens.first ? 0 : 1))});
                if (t + 1 == match.tokens.last) roles_.push_back({t, static_cast<std::uint16_t>(found->second + 2)});
            }
        }
        std::sort(roles_.begin(), roles_.end());
    }

    // What the phase sees of a token.
    TokenFacts facts_of(std::uint32_t t) const {
        TokenFacts facts;
        facts.shape = ws_.tokens[t].predicates & phase_.program.shape_mask;
        facts.flags = ws_.flags[t] & phase_.program.flag_mask;
        if ((ws_.flags[t] & flag::any_mention) != 0) {
            facts.shape &= positional;
            facts.flags &= flag::any_mention | flag::bracketed;
            return facts;
        }
        if (ws_.entries[t] != Vocabulary::none) facts.lexicons = rules_.vocabulary().entry(ws_.entries[t]).lexicons;
        for (auto role = std::lower_bound(roles_.begin(), roles_.end(), TokenRole{t, 0}); role != roles_.end() && role->token == t; ++role) facts.roles.set(role->role);
        return facts;
    }

    void write_symbols() {
        const auto count = static_cast<std::uint32_t>(ws_.tokens.size());
        ws_.symbols.resize(count);
        const std::uint32_t shape_mask = phase_.program.shape_mask;
        const std::uint64_t flag_mask = phase_.program.flag_mask;
        auto role = roles_.begin();
        for (std::uint32_t t = 0; t < count; ++t) {
            const bool has_role = role != roles_.end() && role->token == t;
            while (role != roles_.end() && role->token == t) ++role;
            const bool taken = (ws_.flags[t] & flag::any_mention) != 0;
            if (has_role && !taken) {
                ws_.symbols[t] = scan_.automaton.symbol(facts_of(t));
                continue;
            }
            std::uint32_t shapes = ws_.tokens[t].predicates & shape_mask;
            std::uint64_t flags = ws_.flags[t] & flag_mask;
            std::uint32_t entry_class = 0;
            if (taken) {
                shapes &= positional;
                flags &= flag::any_mention | flag::bracketed;
            } else if (ws_.entries[t] != Vocabulary::none) {
                entry_class = phase_.entry_class[ws_.entries[t]];
            }
            ws_.symbols[t] = scan_.cached_symbol(shapes, flags, entry_class, [&] { return facts_of(t); });
        }
    }

    // Offers the matches that begin at `first`, the longest first, to the callback. Returns the token to go on with.
    std::uint32_t settle(std::uint32_t first) {
        for (auto end = ends_.rbegin(); end != ends_.rend(); ++end) {
            const std::vector<std::uint32_t> candidates = scan_.automaton.accepts(end->state);
            for (const std::uint32_t index : candidates) {
                const MatchOutcome outcome = offer(index, {first, end->token});
                if (outcome.accepted) return std::max(outcome.next, first + 1);
            }
        }
        return first + 1;
    }

    MatchOutcome offer(std::uint32_t index, TokenRange range);
    bool capture_tokens(std::uint32_t index, TokenRange range, std::vector<RuleMatch::Capture>& captures) const;

    const RuleSet& rules_;
    const RuleSet::Phase& phase_;
    PhaseScan& scan_;
    Workspace& ws_;
    const std::function<MatchOutcome(const RuleMatch&)>& on_match_;
    std::vector<TokenRole> roles_;
    std::vector<End> ends_;
};

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

bool Scan::capture_tokens(std::uint32_t index, TokenRange range, std::vector<RuleMatch::Capture>& captures) const {
    const std::vector<std::string>& names = phase_.program.captures[index];
    if (names.empty()) return true;
    std::vector<TokenFacts> facts;
    for (std::uint32_t t = range.first; t < range.last; ++t) facts.push_back(facts_of(t));
    std::vector<std::int32_t> slots;
    if (!find_captures(phase_.program, index, facts, slots)) return false;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (slots[2 * i] < 0 || slots[2 * i + 1] <= slots[2 * i]) continue;
        const TokenRange tokens{range.first + static_cast<std::uint32_t>(slots[2 * i]), range.first + static_cast<std::uint32_t>(slots[2 * i + 1])};
        captures.push_back({names[i], tokens, ws_.span_of(tokens)});
    }
    return true;
}

MatchOutcome Scan::offer(std::uint32_t index, TokenRange range) {
    const RuleSet::Rule& rule = phase_.rules[index];
    std::vector<RuleMatch::Capture> captures;
    TokenRange tokens = range;
    const bool matched = rule.text ? capture_text(rule, ws_, range.first, tokens, captures) : capture_tokens(index, range, captures);
    if (!matched) return {};
    RuleMatch match(*rule.source, ws_, rules_.vocabulary());
    match.set(tokens, std::move(captures));
    return on_match_(match);
}

}  // namespace

std::size_t PhaseScan::slot_of(std::uint32_t shape, std::uint64_t flags, std::uint32_t entry_class) const {
    return static_cast<std::size_t>(mix_hash(flags ^ 0x9e3779b97f4a7c15ull, (static_cast<std::uint64_t>(entry_class) << 32 | shape) ^ 0xa0761d6478bd642full)) & (cache_.size() - 1);
}

void PhaseScan::grow() {
    std::vector<Known> old = std::move(cache_);
    cache_.assign(std::max<std::size_t>(1024, old.size() * 2), {});
    for (const Known& known : old) {
        if (!known.used) continue;
        std::size_t slot = slot_of(known.shape, known.flags, known.entry_class);
        while (cache_[slot].used) slot = (slot + 1) & (cache_.size() - 1);
        cache_[slot] = known;
    }
}

void PhaseScan::trim() {
    constexpr std::size_t max_known = 1 << 16;
    if (automaton.trim() || used_ > max_known) {
        cache_.clear();
        used_ = 0;
    }
}

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
    if (phase.rules.empty() || ws.tokens.empty()) return;
    if (ws.scans_of != rules.identity()) {
        ws.scans.clear();
        ws.scans.resize(rules.phases().size());
        ws.scans_of = rules.identity();
    }
    if (!ws.scans[index]) ws.scans[index] = std::make_shared<PhaseScan>(phase);
    ws.scans[index]->trim();
    Scan(rules, phase, *ws.scans[index], ws, on_match).run();
}

}  // namespace demarc
