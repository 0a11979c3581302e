#include "base/utf8.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/token_hash.hpp"

namespace demarc {
namespace {

bool continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// Length of the well-formed sequence at p, or 0; `bad` receives the length of the maximal ill-formed subpart.
std::size_t sequence_length(const unsigned char* p, std::size_t left, std::size_t& bad) {
    const unsigned char lead = p[0];
    bad = 1;
    if (lead < 0x80) return 1;
    unsigned char low = 0x80, high = 0xBF;
    std::size_t length = 0;
    if (lead >= 0xC2 && lead <= 0xDF) length = 2;
    else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else return 0;
    for (std::size_t i = 1; i < length; ++i) {
        const bool fits = i < left && (i == 1 ? p[i] >= low && p[i] <= high : continuation(p[i]));
        if (!fits) {
            bad = i;
            return 0;
        }
    }
    return length;
}

bool all_ascii(const char* p, std::size_t n) {
    std::uint64_t seen = 0, word = 0;
    std::size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        std::memcpy(&word, p + i, 8);
        seen |= word;
    }
    for (; i < n; ++i) seen |= static_cast<unsigned char>(p[i]);
    return (seen & 0x8080808080808080ull) == 0;
}

// How many of eight bytes stand before the first one that isn't ASCII. Little-endian.
std::size_t ascii_before(const char* p) { return static_cast<std::size_t>(std::countr_zero(load_upto8(p, 8) & 0x8080808080808080ull)) / 8; }

constexpr std::uint64_t ones = 0x0101010101010101ull;

// One in each byte of a word that is a continuation byte.
std::uint64_t continuations(std::uint64_t word) { return (word >> 7) & (~word >> 6) & ones; }

// Sum of a word's bytes, which must fit into one.
std::size_t sum_of_bytes(std::uint64_t word) { return static_cast<std::size_t>((word * ones) >> 56); }

std::size_t continuations_of_64(const char* p) {
#if defined(__SSE2__)
    // Signed, a continuation byte is less than any other, and what is found counts as -1.
    const auto found = [p](std::size_t at) { return _mm_cmplt_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p + at)), _mm_set1_epi8(-64)); };
    const __m128i negative = _mm_add_epi8(_mm_add_epi8(found(0), found(16)), _mm_add_epi8(found(32), found(48)));
    const __m128i sums = _mm_sad_epu8(_mm_sub_epi8(_mm_setzero_si128(), negative), _mm_setzero_si128());
    return static_cast<std::size_t>(_mm_cvtsi128_si32(sums) + _mm_extract_epi16(sums, 4));
#else
    std::uint64_t sums = 0;
    for (std::size_t i = 0; i < 64; i += 8) sums += continuations(load_upto8(p + i, 8));
    return sum_of_bytes(sums);
#endif
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view text) {
    const auto* p = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t i = 0, bad = 0;
    while (i < text.size()) {
        if (i + 64 <= text.size() && all_ascii(text.data() + i, 64)) {
            i += 64;
            continue;
        }
        const std::size_t block_end = std::min(text.size(), i + 64);
        while (i < block_end) {
            if (i + 8 <= text.size()) {
                const std::size_t ascii = ascii_before(text.data() + i);
                i += ascii;
                if (ascii == 8) continue;
            }
            const std::size_t length = sequence_length(p + i, text.size() - i, bad);
            if (length == 0) return i;
            i += length;
        }
    }
    return text.size();
}

std::string repair_utf8(std::string_view text, std::size_t& replaced) {
    replaced = 0;
    std::string out;
    out.reserve(text.size());
    const auto* p = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t i = 0;
    while (i < text.size()) {
        const std::size_t good = first_invalid_utf8(text.substr(i));
        out.append(text, i, good);
        i += good;
        if (i == text.size()) break;
        std::size_t bad = 1;
        (void)sequence_length(p + i, text.size() - i, bad);
        out += "\xEF\xBF\xBD";
        ++replaced;
        i += bad;
    }
    return out;
}

std::size_t count_code_points(std::string_view text) {
    const char* p = text.data();
    std::size_t count = text.size(), left = text.size();
    for (; left >= 64; left -= 64, p += 64) count -= continuations_of_64(p);
    std::uint64_t sums = 0;
    for (; left >= 8; left -= 8, p += 8) sums += continuations(load_upto8(p, 8));
    sums += continuations(load_upto8(p, left));
    return count - sum_of_bytes(sums);
}

char32_t next_code_point(std::string_view text, std::size_t& offset) {
    if (offset >= text.size()) return 0;
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    const char32_t lead = byte(offset);
    if (lead < 0x80) {
        ++offset;
        return lead;
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (offset + length > text.size()) {
        offset = text.size();
        return 0xFFFD;
    }
    char32_t code_point = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) code_point = (code_point << 6) | (byte(offset + i) & 0x3F);
    offset += length;
    return code_point;
}

void append_code_point(std::string& out, char32_t code_point) {
    if (code_point < 0x80) out += static_cast<char>(code_point);
    else if (code_point < 0x800) {
        out += static_cast<char>(0xC0 | (code_point >> 6));
        out += static_cast<char>(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        out += static_cast<char>(0xE0 | (code_point >> 12));
        out += static_cast<char>(0x80 | ((code_point >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code_point & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (code_point >> 18));
        out += static_cast<char>(0x80 | ((code_point >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((code_point >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code_point & 0x3F));
    }
}

CodePointIndex::CodePointIndex(std::string_view text) : text_(text) {
    if (all_ascii(text.data(), text.size())) return;
    blocks_.resize(text.size() / 64 + 1);
    for (std::size_t block = 1; block < blocks_.size(); ++block) {
        blocks_[block] = blocks_[block - 1] + 64 - static_cast<std::uint32_t>(continuations_of_64(text.data() + (block - 1) * 64));
    }
}

std::size_t CodePointIndex::at(std::size_t byte_offset) const {
    if (blocks_.empty()) return byte_offset;
    const std::size_t block = byte_offset / 64;
    return blocks_[block] + count_code_points(text_.substr(block * 64, byte_offset - block * 64));
}

}  // namespace demarc
