#include "extractor/token_emitter.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "gazetteer/fold.hpp"

namespace demarc {
namespace {

bool is_apostrophe(char32_t c) { return c == U'\'' || c == U'’' || c == U'ʼ' || c == U'‘'; }

// Canonical form only, so that "MIL" or "CIVIL" are words; I..MMM.
bool is_roman(std::string_view word) {
    if (word.size() > 12) return false;
    for (int m = 0; m < 3 && word.starts_with('M'); ++m) word.remove_prefix(1);
    for (const auto& [one, five, ten] : {std::array{'C', 'D', 'M'}, {'X', 'L', 'C'}, {'I', 'V', 'X'}}) {
        if (word.size() > 1 && word[0] == one && (word[1] == five || word[1] == ten)) {
            word.remove_prefix(2);
            continue;
        }
        if (word.starts_with(five)) word.remove_prefix(1);
        for (int i = 0; i < 3 && word.starts_with(one); ++i) word.remove_prefix(1);
    }
    return word.empty();
}

}  // namespace

TokenEmitter::TokenEmitter(std::string_view text, std::vector<Token>& tokens) : text_(text), tokens_(tokens) {
    const std::size_t likely = std::min(text.size(), text.size() / 5 + 64);
    if (tokens_.capacity() < likely) {
        tokens_.clear();
        tokens_.reserve(likely);
    }
    if (tokens_.size() < likely) tokens_.resize(likely);
    next_ = tokens_.data();
    limit_ = next_ + tokens_.size();
}

void TokenEmitter::grow(std::size_t bytes) {
    const auto made = static_cast<std::size_t>(next_ - tokens_.data());
    const std::size_t behind = made == 0 ? 0 : next_[-1].end;
    // Half as many again at least, so that a text of marks alone isn't copied dozens of times; a token takes a byte.
    const std::size_t rest = text_.size() - behind, likely = std::min(std::max(made + bytes + rest / 4, made + made / 2), made + bytes + rest);
    tokens_.reserve(likely);
    tokens_.resize(likely);
    next_ = tokens_.data() + made;
    limit_ = tokens_.data() + tokens_.size();
}

void TokenEmitter::push(std::uint32_t begin, std::uint32_t end, std::uint64_t hash, std::uint32_t predicates, TokenKind kind) {
    room(1);
    if (kind != TokenKind::punctuation) {
        *next_++ = {begin, end, hash, predicates | before_, kind};
        before_ = shape::glued;
        return;
    }
    *next_++ = {begin, end, hash, predicates | (before_ & ~shape::sentence_start), kind};
    before_ = shape::glued | after_mark(text_[begin], before_);
}

void TokenEmitter::letters(std::uint32_t begin, std::uint32_t end, bool high, bool apostrophe, std::uint32_t uppers) {
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

void TokenEmitter::digits(std::uint32_t begin, std::uint32_t end) {
    const std::string_view run = text_.substr(begin, end - begin);
    push(begin, end, token_hash(run), number_predicates(run), TokenKind::number);
}

void TokenEmitter::space(std::uint32_t begin, std::uint32_t end) {
    int newlines = 0;
    for (std::uint32_t i = begin; i < end; ++i) newlines += text_[i] == '\n' || (text_[i] == '\r' && !(i + 1 < end && text_[i + 1] == '\n'));
    before_ &= ~shape::glued;
    if (newlines == 0) return;
    before_ |= shape::line_start;
    if (next_ == tokens_.data()) return;
    next_[-1].predicates |= shape::line_end;
    if (newlines < 2 || next_[-1].kind == TokenKind::paragraph) return;
    room(1);
    *next_++ = {end, end, 0, shape::paragraph, TokenKind::paragraph};
    before_ |= shape::sentence_start;
}

void TokenEmitter::finish() {
    tokens_.resize(static_cast<std::size_t>(next_ - tokens_.data()));
    if (!tokens_.empty()) tokens_.back().predicates |= shape::line_end;
}

std::uint32_t TokenEmitter::capitals(std::string_view word) {
    return shape::word | (word.size() == 1 ? shape::initial : shape::caps) | (is_roman(word) ? shape::roman : 0u);
}

void TokenEmitter::ascii_word(std::uint32_t begin, std::uint32_t end, bool apostrophe, std::uint32_t uppers) {
    const std::string_view word = text_.substr(begin, end - begin);
    std::uint64_t hash = 0;
    std::size_t letters = word.size();
    if (apostrophe) {
        const std::string folded = fold_token(word);
        hash = token_hash(folded);
        letters = folded.size();
    } else {
        hash = token_hash(word, 0x20);
    }
    std::uint32_t predicates = shape::word;
    const bool first_upper = word[0] >= 'A' && word[0] <= 'Z';
    if (uppers == letters && !apostrophe) predicates = capitals(word);
    else if (uppers == letters && letters >= 2) predicates |= shape::caps;
    else if (first_upper) predicates |= shape::cap;
    else predicates |= shape::lower;
    push(begin, end, hash, predicates, TokenKind::word);
}

std::uint32_t TokenEmitter::number_predicates(std::string_view run) {
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
void TokenEmitter::unicode_run(std::uint32_t begin, std::uint32_t end) {
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

void TokenEmitter::unicode_word(std::uint32_t begin, std::uint32_t end) {
    std::string_view word = text_.substr(begin, end - begin);
    const auto possessive = [](std::string_view text, auto has) -> std::size_t {
        for (const std::string_view ending : {"'s", "’s", "ʼs"}) {
            if (has(text, ending)) return ending.size();
        }
        return 0;
    };
    while (const std::size_t size = possessive(word, [](std::string_view text, std::string_view ending) { return text.size() > ending.size() && text.ends_with(ending); })) word.remove_suffix(size);
    whole_unicode_word(begin, word);
    for (auto at = static_cast<std::uint32_t>(begin + word.size()); at < end;) {
        const auto next = static_cast<std::uint32_t>(at + possessive(text_.substr(at, end - at), [](std::string_view text, std::string_view ending) { return text.starts_with(ending); }));
        push(at, next, token_hash("'s"), shape::possessive, TokenKind::possessive);
        at = next;
    }
}

void TokenEmitter::whole_unicode_word(std::uint32_t begin, std::string_view word) {
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
    push(begin, static_cast<std::uint32_t>(begin + word.size()), token_hash(fold_token(word)), predicates, TokenKind::word);
}

}  // namespace demarc
