#include "gazetteer/name_keys.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "base/token_hash.hpp"
#include "base/utf8.hpp"
#include "gazetteer/name_tokens.hpp"
#include "gazetteer/similarity_keys.hpp"

namespace demarc {
namespace {

constexpr std::size_t min_letters = 2, min_generated_letters = 5, min_bare_letters = 5, min_bare_generated_letters = 6;
constexpr std::size_t max_joined_imported = 3;  // words; longer names of large gazetteers aren't written as one word
constexpr std::size_t max_similar_bytes = 2 * max_edit_letters;  // OCR makes two letters of one at most
constexpr std::uint8_t min_bare_rank = 3;
constexpr float family_cost = 0.5f, bare_cost = 0.1f, ending_cost = 0.05f, reversed_cost = 0.05f, max_reversed_cost = 0.2f;

template <std::size_t N>
bool is_one_of(std::string_view kind, const std::array<std::string_view, N>& kinds) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// A search tries other words only of ASCII letters in a name's place, and none that is longer.
bool has_similarity_keys(std::string_view word) {
    return word.size() <= max_similar_bytes && std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// FNV-1a, as unlike token_hash as can be; folded to 32 bits.
std::uint32_t second_hash(std::string_view words) {
    std::uint64_t h = 0xcbf29ce484222325ull;
    for (const char c : words) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    return static_cast<std::uint32_t>(h ^ h >> 32);
}

}  // namespace

struct NameKeys::Target {
    const SourceRecord& record;
    const SourceName& name;
    std::vector<NameKey>& out;
};

NameKeys::NameKeys(const EndingGroups& endings) {
    for (const auto& group : endings) {
        for (const std::string& ending : group) endings_.emplace(ending, group);
    }
}

std::vector<std::uint64_t> NameKeys::ending_hashes() const {
    std::set<std::uint64_t> hashes;
    for (const auto& [ending, group] : endings_) hashes.insert(token_hash(ending));
    return {hashes.begin(), hashes.end()};
}

std::vector<std::uint64_t> NameKeys::make_similarity_filter() {
    std::sort(similarity_keys_.begin(), similarity_keys_.end());
    similarity_keys_.erase(std::unique(similarity_keys_.begin(), similarity_keys_.end()), similarity_keys_.end());
    std::vector<std::uint64_t> filter((similarity_keys_.size() * similarity::bits_per_key + 63) / 64);
    for (const std::uint64_t key : similarity_keys_) filter[similarity::word_of(key, filter.size())] |= similarity::bits_of(key);
    return filter;
}

void NameKeys::of(const SourceRecord& record, const SourceName& name, std::vector<NameKey>& out) {
    const Target target{record, name, out};
    if (record.record_class == RecordClass::person) of_person(target);
    else of_place(target);
}

void NameKeys::add(const Target& target, const Tokens& tokens, float cost, bool family) {
    const std::string joined = joined_tokens(tokens);
    const bool generated = target.name.kind == NameKind::generated;
    if (count_code_points(joined) < (generated ? min_generated_letters : min_letters)) return;
    NameKey key;
    key.cost = static_cast<std::uint8_t>(std::lround(std::clamp(cost, 0.0f, 2.5f) * 100));
    key.family = family;
    std::string sequence;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::uint64_t token = token_hash(tokens[i]);
        key.key = i == 0 ? token : extend_sequence(key.key, token);
        sequence += (i == 0 ? "" : " ") + tokens[i];
        key.check = second_hash(sequence);
        key.prefix = i + 1 < tokens.size();
        target.out.push_back(key);
    }
    if (target.record.imported && tokens.size() > max_joined_imported) return;
    if (keeps_similarity_keys_ && has_similarity_keys(joined)) {
        if (!generated) similarity_keys_.push_back(ocr_similarity_key(joined));  // no generated name is found by OCR's letters
        for (const std::uint64_t similar : edit_similarity(joined).keys) similarity_keys_.push_back(similar);
    }
    if (tokens.size() < 2) return;
    key.key = token_hash(joined);
    key.check = second_hash(joined);
    target.out.push_back(key);
}

void NameKeys::of_place(const Target& target) {
    const SourceRecord& record = target.record;
    const SourceName& name = target.name;
    const Tokens tokens = name_tokens(name.text);
    add(target, tokens, name.cost, false);
    const auto ending = tokens.size() < 2 ? endings_.end() : endings_.find(tokens.back());
    if (ending == endings_.end() || name.kind == NameKind::native) return;
    Tokens other = tokens;
    for (const std::string& equal : ending->second) {
        other.back() = equal;
        if (equal != tokens.back()) add(target, other, name.cost + ending_cost, false);
    }
    other.pop_back();
    static constexpr std::array<std::string_view, 4> inhabited = {"village", "town", "city", "island"};
    // A river or province is said without its ending in Japanese ("Daidō", "Keiki"); in Korean that would be the town beside it.
    static constexpr std::array<std::string_view, 5> in_japanese = {"province", "county", "river", "lake", "reservoir"};
    const bool japanese = name.lang.starts_with("ja") && is_one_of(record.kind, in_japanese);
    const std::size_t least = name.kind == NameKind::generated && !japanese ? min_bare_generated_letters : min_bare_letters;
    if ((japanese || is_one_of(record.kind, inhabited)) && record.rank >= min_bare_rank && joined_tokens(other).size() >= least) add(target, other, name.cost + bare_cost, false);
}

void NameKeys::of_person(const Target& target) {
    const SourceRecord& record = target.record;
    const SourceName& name = target.name;
    const Tokens whole = name_tokens(name.text);
    const bool family_alone = name.kind != NameKind::cover && whole.size() == 1 && whole == name_tokens(record.family);
    add(target, whole, name.cost + (family_alone ? family_cost : 0), family_alone);
    if (name.family.empty()) return;
    const Tokens family = name_tokens(name.family), given = name_tokens(name.given);
    if (!given.empty()) {
        const Tokens one_word{joined_tokens(given)};
        for (const Tokens& forename : {given, one_word}) {
            Tokens first = family, last = forename;
            first.insert(first.end(), forename.begin(), forename.end());
            last.insert(last.end(), family.begin(), family.end());
            if (record.family_first) add(target, first, name.cost, family_alone);
            // "Jinan" for Nam Il in Japanese, turned round, is one guess too many.
            if (name.cost <= max_reversed_cost) add(target, last, name.cost + (record.family_first ? reversed_cost : 0), family_alone);
        }
    }
    if (name.kind != NameKind::generated) add(target, family, name.cost + family_cost, true);
}

}  // namespace demarc
