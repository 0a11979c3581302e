#include "extractor/vocabulary.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <map>

#include "base/token_hash.hpp"
#include "extractor/tokeniser.hpp"

namespace demarc {
namespace {

std::uint64_t name_end(std::string_view name) {
    const std::size_t size = std::min<std::size_t>(name.size(), 8);
    return load_upto8(name.data() + name.size() - size, size) ^ static_cast<std::uint64_t>(name.size()) << 56;
}

}  // namespace

bool joins_sequence(std::string_view text, const std::vector<Token>& tokens, std::size_t index) {
    const Token& token = tokens[index];
    if (token.kind != TokenKind::punctuation || (token.predicates & shape::glued) == 0) return false;
    const std::string_view mark = token.span().of(text);
    if (mark == "-" || mark == "‐" || mark == "‑" || mark == "–") return index + 1 < tokens.size() && (tokens[index + 1].predicates & shape::glued) != 0;
    if (mark != ".") return false;
    const Token& before = tokens[index - 1];  // glued: there is one
    return before.kind == TokenKind::word && before.end - before.begin <= 4;
}

Vocabulary::Unfinished& Vocabulary::entry_for(std::uint64_t key) {
    const auto [it, added] = index_.try_emplace(key, static_cast<std::uint32_t>(unfinished_.size()));
    if (added) unfinished_.push_back({key, false, {}, {}});
    return unfinished_[it->second];
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
    if (length > 1) multi_[lexicon] = 1;
    Unfinished& entry = entry_for(key);
    if (std::find(entry.lexicons.begin(), entry.lexicons.end(), lexicon) != entry.lexicons.end()) return;  // the first that says it
    if (form_begin_.empty()) form_begin_.push_back(0);
    const bool same = form_begin_.size() > 1 && std::string_view(forms_).substr(form_begin_[form_begin_.size() - 2]) == canonical;
    if (!same) {
        forms_ += canonical;
        form_begin_.push_back(static_cast<std::uint32_t>(forms_.size()));
    }
    entry.lexicons.push_back(lexicon);
    entry.canonical.push_back(static_cast<std::uint32_t>(form_begin_.size() - 2));
}

std::uint16_t Vocabulary::add_lexicon(const LexiconSource& lexicon) {
    const auto id = static_cast<std::uint16_t>(names_.size());
    names_.push_back(lexicon.name);
    id_of_.try_emplace(names_.back(), id);
    multi_.push_back(0);
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
    multi_[id] = 1;
    return id;
}

bool Vocabulary::finish() {
    if (unfinished_.size() >= max_entries) return false;
    const std::size_t capacity = std::bit_ceil(unfinished_.size() * 2 + 16);
    slots_.assign(capacity, 0);
    filter_.assign(std::bit_ceil(unfinished_.size() / 8 + 16), 0);  // 8 to 16 bits a key
    mask_ = capacity - 1;
    filter_mask_ = filter_.size() - 1;
    std::map<std::vector<std::uint16_t>, std::uint32_t> groups;
    first_.assign(1, 0);
    for (std::uint32_t i = 0; i < unfinished_.size(); ++i) {
        const Unfinished& entry = unfinished_[i];
        filter_[(entry.key >> 6) & filter_mask_] |= std::uint64_t{1} << (entry.key & 63);
        std::size_t slot = static_cast<std::size_t>(entry.key) & mask_;
        for (; slots_[slot] != 0; slot = (slot + 1) & mask_) {
            if ((slots_[slot] ^ entry.key) >> entry_bits == 0) return false;
        }
        slots_[slot] = (entry.key & ~max_entries) | (i + 1);
        lexicons_.insert(lexicons_.end(), entry.lexicons.begin(), entry.lexicons.end());
        canonical_.insert(canonical_.end(), entry.canonical.begin(), entry.canonical.end());
        first_.push_back(static_cast<std::uint32_t>(lexicons_.size()));
        std::vector<std::uint16_t> lexicons = entry.lexicons;
        std::sort(lexicons.begin(), lexicons.end());
        const std::uint32_t group = groups.try_emplace(std::move(lexicons), static_cast<std::uint32_t>(groups.size())).first->second;
        groups_.push_back(group << 1 | (entry.prefix ? 1u : 0u));
    }
    index_.clear();
    unfinished_.clear();
    begin_use();
    return true;
}

void Vocabulary::begin_use() {
    static std::atomic<std::uint64_t> last = 0;
    identity_ = ++last;
    name_ends_.clear();
    name_ends_.reserve(names_.size());
    for (const std::string& name : names_) name_ends_.push_back(name_end(name));
}

void Vocabulary::write(SnapshotWriter& out) const {
    out.block(first_), out.block(lexicons_), out.block(canonical_), out.block(groups_), out.block(slots_), out.block(filter_), out.block(multi_), out.block(form_begin_);
    out.string(forms_);
    out.strings(names_);
}

bool Vocabulary::read(SnapshotReader& in) {
    in.block(first_), in.block(lexicons_), in.block(canonical_), in.block(groups_), in.block(slots_), in.block(filter_), in.block(multi_), in.block(form_begin_);
    in.string(forms_);
    in.strings(names_);
    const bool whole = in.good() && first_.size() == groups_.size() + 1 && first_.back() == lexicons_.size() && lexicons_.size() == canonical_.size() && std::has_single_bit(slots_.size()) &&
                       std::has_single_bit(filter_.size()) && multi_.size() == names_.size() && names_.size() < no_lexicon;
    if (!whole) return false;
    mask_ = slots_.size() - 1;
    filter_mask_ = filter_.size() - 1;
    id_of_.reserve(names_.size());
    for (std::size_t i = 0; i < names_.size(); ++i) id_of_.try_emplace(names_[i], static_cast<std::uint16_t>(i));
    begin_use();
    return true;
}

std::uint16_t Vocabulary::lexicon_id(std::string_view name) const {
    const auto it = id_of_.find(name);
    return it == id_of_.end() ? no_lexicon : it->second;
}

std::string_view Vocabulary::canonical(std::uint16_t lexicon, std::uint64_t key) const {
    const std::uint32_t index = lexicon == no_lexicon ? none : find(key);
    return index == none ? std::string_view() : canonical_of(index, lexicon);
}

std::string_view Vocabulary::canonical_of(std::uint32_t index, std::uint16_t lexicon) const {
    const Entry found = entry(index);
    for (std::size_t i = 0; i < found.lexicons.size(); ++i) {
        if (found.lexicons[i] == lexicon) return form(found.canonical[i]);
    }
    return {};
}

std::string_view Vocabulary::canonical_in(std::uint32_t index, std::string_view lexicon) const {
    const std::uint64_t end = name_end(lexicon);
    for (std::uint32_t i = first_[index]; i < first_[index + 1]; ++i) {
        const std::uint16_t id = lexicons_[i];
        if (name_ends_[id] == end && names_[id] == lexicon) return form(canonical_[i]);
    }
    return {};
}

}  // namespace demarc
