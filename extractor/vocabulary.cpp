#include "extractor/vocabulary.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <map>

#include "base/token_hash.hpp"
#include "extractor/tokeniser.hpp"

namespace demarc {

bool joins_sequence(std::string_view text, const std::vector<Token>& tokens, std::size_t index) {
    const Token& token = tokens[index];
    if (token.kind != TokenKind::punctuation || (token.predicates & shape::glued) == 0) return false;
    const std::string_view mark = token.span().of(text);
    if (mark == "-" || mark == "‐" || mark == "‑" || mark == "–") return index + 1 < tokens.size() && (tokens[index + 1].predicates & shape::glued) != 0;
    if (mark != ".") return false;
    const Token& before = tokens[index - 1];  // glued: there is one
    return before.kind == TokenKind::word && before.end - before.begin <= 4;
}

Vocabulary::Entry& Vocabulary::entry_for(std::uint64_t key) {
    const auto [it, added] = index_.try_emplace(key, static_cast<std::uint32_t>(entries_.size()));
    if (added) entries_.push_back({key, false, {}, {}, 0});
    return entries_[it->second];
}

void Vocabulary::add_sequence(std::uint16_t lexicon, std::string_view text, std::string_view canonical) {
    std::vector<Token> tokens;
    tokenise(text, tokens);
    std::uint64_t key = 0;
    std::size_t length = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (length > 0 && joins_sequence(text, tokens, i)) continue;
        if (key != 0) entry_for(key).prefix = true;
        key = key == 0 ? tokens[i].hash : extend_sequence(key, tokens[i].hash);
        ++length;
    }
    if (length == 0) return;
    if (length > 1) multi_[lexicon] = true;
    Entry& entry = entry_for(key);
    if (std::find(entry.lexicons.begin(), entry.lexicons.end(), lexicon) != entry.lexicons.end()) return;  // the first that says it
    if (canonical_forms_.empty() || canonical_forms_.back() != canonical) canonical_forms_.emplace_back(canonical);
    entry.lexicons.push_back(lexicon);
    entry.canonical.push_back(static_cast<std::uint32_t>(canonical_forms_.size() - 1));
}

std::uint16_t Vocabulary::add_lexicon(const LexiconSource& lexicon) {
    const auto id = static_cast<std::uint16_t>(names_.size());
    names_.push_back(lexicon.name);
    id_of_.try_emplace(names_.back(), id);
    multi_.push_back(false);
    for (const auto& entry : lexicon.entries) {
        for (const std::string& variant : entry) add_sequence(id, variant, entry.front());
    }
    return id;
}

std::uint16_t Vocabulary::add_literal(std::string_view token) {
    std::string name = "\"" + std::string(token);
    if (const auto known = lexicon_id(name); known != no_lexicon) return known;
    if (names_.size() >= max_lexicons) return no_lexicon;
    LexiconSource lexicon{std::move(name), "", {{std::string(token)}}};
    return add_lexicon(lexicon);
}

std::uint16_t Vocabulary::add_kind(std::string_view name) {
    const std::uint16_t id = add_lexicon({"@" + std::string(name), "", {}});
    multi_[id] = true;
    return id;
}

void Vocabulary::finish() {
    const std::size_t capacity = std::bit_ceil(entries_.size() * 2 + 16);
    slots_.assign(capacity, {});
    mask_ = capacity - 1;
    filter_.assign(std::bit_ceil(entries_.size() / 8 + 16), 0);  // 8 to 16 bits a key
    filter_mask_ = filter_.size() - 1;
    for (const Entry& entry : entries_) filter_[(entry.key >> 6) & filter_mask_] |= std::uint64_t{1} << (entry.key & 63);
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
        std::size_t slot = static_cast<std::size_t>(entries_[i].key) & mask_;
        while (slots_[slot].key != 0) slot = (slot + 1) & mask_;
        slots_[slot] = {entries_[i].key, i};
    }
    index_.clear();
    std::map<std::vector<std::uint16_t>, std::uint32_t> groups;
    for (Entry& entry : entries_) {
        std::vector<std::uint16_t> lexicons = entry.lexicons;
        std::sort(lexicons.begin(), lexicons.end());
        entry.group = groups.try_emplace(std::move(lexicons), static_cast<std::uint32_t>(groups.size())).first->second;
    }
    groups_.clear();
    for (const Entry& entry : entries_) groups_.push_back(entry.group << 1 | (entry.prefix ? 1u : 0u));
    static std::atomic<std::uint64_t> last = 0;
    identity_ = ++last;
}

std::uint16_t Vocabulary::lexicon_id(std::string_view name) const {
    const auto it = id_of_.find(name);
    return it == id_of_.end() ? no_lexicon : it->second;
}

std::string_view Vocabulary::canonical(std::uint16_t lexicon, std::uint64_t key) const {
    const std::uint32_t index = find(key);
    return index == none ? std::string_view() : canonical_of(index, lexicon);
}

std::string_view Vocabulary::canonical_of(std::uint32_t index, std::uint16_t lexicon) const {
    const Entry& entry = entries_[index];
    for (std::size_t i = 0; i < entry.lexicons.size(); ++i) {
        if (entry.lexicons[i] == lexicon) return canonical_forms_[entry.canonical[i]];
    }
    return {};
}

}  // namespace demarc
