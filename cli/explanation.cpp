#include "cli/explanation.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

#include "base/utf8.hpp"
#include "gazetteer/quote.hpp"
#include "out/record_writers.hpp"

namespace demarc {
namespace {

using Json = nlohmann::ordered_json;

constexpr int max_depth = 16;
constexpr std::size_t max_hits = 5;  // records shown of one name

class Explainer {
public:
    explicit Explainer(const ExplainedDocument& document)
        : d_(document), ws_(document.workspace), text_(document.extracted.document.text), points_(text_), index_of_(ws_.position) {
        std::string records;
        append_mentions(records, d_.extracted);
        std::istringstream lines(records);
        for (std::string line; std::getline(lines, line);) records_.push_back(std::move(line));
    }

    Json run(std::size_t index, Span place) {
        const MentionList& mentions = d_.extracted.mentions;
        const bool found = index < mentions.size();
        if (found) place = mentions[index].span;
        Json out;
        out["doc"] = d_.extracted.document.id;
        put_place(out, place);
        out["sentence"] = quote_around(text_, place);
        out["mention"] = found ? Json::parse(records_[index]) : Json();
        if (found) {
            add_candidates(out, mentions[index]);
            out["tree"] = node(workspace_index(index), 0);
        } else {
            Json words = Json::array();
            for (std::uint32_t t = 0; t < ws_.tokens.size(); ++t) {
                if (ws_.tokens[t].span().overlaps(place)) words.push_back(word(t));
            }
            out["words"] = std::move(words);
        }
        Json tried = Json::array();
        for (const DerivationStep& step : d_.derivation.steps()) tried.push_back(step_json(step, index));
        out["tried"] = std::move(tried);
        return out;
    }

private:
    void put_place(Json& out, Span span) const {
        out["start"] = points_.at(span.begin);
        out["end"] = points_.at(span.end);
        out["text"] = span.of(text_);
    }

    std::uint32_t workspace_index(std::size_t result) const {
        return static_cast<std::uint32_t>(std::find(index_of_.begin(), index_of_.end(), result) - index_of_.begin());
    }

    std::string id_of(std::uint32_t mention) const { return mention_id(d_.extracted.document, index_of_[mention]); }

    static void add_candidates(Json& out, const Mention& mention) {
        if (mention.candidates.empty()) return;
        Json list = Json::array();
        for (const Candidate& candidate : mention.candidates) {
            Json one;
            one["id"] = candidate.id;
            one["name"] = candidate.name;
            one["score"] = static_cast<double>(static_cast<int>(candidate.score * 1000 + 0.5f)) / 1000;
            if (!candidate.route.empty()) one["route"] = candidate.route;
            list.push_back(std::move(one));
        }
        out["candidates"] = std::move(list);
    }

    static Json rule_json(const RuleSource& rule) {
        Json out;
        out["name"] = rule.name;
        out["where"] = (rule.layer == 0 ? "built-in " : "") + rule.where;
        if (!rule.why.empty()) out["why"] = rule.why;
        return out;
    }

    // A mention, the rule that made it, and what that rule's pattern met, word by word.
    Json node(std::uint32_t mention, int depth) {
        const Mention& m = d_.extracted.mentions[index_of_[mention]];
        const TokenRange range = ws_.mention_tokens[mention];
        Json out;
        out["id"] = id_of(mention);
        out["type"] = type_name(m);
        out["text"] = m.span.of(text_);
        const DerivationStep* made = d_.derivation.maker(mention);
        if (made == nullptr) {
            out["rule"] = {{"name", m.rule}};
        } else {
            out["phase"] = made->phase;
            out["rule"] = rule_json(*made->rule);
        }
        const TokenRange match = made == nullptr || depth > 0 ? range : made->match;  // what an inner mention met around it, the outer one shows
        Json parts = Json::array();
        for (std::uint32_t t = match.first; t < match.last;) {
            Json part;
            if (made != nullptr) {
                Json captures = Json::array();
                for (const auto& capture : made->captures) {
                    if (capture.tokens.first == t) captures.push_back({{"name", capture.name}, {"text", ws_.text_of(capture.tokens)}});
                }
                if (!captures.empty()) part["captures"] = std::move(captures);
            }
            const std::uint32_t inner = other_at(t, mention);
            if (inner == no_mention || depth >= max_depth) {
                part["word"] = word(t);
                ++t;
            } else {
                const TokenRange held = ws_.mention_tokens[inner];
                part["mention"] = node(inner, depth + 1);
                t = std::max(held.last, t + 1);
            }
            parts.push_back(std::move(part));
        }
        out["parts"] = std::move(parts);
        Json added = Json::array();
        for (const DerivationStep& step : d_.derivation.steps()) {
            if (step.fate == MatchFate::amended && step.mention == mention) added.push_back(rule_json(*step.rule));
        }
        if (!added.empty()) out["added_by"] = std::move(added);
        return out;
    }

