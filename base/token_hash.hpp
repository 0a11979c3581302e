#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace demarc {

/// 64-bit hashes of folded tokens and of token sequences: the keys of the rule lexicons and of the gazetteer index.
/// Stored in index files: a change is a change of their version. Byte order little-endian.

inline constexpr std::uint64_t token_hash_seed = 0x9e3779b97f4a7c15ull;

__extension__ using uint128 = unsigned __int128;  // GCC and Clang; not ISO C++

[[nodiscard]] inline std::uint64_t mix_hash(std::uint64_t a, std::uint64_t b) {
    const auto product = static_cast<uint128>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// Up to 8 bytes as a little-endian number, zero-padded; never reads past p + n.
[[nodiscard]] inline std::uint64_t load_upto8(const char* p, std::size_t n) {
    std::uint64_t v = 0;
    if (n >= 8) {
        std::memcpy(&v, p, 8);
        return v;
    }
    if (n >= 4) {
        std::uint32_t low = 0, high = 0;
        std::memcpy(&low, p, 4);
        std::memcpy(&high, p + n - 4, 4);
        return low | (static_cast<std::uint64_t>(high) << ((n - 4) * 8));
    }
    if (n >= 2) {
        std::uint16_t low = 0;
        std::memcpy(&low, p, 2);
        v = low;
        if (n == 3) v |= static_cast<std::uint64_t>(static_cast<unsigned char>(p[2])) << 16;
        return v;
    }
    return n == 1 ? static_cast<unsigned char>(p[0]) : 0;
}

/// Hash of a folded token (gazetteer/fold.hpp: lower case, marks off, letters and digits only). Never 0.
/// `or_mask` is or-ed into each byte first: 0x20 lower-cases a token of ASCII letters on the fly, 0 leaves the bytes as they are.
[[nodiscard]] inline std::uint64_t token_hash(std::string_view folded, unsigned char or_mask = 0) {
    const std::uint64_t mask = 0x0101010101010101ull * or_mask;
    std::uint64_t h = token_hash_seed ^ (folded.size() * 0xa0761d6478bd642full);
    const char* p = folded.data();
    std::size_t n = folded.size();
    while (n > 8) {
        h = mix_hash(h ^ (load_upto8(p, 8) | mask), 0xe7037ed1a0b428dbull);
        p += 8;
        n -= 8;
    }
    const std::uint64_t tail_mask = n >= 8 ? mask : mask & ((1ull << (n * 8)) - 1);
    h = mix_hash(h ^ (load_upto8(p, n) | tail_mask), 0x8ebc6af09c88c6e3ull);
    return h == 0 ? 1 : h;
}

/// token_hash of the `size` bytes at p, at least one, behind which 7 more can be read (what they are has no say): spares the branches on the length.
[[nodiscard]] inline std::uint64_t token_hash_ahead(const char* p, std::size_t size, unsigned char or_mask = 0) {
    const std::uint64_t mask = 0x0101010101010101ull * or_mask;
    std::uint64_t h = token_hash_seed ^ (size * 0xa0761d6478bd642full), bytes = 0;
    for (; size > 8; p += 8, size -= 8) {
        std::memcpy(&bytes, p, 8);
        h = mix_hash(h ^ (bytes | mask), 0xe7037ed1a0b428dbull);
    }
    std::memcpy(&bytes, p, 8);
    h = mix_hash(h ^ ((bytes | mask) & ~0ull >> (64 - 8 * size)), 0x8ebc6af09c88c6e3ull);
    return h == 0 ? 1 : h;
}

/// Key of a sequence: start with the first token's hash, then extend by each next one. Order matters. Never 0.
[[nodiscard]] inline std::uint64_t extend_sequence(std::uint64_t sequence, std::uint64_t token) {
    const std::uint64_t h = mix_hash(sequence ^ 0x589965cc75374cc3ull, token ^ 0x1d8e4e27c47d124full);
    return h == 0 ? 1 : h;
}

}  // namespace demarc
