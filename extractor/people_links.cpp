#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/token_hash.hpp"
#include "extractor/people_tables.hpp"
#include "extractor/person_context.hpp"
#include "extractor/person_names.hpp"
#include "extractor/predicates.hpp"
#include "extractor/resolvers.hpp"
#include "extractor/sentence.hpp"
#include "gazetteer/fold.hpp"

namespace demarc {
namespace {

using Person = PeopleTables::Person;
using Decision = PeopleTables::Decision;

// People who share a word and are compared with each other: keeps a list of a million names linear.
constexpr std::size_t most_alike = 64;

constexpr std::uint32_t shared = 0x80000000;  // beside a mention: a first name of several people

class Linker {
public:
    Linker(const ResolveContext& context, PeopleTables& tables)
        : context_(context), ws_(context.workspace), people_(tables.people), words_(tables.words), word_tokens_(tables.word_tokens), spellings_(tables.spellings),
          full_names_(tables.full_names), families_(tables.families), first_names_(tables.first_names), signatories_(tables.signatories), parts_(tables.parts),
          again_(tables.again), by_family_(tables.by_family), known_with_(tables.known_with), decisions_(tables.decisions) {
        tables.clear();
    }

    void run() {
        collect();
        if (people_.empty()) return;
        list_full_names();
        list_parts();
        find_parts();
        repeat_full_names();
        repeat_family_names();
        collect();
        join_brackets();
        link_unknown();
        for (const Person& person : people_) {
            Mention& mention = ws_.mentions[person.mention];
            if (mention.entity.empty()) mention.entity = "person:" + name_slug(mention.as<PersonValue>().name);
        }
        read_roles();
    }

private:
    // The people among the mentions that were added since the last call, put with those before them in the order of the text.
    void collect() {
        const std::size_t before = people_.size();
        for (; collected_ < ws_.mentions.size(); ++collected_) {
            if (ws_.mention_types[collected_] != MentionType::person) continue;
            Person person{collected_, ws_.mentions[collected_].span.begin, static_cast<std::uint32_t>(words_.size()), 0, 0, !ws_.mentions[collected_].entity.empty()};
            const TokenRange range = ws_.mention_tokens[collected_];
            for (std::uint32_t t = range.first; t < range.last; ++t) {
                if (ws_.tokens[t].kind != TokenKind::word) continue;
                words_.push_back(ws_.tokens[t].hash);
                word_tokens_.push_back(t);
                person.spelling = extend_sequence(person.spelling, words_.back());
            }
            person.word_count = static_cast<std::uint32_t>(words_.size()) - person.first_word;
            people_.push_back(person);
        }
        if (people_.size() == before) return;
        std::sort(people_.begin(), people_.end(), [](const Person& a, const Person& b) { return a.begin < b.begin; });
        find_first_bearers();
    }

    bool same_name(const Person& a, const Person& b) const {
        const auto same = [this](std::uint32_t x, std::uint32_t y) { return same_word(ws_, x, y); };
        return a.spelling == b.spelling && std::ranges::equal(word_tokens(a), word_tokens(b), same);
    }

    std::span<const std::uint64_t> words(const Person& person) const { return std::span(words_).subspan(person.first_word, person.word_count); }
    std::span<const std::uint32_t> word_tokens(const Person& person) const { return std::span(word_tokens_).subspan(person.first_word, person.word_count); }
    std::vector<std::string> folded_words(const Person& person) const {
        std::vector<std::string> folded;
        folded.reserve(person.word_count);
        for (const std::uint32_t t : word_tokens(person)) folded.push_back(fold_token(ws_.tokens[t].span().of(ws_.text)));
        return folded;
    }

    void find_first_bearers() {
        spellings_.clear();
        for (std::uint32_t i = 0; i < people_.size(); ++i) spellings_.emplace_back(people_[i].spelling, i);
        std::sort(spellings_.begin(), spellings_.end());
        std::size_t alike = 0;  // where those with this key begin
        for (std::size_t i = 0; i < spellings_.size(); ++i) {
            if (spellings_[i].first != spellings_[alike].first) alike = i;
            Person& person = people_[spellings_[i].second];
            std::size_t first = alike;
            while (first < i && !same_name(people_[spellings_[first].second], person)) ++first;
            person.first_bearer = spellings_[first].second;
        }
    }

    // The first mention of each full name, under its first token.
    void list_full_names() {
        for (std::uint32_t i = 0; i < people_.size(); ++i) {
            if (people_[i].word_count < 2 || people_[i].first_bearer != i) continue;
            const std::uint64_t first = ws_.tokens[first_token(people_[i].mention)].hash;
            full_names_.add(first, people_[i].mention);
            parts_.add(first);
        }
        full_names_.finish();
    }

