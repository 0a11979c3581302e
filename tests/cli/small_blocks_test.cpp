#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <random>
#include <thread>
#include <vector>

#include "tests/catch.hpp"

namespace {

struct Taken {
    unsigned char* at;
    std::size_t size;
    unsigned char mark;
};

// Takes and gives back blocks of all sizes in a random order, and says whether each kept what was written into it.
bool blocks_stay_apart(std::uint32_t seed, std::vector<Taken>& left) {
    std::mt19937 random(seed);
    bool all = true;
    for (int round = 0; round < 40'000; ++round) {
        if (left.size() < 3000 && random() % 5 < 3) {
            const std::size_t size = random() % 16 == 0 ? random() % 20'000 : random() % 1100;
            const Taken taken{static_cast<unsigned char*>(round % 3 == 0 ? ::operator new(size, std::nothrow) : ::operator new(size)), size, static_cast<unsigned char>(random())};
            all = all && taken.at != nullptr && reinterpret_cast<std::uintptr_t>(taken.at) % alignof(std::max_align_t) == 0;
            std::memset(taken.at, taken.mark, size);
            left.push_back(taken);
        } else if (!left.empty()) {
            std::swap(left[random() % left.size()], left.back());
            const Taken taken = left.back();
            left.pop_back();
            all = all && std::all_of(taken.at, taken.at + taken.size, [&](unsigned char byte) { return byte == taken.mark; });
            if (round % 7 == 0) ::operator delete(taken.at);
            else ::operator delete(taken.at, taken.size);
        }
    }
    return all;
}

}  // namespace

TEST_CASE("blocks of memory don't overlap, in one thread or handed over to another", "[small_blocks]") {
    std::vector<Taken> here, there;
    CHECK(blocks_stay_apart(1, here));
    bool all = false;
    std::thread([&] {
        there = std::move(here);
        all = blocks_stay_apart(2, there);
    }).join();
    CHECK(all);
    CHECK(blocks_stay_apart(3, there));
    for (const Taken& taken : there) ::operator delete(taken.at, taken.size);
}

#if DEMARC_SMALL_BLOCKS
TEST_CASE("the small block that was given back last is the next one of its size", "[small_blocks]") {
    for (const std::size_t size : {1u, 16u, 17u, 500u, 1024u}) {
        void* const first = ::operator new(size);
        void* const second = ::operator new(size);
        ::operator delete(first, size);
        ::operator delete(second, size);
        void* const again = ::operator new((size + 15) / 16 * 16);
        void* const before = ::operator new(size);
        CHECK(again == second);
        CHECK(before == first);
        ::operator delete(again, (size + 15) / 16 * 16);
        ::operator delete(before, size);
    }
}

TEST_CASE("a size that can't be had throws", "[small_blocks]") {
    volatile std::size_t size = ~std::size_t{0} / 2;
    CHECK_THROWS_AS(::operator new(size), std::bad_alloc);
    CHECK(::operator new(size, std::nothrow) == nullptr);
}
#endif
