#include "extractor/token_kinds.hpp"

#include <algorithm>

#include "base/token_hash.hpp"

namespace demarc {

void TokenKinds::begin(const Vocabulary& vocabulary) {
    if (vocabulary_identity_ == vocabulary.identity() && kinds_.size() <= max_kinds) {
        vocabulary_ = &vocabulary;  // it may have been moved
        return;
    }
    vocabulary_ = &vocabulary;
    vocabulary_identity_ = vocabulary.identity();
    ++generation_;
    kinds_.clear();
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
        const Kind& known = kinds_[slots_[slot] - 1];
        if (known.key != key || known.shape != shape || known.flags != flags) continue;
        const std::span<const Role> known_roles = this->roles(known);
        if (group_of(known.entry) == group && std::equal(known_roles.begin(), known_roles.end(), roles.begin(), roles.end())) return slots_[slot] - 1;
    }
    const auto index = static_cast<std::uint32_t>(kinds_.size());
    kinds_.push_back({flags, shape, entry, static_cast<std::uint32_t>(roles_.size()), static_cast<std::uint32_t>(roles.size()), key});
    roles_.insert(roles_.end(), roles.begin(), roles.end());
    slots_[slot] = index + 1;
    if (kinds_.size() * 2 > slots_.size()) grow();
    return index;
}

void TokenKinds::grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (std::uint32_t i = 0; i < kinds_.size(); ++i) {
        std::size_t slot = static_cast<std::size_t>(kinds_[i].key) & (slots_.size() - 1);
        while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = i + 1;
    }
}

}  // namespace demarc