    // Family names and first names of people who are introduced with a first name or a title.
    void list_parts() {
        for (const Person& person : people_) {
            const auto& value = ws_.mentions[person.mention].as<PersonValue>();
            if (person.word_count < 2 && value.rank.empty() && value.title.empty() && value.role.empty()) continue;
            const TokenRange range = ws_.mention_tokens[person.mention];
            const std::uint32_t family = family_token(ws_, context_.rules, range);
            signatories_.add(ws_.tokens[family].hash, person.mention);
            parts_.add(ws_.tokens[family].hash);
            if (can_stand_alone(ws_, context_.rules, family)) families_.add(ws_.tokens[family].hash, person.mention);
            if (family == range.first || person.word_count < 2 || !can_stand_alone(ws_, context_.rules, range.first)) continue;
            parts_.add(ws_.tokens[range.first].hash);
            first_names_.add(ws_.tokens[range.first].hash, person.mention);
        }
        const auto same_family = [this](std::uint32_t known, std::uint32_t other) { return !people_differ(known, other); };
        const auto earlier = [](std::uint32_t known, std::uint32_t) { return known; };
        signatories_.finish_merged(same_family, earlier), families_.finish_merged(same_family, earlier);
        first_names_.finish_merged([this](std::uint32_t known, std::uint32_t other) { return same_word(ws_, first_token(known & ~shared), first_token(other)); },
                                   [this](std::uint32_t known, std::uint32_t other) { return people_differ(known & ~shared, other) ? known | shared : known; });
    }

    // Where a name may begin again: one pass over the capitals of the text for all kinds of names.
    void find_parts() {
        for (const Capital& capital : std::span(ws_.capitals).first(ws_.capital_count)) {
            if (parts_.may_hold(capital.hash)) again_.push_back(capital.token);
        }
    }

    // "Colonel Murray … Murray said": a family name introduced with a first name or title is a mention wherever it stands again,
    // and a first name too where no other person of the document bears it.
    void repeat_family_names() {
        for (const std::uint32_t t : again_) {
            const Token& token = ws_.tokens[t];
            if ((token.predicates & (shape::cap | shape::caps)) == 0 || ws_.mention_at[t] >= 0) continue;
            const auto family_is = [&](std::uint32_t mention) { return same_word(ws_, family_token(ws_, context_.rules, ws_.mention_tokens[mention]), t); };
            if (const auto signatory = signatories_.find(token.hash, family_is); signatory && alone_on_its_line(ws_, t)) {
                add_again(*signatory, {t, t + 1}, "people.signature", 0.8, "a name alone on its line; the person stands in this document");
                continue;
            }
            auto introduced = families_.find(token.hash, family_is);
            if (!introduced) {
                introduced = first_names_.find(token.hash, [&](std::uint32_t mention) { return same_word(ws_, first_token(mention & ~shared), t); });
                if (!introduced || (*introduced & shared) != 0 || ws_.mentions[*introduced].span.begin > token.begin) continue;
            }
            // Part of a longer name of something else, or a place that the gazetteer knows without doubt.
            if (next_is_name(ws_, t) || previous_is_name(ws_, context_.rules, t) || names_place_or_ship(ws_, context_.rules, {t, t + 1}, false)) continue;
            if ((ws_.flags[t] & flag::place_begin) != 0 && (ws_.flags[t] & flag::ambiguous) == 0) continue;
            add_again(*introduced, {t, t + 1}, "people.family_again", 0.75, "part of a name; the full name stands in this document");
        }
    }

    // A full name that a rule found once is a mention wherever its words stand again, in capitals too.
    void repeat_full_names() {
        if (full_names_.empty()) return;
        for (const std::uint32_t t : again_) {
            if (ws_.mention_at[t] >= 0) continue;
            std::size_t compared = 0;
            for (const auto& [first, mention] : full_names_.find(ws_.tokens[t].hash)) {
                if (++compared > most_alike) break;
                const TokenRange range = ws_.mention_tokens[mention];
                if (!same_words(range, t)) continue;
                add_again(mention, {t, t + (range.last - range.first)}, "people.name_again", 0.85, "the same name stands elsewhere in this document");
                break;
            }
        }
    }

    bool same_words(TokenRange range, std::uint32_t at) const {
        if (at + (range.last - range.first) > ws_.tokens.size()) return false;
        for (std::uint32_t i = 0; i < range.last - range.first; ++i) {
            const Token& token = ws_.tokens[at + i];
            if (ws_.mention_at[at + i] >= 0 || !same_word(ws_, at + i, range.first + i)) return false;
            if (token.kind == TokenKind::word && (token.predicates & shape::lower) != (ws_.tokens[range.first + i].predicates & shape::lower)) return false;
        }
        return true;
    }

