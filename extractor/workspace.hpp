#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/mention.hpp"
#include "extractor/date_reading.hpp"
#include "extractor/known_names.hpp"
#include "extractor/known_words.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/token.hpp"
#include "extractor/token_kinds.hpp"
#include "extractor/vocabulary.hpp"
#include "gazetteer/gazetteer.hpp"

namespace demarc {

struct PeopleTables;
struct PhaseScans;

/// Tokens [first, last).
struct TokenRange {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    [[nodiscard]] bool empty() const { return first >= last; }
};

/// A gazetteer name met in the text: tokens and hits (Workspace::hit_pool[hits_begin, hits_end)).
struct GazetteerMatch {
    TokenRange tokens;
    std::uint32_t hits_begin = 0;
    std::uint32_t hits_end = 0;
    bool imported = false;  ///< a place that takes more evidence (flag::imported_begin)
};

/// A lexicon entry of several tokens met in the text.
struct LexiconMatch {
    TokenRange tokens;
    std::uint16_t lexicon = 0;
};

/// A token that begins with a capital, with the low bits of its hash: who looks for names again needn't go through all tokens.
struct Capital {
    std::uint32_t token = 0;
    std::uint32_t hash = 0;
};

/// A rule that added to a mention which another rule had made.
struct Amendment {
    Span span;
    std::string_view rule;  ///< name; valid as long as the RuleSet
};

/// A regiment that the document names, or names as the larger unit, for units that are written by its number alone ("2/65").
struct NamedRegiment {
    UnitSuperior unit;
    std::string branch;
    bool several = false;   ///< two regiments have the number
};

/// What a thread learns of names, words and rules from the texts that it reads, and keeps for the next ones. Workspaces of one thread may share it.
struct Learned {
    KnownNames known_names;
    TokenKinds kinds;
    KnownWords known_words;
    /// Of the document that is looked up, kept for their memory: where longer entries may begin, what names may begin with, and places in entries by token.
    struct NameBeginning {
        std::uint32_t token = 0;
        std::uint32_t uses = 0;  ///< of the word, as KnownWords
    };
    std::vector<std::uint32_t> begin_entries;
    std::vector<NameBeginning> begin_names;
    std::vector<std::pair<std::uint32_t, TokenKinds::Role>> roles;
    std::shared_ptr<PhaseScans> scans;        ///< of the rule set used last
    std::shared_ptr<PeopleTables> people;     ///< memory of link_people; nothing that it knows

    /// Call before a document or a batch of documents: forgets what is of another vocabulary or gazetteer, or grew past its bound.
    void begin(std::span<const TokenProgram* const> programs, const Vocabulary& vocabulary, const Gazetteer& gazetteer) {
        known_names.begin(gazetteer);
        kinds.begin(programs, vocabulary);
        known_words.begin(vocabulary, gazetteer, kinds);
    }
};

/// All that is known of one document while it is read; reused from document to document by one thread.
struct Workspace {
    const Document* document = nullptr;
    std::string_view text;
    std::vector<Token> tokens;
    std::vector<std::uint64_t> flags;         ///< one per token (extractor/predicates.hpp)
    std::vector<std::uint32_t> entries;       ///< vocabulary entry of each token, or Vocabulary::none
    std::vector<LexiconMatch> lexicon_matches;  ///< sorted by first token
    std::vector<GazetteerMatch> places, persons;  ///< sorted, not overlapping within each
    std::vector<Hit> hit_pool;
    std::vector<std::uint32_t> people_in_full, people_openly;  ///< records of which a full or cover name, and of which a name that is no cover name stands in the text; sorted
    MentionList mentions;                     ///< in the order in which they were found
    std::vector<TokenRange> mention_tokens;   ///< of each mention
    std::vector<MentionType> mention_types;   ///< the same as theirs, close together: most of who looks for a type passes by most mentions
    std::vector<std::uint32_t> position;      ///< of each mention, in the result of Extractor::extract
    std::vector<DateReading> date_readings;   ///< what the date mentions say, until complete_dates
    std::vector<Amendment> amendments;        ///< in the order in which they were made
    std::unordered_multimap<std::uint64_t, const RuleSource*> refusals;  ///< words of which a decision says `never`, under refusal_key of their tokens
    std::unordered_map<std::string, NamedRegiment> regiments;  ///< by number, of mentions[0, regiments_of); extractor/unit_resolver.cpp
    std::uint32_t regiments_of = 0;
    std::vector<std::int32_t> mention_at;     ///< innermost-latest mention of each token, -1 none
    std::vector<std::uint32_t> kind_of;       ///< of each token: what the phases see of it
    std::vector<std::uint64_t> may_begin;     ///< of each phase a bit by token, from a new word on: one of its rules may begin there; empty before begin_phases
    std::vector<Capital> capitals;            ///< the first capital_count of these: tokens that a name may begin with, in order; the room behind is kept
    std::size_t capital_count = 0;
    std::vector<std::uint32_t> abbreviations; ///< tokens: the opening bracket of each "(LMG)"; as find_abbreviations left them, which is to be called after each load
    std::vector<TokenRange> changed;          ///< mentions made since may_begin was looked at
    std::shared_ptr<Learned> learned = std::make_shared<Learned>();

    /// Tokenises and looks everything up; earlier content is dropped, memory is kept.
    void load(const Document& doc, const RuleSet& rules, const Gazetteer& gazetteer) {
        learned->begin(rules.programs(), rules.vocabulary(), gazetteer);
        load_next(doc, rules.vocabulary(), gazetteer);
    }
    /// The same for each document of a batch, after one call of Learned::begin.
    void load_next(const Document& doc, const Vocabulary& vocabulary, const Gazetteer& gazetteer);
    /// Adds a mention over whole tokens and marks them; `kind`: of a declared kind, Vocabulary::add_kind's number. Returns its index.
    std::uint32_t add(std::unique_ptr<Mention> mention, TokenRange range, std::uint16_t kind = Vocabulary::no_lexicon);
    /// First token that begins at or after a byte.
    [[nodiscard]] std::uint32_t token_at(std::uint32_t byte) const;
    [[nodiscard]] Span span_of(TokenRange range) const { return {tokens[range.first].begin, tokens[range.last - 1].end}; }
    [[nodiscard]] std::string_view text_of(TokenRange range) const { return span_of(range).of(text); }
    [[nodiscard]] static std::uint64_t refusal_key(TokenRange range) { return static_cast<std::uint64_t>(range.first) << 32 | range.last; }
    /// Key of a token sequence, as in the vocabulary and the gazetteer.
    [[nodiscard]] std::uint64_t sequence_key(TokenRange range) const;
    /// The gazetteer match that begins at a token, or null; of a place not one that takes more evidence.
    [[nodiscard]] const GazetteerMatch* place_at(std::uint32_t token) const;
    [[nodiscard]] const GazetteerMatch* any_place_at(std::uint32_t token) const;
    [[nodiscard]] const GazetteerMatch* person_at(std::uint32_t token) const;
    [[nodiscard]] std::span<const Hit> hits_of(const GazetteerMatch& match) const { return std::span(hit_pool).subspan(match.hits_begin, match.hits_end - match.hits_begin); }
    /// Mentions of a type that lie inside a range, in text order.
    [[nodiscard]] std::vector<std::uint32_t> mentions_in(TokenRange range, MentionType type) const;
};

}  // namespace demarc
