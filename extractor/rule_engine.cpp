#include "extractor/rule_engine.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cctype>
#include <span>

#include "extractor/extraction_observer.hpp"
#include "extractor/predicates.hpp"
#include "extractor/rule_beginnings.hpp"
#include "extractor/rule_program.hpp"

namespace demarc {

static_assert(std::size(rule_phases) <= RuleBeginnings::max_phases);

namespace {

constexpr std::size_t text_window = 512;        // bytes that a text pattern may look at from its token
constexpr std::uint32_t longest_match = 256;    // tokens of one match: keeps the time linear whatever a rule repeats

// One phase over one document.
class Scan {
public:
    Scan(const RuleSet& rules, std::size_t index, PhaseScan& scan, Workspace& ws, const std::function<MatchOutcome(const RuleMatch&)>& on_match,
         ExtractionObserver* observer)
        : rules_(rules), phase_(rules.phases()[index]), words_(RuleBeginnings::words_of(ws.tokens.size())), starts_(ws.may_begin.data() + index * words_), scan_(scan), ws_(ws), on_match_(on_match),
          observer_(observer), ends_(scan.ends), symbols_(scan.symbols), slots_(scan.slots), captures_(scan.captures) {}

    void run() {
        scan_.prepare(ws_.learned->kinds);
        for (std::uint32_t start = next_start(0); start != no_start;) {
            scan_.hold_bounds(ws_.learned->kinds);
            find_ends(start, ends_);
            std::uint32_t next = start + 1;
            if (!ends_.empty()) {
                next = observer_ == nullptr ? settle(start) : observed(start);
                scan_.prepare(ws_.learned->kinds);
            }
            start = next_start(next);
        }
    }

private:
    using End = PhaseScan::End;

    static constexpr std::uint32_t no_start = 0xFFFFFFFF;
    // The first token from one on where a rule may begin, as far as was seen before the phase. No mention is made of tokens further on than the match that is looked at, so that
    // it holds until the phase is over.
    std::uint32_t next_start(std::uint32_t token) const {
        std::size_t word = token / 64;
        if (word >= words_) return no_start;
        std::uint64_t bits = starts_[word] & ~std::uint64_t{0} << (token % 64);
        while (bits == 0) {
            if (++word == words_) return no_start;
            bits = starts_[word];
        }
        return static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(bits));
    }

    // Where matches from a token end, the shortest first.
    void find_ends(std::uint32_t first, std::vector<End>& ends) {
        const TokenKinds& kinds = ws_.learned->kinds;
        const std::uint32_t* const kind_of = ws_.kind_of.data();
        const std::uint32_t limit = std::min(static_cast<std::uint32_t>(ws_.kind_of.size()), first + longest_match);
        ends.clear();
        std::uint32_t state = scan_.first_state(kinds, kind_of[first]);
        for (std::uint32_t t = first + 1; state != TokenAutomaton::dead; ++t) {
            if (TokenAutomaton::accepting(state)) ends.push_back({t, state});
            if (t == limit) return;
            state = scan_.automaton.next(state, scan_.symbol(kinds, kind_of[t]));
        }
    }

    std::uint32_t symbol(std::uint32_t token) { return scan_.symbol(ws_.learned->kinds, ws_.kind_of[token]); }

    // Offers the matches that begin at `first`, the longest first, to the callback. Returns the token to go on with.
    std::uint32_t settle(std::uint32_t first) {
        if (phase_.decisions > 0) {
            // A decision goes before every rule, whatever the length.
            for (auto end = ends_.rbegin(); end != ends_.rend(); ++end) {
                for (const std::uint32_t index : scan_.automaton.accepts(end->state)) {
                    if (index >= phase_.decisions) break;
                    const MatchOutcome outcome = offer(index, {first, end->token});
                    if (outcome.accepted) return std::max(outcome.next, first + 1);
                }
            }
        }
        for (auto end = ends_.rbegin(); end != ends_.rend(); ++end) {
            for (const std::uint32_t index : scan_.automaton.accepts(end->state)) {
                if (index < phase_.decisions) continue;
                const MatchOutcome outcome = offer(index, {first, end->token});
                if (outcome.accepted) return std::max(outcome.next, first + 1);
            }
        }
        return first + 1;
    }

