#include "extractor/token_kinds.hpp"

#include <algorithm>

#include "base/token_hash.hpp"

namespace demarc {

void TokenKinds::begin(std::span<const TokenProgram* const> programs, const Vocabulary& vocabulary) {
    vocabulary_ = &vocabulary;  // it may have been moved
    const bool same = vocabulary_identity_ == vocabulary.identity() && std::ranges::equal(programs_, programs);
    if (same && looks_.size() <= max_looks && rows_.bytes() <= max_row_bytes) return;
    if (!same) answers_.emplace(programs);
    vocabulary_identity_ = vocabulary.identity();
    programs_.assign(programs.begin(), programs.end());
    ++generation_;
    rows_.begin(answers_->width());
    looks_.clear();
    roles_.clear();
    slots_.assign(1024, 0);
    recent_.assign(std::size_t{1} << recent_bits, {});
}

std::uint32_t TokenKinds::find(std::uint32_t shape, std::uint64_t flags, std::uint32_t entry, std::span<const Role> roles) {
    const std::uint32_t group = group_of(entry);
    std::uint64_t key = mix_hash(flags ^ 0x9e3779b97f4a7c15ull, (static_cast<std::uint64_t>(group) << 32 | shape) ^ 0xa0761d6478bd642full);
    for (const Role role : roles) key = extend_sequence(key, static_cast<std::uint64_t>(role.lexicon) << 16 | role.place);
    std::size_t slot = static_cast<std::size_t>(key) & (slots_.size() - 1);
    for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
        const Look& known = looks_[slots_[slot] - 1];
        if (known.key != key || known.shape != shape || known.flags != flags || known.group != group) continue;
        if (std::ranges::equal(std::span(roles_).subspan(known.roles_begin, known.roles_count), roles)) return known.kind;
    }
    const std::span<const std::uint16_t> lexicons = entry == Vocabulary::none ? std::span<const std::uint16_t>() : vocabulary_->entry(entry).lexicons;
    const std::uint32_t kind = rows_.number(answers_->ask(shape, flags, lexicons, roles));
    looks_.push_back({key, flags, shape, group, static_cast<std::uint32_t>(roles_.size()), static_cast<std::uint32_t>(roles.size()), kind});
    roles_.insert(roles_.end(), roles.begin(), roles.end());
    slots_[slot] = static_cast<std::uint32_t>(looks_.size());
    if (looks_.size() * 2 > slots_.size()) grow();
    return kind;
}

void TokenKinds::grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (std::uint32_t i = 0; i < looks_.size(); ++i) {
        std::size_t slot = static_cast<std::size_t>(looks_[i].key) & (slots_.size() - 1);
        while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = i + 1;
    }
}

}  // namespace demarc