    void add_again(std::uint32_t first_mention, TokenRange range, std::string_view rule, double confidence, std::string_view why) {
        const Mention& first = ws_.mentions[first_mention];
        auto mention = std::make_unique<Mention>();
        mention->type = MentionType::person;
        mention->span = ws_.span_of(range);
        mention->rule = rule;
        auto& value = mention->value.emplace<PersonValue>();
        value.name = first.as<PersonValue>().name;
        value.alias = first.as<PersonValue>().alias;
        mention->entity = first.entity;
        mention->candidates = first.candidates;
        mention->confidence = confidence;
        mention->editorial = (ws_.flags[range.first] & flag::bracketed) != 0;
        mention->why.emplace_back(why);
        ws_.add(std::move(mention), range);
    }

    std::uint32_t first_token(std::uint32_t mention) const { return ws_.mention_tokens[mention].first; }
    // Two full names of which neither is the other with a middle name more.
    bool people_differ(std::uint32_t a, std::uint32_t b) const { return !same_word(ws_, family_token(ws_, context_.rules, ws_.mention_tokens[a]), family_token(ws_, context_.rules, ws_.mention_tokens[b])); }

    void adopt(Mention& mention, const Mention& from, double confidence, std::string why) {
        mention.as<PersonValue>().name = from.as<PersonValue>().name;
        mention.entity = from.entity;
        if (mention.candidates.empty()) mention.candidates = from.candidates;
        mention.confidence = std::min(mention.confidence, confidence);
        mention.why.push_back(std::move(why));
    }

    // "FILIPPOV [Stalin]" where the first isn't known: the bracket is its key.
    void join_brackets() {
        for (std::size_t i = 0; i + 1 < people_.size(); ++i) {
            Mention& first = ws_.mentions[people_[i].mention];
            Mention& second = ws_.mentions[people_[i + 1].mention];
            const std::string_view between =
                ws_.text.substr(first.span.end, std::min<std::size_t>(8, second.span.begin - std::min(second.span.begin, first.span.end)));
            if (second.span.begin - first.span.end > 3 || between.find('[') == std::string_view::npos) continue;
            if (people_[i].known && !people_[i + 1].known) {
                adopt(second, first, 0.8, "bracketed beside " + first.as<PersonValue>().name);
                people_[i + 1].known = true;
            } else if (!people_[i].known && people_[i + 1].known) {
                adopt(first, second, 0.85, "the editor gives the real name in brackets");
                first.as<PersonValue>().alias = true;
                people_[i].known = true;
            }
        }
    }

    void link_unknown() {
        if (std::all_of(people_.begin(), people_.end(), [](const Person& person) { return person.known; })) return;
        index_spellings();
        decisions_.assign(people_.size(), {});
        for (const Person& person : people_) {
            if (!person.known) link(person, decisions_[person.first_bearer]);
        }
    }

    // The first mention of each spelling, findable by its words.
    void index_spellings() {
        for (std::uint32_t i = 0; i < people_.size(); ++i) {
            const Person& person = people_[i];
            if (person.word_count == 0 || person.first_bearer != i) continue;
            if (person.word_count > 1) {
                by_family_.add(words(person).back(), i);
                if (family_first(person)) by_family_.add(words(person).front(), i);
            }
            if (!person.known) continue;
            for (const std::uint64_t word : words(person)) known_with_.add(word, i);
            for (const std::uint64_t word : name_word_hashes(ws_.mentions[person.mention].as<PersonValue>().name)) known_with_.add(word, i);
        }
        by_family_.finish(), known_with_.finish();
    }

    // The person whose full name holds this lone name, or who is one letter apart; people_.size() where there is none.
    std::size_t match_of(const Person& person, bool& slip) const {
        slip = false;
        if (person.word_count == 1) {
            const auto bears_it = [this, word = word_tokens(person).front()](std::uint32_t i) {
                return same_word(ws_, word_tokens(people_[i]).back(), word) || same_word(ws_, word_tokens(people_[i]).front(), word);
            };
            return by_family_.find(words(person).front(), bears_it).value_or(static_cast<std::uint32_t>(people_.size()));
        }
        std::vector<std::string> own;
        for (const std::uint64_t word : words(person)) {
            std::size_t compared = 0;
            std::size_t last = people_.size();  // a bearer stands twice where both his names hold the word
            for (const auto& [hash, i] : known_with_.find(word)) {
                if (i == last) continue;
                if (++compared > most_alike) break;
                last = i;
                const Person& other = people_[i];
                if (other.mention == person.mention) continue;
                if (own.empty()) own = folded_words(person);
                slip = (other.word_count == person.word_count && one_slip_apart(own, folded_words(other))) || one_slip_apart(own, name_words(ws_.mentions[other.mention].as<PersonValue>().name));
                if (slip) return i;
            }
        }
        return people_.size();
    }

