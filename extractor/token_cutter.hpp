#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/token_hash.hpp"
#include "extractor/byte_masks.hpp"
#include "extractor/token_emitter.hpp"

namespace demarc {

/// The tokeniser's loop, for any way to make masks. A block of 64 bytes begins where a run does (bytes of one class that stand together), and the run that doesn't end in it begins the
/// next block: so each run is known whole, from bits of a few registers. Runs that are longer are read byte by byte.
class TokenCutter {
public:
    TokenCutter(std::string_view text, std::vector<Token>& tokens) : text_(text), emit_(text, tokens) {}

    /// Always inline, so that it is compiled for the processor that its caller is compiled for.
    template <class MasksOf>
    [[gnu::always_inline]] inline void run(MasksOf masks_of) {
        char tail[block_read];
        for (std::size_t at = 0; at < text_.size();) {
            const std::size_t left = text_.size() - at;
            const char* bytes = text_.data() + at;
            if (left < block_read) {
                std::memset(tail, ' ', sizeof tail);
                std::memcpy(tail, bytes, left);
                bytes = tail;
            }
            const std::size_t used = block(static_cast<std::uint32_t>(at), bytes, left, masks_of(bytes));
            at += used != 0 ? used : long_run(static_cast<std::uint32_t>(at));
        }
        emit_.finish();
    }

private:
    static constexpr std::size_t block_read = 64 + 8;  // hashes take eight bytes at once

    // Makes tokens of the runs that end in the block. Returns how many bytes these are.
    [[gnu::always_inline]] inline std::size_t block(std::uint32_t at, const char* bytes, std::size_t left, const ByteMasks m) {
        // Apostrophes between letters belong to the word; of the last byte nobody knows yet, and the run that it may end is left to the next block.
        const std::uint64_t apostrophe = m.apostrophe & m.letter << 1 & (m.letter >> 1 | 1ull << 63);
        const std::uint64_t letter = m.letter | apostrophe;
        const std::uint64_t mark = ~(letter | m.digit | m.space), odd = m.high | apostrophe;
        const std::uint64_t all_starts = (letter ^ letter << 1) | (m.space ^ m.space << 1) | mark | mark << 1 | 1;
        const std::uint64_t valid = left < 64 ? (1ull << left) - 1 : ~0ull;
        const std::uint64_t run_starts = left < 64 ? (all_starts & valid) | 1ull << left : all_starts;
        // Blanks that stand alone, as between most words, are no runs. Each other run has a bit in both masks, in order.
        const std::uint64_t alone = m.blank & ~(m.space << 1) & ~(m.space >> 1 | 1ull << 63);
        std::uint64_t starts = run_starts & ~alone & valid, ends = run_starts & ~(alone << 1) & ~1ull;

        emit_.room(std::min<std::size_t>(left, 64));
        Token* next = emit_.next();
        std::uint32_t before = emit_.before();
        while (ends != 0) {
            const std::uint64_t first = starts & -starts, behind = ends & -ends, run = behind - first;
            const auto i = static_cast<std::uint32_t>(std::countr_zero(starts)), e = static_cast<std::uint32_t>(std::countr_zero(ends)), size = e - i;
            starts ^= first;
            ends ^= behind;
            const std::uint32_t glued = (m.space & behind) == 0 ? shape::glued : 0;
            if ((letter & first) != 0) {
                if ((run & odd) != 0) {
                    emit_.resume(next, before);
                    emit_.letters(at + i, at + e, (run & m.high) != 0, (run & apostrophe) != 0, static_cast<std::uint32_t>(std::popcount(run & m.upper)));
                    next = emit_.next();
                    before = emit_.before() & (glued | ~shape::glued);
                    continue;
                }
                std::uint32_t predicates = shape::word | ((m.upper & first) != 0 ? shape::cap : shape::lower);
                if ((run & ~m.upper) == 0) predicates = TokenEmitter::capitals({bytes + i, size});
                *next++ = {at + i, at + e, token_hash_ahead(bytes + i, size, 0x20), predicates | before, TokenKind::word};
                before = glued;
            } else if ((m.space & first) != 0) {
                if ((m.line & run) == 0) continue;
                emit_.resume(next, before);
                emit_.space(at + i, at + e);
                next = emit_.next();
                before = emit_.before();
            } else if ((m.digit & first) != 0) {
                *next++ = {at + i, at + e, token_hash_ahead(bytes + i, size), TokenEmitter::number_predicates({bytes + i, size}) | before, TokenKind::number};
                before = glued;
            } else {
                *next++ = {at + i, at + e, token_hash_ahead(bytes + i, 1), shape::punct | (before & ~shape::sentence_start), TokenKind::punctuation};
                before = glued | TokenEmitter::after_mark(bytes[i], before);
            }
        }
        emit_.resume(next, before);
        return left < 64 ? left : static_cast<std::size_t>(std::countr_zero(starts));
    }

    // The run that begins here. Returns its bytes.
    std::size_t long_run(std::uint32_t begin) {
        const char* p = text_.data();
        const auto size = static_cast<std::uint32_t>(text_.size());
        std::uint32_t end = begin;
        const ByteClass first = class_of_byte(p[begin]);
        if (first == ByteClass::space || first == ByteClass::digit) {
            while (end < size && class_of_byte(p[end]) == first) ++end;
            if (first == ByteClass::space) emit_.space(begin, end);
            else emit_.digits(begin, end);
        } else {
            bool high = false, apostrophe = false;
            std::uint32_t uppers = 0;
            for (; end < size; ++end) {
                const ByteClass value = class_of_byte(p[end]);
                high = high || value == ByteClass::high;
                uppers += value == ByteClass::upper;
                if (is_letter_byte(p[end])) continue;
                if (p[end] != '\'' || !is_letter_byte(p[end - 1]) || end + 1 == size || !is_letter_byte(p[end + 1])) break;
                apostrophe = true;
            }
            emit_.letters(begin, end, high, apostrophe, uppers);
        }
        if (end < size && class_of_byte(p[end]) == ByteClass::space) emit_.resume(emit_.next(), emit_.before() & ~shape::glued);
        return end - begin;
    }

    std::string_view text_;
    TokenEmitter emit_;
};

/// Compiled for AVX2 and BMI; only where kernel_available(TokeniserKernel::avx2).
void tokenise_avx2(std::string_view text, std::vector<Token>& tokens);

}  // namespace demarc
