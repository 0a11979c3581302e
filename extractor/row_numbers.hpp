#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/token_hash.hpp"

namespace demarc {

/// Numbers rows of a fixed width by what stands in them, in the order in which they are met.
template <class Value>
class RowNumbers {
public:
    /// Forgets all rows.
    void begin(std::size_t width) {
        width_ = width;
        blocks_.clear();
        hashes_.clear();
        slots_.assign(1024, 0);
    }
    [[nodiscard]] std::uint32_t number(std::span<const Value> row) {
        std::uint64_t hash = token_hash_seed;
        for (const Value value : row) hash = extend_sequence(hash, value);
        std::size_t slot = hash & (slots_.size() - 1);
        for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
            const std::uint32_t known = slots_[slot] - 1;
            if (hashes_[known] == hash && std::ranges::equal(row, this->row(known))) return known;
        }
        const auto added = static_cast<std::uint32_t>(hashes_.size());
        if (added % block_rows == 0) blocks_.emplace_back().reserve(block_rows * width_);
        blocks_.back().insert(blocks_.back().end(), row.begin(), row.end());
        hashes_.push_back(hash);
        slots_[slot] = added + 1;
        if (2 * hashes_.size() > slots_.size()) grow();
        return added;
    }
    /// Valid until begin().
    [[nodiscard]] std::span<const Value> row(std::uint32_t number) const { return std::span(blocks_[number / block_rows]).subspan(number % block_rows * width_, width_); }
    [[nodiscard]] std::size_t size() const { return hashes_.size(); }
    /// That the rows take.
    [[nodiscard]] std::size_t bytes() const { return size() * width_ * sizeof(Value); }

private:
    static constexpr std::size_t block_rows = 256;
    void grow() {
        slots_.assign(2 * slots_.size(), 0);
        for (std::uint32_t i = 0; i < hashes_.size(); ++i) {
            std::size_t slot = hashes_[i] & (slots_.size() - 1);
            while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
            slots_[slot] = i + 1;
        }
    }

    std::size_t width_ = 0;
    std::vector<std::vector<Value>> blocks_;  // rows don't move
    std::vector<std::uint64_t> hashes_;       // by row
    std::vector<std::uint32_t> slots_;        // number + 1; 0: free; at most half of them taken
};

}  // namespace demarc
