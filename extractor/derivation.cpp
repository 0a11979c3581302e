#include "extractor/derivation.hpp"

#include <algorithm>

#include "extractor/predicates.hpp"

namespace demarc {

void Derivation::fate(const RuleMatch& match, TokenRange range, MatchFate fate, std::uint32_t mention) {
    if (steps_.size() >= max_steps || (!touches(range) && !touches(match.tokens()))) return;
    DerivationStep step{phase_, &match.rule(), match.tokens(), range, {}, fate, mention};
    for (const RuleMatch::Capture& capture : match.captures()) {
        if (!capture.tokens.empty()) step.captures.push_back({std::string(capture.name), capture.tokens});
    }
    steps_.push_back(std::move(step));
}

const DerivationStep* Derivation::maker(std::uint32_t mention) const {
    for (const DerivationStep& step : steps_) {
        if (step.fate == MatchFate::made && step.mention == mention) return &step;
    }
    return nullptr;
}

WordFacts facts_of(const Workspace& ws, const Vocabulary& vocabulary, std::uint32_t token) {
    WordFacts facts;
    for (const std::string_view name : predicate_names()) {
        const auto bit = shape_predicate(name);
        if (bit && (ws.tokens[token].predicates & *bit) != 0) facts.shapes.push_back(name);
    }
    if ((ws.flags[token] & flag::bracketed) != 0) facts.shapes.push_back("bracketed");
    const auto add = [&](std::uint16_t lexicon, TokenRange tokens) {
        const std::string_view name = vocabulary.lexicon_name(lexicon);
        if (name.starts_with('"') || name.starts_with('@')) return;  // a word of a pattern; a declared kind
        facts.lexicons.push_back({name, vocabulary.canonical(lexicon, ws.sequence_key(tokens)), tokens});
    };
    if (ws.entries[token] != Vocabulary::none) {
        for (const std::uint16_t lexicon : vocabulary.entry(ws.entries[token]).lexicons) add(lexicon, {token, token + 1});
    }
    for (const LexiconMatch& match : ws.lexicon_matches) {
        if (match.tokens.first <= token && token < match.tokens.last) add(match.lexicon, match.tokens);
    }
    std::stable_sort(facts.lexicons.begin(), facts.lexicons.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    const auto add_names = [&](const std::vector<GazetteerMatch>& matches, bool person) {
        for (const GazetteerMatch& match : matches) {
            if (match.tokens.first > token || token >= match.tokens.last) continue;
            facts.names.push_back({match.tokens, {ws.hit_pool.begin() + match.hits_begin, ws.hit_pool.begin() + match.hits_end}, person});
        }
    };
    add_names(ws.places, false);
    add_names(ws.persons, true);
    return facts;
}

std::string_view words_of(MatchFate fate) {
    switch (fate) {
        case MatchFate::made: return "made it";
        case MatchFate::amended: return "added to it";
        case MatchFate::refusal_noted: return "decision: these words are no mention";
        case MatchFate::out_of_force: return "lost: the rule does not hold for a document of this year or id";
        case MatchFate::not_captured: return "lost: its text pattern does not match here";
        case MatchFate::in_the_way: return "lost: a mention made before has these words";
        case MatchFate::forbidden: return "lost: a decision says never";
        case MatchFate::nothing_to_amend: return "lost: no mention of its type has these words";
        case MatchFate::not_read: return "lost: the words make no value that holds";
        case MatchFate::outranked: return "lost: a longer match, or a rule that goes before, took the words";
        case MatchFate::overlapped: return "lost: it begins inside a match that was taken";
    }
    return "";
}

std::string_view to_string(MatchFate fate) {
    switch (fate) {
        case MatchFate::made: return "made";
        case MatchFate::amended: return "amended";
        case MatchFate::refusal_noted: return "refusal_noted";
        case MatchFate::out_of_force: return "out_of_force";
        case MatchFate::not_captured: return "not_captured";
        case MatchFate::in_the_way: return "in_the_way";
        case MatchFate::forbidden: return "forbidden";
        case MatchFate::nothing_to_amend: return "nothing_to_amend";
        case MatchFate::not_read: return "not_read";
        case MatchFate::outranked: return "outranked";
        case MatchFate::overlapped: return "overlapped";
    }
    return "";
}

}  // namespace demarc
