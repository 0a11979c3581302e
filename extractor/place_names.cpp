#include "extractor/place_names.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "gazetteer/name_tokens.hpp"

namespace demarc {
namespace {

constexpr std::size_t max_candidates = 24;
constexpr float other_word_cost = 0.05f, direction_cost = 0.2f, generic_cost = 0.2f, other_name_cost = 0.35f;

using Words = std::vector<std::string>;

// Score before any context: how far the name itself speaks for the record. geo/toponym_resolution.cpp does the rest.
float name_score(const Hit& hit) {
    switch (hit.stage) {
        case MatchStage::attested: return 1.0f - 0.2f * std::min(1.0f, hit.cost);
        case MatchStage::generated: return 0.7f - 0.3f * std::min(1.0f, hit.cost);
        case MatchStage::ocr: return 0.5f;
        case MatchStage::edit: return 0.4f - 0.3f * std::min(1.0f, hit.cost);
    }
    return 0.1f;
}

std::string joined(const Words& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Folded words.
constexpr std::array<std::string_view, 24> directions{"north", "south", "east", "west", "northern", "southern", "eastern", "western", "northeast", "northwest", "southeast", "southwest",
                                                      "northeastern", "northwestern", "southeastern", "southwestern", "upper", "lower", "central", "middle", "greater", "old", "inner", "outer"};
// A settlement's own generic words, and what lies in or at it.
constexpr std::array<std::string_view, 22> generics{"courthouse", "city", "town", "village", "station", "depot", "junction", "crossing", "landing", "ferry", "county", "parish",
                                                    "district", "province", "harbor", "harbour", "airport", "airfield", "railroad", "railway", "port", "barracks"};
constexpr std::array<std::array<std::string_view, 2>, 8> same_words{{{"saint", "st"}, {"st", "saint"}, {"mount", "mt"}, {"mt", "mount"}, {"fort", "ft"}, {"ft", "fort"}, {"sainte", "ste"}, {"ste", "sainte"}}};

// A name that a large gazetteer has for a small place ("Richmond" for Chateaubelair) and by which it doesn't go, but for marks ("Malaga" of Málaga): says less than the other.
bool is_other_name(const Gazetteer& gazetteer, const Hit& hit) {
    if (hit.kind != NameKind::attested || !gazetteer.imported(hit.record)) return false;
    const Record record = gazetteer.record(hit.record);
    if (record.rank >= 6) return false;
    const std::vector<RecordName> names = gazetteer.names(hit.record);
    return hit.name >= names.size() || name_tokens(names[hit.name].text) != name_tokens(record.name);
}

}  // namespace

void add_candidates(std::span<const Hit> hits, const Gazetteer& gazetteer, float penalty, Mention& mention) {
    mention.candidates.reserve(std::min(max_candidates, mention.candidates.size() + hits.size()));
    for (const Hit& hit : hits) {
        if (mention.candidates.size() >= max_candidates) return;
        if (gazetteer.record_class(hit.record) != RecordClass::place) continue;
        // id and name are for whoever shows candidates: geo/toponym_resolution.cpp gives them to the few that remain.
        const bool known = std::any_of(mention.candidates.begin(), mention.candidates.end(), [&](const Candidate& c) { return c.record == hit.record; });
        if (known) continue;
        Candidate candidate;
        candidate.record = hit.record;
        candidate.score = std::max(0.05f, name_score(hit) - penalty - (is_other_name(gazetteer, hit) ? other_name_cost : 0));
        if (hit.kind == NameKind::generated) candidate.route = gazetteer.route(hit);
        mention.candidates.push_back(std::move(candidate));
    }
}

void add_place_candidates(std::string_view name, const Gazetteer& gazetteer, MatchStage last, Mention& mention) {
    const auto try_name = [&](std::string_view text, MatchStage stage, float penalty) {
        add_candidates(gazetteer.search(text, stage), gazetteer, penalty, mention);
        return !mention.candidates.empty();
    };
    if (try_name(name, MatchStage::generated, 0)) return;
    Words words = name_tokens(name);
    if (words.size() > 1 && words.front() == "the") {
        words.erase(words.begin());
        if (try_name(joined(words), MatchStage::attested, 0)) return;
    }
    if (words.size() > 1) {
        for (const auto& [word, other] : same_words) {
            if (words.front() != word) continue;
            Words same = words;
            same.front() = other;
            if (try_name(joined(same), MatchStage::attested, other_word_cost)) return;
        }
        Words shorter = words;
        const bool court_house = words.size() > 2 && words[words.size() - 2] == "court" && words.back() == "house";
        if (court_house) shorter.resize(words.size() - 2);
        else if (is_one_of(generics, words.back())) shorter.pop_back();
        if (shorter.size() < words.size() && try_name(joined(shorter), MatchStage::attested, generic_cost)) return;
        if (words.front() == "fort" || words.front() == "camp" || words.front() == "port") {
            const Words town(words.begin() + 1, words.end());
            if (try_name(joined(town), MatchStage::attested, 2 * generic_cost)) return;
        }
        if (is_one_of(directions, words.front())) {
            const Words undirected(words.begin() + 1, words.end());
            if (try_name(joined(undirected), MatchStage::attested, direction_cost)) return;
        }
    }
    if (last > MatchStage::generated) try_name(name, last, 0);
}

}  // namespace demarc
