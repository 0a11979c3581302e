#include "gazetteer/string_pool.hpp"

#include <algorithm>
#include <cstring>

#include "base/token_hash.hpp"

namespace demarc {

StringPool::StringPool() : slots_(1024, 0) { add(""); }

std::string_view StringPool::at(std::uint32_t offset) const {
    std::uint16_t size = 0;
    std::memcpy(&size, bytes_.data() + offset, sizeof size);
    return {bytes_.data() + offset + sizeof size, size};
}

std::size_t StringPool::slot_of(std::string_view text) const {
    std::size_t slot = token_hash(text) & (slots_.size() - 1);
    while (slots_[slot] != 0 && at(slots_[slot] - 1) != text) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
}

std::uint32_t StringPool::add(std::string_view text) {
    text = text.substr(0, 0xffff);
    std::size_t slot = slot_of(text);
    if (slots_[slot] != 0) return slots_[slot] - 1;
    if (bytes_.size() + 2 + text.size() > 0xfffffff0ull) {
        full_ = true;
        return 0;
    }
    if (++count_ * 10 > slots_.size() * 7) {
        grow();
        slot = slot_of(text);
    }
    const auto offset = static_cast<std::uint32_t>(bytes_.size());
    const auto size = static_cast<std::uint16_t>(text.size());
    bytes_.append(reinterpret_cast<const char*>(&size), sizeof size).append(text);
    slots_[slot] = offset + 1;
    return offset;
}

void StringPool::grow() {
    std::vector<std::uint32_t> old(slots_.size() * 2, 0);
    old.swap(slots_);
    for (const std::uint32_t entry : old) {
        if (entry != 0) slots_[slot_of(at(entry - 1))] = entry;
    }
}

}  // namespace demarc
