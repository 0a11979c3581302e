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
        count_ = 0;
        rows_.clear();
        slots_.assign(1024, 0);
    }
    [[nodiscard]] std::uint32_t number(std::span<const Value> row) {
        std::uint32_t& known = slots_[slot(row)];
        if (known != 0) return known - 1;
        rows_.insert(rows_.end(), row.begin(), row.end());
        known = static_cast<std::uint32_t>(++count_);
        if (2 * count_ > slots_.size()) {
            slots_.assign(2 * slots_.size(), 0);
            for (std::uint32_t i = 0; i < count_; ++i) slots_[slot(this->row(i))] = i + 1;
        }
        return static_cast<std::uint32_t>(count_ - 1);
    }
    /// Valid until the next number().
    [[nodiscard]] std::span<const Value> row(std::uint32_t number) const { return std::span(rows_).subspan(number * width_, width_); }
    [[nodiscard]] std::size_t size() const { return count_; }

private:
    // The slot of a row, or the free one for it.
    [[nodiscard]] std::size_t slot(std::span<const Value> row) const {
        std::uint64_t hash = token_hash_seed;
        for (const Value value : row) hash = extend_sequence(hash, value);
        std::size_t slot = hash & (slots_.size() - 1);
        while (slots_[slot] != 0 && !std::ranges::equal(row, this->row(slots_[slot] - 1))) slot = (slot + 1) & (slots_.size() - 1);
        return slot;
    }

    std::size_t width_ = 0, count_ = 0;
    std::vector<Value> rows_;
    std::vector<std::uint32_t> slots_;  // number + 1; 0: free; at most half of them taken
};

}  // namespace demarc
