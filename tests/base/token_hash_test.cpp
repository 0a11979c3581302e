#include "base/token_hash.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cctype>
#include <cstring>
#include <set>
#include <string>
#include <vector>

#include "tests/catch.hpp"

namespace {

// A page of memory with a forbidden page after it: reading one byte too far is a crash, with or without a sanitizer.
class GuardedPage {
public:
    GuardedPage() : size_(static_cast<std::size_t>(::sysconf(_SC_PAGESIZE))) {
        void* memory = ::mmap(nullptr, 2 * size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        REQUIRE(memory != MAP_FAILED);
        start_ = static_cast<char*>(memory);
        REQUIRE(::mprotect(start_ + size_, size_, PROT_NONE) == 0);
    }
    GuardedPage(const GuardedPage&) = delete;
    GuardedPage& operator=(const GuardedPage&) = delete;
    ~GuardedPage() { ::munmap(start_, 2 * size_); }

    // A copy that ends where the page ends.
    std::string_view at_end(std::string_view text) {
        char* place = start_ + size_ - text.size();
        std::memcpy(place, text.data(), text.size());
        return {place, text.size()};
    }

private:
    std::size_t size_;
    char* start_ = nullptr;
};

std::string letters(std::size_t length, char first, unsigned step) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += static_cast<char>(first + static_cast<char>((i * step + length) % 26));
    return text;
}

}  // namespace

TEST_CASE("or_mask 0x20 is the hash of the lower-case token") {
    for (std::size_t length = 0; length < 70; ++length) {
        for (const unsigned step : {1u, 7u, 11u}) {
            const std::string upper = letters(length, 'A', step);
            std::string mixed = upper, lower = upper;
            for (std::size_t i = 0; i < length; ++i) {
                lower[i] = static_cast<char>(std::tolower(upper[i]));
                if (i % 3 != 0) mixed[i] = lower[i];
            }
            REQUIRE(demarc::token_hash(upper, 0x20) == demarc::token_hash(lower));
            REQUIRE(demarc::token_hash(mixed, 0x20) == demarc::token_hash(lower));
            REQUIRE(demarc::token_hash(lower, 0x20) == demarc::token_hash(lower));
        }
    }
}

TEST_CASE("nothing is read past the end of a token") {
    GuardedPage page;
    for (std::size_t length = 0; length < 70; ++length) {
        const std::string token = letters(length, 'A', 5);
        REQUIRE(demarc::token_hash(page.at_end(token)) == demarc::token_hash(token));
        REQUIRE(demarc::token_hash(page.at_end(token), 0x20) == demarc::token_hash(token, 0x20));
        const std::vector<char> exact(token.begin(), token.end());
        REQUIRE(demarc::token_hash({exact.data(), exact.size()}) == demarc::token_hash(token));
    }
}

TEST_CASE("the hash of a token doesn't depend on what follows it") {
    const std::string text = "panmunjomkaesongkumsong";
    for (std::size_t length = 0; length <= text.size(); ++length) {
        CHECK(demarc::token_hash(std::string_view(text).substr(0, length)) == demarc::token_hash(text.substr(0, length)));
    }
}

TEST_CASE("hashes are those that index files hold; values from an independent implementation of the header's formula") {
    CHECK(demarc::token_hash("") == 0x82234897c7d04a2cull);
    CHECK(demarc::token_hash("kaesong") == 0x342df9487a9a97e4ull);
    CHECK(demarc::token_hash("panmunjom") == 0x7e30f9dd27aef9f5ull);
    CHECK(demarc::token_hash("verylongplacename") == 0x70acf425195fff88ull);
    CHECK(demarc::extend_sequence(demarc::token_hash("imjin"), demarc::token_hash("river")) == 0x713760579225bba3ull);
}

TEST_CASE("different tokens and sequences have different hashes") {
    std::set<std::uint64_t> seen;
    std::size_t made = 0;
    for (char a = 'a'; a <= 'z'; ++a) {
        for (char b = 'a'; b <= 'z'; ++b) {
            for (const char* rest : {"", "n", "ng", "ngsong", "ngsongni", "ngsongnidong"}) {
                seen.insert(demarc::token_hash(std::string{a, b} + rest));
                ++made;
            }
        }
    }
    CHECK(seen.size() == made);
    CHECK(seen.count(0) == 0);
    const std::uint64_t north = demarc::token_hash("north"), river = demarc::token_hash("river");
    CHECK(demarc::extend_sequence(north, river) != demarc::extend_sequence(river, north));
    CHECK(demarc::extend_sequence(north, river) != demarc::token_hash("northriver"));
}

TEST_CASE("a token is hashed in its text as by itself, whatever stands in the seven bytes behind it", "[token_hash]") {
    const std::string text = "Kaesong-Munsan 1951, THE LINE of the front; Panmunjom", behind = "ABCdef\xFF";
    GuardedPage page;
    const std::string_view at_the_end = page.at_end(text + behind);  // and in no eighth
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
        for (std::size_t end = begin + 1; end <= text.size(); ++end) {
            const std::string token = text.substr(begin, end - begin);
            REQUIRE(demarc::token_hash_ahead(at_the_end.data() + begin, token.size()) == demarc::token_hash(token));
            REQUIRE(demarc::token_hash_ahead(at_the_end.data() + begin, token.size(), 0x20) == demarc::token_hash(token, 0x20));
        }
    }
}
