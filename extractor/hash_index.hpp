#pragma once
#include <algorithm>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace demarc {

/// Values under hashes; those of one hash in the order in which they were added. Different words may have one hash: whoever finds a value compares what it stands
/// for. Call finish() after the last add() and before find(): sorting once is cheaper than a node for each of the few dozen entries that a document has.
class HashIndex {
public:
    using Entry = std::pair<std::uint64_t, std::uint32_t>;
    void add(std::uint64_t hash, std::uint32_t value) { entries_.emplace_back(hash, value); }
    void finish() {
        constexpr std::size_t few = 32;  // to be put in order without the memory that std::stable_sort asks for
        if (entries_.size() <= few) {
            for (std::size_t i = 1; i < entries_.size(); ++i) {
                const Entry entry = entries_[i];
                std::size_t to = i;
                for (; to > 0 && entries_[to - 1].first > entry.first; --to) entries_[to] = entries_[to - 1];
                entries_[to] = entry;
            }
            return;
        }
        std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.first < b.first; });
    }
    [[nodiscard]] bool empty() const { return entries_.empty(); }
    void clear() { entries_.clear(); }  ///< keeps its memory
    /// finish() that leaves one entry of each thing: of values under one hash, those that are the same(value, next) become one by merge(value, next).
    template <class Same, class Merge>
    void finish_merged(Same same, Merge merge) {
        finish();
        std::size_t kept = 0, first_alike = 0;  // of the kept entries, where those under the hash begin
        for (const Entry& entry : entries_) {
            if (first_alike < kept && entries_[first_alike].first != entry.first) first_alike = kept;
            std::size_t known = first_alike;
            while (known < kept && !same(entries_[known].second, entry.second)) ++known;
            if (known < kept) entries_[known].second = merge(entries_[known].second, entry.second);
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
    /// The first of the values of a hash that is meant(value).
    template <class Meant>
    [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t hash, Meant meant) const {
        for (const Entry& entry : find(hash)) {
            if (meant(entry.second)) return entry.second;
        }
        return std::nullopt;
    }

private:
    std::vector<Entry> entries_;
};

/// Hashes that most words of a text don't have: whether a word may be one of them takes one look at a few bits. The 32 low bits of a hash are enough.
class RareHashes {
public:
    void clear() { bits_.reset(); }
    void add(std::uint64_t hash) { bits_.set(hash % size); }
    [[nodiscard]] bool may_hold(std::uint64_t hash) const { return bits_.test(hash % size); }

private:
    static constexpr std::size_t size = 4096;
    std::bitset<size> bits_;
};

}  // namespace demarc
