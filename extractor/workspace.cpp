#include "extractor/workspace.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/token_hash.hpp"
#include "extractor/hyphenation.hpp"
#include "extractor/predicates.hpp"
#include "extractor/tokeniser.hpp"

namespace demarc {
namespace {

constexpr std::uint32_t least_imported = 4;  // bytes: a town called "On" is not looked for
constexpr std::uint32_t max_sequence = 8;  // words of the longest name looked up
// Of a token that a mention holds, the phases see its place in the line and in the mention.
constexpr std::uint32_t taken_shapes = shape::glued | shape::line_start | shape::line_end | shape::sentence_start;
constexpr std::uint64_t taken_flags = flag::any_mention | flag::bracketed;

std::uint64_t class_of(const Record& record) {
    const std::string_view kind = record.kind;
    if (kind == "country" || kind == "continent") return flag::country;
    if (kind == "capital" || kind == "city" || kind == "town" || kind == "village") return flag::settlement;
    if (kind == "river") return flag::river | flag::water;
    if (kind == "lake" || kind == "reservoir" || kind == "sea" || kind == "bay" || kind == "strait") return flag::water;
    if (kind == "hill" || kind == "ridge" || kind == "mountain" || kind == "pass" || kind == "outpost") return flag::relief;
    if (kind == "island") return flag::island;
    if (kind == "province" || kind == "county" || kind == "region" || kind == "basin" || kind == "peninsula" || kind == "range") return flag::region;
    return 0;
}

class Lookup {
public:
    Lookup(Workspace& ws, const Vocabulary& vocabulary, const Gazetteer& gazetteer) : ws_(ws), vocabulary_(vocabulary), gazetteer_(gazetteer) {}

    void run() {
        Learned& learned = *ws_.learned;
        const Token* const tokens = ws_.tokens.data();
        std::uint32_t* const entries = ws_.entries.data();
        std::uint32_t* const kinds = ws_.kind_of.data();
        const auto count = static_cast<std::uint32_t>(ws_.tokens.size());
        if (ws_.capitals.size() < count) ws_.capitals.resize(count);
        if (learned.begin_entries.size() < count) learned.begin_entries.resize(count), learned.begin_names.resize(count);
        Capital* capital = ws_.capitals.data();
        std::uint32_t* begins_entry = learned.begin_entries.data();
        Learned::NameBeginning* begins_name = learned.begin_names.data();
        for (std::uint32_t i = 0; i < count; ++i) {
            // These lists are written for each and kept for some: a branch would go either way.
            *capital = {i, static_cast<std::uint32_t>(tokens[i].hash)};
            capital += (tokens[i].predicates & (shape::cap | shape::caps | shape::initial)) != 0 ? 1 : 0;
            const KnownWords::Word& word = learned.known_words.find(tokens[i], vocabulary_, gazetteer_, learned.known_names, learned.kinds);
            entries[i] = word.entry();
            kinds[i] = word.kind;
            const std::uint32_t uses = word.uses;
            *begins_entry = i;
            begins_entry += (uses & KnownWords::begins_entry) != 0 ? 1 : 0;
            *begins_name = {i, uses};
            begins_name += (uses & KnownWords::any_name) != 0 ? 1 : 0;
        }
        ws_.capital_count = static_cast<std::size_t>(capital - ws_.capitals.data());
        begin_at({learned.begin_entries.data(), begins_entry}, {learned.begin_names.data(), begins_name});
    }

private:
    // What more tokens than one may be. By itself, so that the loop over all tokens keeps what it needs in registers.
    [[gnu::noinline]] void begin_at(std::span<const std::uint32_t> entries, std::span<const Learned::NameBeginning> names) {
        for (const std::uint32_t first : entries) lexicon_from(first);
        for (const Learned::NameBeginning& name : names) {
            if (!contraction(name.token)) gazetteer_from(name);
        }
    }

    // Calls use(last, key) for each longer sequence from `first`, until it returns false.
    template <class Use>
    void extend(std::uint32_t first, Use use) const {
        std::uint64_t key = ws_.tokens[first].hash;
        std::uint32_t words = 1;
        for (std::uint32_t i = first + 1; i < ws_.tokens.size() && words < max_sequence; ++i) {
            const Token& token = ws_.tokens[i];
            if (token.kind == TokenKind::paragraph) return;
            if (token.kind == TokenKind::punctuation && joins_sequence(ws_.text, ws_.tokens, i)) continue;
            key = extend_sequence(key, token.hash);
            ++words;
            if (!use(i + 1, key)) return;
        }
    }

