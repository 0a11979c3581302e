#include "extractor/token_cutter.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace demarc {

#if defined(__x86_64__)
namespace {

// The attribute instead of a compiler flag: the rest of the program must run on machines without AVX2.
__attribute__((target("avx2"))) std::uint64_t join(__m256i low, __m256i high) {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
           (static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(high))) << 32);
}

// Bytes in [first, last], both below 0x80: signed compares leave high bytes (negative) outside.
__attribute__((target("avx2"))) __m256i between(__m256i bytes, char first, char last) {
    return _mm256_and_si256(_mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(static_cast<char>(first - 1))),
                            _mm256_cmpgt_epi8(_mm256_set1_epi8(static_cast<char>(last + 1)), bytes));
}

__attribute__((target("avx2"))) ByteMasks masks_avx2(const char* block) {
    const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block));
    const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block + 32));
    const __m256i fold = _mm256_set1_epi8(0x20);
    ByteMasks masks;
    masks.high = join(a, b);
    masks.upper = join(between(a, 'A', 'Z'), between(b, 'A', 'Z'));
    masks.letter = masks.high | join(between(_mm256_or_si256(a, fold), 'a', 'z'), between(_mm256_or_si256(b, fold), 'a', 'z'));
    masks.digit = join(between(a, '0', '9'), between(b, '0', '9'));
    const __m256i blank = _mm256_set1_epi8(' ');
    masks.blank = join(_mm256_cmpeq_epi8(a, blank), _mm256_cmpeq_epi8(b, blank));
    masks.space = masks.blank | join(between(a, '\t', '\r'), between(b, '\t', '\r'));
    const __m256i line_feed = _mm256_set1_epi8('\n'), carriage_return = _mm256_set1_epi8('\r');
    masks.line = join(_mm256_or_si256(_mm256_cmpeq_epi8(a, line_feed), _mm256_cmpeq_epi8(a, carriage_return)),
                      _mm256_or_si256(_mm256_cmpeq_epi8(b, line_feed), _mm256_cmpeq_epi8(b, carriage_return)));
    const __m256i apostrophe = _mm256_set1_epi8('\'');
    masks.apostrophe = join(_mm256_cmpeq_epi8(a, apostrophe), _mm256_cmpeq_epi8(b, apostrophe));
    return masks;
}

}  // namespace

__attribute__((target("avx2,bmi,bmi2,popcnt"))) void tokenise_avx2(std::string_view text, std::vector<Token>& tokens) { TokenCutter(text, tokens).run(masks_avx2); }
#else
void tokenise_avx2(std::string_view text, std::vector<Token>& tokens) { TokenCutter(text, tokens).run(masks_scalar); }
#endif

}  // namespace demarc
