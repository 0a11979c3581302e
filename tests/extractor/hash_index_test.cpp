#include "extractor/hash_index.hpp"

#include <vector>

#include "tests/catch.hpp"

using namespace demarc;

namespace {

std::vector<std::uint32_t> values(const HashIndex& index, std::uint64_t hash) {
    std::vector<std::uint32_t> out;
    for (const auto& [key, value] : index.find(hash)) out.push_back(value);
    return out;
}

}  // namespace

TEST_CASE("an index gives the values of a hash in the order in which they came") {
    HashIndex index;
    CHECK(index.empty());
    for (const auto& [hash, value] : std::vector<HashIndex::Entry>{{7, 3}, {2, 9}, {7, 1}, {90, 4}, {7, 2}}) index.add(hash, value);
    index.finish();
    CHECK(values(index, 7) == std::vector<std::uint32_t>{3, 1, 2});
    CHECK(values(index, 2) == std::vector<std::uint32_t>{9});
    CHECK(values(index, 1).empty());
    CHECK(values(index, 50).empty());
    CHECK(values(index, 91).empty());
    CHECK(values(HashIndex(), 0).empty());
    CHECK(index.find(7, [](std::uint32_t value) { return value < 3; }) == 1u);
    CHECK_FALSE(index.find(7, [](std::uint32_t value) { return value > 3; }));
}

TEST_CASE("few and many values of a hash keep the order in which they came") {
    HashIndex index;
    for (const std::uint32_t size : {2u, 32u, 33u, 500u}) {
        index.clear();
        CHECK(index.empty());
        std::vector<std::uint32_t> even;
        for (std::uint32_t i = 0; i < size; ++i) {
            index.add((i * 7) % 4, size - i);
            if ((i * 7) % 4 == 2) even.push_back(size - i);
        }
        index.finish();
        CHECK(values(index, 2) == even);
    }
}

TEST_CASE("merged entries are one a thing, merged from the first on") {
    HashIndex index;
    for (const auto& [hash, value] : std::vector<HashIndex::Entry>{{7, 3}, {2, 9}, {7, 4}, {7, 1}, {7, 8}, {90, 5}, {90, 6}}) index.add(hash, value);
    const auto same = [](std::uint32_t known, std::uint32_t next) { return known % 2 == next % 2; };
    index.finish_merged(same, [](std::uint32_t known, std::uint32_t next) { return 10 * known + next; });
    CHECK(values(index, 7) == std::vector<std::uint32_t>{31, 48});
    CHECK(values(index, 2) == std::vector<std::uint32_t>{9});
    CHECK(values(index, 90) == std::vector<std::uint32_t>{5, 6});
}

TEST_CASE("what was added to the rare hashes may be one of them") {
    RareHashes rare;
    CHECK_FALSE(rare.may_hold(12345));
    rare.add(12345);
    CHECK(rare.may_hold(12345));
    CHECK_FALSE(rare.may_hold(12346));
    rare.clear();
    CHECK_FALSE(rare.may_hold(12345));
}