    void lexicon_from(std::uint32_t first) {
        extend(first, [&](std::uint32_t last, std::uint64_t key) {
            const std::uint32_t entry = vocabulary_.find(key);
            if (entry == Vocabulary::none) return false;
            for (const std::uint16_t lexicon : vocabulary_.entry(entry).lexicons) {
                // The longest entry of a lexicon from this token wins; the matches from it are the last ones.
                const auto same = std::find_if(ws_.lexicon_matches.rbegin(), ws_.lexicon_matches.rend(), [&](const LexiconMatch& m) {
                    return m.tokens.first != first || m.lexicon == lexicon;
                });
                if (same != ws_.lexicon_matches.rend() && same->tokens.first == first) same->tokens.last = last;
                else ws_.lexicon_matches.push_back({{first, last}, lexicon});
            }
            return vocabulary_.prefix(entry);
        });
    }

    void gazetteer_from(const Learned::NameBeginning& name) {
        const std::uint32_t first = name.token;
        best_place_ = first + ((name.uses & KnownWords::place) != 0 ? 1 : 0);
        best_person_ = first + ((name.uses & KnownWords::person) != 0 ? 1 : 0);
        place_key_ = person_key_ = ws_.tokens[first].hash;
        if ((name.uses & KnownWords::begins_name) != 0) extend(first, [&](std::uint32_t last, std::uint64_t key) { return take(key, last); });
        if (best_place_ > first && first >= place_end_) {
            place_end_ = best_place_;
            keep(ws_.places, {first, best_place_}, place_key_, RecordClass::place);
        }
        if (best_person_ > first && first >= person_end_) {
            person_end_ = best_person_;
            keep(ws_.persons, {first, best_person_}, person_key_, RecordClass::person);
        }
    }

    // Notes what the sequence names; true where a longer name may begin with it.
    bool take(std::uint64_t key, std::uint32_t last) {
        const KnownNames::Answer name = ws_.learned->known_names.find(gazetteer_, key);
        if (name.place) best_place_ = last, place_key_ = key;
        if (name.person) best_person_ = last, person_key_ = key;
        return name.prefix;
    }

    // Of a key that is known to be a name.
    const KnownNames::Of& records_of(std::uint64_t key, RecordClass wanted) {
        KnownNames::Name& name = ws_.learned->known_names.name(gazetteer_, key);
        KnownNames::Of& of = wanted == RecordClass::place ? name.of_place : name.of_person;
        if (of.known) return of;
        of.known = true;
        of.classes = 0;
        of.hits.clear();
        scratch_.clear();
        gazetteer_.hits(name.probe, scratch_);
        bool all_ambiguous = true, all_generated = true, all_imported = true, any_own = false;
        for (const Hit& hit : scratch_) {
            const Record record = gazetteer_.record(hit.record);
            if (record.record_class != wanted) continue;
            of.hits.push_back(hit);
            if (hit.kind != NameKind::generated) all_generated = false;
            if (wanted == RecordClass::place) {
                of.classes |= class_of(record);
                // What our own tables say of a name goes before what a large gazetteer's records do.
                if (!record.imported && !any_own) any_own = all_ambiguous = true;
                if (!record.ambiguous && record.imported != any_own) all_ambiguous = false;
                if (!record.imported || record.rank > 5) all_imported = false;
                if (record.rank >= 6) of.classes |= flag::prominent;
            } else {
                if (!hit.family_only) of.classes |= flag::full_name;
                if (hit.kind == NameKind::cover) of.classes |= flag::cover_name;
            }
        }
        if (all_generated) of.classes |= flag::generated;
        of.ambiguous = wanted == RecordClass::place && all_ambiguous;
        of.imported = wanted == RecordClass::place && all_imported;
        return of;
    }

    void keep(std::vector<GazetteerMatch>& matches, TokenRange range, std::uint64_t key, RecordClass wanted) {
        const KnownNames::Of& of = records_of(key, wanted);
        std::uint64_t classes = of.classes;
        if (of.ambiguous) classes |= flag::ambiguous;
        if (of.ambiguous && letters_in(range) <= 4) classes |= flag::short_name;
        const bool imported = of.imported;
        if (imported && !written_as_name(range)) return;
        const auto begin = static_cast<std::uint32_t>(ws_.hit_pool.size());
        ws_.hit_pool.insert(ws_.hit_pool.end(), of.hits.begin(), of.hits.end());
        matches.push_back({range, begin, static_cast<std::uint32_t>(ws_.hit_pool.size()), imported});
        constexpr std::array<std::uint64_t, 3> as_place{flag::place_begin, flag::place_inside, flag::place_last}, as_person{flag::person_begin, flag::person_inside, flag::person_last},
            as_imported{flag::imported_begin, flag::imported_inside, flag::imported_last};
        const auto& [begins, inside, ends] = wanted == RecordClass::person ? as_person : imported ? as_imported : as_place;
        if (imported && range.last - range.first > 1) classes |= flag::several_words;
        ws_.flags[range.first] |= classes | begins;
        for (std::uint32_t i = range.first + 1; i < range.last; ++i) ws_.flags[i] |= inside;
        ws_.flags[range.last - 1] |= ends;
    }

