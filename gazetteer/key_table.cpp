#include "gazetteer/key_table.hpp"

#include <deque>
#include <tuple>

#include "base/token_hash.hpp"
#include "gazetteer/gazetteer.hpp"

namespace demarc {

using namespace index_format;

namespace {

constexpr double load = 0.8;

Error failed() { return {ErrorCode::io, "a temporary file can't be written or read; is the disk full?", ""}; }

}  // namespace

Result<KeyTable> KeyTable::make(const std::string& folder, std::size_t run_items) {
    auto entries = TemporaryFile::make(folder), groups = TemporaryFile::make(folder);
    if (!entries) return entries.error();
    if (!groups) return groups.error();
    return KeyTable(ExternalSorter<KeyEntry, KeyEntryLess>(std::move(*entries), run_items), std::move(*groups));
}

// A record once, by its best name: trusted kinds first, then cost. Then attested before generated, whole names before family names, great places before small ones.
Status KeyTable::end_group(const KeyTableSource& source) {
    if (group_.empty()) return {};
    Group out{group_.front().key, 0, 0, 0};
    for (const KeyEntry& entry : group_) {
        if (entry.check != group_.front().check) {
            return Error{ErrorCode::bad_data, "two sequences of words have the same key, one of record " + std::to_string(source.names[entry.name].record) + "; leave one of the names out", ""};
        }
        if (entry.prefix != 0) out.count |= key_bits::prefix;
    }
    std::erase_if(group_, [](const KeyEntry& entry) { return entry.prefix != 0; });
    const auto generated = [&](const KeyEntry& e) { return source.names[e.name].kind == static_cast<std::uint8_t>(NameKind::generated); };
    const auto record = [&](const KeyEntry& e) { return source.names[e.name].record; };
    std::sort(group_.begin(), group_.end(), [&](const KeyEntry& a, const KeyEntry& b) {
        return std::tuple(record(a), generated(a), a.cost, a.name) < std::tuple(record(b), generated(b), b.cost, b.name);
    });
    group_.erase(std::unique(group_.begin(), group_.end(), [&](const KeyEntry& a, const KeyEntry& b) { return record(a) == record(b); }), group_.end());
    std::sort(group_.begin(), group_.end(), [&](const KeyEntry& a, const KeyEntry& b) {
        const auto order = [&](const KeyEntry& e) { return std::tuple(generated(e), e.family != 0, -source.records[record(e)].rank, e.cost, record(e)); };
        return order(a) < order(b);
    });
    if (group_.size() > hit_limit) group_.resize(hit_limit);  // the greatest remain
    if (group_.size() == 1 && group_.front().cost == 0 && group_.front().family == 0) {
        out.value = group_.front().name;
        out.count |= static_cast<std::uint16_t>(key_bits::direct | 1);
    } else {
        out.value = static_cast<std::uint32_t>(hits_.size());
        out.count = static_cast<std::uint16_t>(out.count | group_.size());
        for (const KeyEntry& entry : group_) hits_.push_back({entry.name, entry.cost, entry.family, {}});
    }
    group_.clear();
    ++group_count_;
    return std::fwrite(&out, sizeof out, 1, groups_.get()) == 1 ? Status() : Status(failed());
}

Status KeyTable::write_buckets(SectionFile& file, Header& header) {
    header.home_buckets = static_cast<std::uint64_t>(static_cast<double>(group_count_) / (load * Bucket::capacity)) + 1;
    if (std::fseek(groups_.get(), 0, SEEK_SET) != 0) return failed();
    struct Placed {
        std::uint64_t bucket, key;
    };
    std::deque<Placed> near;  // keys whose buckets the next one's look-up may visit
    Bucket bucket{};
    std::uint64_t at = 0;
    std::uint32_t longest = 1;
    const auto next = [&](bool runs_over) {
        bucket.runs_over = runs_over ? 1 : 0;
        file.add(&bucket, sizeof bucket);
        bucket = {};
        ++at;
    };
    Group group{};
    for (std::uint64_t i = 0; i < group_count_; ++i) {
        if (std::fread(&group, sizeof group, 1, groups_.get()) != 1) return failed();
        const auto home = static_cast<std::uint64_t>((static_cast<uint128>(group.key) * header.home_buckets) >> 64);
        while (at < home) next(false);
        if (bucket.used == Bucket::capacity) next(true);
        while (!near.empty() && near.front().bucket < home) near.pop_front();
        constexpr std::uint64_t kept = 0xffffffffffffull;
        for (const Placed& other : near) {
            if ((other.key & kept) == (group.key & kept)) return Error{ErrorCode::bad_data, "two names can't be told apart by 48 bits of their keys", ""};
        }
        near.push_back({at, group.key});
        bucket.low[bucket.used] = static_cast<std::uint32_t>(group.key);
        bucket.middle[bucket.used] = static_cast<std::uint16_t>(group.key >> 32);
        bucket.value[bucket.used] = group.value;
        bucket.count[bucket.used] = group.count;
        ++bucket.used;
        longest = std::max(longest, static_cast<std::uint32_t>(at - home + 1));
    }
    while (at < header.home_buckets) next(false);
    if (bucket.used > 0) next(false);
    header.longest_probe = longest;
    return {};
}

Status KeyTable::write(const KeyTableSource& source, SectionFile& file, Header& header) {
    Status status = entries_.merge([&](const KeyEntry& entry) {
        Status ended;
        if (!group_.empty() && group_.front().key != entry.key) ended = end_group(source);
        group_.push_back(entry);
        return ended;
    });
    if (status) status = end_group(source);
    if (!status) return status;
    file.begin(buckets);
    if (status = write_buckets(file, header); !status) return status;
    file.end();
    file.begin(hits);
    file.add(hits_.data(), hits_.size() * sizeof(PackedHit));
    file.end();
    return {};
}

}  // namespace demarc