    std::uint32_t observed(std::uint32_t first);
    MatchOutcome offer(std::uint32_t index, TokenRange range);
    bool capture_tokens(std::uint32_t index, TokenRange range, std::vector<RuleMatch::Capture>& captures);

    const RuleSet& rules_;
    const RuleSet::Phase& phase_;
    std::size_t words_;
    const std::uint64_t* starts_;  // bit by token, of the phase
    PhaseScan& scan_;
    Workspace& ws_;
    const std::function<MatchOutcome(const RuleMatch&)>& on_match_;
    ExtractionObserver* observer_;
    std::vector<End>& ends_;
    std::vector<std::uint32_t>& symbols_;  // of a match
    std::vector<std::int32_t>& slots_;
    std::vector<RuleMatch::Capture>& captures_;  // of the match on offer
    std::size_t offered_ = 0;                   // matches since the observer last looked
};

// Tries a text rule at a token. The match must end where a token ends.
bool capture_text(const RuleSet::Rule& rule, const Workspace& ws, std::uint32_t first, TokenRange& tokens, std::vector<RuleMatch::Capture>& captures) {
    const re2::RE2& matcher = rule.text->get();
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

bool Scan::capture_tokens(std::uint32_t index, TokenRange range, std::vector<RuleMatch::Capture>& captures) {
    scan_.prepare(ws_.learned->kinds);
    const std::vector<std::string>& names = phase_.program.captures[index];
    if (names.empty()) return true;
    symbols_.clear();
    for (std::uint32_t t = range.first; t < range.last; ++t) symbols_.push_back(symbol(t));
    if (!scan_.automaton.find_captures(index, symbols_, slots_)) return false;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (slots_[2 * i] < 0 || slots_[2 * i + 1] <= slots_[2 * i]) continue;
        const TokenRange tokens{range.first + static_cast<std::uint32_t>(slots_[2 * i]), range.first + static_cast<std::uint32_t>(slots_[2 * i + 1])};
        captures.push_back({names[i], tokens, ws_.span_of(tokens)});
    }
    return true;
}

// settle(), telling the observer of the matches that it leaves behind. Those inside a match must be found before it is taken, since the words
// look otherwise afterwards.
std::uint32_t Scan::observed(std::uint32_t first) {
    const std::uint32_t longest = ends_.back().token;
    if (!observer_->wants_losers({first, longest})) return settle(first);
    struct Loser {
        std::uint32_t rule;
        TokenRange range;
    };
    std::vector<Loser> inside;
    std::vector<End> ends;
    for (std::uint32_t t = first + 1; t < longest; ++t) {
        scan_.hold_bounds(ws_.learned->kinds);
        find_ends(t, ends);
        for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
            for (const std::uint32_t index : scan_.automaton.accepts(end->state)) inside.push_back({index, {t, end->token}});
        }
    }
    scan_.hold_bounds(ws_.learned->kinds);
    find_ends(first, ends_);  // anew: the states that it spoke of may be forgotten
    std::vector<Loser> from_here;  // in the order in which settle() offers them
    for (const bool decisions : {true, false}) {
        for (auto end = ends_.rbegin(); end != ends_.rend(); ++end) {
            for (const std::uint32_t index : scan_.automaton.accepts(end->state)) {
                if ((index < phase_.decisions) == decisions) from_here.push_back({index, {first, end->token}});
            }
        }
    }
    offered_ = 0;
    const std::uint32_t next = settle(first);
    const auto tell = [&](const Loser& loser, MatchFate fate) {
        const RuleSet::Rule& rule = phase_.rules[loser.rule];
        if (rule.text) return;  // what it would have matched isn't known
        captures_.clear();
        RuleMatch match(*rule.source, ws_, rules_.vocabulary());
        match.set(loser.range, captures_);
        observer_->fate(match, loser.range, fate, no_mention);
    };
    for (std::size_t i = offered_; i < from_here.size(); ++i) tell(from_here[i], MatchFate::outranked);
    for (const Loser& loser : inside) {
        if (loser.range.first < next) tell(loser, MatchFate::overlapped);
    }
    return next;
}

