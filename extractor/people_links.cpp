#include <algorithm>
#include <bitset>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "base/token_hash.hpp"
#include "extractor/person_context.hpp"
#include "extractor/person_names.hpp"
#include "extractor/predicates.hpp"
#include "extractor/resolvers.hpp"
#include "extractor/sentence.hpp"
#include "gazetteer/fold.hpp"

namespace demarc {
namespace {

struct Person {
    std::uint32_t mention;
    std::vector<std::string> words;
    std::uint64_t spelling;  // key of the words
    bool known;
};

// Hashes that most words of a text don't have: whether a word may be one of them takes one look at a few bits.
class RareHashes {
public:
    void add(std::uint64_t hash) { bits_.set(hash % size); }
    [[nodiscard]] bool may_hold(std::uint64_t hash) const { return bits_.test(hash % size); }

private:
    static constexpr std::size_t size = 4096;
    std::bitset<size> bits_;
};

// People who share a word and are compared with each other: keeps a list of a million names linear.
constexpr std::size_t most_alike = 64;

class Linker {
public:
    explicit Linker(const ResolveContext& context) : context_(context), ws_(context.workspace) {}

    void run() {
        collect();
        if (people_.empty()) return;
        repeat_full_names();
        repeat_family_names();
        collect();
        join_brackets();
        index_spellings();
        for (Person& person : people_) {
            if (!person.known) link(person);
        }
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
            if (ws_.mentions[collected_].type != MentionType::person) continue;
            Person person{collected_, {}, 0, !ws_.mentions[collected_].entity.empty()};
            const TokenRange range = ws_.mention_tokens[collected_];
            for (std::uint32_t t = range.first; t < range.last; ++t) {
                if (ws_.tokens[t].kind != TokenKind::word) continue;
                person.words.push_back(fold_token(ws_.tokens[t].span().of(ws_.text)));
                person.spelling = extend_sequence(person.spelling, token_hash(person.words.back()));
            }
            people_.push_back(std::move(person));
        }
        if (people_.size() == before) return;
        std::sort(people_.begin(), people_.end(),
                  [&](const Person& a, const Person& b) { return ws_.mentions[a.mention].span.begin < ws_.mentions[b.mention].span.begin; });
    }

    // "Colonel Murray … Murray said": a family name introduced with a first name or title is a mention wherever it stands again,
    // and a first name too where no other person of the document bears it.
    void repeat_family_names() {
        constexpr std::uint32_t shared = 0xFFFFFFFF;
        std::map<std::uint64_t, std::uint32_t> families, first_names, signatories;  // token hash -> the mention that introduces it
        RareHashes parts;
        for (const Person& person : people_) {
            const Mention& mention = ws_.mentions[person.mention];
            const TokenRange range = ws_.mention_tokens[person.mention];
            const auto& value = mention.as<PersonValue>();
            if (person.words.size() < 2 && value.rank.empty() && value.title.empty() && value.role.empty()) continue;
            const std::uint32_t family = family_token(range);
            signatories.try_emplace(ws_.tokens[family].hash, person.mention);
            parts.add(ws_.tokens[family].hash);
            if (can_stand_alone(family)) families.try_emplace(ws_.tokens[family].hash, person.mention);
            if (family == range.first || person.words.size() < 2 || !can_stand_alone(range.first)) continue;
            parts.add(ws_.tokens[range.first].hash);
            const auto [known, added] = first_names.try_emplace(ws_.tokens[range.first].hash, person.mention);
            if (!added && known->second != shared && people_differ(known->second, person.mention)) known->second = shared;
        }
        for (const Token& token : ws_.tokens) {
            if ((token.predicates & (shape::cap | shape::caps)) == 0 || !parts.may_hold(token.hash)) continue;
            const auto t = static_cast<std::uint32_t>(&token - ws_.tokens.data());
            if (ws_.mention_at[t] >= 0) continue;
            if (const auto signatory = signatories.find(token.hash); signatory != signatories.end() && alone_on_its_line(t)) {
                add_again(signatory->second, {t, t + 1}, "people.signature", 0.8, "a name alone on its line; the person stands in this document");
                continue;
            }
            auto introduced = families.find(token.hash);
            if (introduced == families.end()) {
                introduced = first_names.find(token.hash);
                if (introduced == first_names.end() || introduced->second == shared || ws_.mentions[introduced->second].span.begin > token.begin) continue;
            }
            // Part of a longer name of something else, or a place that the gazetteer knows without doubt.
            if (next_is_name(t) || previous_is_name(t) || names_place_or_ship(ws_, context_.rules, {t, t + 1}, false)) continue;
            if ((ws_.flags[t] & flag::place_begin) != 0 && (ws_.flags[t] & flag::ambiguous) == 0) continue;
            add_again(introduced->second, {t, t + 1}, "people.family_again", 0.75, "part of a name; the full name stands in this document");
        }
    }