    void link(const Person& person, Decision& decision) {
        Mention& mention = ws_.mentions[person.mention];
        if (decision.made) {
            if (!decision.linked) return;
            const Mention& first = ws_.mentions[*decision.linked];
            adopt(mention, first, first.confidence, first.why.back());
            mention.status = first.status;
            mention.as<PersonValue>().alias = mention.as<PersonValue>().alias || first.as<PersonValue>().alias;
            return;
        }
        decision.made = true;
        bool slip = false;
        const std::size_t best = match_of(person, slip);
        if (best == people_.size() || people_[best].mention == person.mention) {
            if (link_to_gazetteer(person, mention)) decision.linked = person.mention;
            return;
        }
        decision.linked = person.mention;
        Mention& other = ws_.mentions[people_[best].mention];
        if (other.entity.empty()) other.entity = "person:" + name_slug(other.as<PersonValue>().name);
        adopt(mention, other, slip ? 0.8 : 0.75,
              slip ? "one letter apart from " + other.as<PersonValue>().name + ", who is named in this document" : "family name; the full name stands in this document");
        if (slip) mention.status = Certainty::inferred;
    }

    // One letter apart from a person that the gazetteer knows, with the same given name.
    bool link_to_gazetteer(const Person& person, Mention& mention) {
        if (person.word_count < 2) return false;
        const std::string_view spelling = mention.span.of(ws_.text);
        KnownNames& known_names = ws_.learned->known_names;
        if (known_names.stranger(MatchStage::edit, spelling)) return false;
        const MatchStage first = known_names.stranger(MatchStage::ocr, spelling) ? MatchStage::edit : MatchStage::attested;
        const std::vector<Hit> hits = context_.gazetteer.search_people(spelling, MatchStage::edit, first);
        if (hits.empty()) known_names.add_stranger(MatchStage::edit, spelling);
        for (const Hit& hit : hits) {
            if (hit.family_only || context_.gazetteer.record(hit.record).record_class != RecordClass::person) continue;
            const auto names = context_.gazetteer.names(hit.record);
            if (!one_slip_apart(folded_words(person), name_words(names[hit.name].text))) continue;
            set_known_person(context_.gazetteer, hit, mention);
            mention.status = Certainty::inferred;
            mention.confidence = 0.7;
            mention.why.push_back("one letter apart from " + mention.as<PersonValue>().name);
            return true;
        }
        return false;
    }

    bool family_first(const Person& person) const {
        const Mention& mention = ws_.mentions[person.mention];
        if (mention.candidates.empty()) return false;
        const Record record = context_.gazetteer.record(mention.candidates.front().record);
        const auto family = name_word_hashes(record.family);
        return !family.empty() && family.front() == words(person).front() && name_words(record.family).front() == folded_words(person).front();
    }

    // Sender and recipients of the header are roles of their mentions.
    void read_roles() {
        const DocumentMetadata& metadata = ws_.document->metadata;
        const HeaderName sender(metadata.sender);
        std::vector<HeaderName> recipients;
        for (const std::string& recipient : metadata.recipients) recipients.emplace_back(recipient);
        if (sender.words.empty() && recipients.empty()) return;
        for (const Person& person : people_) {
            auto& value = ws_.mentions[person.mention].as<PersonValue>();
            if (!value.role.empty()) continue;
            if (holds(sender, person)) value.role = "sender";
            for (const HeaderName& recipient : recipients) {
                if (holds(recipient, person)) value.role = "recipient";
            }
        }
    }

    struct HeaderName {
        explicit HeaderName(std::string_view as_written) : text(as_written), words(name_word_hashes(as_written)) {}
        std::string_view text;
        std::vector<std::uint64_t> words;
    };
    bool holds(const HeaderName& header, const Person& person) const {
        const auto own = words(person);
        if (own.empty() || std::search(header.words.begin(), header.words.end(), own.begin(), own.end()) == header.words.end()) return false;
        const std::vector<std::string> written = name_words(header.text);
        return !std::ranges::search(written, folded_words(person)).empty();
    }

    const ResolveContext& context_;
    Workspace& ws_;
    std::vector<Person>& people_;
    std::vector<std::uint64_t>& words_;
    std::vector<std::uint32_t>& word_tokens_;
    std::vector<std::pair<std::uint64_t, std::uint32_t>>& spellings_;
    std::uint32_t collected_ = 0;  // mentions that collect() has seen
    HashIndex &full_names_, &families_, &first_names_, &signatories_;
    RareHashes& parts_;
    std::vector<std::uint32_t>& again_;
    HashIndex &by_family_, &known_with_;
    std::vector<Decision>& decisions_;
};

}  // namespace

void link_people(const ResolveContext& context) {
    std::shared_ptr<PeopleTables>& tables = context.workspace.learned->people;
    if (!tables) tables = std::make_shared<PeopleTables>();
    Linker(context, *tables).run();
}

}  // namespace demarc
