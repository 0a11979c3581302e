#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <string>
#include <tuple>

#include "base/token_hash.hpp"
#include "gazetteer/fold.hpp"
#include "gazetteer/index_view.hpp"
#include "gazetteer/name_tokens.hpp"
#include "gazetteer/similarity_keys.hpp"

namespace demarc {
namespace {

constexpr float rank_weight = 0.05f, imported_cost = 0.1f;  // in the order of the hits
constexpr float peeled_cost = 0.3f, ocr_cost = 0.2f, confusion_cost = 0.35f, doubling_cost = 0.5f;
constexpr std::size_t min_edit_letters = 7;

// What may stand in for each letter, in the order of the pairs.
constexpr std::size_t most_confusions = 4;
constexpr auto confusions = [] {
    std::array<std::array<char, most_confusions>, 128> out{};
    std::array<std::size_t, 128> counts{};
    for (const std::string_view pair : confusion_pairs) {
        for (const std::size_t side : {0u, 1u}) {
            const auto letter = static_cast<std::size_t>(pair[side]);
            out[letter].at(counts[letter]++) = pair[1 - side];  // .at: one pair too many for a letter is an error of the compiler
        }
    }
    return out;
}();

constexpr std::size_t behind_a_word = 8;  // bytes that can be read behind a neighbour (token_hash_ahead)

// Calls use(word, cost) for every word at a weighted distance of at most 0.5 from `word`, which is ASCII, of max_edit_letters at most: one confusion, or one letter doubled or a
// doubled one made single, or a doubling moved to another letter.
template <class Use>
void each_edit_neighbour(std::string_view word, Use use) {
    using Letters = std::array<char, max_edit_letters + 1 + behind_a_word>;
    Letters other{}, longer{};
    std::copy(word.begin(), word.end(), other.begin());
    for (std::size_t i = 0; i < word.size(); ++i) {
        for (const char substitute : confusions[static_cast<std::size_t>(word[i])]) {
            if (substitute == 0) break;
            other[i] = substitute;
            use(std::string_view(other.data(), word.size()), confusion_cost);
        }
        other[i] = word[i];
    }
    const auto doubled = [&](std::string_view from) {
        longer[0] = from[0];
        std::copy(from.begin(), from.end(), longer.begin() + 1);
        for (std::size_t i = 0; i < from.size(); ++i) {
            longer[i] = from[i];  // the letters before it stand once, it and those behind it have moved by one
            if (i == 0 || from[i] != from[i - 1]) use(std::string_view(longer.data(), from.size() + 1), doubling_cost);
        }
    };
    doubled(word);
    for (std::size_t i = 1; i < word.size(); ++i) {
        if (word[i] != word[i - 1]) continue;
        std::copy(word.begin() + static_cast<std::ptrdiff_t>(i) + 1, word.end(), std::copy_n(word.begin(), i, other.begin()));
        const std::string_view single(other.data(), word.size() - 1);
        doubled(single);
        use(single, doubling_cost);
    }
}

constexpr std::size_t max_ocr_neighbours = 4096;

// Calls use(word) for every word that OCR confuses with `word`: those of the same fold_ocr. None for a word of too many doubtful letters. Digits stand in for letters only where the
// word has one. The last doubtful letter turns first and only what lies behind the one that turns is written anew: names of people that nobody knows come by here.
template <class Use>
void each_ocr_neighbour(const std::string& word, Use use) {
    using Options = std::array<std::string_view, 3>;
    static constexpr Options m = {"m", "rn"}, d = {"d", "cl"}, w = {"w", "vv"}, l = {"l", "i", "1"}, o = {"o", "0"};
    std::string folded = fold_ocr(word);
    const std::size_t letters = folded.size();
    if (letters > max_edit_letters) return;
    constexpr std::size_t stride = behind_a_word;  // what lies between doubtful letters is copied by so many bytes at once
    folded.append(stride, '\0');
    const bool digits = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    struct Doubtful {
        const Options* options;
        std::uint8_t count, chosen;
        std::size_t at;            // where it begins in the word that is made
        std::size_t behind, size;  // the letters up to the next doubtful one, in `folded`
    };
    std::array<Doubtful, max_edit_letters> doubtful{};
    std::array<char, 2 * max_edit_letters + stride> made{};
    std::size_t count = 0, product = 1, end = 0;
    for (std::size_t i = 0; i < letters; ++i) {
        Doubtful next{nullptr, 1, 0, 0, i + 1, 0};
        switch (folded[i]) {
            case 'm': next.options = &m, next.count = 2; break;
            case 'd': next.options = &d, next.count = 2; break;
            case 'w': next.options = &w, next.count = 2; break;
            case 'l': next.options = &l, next.count = digits ? 3 : 2; break;
            case 'o': next.options = &o, next.count = digits ? 2 : 1; break;
            default: break;
        }
        if (next.count > 1) doubtful[count++] = next;
        else if (count > 0) ++doubtful[count - 1].size;
        else made[end++] = folded[i];
        product *= next.count;
        if (product > max_ocr_neighbours) return;
    }
    for (std::size_t turned = 0;;) {
        for (std::size_t i = turned; i < count; ++i) {
            Doubtful& letter = doubtful[i];
            letter.at = end;
            const std::string_view chosen = (*letter.options)[letter.chosen];
            made[end++] = chosen[0];
            if (chosen.size() == 2) made[end++] = chosen[1];
            for (std::size_t k = 0; k < letter.size; k += stride) std::memcpy(&made[end + k], &folded[letter.behind + k], stride);
            end += letter.size;
        }
        use(std::string_view(made.data(), end));
        for (turned = count; turned > 0 && ++doubtful[turned - 1].chosen == doubtful[turned - 1].count; --turned) doubtful[turned - 1].chosen = 0;
        if (turned == 0) return;
        end = doubtful[--turned].at;
    }
}

// Keys on their way to a table that lies in no cache: each is fetched when it comes and looked at when as many others have come behind it, in the order in which they came.
template <class Fetch, class Use>
class Delayed {
public:
    Delayed(Fetch fetch, Use use) : fetch_(fetch), use_(use) {}
    void add(std::uint64_t key, float cost) {
        fetch_(key);
        Waiting& slot = waiting_[added_++ % waiting_.size()];
        if (added_ > waiting_.size()) use_(slot.key, slot.cost);
        slot = {key, cost};
    }
    void finish() {
        for (std::size_t i = added_ - std::min(added_, waiting_.size()); i < added_; ++i) use_(waiting_[i % waiting_.size()].key, waiting_[i % waiting_.size()].cost);
        added_ = 0;
    }

private:
    struct Waiting {
        std::uint64_t key;
        float cost;
    };
    Fetch fetch_;
    Use use_;
    std::array<Waiting, 16> waiting_;
    std::size_t added_ = 0;
};

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::vector<Hit> Gazetteer::search(std::string_view name, MatchStage max_stage) const { return search_in(name, MatchStage::attested, max_stage, all_parts); }

std::vector<Hit> Gazetteer::search_people(std::string_view name, MatchStage max_stage, MatchStage first_stage) const {
    std::uint32_t parts = 0;
    for (std::size_t p = 0; p < state_->parts.size(); ++p) parts |= (state_->parts[p].index.header().contents & 1u) << p;
    return search_in(name, first_stage, max_stage, parts);
}

std::vector<Hit> Gazetteer::search_in(std::string_view name, MatchStage first_stage, MatchStage max_stage, std::uint32_t parts) const {
    std::vector<Hit> out;
    const JoinedName tokens(name);
    if (tokens.size() == 0) return out;
    const std::string& joined = tokens.word();
    // A weak way to a capital goes before a sure one to a hamlet; a record that only a large gazetteer has stands back.
    const auto weight = [this](const Hit& hit) {
        const index_format::PackedRecord& record = *state_->packed(hit.record);  // hits() gives no others
        const bool imported = (record.flags & index_format::record_flag::imported) != 0;
        return hit.cost - rank_weight * static_cast<float>(record.rank) + (imported ? imported_cost : 0);
    };
    const auto better = [&](const Hit& a, const Hit& b) {
        return std::tuple(a.family_only, weight(a), a.record, a.name) < std::tuple(b.family_only, weight(b), b.record, b.name);
    };
    const auto add_probed = [&](const Probe& probed, bool generated, float cost) {
        if (!probed.found()) return;
        std::vector<Hit> met;
        hits(probed, met);
        for (Hit& hit : met) {
            if ((hit.kind == NameKind::generated) != generated) continue;
            hit.cost += cost;
            out.push_back(hit);
        }
    };
    const auto add = [&](std::uint64_t key, bool generated, float cost) { add_probed(probe_in(key, parts), generated, cost); };
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
    const bool peels = tokens.size() > 1 && first_stage <= MatchStage::generated && std::any_of(state_->parts.begin(), state_->parts.end(), [&](const State::Part& part) {
        const auto peelable = part.index.section<std::uint64_t>(index_format::endings);
        return std::binary_search(peelable.begin(), peelable.end(), token_hash(tokens.token(tokens.size() - 1)));
    });

    Probe of_tokens, of_word;
    if (first_stage <= MatchStage::generated) {
        of_tokens = probe_in(tokens.key(tokens.size()), parts);
        if (tokens.size() > 1) of_word = probe_in(token_hash(joined), parts);
    }
    for (const bool generated : {false, true}) {
        if ((generated ? MatchStage::generated : MatchStage::attested) < first_stage) continue;
        if ((generated ? MatchStage::generated : MatchStage::attested) > max_stage) break;
        const std::size_t before = out.size();
        add_probed(of_tokens, generated, 0);
        add_probed(of_word, generated, 0);
        if (out.size() == before && peels) {
            const std::size_t bare = tokens.size() - 1;
            add(tokens.key(bare), generated, peeled_cost);
            if (bare > 1) add(token_hash(tokens.joined(bare)), generated, peeled_cost);
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
    // Nearly all of the neighbours of a name that nobody knows are no name either: one look each.
    const auto known = [&](std::uint64_t key) {
        for (std::size_t p = 0; p < state_->parts.size(); ++p) {
            if ((parts >> p & 1u) != 0 && IndexView::hit_count(state_->parts[p].index.find(key)) != 0) return true;
        }
        return false;
    };
    const auto fetch = [&](std::uint64_t key) {
        for (std::size_t p = 0; p < state_->parts.size(); ++p) {
            if ((parts >> p & 1u) != 0) state_->parts[p].index.prefetch(key);
        }
    };
    const auto may_hold = [&](std::uint64_t similarity_key) {
        for (std::size_t p = 0; p < state_->parts.size(); ++p) {
            if ((parts >> p & 1u) != 0 && similarity::may_hold(state_->parts[p].index.section<std::uint64_t>(index_format::similarity), similarity_key)) return true;
        }
        return false;
    };
    if (first_stage <= MatchStage::ocr && joined.size() <= max_edit_letters && may_hold(ocr_similarity_key(joined))) {
        Delayed neighbours(fetch, [&](std::uint64_t key, float cost) {
            if (known(key)) add(key, false, cost);
        });
        each_ocr_neighbour(joined, [&](std::string_view word) { neighbours.add(token_hash_ahead(word.data(), word.size()), ocr_cost); });
        neighbours.finish();
    }
    if (finish(MatchStage::ocr)) return out;
    if (max_stage < MatchStage::edit || joined.size() < min_edit_letters || joined.size() > max_edit_letters) return out;
    const EditSimilarity similar = edit_similarity(joined);
    if (similar.letters >= min_edit_similarity_letters && std::none_of(similar.keys.begin(), similar.keys.end(), may_hold)) return out;
    Delayed neighbours(fetch, [&](std::uint64_t key, float cost) {
        if (!known(key)) return;
        add(key, false, cost);
        add(key, true, cost);
    });
    each_edit_neighbour(joined, [&](std::string_view word, float cost) { neighbours.add(token_hash_ahead(word.data(), word.size()), cost); });
    neighbours.finish();
    finish(MatchStage::edit);
    return out;
}

}  // namespace demarc