    // The largest mention, other than `self`, that begins at a token and was there before.
    std::uint32_t other_at(std::uint32_t token, std::uint32_t self) const {
        std::uint32_t best = no_mention;
        for (std::uint32_t i = 0; i < self && i < ws_.mention_tokens.size(); ++i) {
            if (ws_.mention_tokens[i].first != token) continue;
            if (best == no_mention || ws_.mention_tokens[i].last > ws_.mention_tokens[best].last) best = i;
        }
        return best;
    }

    Json word(std::uint32_t token) const {
        const WordFacts facts = facts_of(ws_, d_.knowledge.rules.vocabulary(), token);
        Json out;
        out["text"] = ws_.tokens[token].span().of(text_);
        out["shapes"] = facts.shapes;
        Json lexicons = Json::array();
        for (const auto& lexicon : facts.lexicons) {
            Json one{{"name", lexicon.name}, {"canonical", lexicon.canonical}};
            if (lexicon.tokens.last - lexicon.tokens.first > 1) one["words"] = ws_.text_of(lexicon.tokens);
            lexicons.push_back(std::move(one));
        }
        if (!lexicons.empty()) out["lexicons"] = std::move(lexicons);
        Json names = Json::array();
        const Gazetteer& gazetteer = d_.knowledge.gazetteer;
        for (const auto& name : facts.names) {
            Json one{{"text", ws_.text_of(name.tokens)}, {"of", name.person ? "person" : "place"}, {"records", name.hits.size()}};
            Json hits = Json::array();
            for (const Hit& hit : name.hits) {
                if (hits.size() == max_hits) break;
                const Record record = gazetteer.record(hit.record);
                Json shown{{"id", record.id}, {"name", record.name}, {"kind", record.kind}};
                if (const auto route = gazetteer.route(hit); !route.empty()) shown["route"] = route;
                hits.push_back(std::move(shown));
            }
            one["hits"] = std::move(hits);
            names.push_back(std::move(one));
        }
        if (!names.empty()) out["gazetteer"] = std::move(names);
        return out;
    }

    Json step_json(const DerivationStep& step, std::size_t asked) const {
        Json out;
        out["phase"] = step.phase;
        out["rule"] = step.rule->name;
        out["type"] = step.rule->type_name;
        out["where"] = (step.rule->layer == 0 ? "built-in " : "") + step.rule->where;
        out["text"] = ws_.text_of(step.range);
        out["match"] = ws_.text_of(step.match);
        out["fate"] = to_string(step.fate);
        const bool another = step.mention != no_mention && index_of_[step.mention] != asked;
        out["words"] = another && step.fate == MatchFate::made ? "made another mention" : another && step.fate == MatchFate::amended ? "added to another mention" : words_of(step.fate);
        if (step.mention != no_mention) {
            const Mention& other = d_.extracted.mentions[index_of_[step.mention]];
            out["mention"] = {{"id", id_of(step.mention)}, {"type", type_name(other)}, {"text", other.span.of(text_)}};
        }
        return out;
    }

    const ExplainedDocument& d_;
    const Workspace& ws_;
    std::string_view text_;
    CodePointIndex points_;
    const std::vector<std::uint32_t>& index_of_;  // result index of each mention of the workspace
    std::vector<std::string> records_;            // lines of mentions.jsonl
};

}  // namespace

Json explain_place(const ExplainedDocument& document, std::size_t index, Span place) { return Explainer(document).run(index, place); }

}  // namespace demarc