    // A signature: "Page" may be a page elsewhere.
    bool alone_on_its_line(std::uint32_t t) const {
        if ((ws_.tokens[t].predicates & shape::line_start) == 0) return false;
        if ((ws_.tokens[t].predicates & shape::line_end) != 0) return true;
        return t + 1 < ws_.tokens.size() && (ws_.tokens[t + 1].predicates & shape::line_end) != 0 && ws_.tokens[t + 1].span().of(ws_.text) == ".";
    }

    // A full name that a rule found once is a mention wherever its words stand again, in capitals too.
    void repeat_full_names() {
        std::multimap<std::uint64_t, std::uint32_t> names;  // hash of the first token -> mention
        RareHashes firsts;
        std::unordered_set<std::uint64_t> seen;
        for (const Person& person : people_) {
            const std::uint64_t first = ws_.tokens[ws_.mention_tokens[person.mention].first].hash;
            if (person.words.size() < 2 || names.count(first) >= most_alike || !seen.insert(person.spelling).second) continue;
            names.emplace(first, person.mention);
            firsts.add(first);
        }
        if (names.empty()) return;
        for (const Token& token : ws_.tokens) {
            if ((token.predicates & (shape::cap | shape::caps | shape::initial)) == 0 || !firsts.may_hold(token.hash)) continue;
            const auto t = static_cast<std::uint32_t>(&token - ws_.tokens.data());
            if (ws_.mention_at[t] >= 0) continue;
            const auto [begin, end] = names.equal_range(token.hash);
            for (auto it = begin; it != end; ++it) {
                if (!same_words(ws_.mention_tokens[it->second], t)) continue;
                const std::uint32_t length = ws_.mention_tokens[it->second].last - ws_.mention_tokens[it->second].first;
                add_again(it->second, {t, t + length}, "people.name_again", 0.85, "the same name stands elsewhere in this document");
                break;
            }
        }
    }

    bool same_words(TokenRange range, std::uint32_t at) const {
        if (at + (range.last - range.first) > ws_.tokens.size()) return false;
        for (std::uint32_t i = 0; i < range.last - range.first; ++i) {
            const Token& token = ws_.tokens[at + i];
            if (ws_.mention_at[at + i] >= 0 || token.hash != ws_.tokens[range.first + i].hash) return false;
            if (token.kind == TokenKind::word && (token.predicates & shape::lower) != (ws_.tokens[range.first + i].predicates & shape::lower)) return false;
        }
        return true;
    }