MatchOutcome Scan::offer(std::uint32_t index, TokenRange range) {
    const RuleSet::Rule& rule = phase_.rules[index];
    ++offered_;
    if (observer_ != nullptr) observer_->match_begins(*rule.source);
    captures_.clear();
    TokenRange tokens = range;
    const bool matched = rule.text ? capture_text(rule, ws_, range.first, tokens, captures_) : capture_tokens(index, range, captures_);
    RuleMatch match(*rule.source, ws_, rules_.vocabulary());
    match.set(tokens, captures_);
    MatchOutcome outcome;
    if (matched) outcome = on_match_(match);
    else if (observer_ != nullptr) observer_->fate(match, range, MatchFate::not_captured, no_mention);
    if (observer_ != nullptr) observer_->match_ends(*rule.source);
    return outcome;
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
    if (tokens.empty()) return {};
    if (tokens.last - tokens.first == 1) {
        const std::uint32_t entry = workspace_->entries[tokens.first];
        return entry == Vocabulary::none ? std::string_view() : vocabulary_->canonical_in(entry, lexicon);
    }
    const std::uint16_t id = vocabulary_->lexicon_id(lexicon);
    if (id == Vocabulary::no_lexicon) return {};
    return vocabulary_->canonical(id, workspace_->sequence_key(tokens));
}

std::string RuleMatch::filled(const std::string& text_template) const {
    if (text_template.find('$') == std::string::npos) return text_template;
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

void RuleMatch::mention_ranges(std::vector<TokenRange>& ranges) const {
    ranges.clear();
    for (const Capture& capture : captures_) {
        if (capture.name.starts_with("mention") && !capture.tokens.empty()) ranges.push_back(capture.tokens);
    }
    if (ranges.empty()) ranges.push_back(tokens_);
    if (ranges.size() > 1) std::sort(ranges.begin(), ranges.end(), [](TokenRange a, TokenRange b) { return a.first < b.first; });
}

namespace {

// Notes of the tokens of some ranges where rules may begin.
void find_beginnings(Workspace& ws, std::span<const TokenRange> ranges) {
    if (ranges.empty()) return;
    PhaseScans& scans = *ws.learned->scans;
    scans.beginnings.begin(ws.learned->kinds);
    for (const TokenRange range : ranges) scans.beginnings.find(ws.learned->kinds, ws.kind_of, range.first, range.last, ws.may_begin);
}

}  // namespace

void begin_phases(const RuleSet& rules, Workspace& ws) {
    if (!ws.learned->scans || ws.learned->scans->rules != rules.identity()) ws.learned->scans = std::make_shared<PhaseScans>(rules);
    for (PhaseScan& scan : ws.learned->scans->phases) scan.trim();
    ws.changed.clear();
    ws.may_begin.assign(rules.phases().size() * RuleBeginnings::words_of(ws.tokens.size()), 0);
    const TokenRange all[] = {{0, static_cast<std::uint32_t>(ws.tokens.size())}};
    if (!ws.tokens.empty()) find_beginnings(ws, all);
}

void run_phase(const RuleSet& rules, std::size_t index, Workspace& ws, const std::function<MatchOutcome(const RuleMatch&)>& on_match, ExtractionObserver* observer) {
    if (rules.phases()[index].rules.empty() || ws.tokens.empty()) return;
    if (ws.may_begin.empty() || ws.learned->scans->rules != rules.identity()) begin_phases(rules, ws);
    assert(ws.may_begin.size() == rules.phases().size() * RuleBeginnings::words_of(ws.tokens.size()) && ws.kind_of.size() == ws.tokens.size());
    for (TokenRange& range : ws.changed) range.first -= range.first > 0 ? 1 : 0;  // of the token before it counts what follows
    find_beginnings(ws, ws.changed);
    ws.changed.clear();
    Scan(rules, index, ws.learned->scans->phases[index], ws, on_match, observer).run();
}

}  // namespace demarc
