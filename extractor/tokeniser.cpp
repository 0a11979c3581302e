#include "extractor/tokeniser.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/token_hash.hpp"
#include "base/utf8.hpp"
#include "gazetteer/fold.hpp"

namespace demarc {
namespace {

enum ByteClass : std::uint8_t { other_byte, space_byte, letter_byte, upper_byte, digit_byte, high_byte };

constexpr std::array<std::uint8_t, 256> make_byte_classes() {
    std::array<std::uint8_t, 256> classes{};
    for (int c = 0; c < 256; ++c) {
        std::uint8_t value = other_byte;
        if (c >= 0x80) value = high_byte;
        else if (c >= 'A' && c <= 'Z') value = upper_byte;
        else if (c >= 'a' && c <= 'z') value = letter_byte;
        else if (c >= '0' && c <= '9') value = digit_byte;
        else if (c == ' ' || (c >= '\t' && c <= '\r')) value = space_byte;
        classes[static_cast<std::size_t>(c)] = value;
    }
    return classes;
}
constexpr auto byte_classes = make_byte_classes();

bool is_apostrophe(char32_t c) { return c == U'\'' || c == U'’' || c == U'ʼ' || c == U'‘'; }

bool is_roman(std::string_view word) {
    if (word.find_first_not_of("IVXLCDM") != std::string_view::npos) return false;
    // Canonical form only, so that "MIL" or "CIVIL" are words; I..MMM.
    static constexpr std::string_view hundreds[] = {"", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"};
    static constexpr std::string_view tens[] = {"", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"};
    static constexpr std::string_view ones[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
    if (word.empty() || word.size() > 12) return false;
    for (int m = 0; m < 3 && word.starts_with('M'); ++m) word.remove_prefix(1);
    for (const auto& digits : {hundreds, tens, ones}) {
        std::size_t best = 0;
        for (std::size_t i = 1; i < 10; ++i) {
            if (word.starts_with(digits[i]) && digits[i].size() > digits[best].size()) best = i;
        }
        word.remove_prefix(digits[best].size());
    }
    return word.empty();
}

class Emitter {
public:
    Emitter(std::string_view text, std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

    void letters(std::uint32_t begin, std::uint32_t end, bool high, bool apostrophe, std::uint32_t uppers) {
        if (high) {
            unicode_run(begin, end);
            return;
        }
        const std::string_view word = text_.substr(begin, end - begin);
        if (apostrophe && word.size() > 2 && word[word.size() - 2] == '\'' && (word.back() == 's' || word.back() == 'S')) {
            const auto cut = end - 2;
            ascii_word(begin, cut, word.substr(0, word.size() - 2).find('\'') != std::string_view::npos, uppers - (word.back() == 'S' ? 1u : 0u));
            push(cut, end, token_hash("'s"), shape::possessive, TokenKind::possessive);
            return;
        }
        ascii_word(begin, end, apostrophe, uppers);
    }

    void digits(std::uint32_t begin, std::uint32_t end) {
        const std::string_view run = text_.substr(begin, end - begin);
        push(begin, end, token_hash_in(text_, begin, end), number_predicates(run), TokenKind::number);
    }

    void punctuation(std::uint32_t begin, std::uint32_t end) {
        push(begin, end, token_hash_in(text_, begin, end), shape::punct, TokenKind::punctuation);
    }

    // One blank, as between most words.
    void blank() { before_ &= ~shape::glued; }

    // White space [begin, end): marks line and paragraph starts for what follows.
    void space(std::uint32_t begin, std::uint32_t end) {
        int newlines = 0;
        for (std::uint32_t i = begin; i < end; ++i) newlines += text_[i] == '\n' || (text_[i] == '\r' && !(i + 1 < end && text_[i + 1] == '\n'));
        before_ &= ~shape::glued;
        if (newlines == 0) return;
        before_ |= shape::line_start;
        if (!tokens_.empty()) tokens_.back().predicates |= shape::line_end;
        if (newlines >= 2 && !tokens_.empty() && tokens_.back().kind != TokenKind::paragraph) {
            tokens_.push_back({end, end, 0, shape::paragraph, TokenKind::paragraph});
            before_ |= shape::sentence_start;
        }
    }

    void finish() {
        if (!tokens_.empty()) tokens_.back().predicates |= shape::line_end;
    }

private:
    void push(std::uint32_t begin, std::uint32_t end, std::uint64_t hash, std::uint32_t predicates, TokenKind kind) {
        if (kind != TokenKind::punctuation) {
            tokens_.push_back({begin, end, hash, predicates | before_, kind});
            before_ = shape::glued;
            return;
        }
        tokens_.push_back({begin, end, hash, predicates | (before_ & ~shape::sentence_start), kind});
        const char c = text_[begin];
        if (c == '.' || c == '!' || c == '?') before_ = shape::glued | shape::sentence_start;
        else if (c == ',' || c == ';' || c == ':') before_ = shape::glued;
        else before_ = shape::glued | (before_ & shape::sentence_start);
    }

    void ascii_word(std::uint32_t begin, std::uint32_t end, bool apostrophe, std::uint32_t uppers) {
        const std::string_view word = text_.substr(begin, end - begin);
        std::uint64_t hash = 0;
        std::size_t letters = word.size();
        if (apostrophe) {
            const std::string folded = fold_token(word);
            hash = token_hash(folded);
            letters = folded.size();
        } else {
            hash = token_hash_in(text_, begin, end, 0x20);
        }
        if (uppers == 0) return push(begin, end, hash, shape::word | shape::lower, TokenKind::word);
        std::uint32_t predicates = shape::word;
        const bool first_upper = word[0] >= 'A' && word[0] <= 'Z';
        if (uppers == letters && letters >= 2) predicates |= shape::caps;
        else if (first_upper && letters == 1) predicates |= shape::initial;
        else if (first_upper) predicates |= shape::cap;
        else predicates |= shape::lower;
        if (uppers == letters && first_upper && is_roman(word)) predicates |= shape::roman;
        push(begin, end, hash, predicates, TokenKind::word);
    }

    static std::uint32_t number_predicates(std::string_view run) {
        std::uint32_t predicates = shape::number;
        if (run.size() <= 6) predicates |= shape::n1 << (run.size() - 1);
        if (run.size() > 4) return predicates;
        int value = 0;
        for (const char c : run) value = value * 10 + (c - '0');
        if (run.size() <= 2) {
            if (value >= 1 && value <= 31) predicates |= shape::day_number;
            if (value <= 24) predicates |= shape::hour_number;
        }
        if (run.size() == 2 && value < 60) predicates |= shape::minute_number;
        if (run.size() == 4) {
            if (value / 100 < 24 ? value % 100 < 60 : value == 2400) predicates |= shape::clock_number;
            if (value >= 1000 && value <= 2099) predicates |= shape::year_number;
        }
        return predicates;
    }

    // A run that holds non-ASCII bytes: letters stay together, anything else is cut out code point by code point.
    void unicode_run(std::uint32_t begin, std::uint32_t end) {
        std::size_t offset = begin;
        std::uint32_t word_begin = begin;
        bool in_word = false;
        const std::string_view run = text_.substr(0, end);
        while (offset < end) {
            const auto at = static_cast<std::uint32_t>(offset);
            const char32_t c = next_code_point(run, offset);
            const auto code = static_cast<UChar32>(c);
            bool letter = u_isalpha(code) || (in_word && (u_getCombiningClass(code) != 0 || u_charType(code) == U_NON_SPACING_MARK));
            if (!letter && in_word && is_apostrophe(c)) {
                std::size_t ahead = offset;
                letter = offset < end && u_isalpha(static_cast<UChar32>(next_code_point(run, ahead)));
            }
            if (letter) {
                if (!in_word) word_begin = at;
                in_word = true;
            } else {
                if (in_word) unicode_word(word_begin, at);
                in_word = false;
                if (u_isUWhiteSpace(code) || c == 0x200B || c == 0xFEFF || c == 0xAD) {
                    if (c != 0xAD) before_ &= ~shape::glued;
                    if (c == 0x2028 || c == 0x2029) before_ |= shape::line_start;
                } else {
                    push(at, static_cast<std::uint32_t>(offset), token_hash(text_.substr(at, offset - at)), shape::punct, TokenKind::punctuation);
                }
            }
        }
        if (in_word) unicode_word(word_begin, end);
    }

    void unicode_word(std::uint32_t begin, std::uint32_t end) {
        const std::string_view word = text_.substr(begin, end - begin);
        for (const std::string_view ending : {"'s", "’s", "ʼs"}) {
            if (word.size() > ending.size() && word.ends_with(ending)) {
                const auto cut = static_cast<std::uint32_t>(end - ending.size());
                unicode_word(begin, cut);
                push(cut, end, token_hash("'s"), shape::possessive, TokenKind::possessive);
                return;
            }
        }
        std::size_t offset = 0;
        std::size_t letters = 0, uppers = 0, cased = 0;
        bool first_upper = false;
        while (offset < word.size()) {
            const auto code = static_cast<UChar32>(next_code_point(word, offset));
            if (!u_isalpha(code)) continue;
            const bool upper = u_isupper(code) || u_istitle(code);
            if (letters == 0) first_upper = upper;
            ++letters;
            uppers += upper;
            cased += upper || u_islower(code);
        }
        std::uint32_t predicates = shape::word;
        if (cased == 0) predicates |= shape::uncased;
        else if (uppers == cased && letters >= 2) predicates |= shape::caps;
        else if (first_upper && letters == 1) predicates |= shape::initial;
        else if (first_upper) predicates |= shape::cap;
        else predicates |= shape::lower;
        push(begin, end, token_hash(fold_token(word)), predicates, TokenKind::word);
    }

    std::string_view text_;
    std::vector<Token>& tokens_;
    std::uint32_t before_ = shape::line_start | shape::sentence_start;  // what the next token is for where it stands
};

enum class Run : std::uint8_t { none, space, letter, digit, punct };

void tokenise_masks(MaskFunction masks_of, std::string_view text, std::vector<Token>& tokens) {
    tokens.clear();
    tokens.reserve(text.size() / 5 + 16);
    Emitter emit(text, tokens);
    Run run = Run::none;
    std::uint32_t run_begin = 0, run_uppers = 0;
    bool run_high = false, run_apostrophe = false;
    const auto count = [](std::uint64_t mask) {  // a call where no baseline has it; most words with a capital have one
        return (mask & (mask - 1)) == 0 ? (mask != 0 ? 1u : 0u) : static_cast<std::uint32_t>(std::popcount(mask));
    };
    const auto close = [&](std::uint32_t end) {
        switch (run) {
            case Run::letter: emit.letters(run_begin, end, run_high, run_apostrophe, run_uppers); break;
            case Run::digit: emit.digits(run_begin, end); break;
            case Run::punct: emit.punctuation(run_begin, end); break;
            case Run::space: emit.space(run_begin, end); break;
            case Run::none: break;
        }
    };
    const auto letter_at = [&](std::size_t i) {
        if (i >= text.size()) return false;
        const auto c = byte_classes[static_cast<unsigned char>(text[i])];
        return c == letter_byte || c == upper_byte || c == high_byte;
    };
    alignas(32) char tail[64];
    for (std::size_t block = 0; block < text.size(); block += 64) {
        const std::size_t size = std::min<std::size_t>(64, text.size() - block);
        const char* bytes = text.data() + block;
        if (size < 64) {
            std::memset(tail, ' ', sizeof tail);
            std::memcpy(tail, bytes, size);
            bytes = tail;
        }
        ByteMasks m = masks_of(bytes);
        const std::uint64_t valid = size == 64 ? ~0ull : (1ull << size) - 1;
        // Apostrophes between letters belong to the word.
        std::uint64_t quiet = ~(m.letter | m.digit | m.space) & valid, apostrophes = 0;
        for (std::uint64_t rest = quiet; rest != 0; rest &= rest - 1) {
            const int i = std::countr_zero(rest);
            const std::size_t at = block + static_cast<std::size_t>(i);
            if (bytes[i] != '\'' || at == 0 || !letter_at(at - 1) || !letter_at(at + 1)) continue;
            apostrophes |= 1ull << i;
        }
        m.letter |= apostrophes;
        quiet &= ~apostrophes;
        const std::uint64_t letter_change = m.letter ^ ((m.letter << 1) | (run == Run::letter ? 1u : 0u));
        const std::uint64_t digit_change = m.digit ^ ((m.digit << 1) | (run == Run::digit ? 1u : 0u));
        const std::uint64_t space_change = m.space ^ ((m.space << 1) | (run == Run::space ? 1u : 0u));
        std::uint64_t starts = (letter_change | digit_change | space_change | quiet | (quiet << 1)) & valid;
        if (run == Run::punct || run == Run::none) starts |= 1;
        // Blanks that stand alone, with the bytes about them in this block: they need no run of their own.
        const std::uint64_t alone = m.blank & ~(m.space << 1) & ~(m.space >> 1) & ~1ull & (valid >> 1);
        std::uint64_t from = 0;
        while (starts != 0) {
            int i = std::countr_zero(starts);
            starts &= starts - 1;
            std::uint64_t bit = 1ull << i;
            const std::uint64_t before = (bit - 1) & ~from;  // bytes of the run that ends here, in this block
            run_uppers += count(m.upper & before);
            run_high = run_high || (m.high & before) != 0;
            run_apostrophe = run_apostrophe || (apostrophes & before) != 0;
            close(static_cast<std::uint32_t>(block + static_cast<std::size_t>(i)));
            if ((alone & bit) != 0) {
                emit.blank();
                ++i;
                bit <<= 1;
                starts &= ~bit;
            }
            run = (m.letter & bit) ? Run::letter : (m.digit & bit) ? Run::digit : (m.space & bit) ? Run::space : Run::punct;
            run_begin = static_cast<std::uint32_t>(block + static_cast<std::size_t>(i));
            run_uppers = 0;
            run_high = run_apostrophe = false;
            from = bit - 1;
        }
        const std::uint64_t rest = valid & ~from;
        run_uppers += count(m.upper & rest);
        run_high = run_high || (m.high & rest) != 0;
        run_apostrophe = run_apostrophe || (apostrophes & rest) != 0;
    }
    close(static_cast<std::uint32_t>(text.size()));
    emit.finish();
}

}  // namespace

ByteMasks masks_scalar(const char* block) {
    ByteMasks masks;
    for (int i = 0; i < 64; ++i) {
        const std::uint64_t bit = 1ull << i;
        switch (byte_classes[static_cast<unsigned char>(block[i])]) {
            case high_byte: masks.high |= bit; masks.letter |= bit; break;
            case upper_byte: masks.upper |= bit; masks.letter |= bit; break;
            case letter_byte: masks.letter |= bit; break;
            case digit_byte: masks.digit |= bit; break;
            case space_byte:
                masks.space |= bit;
                if (block[i] == ' ') masks.blank |= bit;
                break;
            default: break;
        }
    }
    return masks;
}

bool kernel_available(TokeniserKernel kernel) {
    if (kernel == TokeniserKernel::scalar) return true;
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2");
#else
    return false;
#endif
}

void tokenise_with(TokeniserKernel kernel, std::string_view text, std::vector<Token>& tokens) {
    tokenise_masks(kernel == TokeniserKernel::avx2 ? masks_avx2 : masks_scalar, text, tokens);
}

void tokenise(std::string_view text, std::vector<Token>& tokens) {
    static const TokeniserKernel kernel = kernel_available(TokeniserKernel::avx2) ? TokeniserKernel::avx2 : TokeniserKernel::scalar;
    tokenise_with(kernel, text, tokens);
}

}  // namespace demarc