    // "The River" is a town, "The river" at a sentence's begin is none.
    bool written_as_name(TokenRange range) const {
        if (range.last - range.first == 1 && ws_.tokens[range.first].end - ws_.tokens[range.first].begin < least_imported) return false;
        return range.last - range.first == 1 || (ws_.tokens[range.last - 1].predicates & shape::lower) == 0;
    }

    std::uint32_t letters_in(TokenRange range) const {
        std::uint32_t letters = 0;
        for (std::uint32_t t = range.first; t < range.last; ++t) letters += ws_.tokens[t].kind == TokenKind::word ? ws_.tokens[t].end - ws_.tokens[t].begin : 0;
        return letters;
    }

    // "I'll", "we've", "don't": no name, whatever remains when the apostrophe is folded away.
    bool contraction(std::uint32_t t) const {
        const std::string_view word = ws_.tokens[t].span().of(ws_.text);
        if (const char* const end = word.data() + word.size(); end - ws_.text.data() >= 5) {
            // Most have none of these; that they may stand before the word does no harm.
            const int apostrophe = (end[-2] == '\'') | (end[-3] == '\'') | (end[-4] == '\xE2') | (end[-5] == '\xE2');
            if (apostrophe == 0) return false;
        }
        for (const std::string_view ending : {"'ll", "'ve", "'re", "'d", "'m", "n't", "’ll", "’ve", "’re", "’d", "’m", "n’t"}) {
            if (word.ends_with(ending)) return true;
        }
        return false;
    }

