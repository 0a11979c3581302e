#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/token_hash.hpp"
#include "extractor/token.hpp"

namespace demarc {

/// Makes tokens of runs: bytes of one class that stand together. What is common in a text the tokeniser's loop makes itself, with next() and before(); the rest is made here.
/// Each token is of a byte at least: with room(n) called before, n bytes can be made tokens of without another look at the room.
class TokenEmitter {
public:
    /// Tokens are written over those that the vector has, which spares making each twice.
    TokenEmitter(std::string_view text, std::vector<Token>& tokens);

    void room(std::size_t bytes) {
        if (static_cast<std::size_t>(limit_ - next_) < bytes) grow(bytes);
    }
    [[nodiscard]] Token* next() const { return next_; }
    [[nodiscard]] std::uint32_t before() const { return before_; }
    /// After tokens that were written at next(), up to `next`: `before` are the shape bits that the next token has for where it stands.
    void resume(Token* next, std::uint32_t before) { next_ = next, before_ = before; }

    /// Letters [begin, end), with inner apostrophes: a word, and perhaps a possessive; a run that holds non-ASCII bytes is cut further.
    void letters(std::uint32_t begin, std::uint32_t end, bool high, bool apostrophe, std::uint32_t uppers);
    void digits(std::uint32_t begin, std::uint32_t end);
    /// White space: marks line and paragraph starts for what follows.
    void space(std::uint32_t begin, std::uint32_t end);
    /// Cuts `tokens` to what was written.
    void finish();

    /// Shape bits of a word of ASCII capitals alone.
    [[nodiscard]] static std::uint32_t capitals(std::string_view word);
    [[nodiscard]] static std::uint32_t number_predicates(std::string_view run);
    /// `before` of what follows a mark. Quotes and brackets leave a sentence's begin to what they enclose.
    [[nodiscard]] static std::uint32_t after_mark(char mark, std::uint32_t before) {
        if (mark == '.' || mark == '!' || mark == '?') return shape::sentence_start;
        if (mark == ',' || mark == ';' || mark == ':') return 0;
        return before & shape::sentence_start;
    }

private:
    void grow(std::size_t bytes);
    void push(std::uint32_t begin, std::uint32_t end, std::uint64_t hash, std::uint32_t predicates, TokenKind kind);
    void ascii_word(std::uint32_t begin, std::uint32_t end, bool apostrophe, std::uint32_t uppers);
    void unicode_run(std::uint32_t begin, std::uint32_t end);
    void unicode_word(std::uint32_t begin, std::uint32_t end);
    void whole_unicode_word(std::uint32_t begin, std::string_view word);  // without possessives

    std::string_view text_;
    std::vector<Token>& tokens_;
    Token* next_ = nullptr;
    Token* limit_ = nullptr;
    std::uint32_t before_ = shape::line_start | shape::sentence_start;
};

}  // namespace demarc
