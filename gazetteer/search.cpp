#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <tuple>

#include "base/token_hash.hpp"
#include "gazetteer/fold.hpp"
#include "gazetteer/index_view.hpp"
#include "gazetteer/name_tokens.hpp"

namespace demarc {
namespace {

constexpr float rank_weight = 0.05f, imported_cost = 0.1f;  // in the order of the hits
constexpr float peeled_cost = 0.3f, ocr_cost = 0.2f, confusion_cost = 0.35f, doubling_cost = 0.5f;
constexpr std::size_t min_edit_letters = 7, max_edit_letters = 40, max_name_bytes = 256;

// Letters that typists, telegraphists and OCR put for one another; each pair works both ways.
constexpr std::array<std::string_view, 16> confusion_pairs = {"ao", "ae", "ei", "ou", "ce", "co", "hn", "hb", "nu", "mn", "vy", "uv", "gq", "jy", "kh", "ft"};

// Calls use(word, cost) for every word at a weighted distance of at most 0.5 from `word`: one confusion, or one letter doubled or a doubled
// one made single, or a doubling moved to another letter.
template <class Use>
void each_edit_neighbour(const std::string& word, Use use) {
    std::string other = word;
    for (std::size_t i = 0; i < word.size(); ++i) {
        for (const std::string_view pair : confusion_pairs) {
            for (int side = 0; side < 2; ++side) {
                if (word[i] != pair[static_cast<std::size_t>(side)]) continue;
                other[i] = pair[static_cast<std::size_t>(1 - side)];
                use(other, confusion_cost);
            }
        }
        other[i] = word[i];
    }
    std::string longer;
    const auto doubled = [&](const std::string& from) {
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (i > 0 && from[i] == from[i - 1]) continue;
            longer = from;
            longer.insert(i, 1, from[i]);
            use(longer, doubling_cost);
        }
    };
    doubled(word);
    for (std::size_t i = 1; i < word.size(); ++i) {
        if (word[i] != word[i - 1]) continue;
        other = word;
        other.erase(i, 1);
        doubled(other);
        use(other, doubling_cost);
    }
}

constexpr std::size_t max_ocr_neighbours = 4096;

// Calls use(word) for every word that OCR confuses with `word`: those of the same fold_ocr. None for a word of too many doubtful letters. Digits stand in for letters only where the
// word has one. One buffer for all of them: names of people that nobody knows come by here.
template <class Use>
void each_ocr_neighbour(const std::string& word, Use use) {
    using Options = std::array<std::string_view, 3>;
    constexpr Options m = {"m", "rn"}, d = {"d", "cl"}, w = {"w", "vv"}, l = {"l", "i", "1"}, o = {"o", "0"};
    const std::string folded = fold_ocr(word);
    const bool digits = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    std::array<const Options*, max_edit_letters> options{};
    std::array<std::uint8_t, max_edit_letters> counts{}, chosen{};
    if (folded.size() > max_edit_letters) return;
    std::size_t product = 1;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        switch (folded[i]) {
            case 'm': options[i] = &m, counts[i] = 2; break;
            case 'd': options[i] = &d, counts[i] = 2; break;
            case 'w': options[i] = &w, counts[i] = 2; break;
            case 'l': options[i] = &l, counts[i] = digits ? 3 : 2; break;
            case 'o': options[i] = &o, counts[i] = digits ? 2 : 1; break;
            default: counts[i] = 1;
        }
        product *= counts[i];
        if (product > max_ocr_neighbours) return;
    }
    std::string made;
    for (std::size_t n = 0; n < product; ++n) {
        made.clear();
        for (std::size_t i = 0; i < folded.size(); ++i) {
            if (options[i] == nullptr) made += folded[i];
            else made += (*options[i])[chosen[i]];
        }
        use(made);
        for (std::size_t i = 0; i < folded.size() && ++chosen[i] == counts[i]; ++i) chosen[i] = 0;
    }
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::vector<Hit> Gazetteer::search(std::string_view name, MatchStage max_stage) const { return search_in(name, max_stage, all_parts); }

std::vector<Hit> Gazetteer::search_people(std::string_view name, MatchStage max_stage) const {
    std::uint32_t parts = 0;
    for (std::size_t p = 0; p < state_->parts.size(); ++p) parts |= (state_->parts[p].index.header().contents & 1u) << p;
    return search_in(name, max_stage, parts);
}

std::vector<Hit> Gazetteer::search_in(std::string_view name, MatchStage max_stage, std::uint32_t parts) const {
    std::vector<Hit> out;
    if (name.size() > max_name_bytes) return out;
    const std::vector<std::string> tokens = name_tokens(name);
    if (tokens.empty()) return out;
    // A weak way to a capital goes before a sure one to a hamlet; a record that only a large gazetteer has stands back.
    const auto weight = [this](const Hit& hit) {
        const index_format::PackedRecord& record = *state_->packed(hit.record);  // hits() gives no others
        const bool imported = (record.flags & index_format::record_flag::imported) != 0;
        return hit.cost - rank_weight * static_cast<float>(record.rank) + (imported ? imported_cost : 0);
    };
    const auto better = [&](const Hit& a, const Hit& b) {
        return std::tuple(a.family_only, weight(a), a.record, a.name) < std::tuple(b.family_only, weight(b), b.record, b.name);
    };
    const auto add = [&](std::uint64_t key, bool generated, float cost) {
        const Probe probed = probe_in(key, parts);
        if (!probed.found()) return;
        std::vector<Hit> met;
        hits(probed, met);
        for (Hit& hit : met) {
            if ((hit.kind == NameKind::generated) != generated) continue;
            hit.cost += cost;
            out.push_back(hit);
        }
    };
    // A record once, by its best hit.
    const auto sort = [&] {
        std::stable_sort(out.begin(), out.end(), better);
        std::set<std::uint32_t> seen;
        std::erase_if(out, [&](const Hit& hit) { return !seen.insert(hit.record).second; });
    };
    const auto finish = [&](MatchStage stage) {
        if (out.empty()) return false;
        sort();
        for (Hit& hit : out) hit.stage = stage;
        return true;
    };
    const std::string joined = joined_tokens(tokens);
    const bool peels = tokens.size() > 1 && std::any_of(state_->parts.begin(), state_->parts.end(), [&](const State::Part& part) {
        const auto peelable = part.index.section<std::uint64_t>(index_format::endings);
        return std::binary_search(peelable.begin(), peelable.end(), token_hash(tokens.back()));
    });

    for (const bool generated : {false, true}) {
        if ((generated ? MatchStage::generated : MatchStage::attested) > max_stage) break;
        const std::size_t before = out.size();
        add(sequence_key(tokens), generated, 0);
        if (tokens.size() > 1) add(token_hash(joined), generated, 0);
        if (out.size() == before && peels) {
            const std::vector<std::string> bare(tokens.begin(), tokens.end() - 1);
            add(sequence_key(bare), generated, peeled_cost);
            if (bare.size() > 1) add(token_hash(joined_tokens(bare)), generated, peeled_cost);
            // "X-ni" is not the person X.
            std::erase_if(out, [this](const Hit& hit) { return record(hit.record).record_class == RecordClass::person; });
        }
        // A person's name stops here; of a place a route may know another that is meant as well ("Kogen": Kowŏn, and Kangwŏn province).
        if (generated || std::none_of(out.begin(), out.end(), [this](const Hit& hit) { return record_class(hit.record) == RecordClass::person; })) continue;
        break;
    }
    if (!out.empty()) {
        sort();
        return out;
    }
    if (max_stage < MatchStage::ocr || !is_ascii(joined)) return out;
    if (joined.size() <= max_edit_letters) {
        each_ocr_neighbour(joined, [&](const std::string& word) { add(token_hash(word), false, ocr_cost); });
    }
    if (finish(MatchStage::ocr)) return out;
    if (max_stage < MatchStage::edit || joined.size() < min_edit_letters || joined.size() > max_edit_letters) return out;
    each_edit_neighbour(joined, [&](const std::string& word, float cost) {
        const std::uint64_t key = token_hash(word);
        if (!probe_in(key, parts).found()) return;
        add(key, false, cost);
        add(key, true, cost);
    });
    finish(MatchStage::edit);
    return out;
}

}  // namespace demarc
