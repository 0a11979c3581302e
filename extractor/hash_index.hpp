#pragma once
#include <algorithm>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace demarc {

/// Numbers keys from 0 on, so that what is noted of each lies in a plain vector.
class Numbering {
public:
    explicit Numbering(std::vector<std::uint64_t> keys) : keys_(std::move(keys)) {
        std::sort(keys_.begin(), keys_.end());
        keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    }
    [[nodiscard]] std::size_t size() const { return keys_.size(); }
    [[nodiscard]] std::size_t of(std::uint64_t key) const {  ///< of one of the keys
        return static_cast<std::size_t>(std::lower_bound(keys_.begin(), keys_.end(), key) - keys_.begin());
    }

private:
    std::vector<std::uint64_t> keys_;
};

/// Values under hashes; those of one hash in the order in which they were added. Call finish() after the last add() and before find(): sorting once is cheaper
/// than a node for each of the few dozen entries that a document has.
class HashIndex {
public:
    using Entry = std::pair<std::uint64_t, std::uint32_t>;
    void add(std::uint64_t hash, std::uint32_t value) { entries_.emplace_back(hash, value); }
    void finish() {
        std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.first < b.first; });
    }
    [[nodiscard]] bool empty() const { return entries_.empty(); }
    /// finish() that leaves one entry of each hash: merge(value, next) makes one value of two.
    template <class Merge>
    void finish_merged(Merge merge) {
        finish();
        std::size_t kept = 0;
        for (const Entry& entry : entries_) {
            if (kept > 0 && entries_[kept - 1].first == entry.first) entries_[kept - 1].second = merge(entries_[kept - 1].second, entry.second);
            else entries_[kept++] = entry;
        }
        entries_.resize(kept);
    }
    /// O(log n).
    [[nodiscard]] std::span<const Entry> find(std::uint64_t hash) const {
        const auto begin = std::lower_bound(entries_.begin(), entries_.end(), hash, [](const Entry& entry, std::uint64_t sought) { return entry.first < sought; });
        if (begin == entries_.end() || begin->first != hash) return {};
        return {begin, std::upper_bound(begin, entries_.end(), hash, [](std::uint64_t sought, const Entry& entry) { return sought < entry.first; })};
    }

private:
    std::vector<Entry> entries_;
};

/// Hashes that most words of a text don't have: whether a word may be one of them takes one look at a few bits.
class RareHashes {
public:
    void add(std::uint64_t hash) { bits_.set(hash % size); }
    [[nodiscard]] bool may_hold(std::uint64_t hash) const { return bits_.test(hash % size); }

private:
    static constexpr std::size_t size = 4096;
    std::bitset<size> bits_;
};

}  // namespace demarc