    void add_again(std::uint32_t first_mention, TokenRange range, std::string rule, double confidence, std::string why) {
        const Mention& first = ws_.mentions[first_mention];
        Mention mention;
        mention.type = MentionType::person;
        mention.span = ws_.span_of(range);
        mention.rule = std::move(rule);
        mention.value = PersonValue{};
        mention.as<PersonValue>().name = first.as<PersonValue>().name;
        mention.as<PersonValue>().alias = first.as<PersonValue>().alias;
        mention.entity = first.entity;
        mention.candidates = first.candidates;
        mention.confidence = confidence;
        mention.editorial = (ws_.flags[range.first] & flag::bracketed) != 0;
        mention.why.push_back(std::move(why));
        ws_.add(std::move(mention), range);
    }

    // Last capitalised word of a name, before "Jr.".
    std::uint32_t family_token(TokenRange range) const {
        std::uint32_t family = range.last - 1;
        while (family > range.first && (ws_.tokens[family].kind != TokenKind::word || !token_canonical(ws_, context_.rules, family, "generational").empty()))
            --family;
        return family;
    }
    bool can_stand_alone(std::uint32_t t) const {
        const Token& token = ws_.tokens[t];
        return token.kind == TokenKind::word && token.end - token.begin >= 3 && (token.predicates & (shape::cap | shape::caps)) != 0 &&
               token_canonical(ws_, context_.rules, t, "not_a_name").empty();
    }
    // Two full names of which neither is the other with a middle name more.
    bool people_differ(std::uint32_t a, std::uint32_t b) const {
        return ws_.tokens[family_token(ws_.mention_tokens[a])].hash != ws_.tokens[family_token(ws_.mention_tokens[b])].hash;
    }

    bool next_is_name(std::uint32_t t) const {
        return t + 1 < ws_.tokens.size() && ws_.tokens[t + 1].kind == TokenKind::word && (ws_.tokens[t + 1].predicates & (shape::cap | shape::caps)) != 0;
    }
    bool previous_is_name(std::uint32_t t) const {
        if (t == 0 || ws_.tokens[t - 1].kind != TokenKind::word) return false;
        const std::uint32_t predicates = ws_.tokens[t - 1].predicates;
        if ((predicates & (shape::cap | shape::caps)) == 0 || (predicates & shape::sentence_start) != 0) return false;
        // "Notify Stevens": the first word of a line has its capital for that, unless it is a given name.
        return (predicates & shape::line_start) == 0 || !token_canonical(ws_, context_.rules, t - 1, "given_names").empty();
    }

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

    // The first mention of each spelling, findable by its words.
    void index_spellings() {
        std::unordered_set<std::uint64_t> seen;
        for (std::size_t i = 0; i < people_.size(); ++i) {
            const Person& person = people_[i];
            if (person.words.empty() || !seen.insert(person.spelling).second) continue;
            if (person.words.size() > 1) {
                by_family_.try_emplace(person.words.back(), i);
                if (family_first(person)) by_family_.try_emplace(person.words.front(), i);
            }
            if (!person.known) continue;
            const auto add = [&](const std::vector<std::string>& words) {
                for (const std::string& word : words) {
                    auto& known = known_with_[word];
                    if (known.size() < most_alike && (known.empty() || known.back() != i)) known.push_back(i);
                }
            };
            add(person.words);
            add(name_words(ws_.mentions[person.mention].as<PersonValue>().name));
        }
    }

    // The person whose full name holds this lone name, or who is one letter apart; people_.size() where there is none.
    std::size_t match_of(const Person& person, bool& slip) const {
        slip = false;
        if (person.words.size() == 1) {
            const auto family = by_family_.find(person.words[0]);
            return family == by_family_.end() ? people_.size() : family->second;
        }
        for (const std::string& word : person.words) {
            const auto known = known_with_.find(word);
            if (known == known_with_.end()) continue;
            for (const std::size_t i : known->second) {
                const Person& other = people_[i];
                if (other.mention == person.mention) continue;
                slip = one_slip_apart(person.words, other.words) || one_slip_apart(person.words, name_words(ws_.mentions[other.mention].as<PersonValue>().name));
                if (slip) return i;
            }
        }
        return people_.size();
    }