    Workspace& ws_;
    const Vocabulary& vocabulary_;
    const Gazetteer& gazetteer_;
    std::uint64_t place_key_ = 0, person_key_ = 0;
    std::uint32_t best_place_ = 0, best_person_ = 0, place_end_ = 0, person_end_ = 0;
    std::vector<Hit> scratch_;
};

// Marks what stands between [ and ] when the closing bracket follows within 60 tokens of the same paragraph. Returns where.
std::vector<TokenRange> mark_brackets(Workspace& ws) {
    std::vector<TokenRange> bracketed;
    for (std::size_t at = ws.text.find('['); at != std::string_view::npos; at = ws.text.find('[', at + 1)) {
        const std::uint32_t i = ws.token_at(static_cast<std::uint32_t>(at));
        if (i >= ws.tokens.size() || ws.tokens[i].begin != at || ws.tokens[i].kind != TokenKind::punctuation) continue;
        for (std::uint32_t j = i + 1; j < ws.tokens.size() && j < i + 60 && ws.tokens[j].kind != TokenKind::paragraph; ++j) {
            if (ws.tokens[j].kind != TokenKind::punctuation || ws.text[ws.tokens[j].begin] != ']') continue;
            for (std::uint32_t k = i + 1; k < j; ++k) ws.flags[k] |= flag::bracketed;
            bracketed.push_back({i + 1, j});
            at = ws.tokens[j].begin;
            break;
        }
    }
    return bracketed;
}

// Numbers what the phases see of each token that is more than its word: Lookup has numbered the others.
void find_kinds(Workspace& ws, std::span<const TokenRange> bracketed) {
    TokenKinds& kinds = ws.learned->kinds;
    // Only these have flags.
    const auto find = [&](TokenRange range) {
        for (std::uint32_t t = range.first; t < range.last; ++t) ws.kind_of[t] = kinds.find(ws.tokens[t].predicates, ws.flags[t], ws.entries[t]);
    };
    for (const GazetteerMatch& match : ws.places) find(match.tokens);
    for (const GazetteerMatch& match : ws.persons) find(match.tokens);
    for (const TokenRange range : bracketed) find(range);
    auto& roles = ws.learned->roles;
    roles.clear();
    for (const LexiconMatch& match : ws.lexicon_matches) {
        for (std::uint32_t t = match.tokens.first; t < match.tokens.last; ++t) {
            roles.push_back({t, {match.lexicon, static_cast<std::uint16_t>(t == match.tokens.first ? 0 : 1)}});
            if (t + 1 == match.tokens.last) roles.push_back({t, {match.lexicon, 2}});
        }
    }
    std::sort(roles.begin(), roles.end());
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    std::vector<TokenKinds::Role> own;
    for (auto role = roles.begin(); role != roles.end();) {
        const std::uint32_t t = role->first;
        own.clear();
        for (; role != roles.end() && role->first == t; ++role) own.push_back(role->second);
        ws.kind_of[t] = kinds.find(ws.tokens[t].predicates, ws.flags[t], ws.entries[t], own);
    }
}

// Asked for each mention of a person, so that looking through all persons each time took quadratic time.
void list_people(Workspace& ws) {
    ws.people_in_full.clear();
    ws.people_openly.clear();
    for (const GazetteerMatch& match : ws.persons) {
        for (const Hit& hit : ws.hits_of(match)) {
            if (!hit.family_only) ws.people_in_full.push_back(hit.record);
            if (hit.kind != NameKind::cover) ws.people_openly.push_back(hit.record);
        }
    }
    for (std::vector<std::uint32_t>* records : {&ws.people_in_full, &ws.people_openly}) {
        std::sort(records->begin(), records->end());
        records->erase(std::unique(records->begin(), records->end()), records->end());
    }
}

const GazetteerMatch* match_at(const std::vector<GazetteerMatch>& matches, std::uint32_t token) {
    const auto it = std::lower_bound(matches.begin(), matches.end(), token, [](const GazetteerMatch& m, std::uint32_t t) { return m.tokens.first < t; });
    return it != matches.end() && it->tokens.first == token ? &*it : nullptr;
}

}  // namespace

void Workspace::load_next(const Document& doc, const Vocabulary& vocabulary, const Gazetteer& gazetteer) {
    document = &doc;
    text = doc.text;
    tokenise(text, tokens);
    join_hyphenated(text, tokens);
    flags.assign(tokens.size(), 0);
    entries.resize(tokens.size());
    kind_of.resize(tokens.size());
    mention_at.assign(tokens.size(), -1);
    lexicon_matches.clear();
    places.clear();
    persons.clear();
    hit_pool.clear();
    mentions.clear();
    mention_tokens.clear();
    mention_types.clear();
    amendments.clear();
    refusals.clear();
    date_readings.clear();
    may_begin.clear();
    changed.clear();
    regiments.clear();
    regiments_of = 0;
    const std::vector<TokenRange> bracketed = mark_brackets(*this);
    Lookup(*this, vocabulary, gazetteer).run();
    list_people(*this);
    find_kinds(*this, bracketed);
}

std::uint32_t Workspace::add(std::unique_ptr<Mention> mention, TokenRange range, std::uint16_t kind) {
    const auto index = static_cast<std::uint32_t>(mentions.size());
    const MentionType type = mention->type;
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        flags[i] &= ~flag::any_mention;
        if (type != MentionType::declared) {
            flags[i] |= i == range.first ? flag::mention_begin(type) : flag::mention_inside(type);
            if (i + 1 == range.last) flags[i] |= flag::mention_last(type);
        }
        mention_at[i] = static_cast<std::int32_t>(index);
        const TokenKinds::Role roles[] = {{kind, static_cast<std::uint16_t>(i == range.first ? 0 : 1)}, {kind, 2}};
        const std::span own = std::span(roles).first(kind == Vocabulary::no_lexicon ? 0 : i + 1 == range.last ? 2 : 1);
        kind_of[i] = own.empty() ? learned->kinds.find(tokens[i].predicates & taken_shapes, flags[i] & taken_flags, Vocabulary::none)
                                 : learned->kinds.find(tokens[i].predicates & taken_shapes, flags[i] & taken_flags, Vocabulary::none, own);
    }
    changed.push_back(range);
    mentions.push_back(std::move(mention));
    mention_tokens.push_back(range);
    mention_types.push_back(type);
    return index;
}

std::uint32_t Workspace::token_at(std::uint32_t byte) const {
    const auto it = std::lower_bound(tokens.begin(), tokens.end(), byte, [](const Token& t, std::uint32_t b) { return t.begin < b; });
    return static_cast<std::uint32_t>(it - tokens.begin());
}

std::uint64_t Workspace::sequence_key(TokenRange range) const {
    std::uint64_t key = 0;
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        if (key != 0 && joins_sequence(text, tokens, i)) continue;
        key = key == 0 ? tokens[i].hash : extend_sequence(key, tokens[i].hash);
    }
    return key;
}

const GazetteerMatch* Workspace::any_place_at(std::uint32_t token) const { return match_at(places, token); }
const GazetteerMatch* Workspace::place_at(std::uint32_t token) const {
    const GazetteerMatch* match = match_at(places, token);
    return match == nullptr || match->imported ? nullptr : match;
}
const GazetteerMatch* Workspace::person_at(std::uint32_t token) const { return match_at(persons, token); }

std::vector<std::uint32_t> Workspace::mentions_in(TokenRange range, MentionType type) const {
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        const std::int32_t index = mention_at[i];
        if (index < 0) continue;
        const auto mention = static_cast<std::uint32_t>(index);
        if (mention_types[mention] != type || mention_tokens[mention].first != i || mention_tokens[mention].last > range.last) continue;
        found.push_back(mention);
    }
    return found;
}

}  // namespace demarc