    // One decision a spelling: later mentions follow the first.
    void link(Person& person) {
        Mention& mention = ws_.mentions[person.mention];
        if (const auto decided = decisions_.find(person.spelling); decided != decisions_.end()) {
            if (!decided->second) return;
            const Mention& first = ws_.mentions[*decided->second];
            adopt(mention, first, first.confidence, first.why.back());
            mention.status = first.status;
            mention.as<PersonValue>().alias = mention.as<PersonValue>().alias || first.as<PersonValue>().alias;
            return;
        }
        auto& decision = decisions_[person.spelling];
        bool slip = false;
        const std::size_t best = match_of(person, slip);
        if (best == people_.size() || people_[best].mention == person.mention) {
            if (link_to_gazetteer(person, mention)) decision = person.mention;
            return;
        }
        decision = person.mention;
        Mention& other = ws_.mentions[people_[best].mention];
        if (other.entity.empty()) other.entity = "person:" + name_slug(other.as<PersonValue>().name);
        adopt(mention, other, slip ? 0.8 : 0.75,
              slip ? "one letter apart from " + other.as<PersonValue>().name + ", who is named in this document" : "family name; the full name stands in this document");
        if (slip) mention.status = Certainty::inferred;
    }

    // One letter apart from a person that the gazetteer knows, with the same given name.
    bool link_to_gazetteer(const Person& person, Mention& mention) {
        if (person.words.size() < 2) return false;
        const std::uint64_t spelling = token_hash(mention.span.of(ws_.text));
        if (ws_.learned->known_names.stranger(MatchStage::edit, spelling)) return false;
        const MatchStage first = ws_.learned->known_names.stranger(MatchStage::ocr, spelling) ? MatchStage::edit : MatchStage::attested;
        const std::vector<Hit> hits = context_.gazetteer.search_people(mention.span.of(ws_.text), MatchStage::edit, first);
        if (hits.empty()) ws_.learned->known_names.add_stranger(MatchStage::edit, spelling);
        for (const Hit& hit : hits) {
            if (hit.family_only || context_.gazetteer.record(hit.record).record_class != RecordClass::person) continue;
            const auto names = context_.gazetteer.names(hit.record);
            if (!one_slip_apart(person.words, name_words(names[hit.name].text))) continue;
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
        const auto family = name_words(record.family);
        return !family.empty() && !person.words.empty() && family.front() == person.words.front();
    }

    // Sender and recipients of the header are roles of their mentions.
    void read_roles() {
        const DocumentMetadata& metadata = ws_.document->metadata;
        const auto sender = name_words(metadata.sender);
        std::vector<std::vector<std::string>> recipients;
        for (const std::string& recipient : metadata.recipients) recipients.push_back(name_words(recipient));
        for (const Person& person : people_) {
            auto& value = ws_.mentions[person.mention].as<PersonValue>();
            if (!value.role.empty()) continue;
            if (!sender.empty() && holds(sender, person.words)) value.role = "sender";
            for (const auto& recipient : recipients) {
                if (holds(recipient, person.words)) value.role = "recipient";
            }
        }
    }

    static bool holds(const std::vector<std::string>& header, const std::vector<std::string>& words) {
        return !words.empty() && std::search(header.begin(), header.end(), words.begin(), words.end()) != header.end();
    }

    const ResolveContext& context_;
    Workspace& ws_;
    std::vector<Person> people_;
    std::uint32_t collected_ = 0;                                              // mentions that collect() has seen
    std::unordered_map<std::string, std::size_t> by_family_;                   // family name -> first person of that name
    std::unordered_map<std::string, std::vector<std::size_t>> known_with_;     // word -> known people who bear it
    std::unordered_map<std::uint64_t, std::optional<std::uint32_t>> decisions_;  // spelling -> its first mention where that was linked
};

}  // namespace

void link_people(const ResolveContext& context) { Linker(context).run(); }

}  // namespace demarc
