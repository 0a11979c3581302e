#include "extractor/tokeniser.hpp"

#include <algorithm>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "base/token_hash.hpp"
#include "base/utf8.hpp"
#include "tests/catch.hpp"

using namespace demarc;

namespace {

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    tokenise(text, tokens);
    return tokens;
}

// The tokens' texts, a paragraph as "¶".
std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    for (const Token& token : tokens_of(text)) out.emplace_back(token.kind == TokenKind::paragraph ? "¶" : std::string(token.span().of(text)));
    return out;
}

using Words = std::vector<std::string>;

bool has(const Token& token, std::uint32_t bits) { return (token.predicates & bits) == bits; }

bool same(const std::vector<Token>& a, const std::vector<Token>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Token& x, const Token& y) {
        return x.begin == y.begin && x.end == y.end && x.hash == y.hash && x.predicates == y.predicates && x.kind == y.kind;
    });
}

void check_kernels(const std::string& text) {
    std::vector<Token> scalar, fast;
    tokenise_with(TokeniserKernel::scalar, text, scalar);
    tokenise_with(TokeniserKernel::avx2, text, fast);
    if (!same(scalar, fast)) FAIL_CHECK("the kernels differ on: " << text);
}

// What stands in tokeniser.hpp of ASCII texts, byte by byte: where each token begins and ends, its kind, and what it is for where it stands.
std::vector<Token> plainly_cut(std::string_view text) {
    const auto letter = [&](std::size_t i) { return i < text.size() && (text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z'; };
    const auto space = [&](std::size_t i) { return text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r'); };
    const auto in_word = [&](std::size_t i) { return letter(i) || (i > 0 && text[i] == '\'' && letter(i - 1) && letter(i + 1)); };
    std::vector<Token> tokens;
    std::uint32_t stands = shape::line_start | shape::sentence_start;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        if (space(at)) {
            for (; end < text.size() && space(end);) ++end;
            int lines = 0;
            for (std::size_t i = at; i < end; ++i) lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 == end || text[i + 1] != '\n'));
            stands = (stands & ~shape::glued) | (lines > 0 ? shape::line_start : 0u);
            if (lines > 0 && !tokens.empty()) tokens.back().predicates |= shape::line_end;
            if (lines > 1 && !tokens.empty()) {
                tokens.push_back({static_cast<std::uint32_t>(end), static_cast<std::uint32_t>(end), 0, 0, TokenKind::paragraph});
                stands |= shape::sentence_start;
            }
            at = end;
            continue;
        }
        TokenKind kind = TokenKind::punctuation;
        if (in_word(at)) {
            for (kind = TokenKind::word; end < text.size() && in_word(end);) ++end;
        } else if (text[at] >= '0' && text[at] <= '9') {
            for (kind = TokenKind::number; end < text.size() && text[end] >= '0' && text[end] <= '9';) ++end;
        }
        const bool possessive = kind == TokenKind::word && end - at > 2 && text[end - 2] == '\'' && (text[end - 1] | 0x20) == 's';
        const std::size_t word_end = possessive ? end - 2 : end;
        tokens.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(word_end), 0, kind == TokenKind::punctuation ? stands & ~shape::sentence_start : stands, kind});
        if (possessive) tokens.push_back({static_cast<std::uint32_t>(word_end), static_cast<std::uint32_t>(end), 0, shape::glued, TokenKind::possessive});
        const std::string_view mark = kind == TokenKind::punctuation ? text.substr(at, 1) : "a";
        if (mark == "." || mark == "!" || mark == "?") stands |= shape::sentence_start;
        else if (kind != TokenKind::punctuation || mark == "," || mark == ";" || mark == ":") stands = 0;
        stands = (stands & shape::sentence_start) | shape::glued;
        at = end;
    }
    if (!tokens.empty()) tokens.back().predicates |= shape::line_end;
    return tokens;
}

}  // namespace

TEST_CASE("words, figures and marks are cut apart") {
    CHECK(words("Hill 1211, the 65th") == Words{"Hill", "1211", ",", "the", "65", "th"});
    CHECK(words("105-mm") == Words{"105", "-", "mm"});
    CHECK(words("900/3783shs") == Words{"900", "/", "3783", "shs"});
    CHECK(words("") == Words{});
    CHECK(words(" \t\n") == Words{});
}

TEST_CASE("inner apostrophes belong to the word, a final 's stands alone") {
    CHECK(words("P'yonggang") == Words{"P'yonggang"});
    CHECK(words("P’yŏnggang") == Words{"P’yŏnggang"});
    CHECK(words("don't") == Words{"don't"});
    CHECK(words("enemy's") == Words{"enemy", "'s"});
    CHECK(words("enemy’s") == Words{"enemy", "’s"});
    CHECK(words("the armies' rear") == Words{"the", "armies", "'", "rear"});
    CHECK(words("'quoted'") == Words{"'", "quoted", "'"});
    CHECK(tokens_of("enemy's")[1].kind == TokenKind::possessive);
    CHECK(tokens_of("P'yonggang")[0].hash == tokens_of("PYONGGANG")[0].hash);
}

TEST_CASE("a possessive behind another one, as often as a text has it") {
    CHECK(words("é's’sʼs") == Words{"é", "'s", "’s", "ʼs"});
    CHECK(words("'sé") == Words{"'", "sé"});
    std::string many = "é";
    constexpr std::size_t times = 500'000;  // a call for each would need more stack than there is
    for (std::size_t i = 0; i < times; ++i) many += "'s";
    const std::vector<Token> tokens = tokens_of(many);
    REQUIRE(tokens.size() == times + 1);
    CHECK(tokens.back().kind == TokenKind::possessive);
    CHECK(tokens.back().end == many.size());
}

TEST_CASE("a text of marks alone grows the tokens a few times, not dozens") {
    std::vector<Token> tokens;
    const std::string marks(100'000, '.');
    tokenise(marks, tokens);
    REQUIRE(tokens.size() == marks.size());
    CHECK(tokens.capacity() <= marks.size() + 128);
    const std::clock_t before = std::clock();
    const std::string many(4'000'000, '.');
    tokens = {};
    tokenise(many, tokens);
    CHECK(tokens.size() == many.size());
    CHECK(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC < 2);  // a tenth of a second; three where a copy is made for each eighth more
}

TEST_CASE("lines and paragraphs are marked") {
    const std::string text = "One two\nthree.\n\nFour";
    CHECK(words(text) == Words{"One", "two", "three", ".", "¶", "Four"});
    const auto tokens = tokens_of(text);
    CHECK(has(tokens[0], shape::line_start | shape::sentence_start | shape::cap));
    CHECK(has(tokens[1], shape::line_end));
    CHECK(has(tokens[2], shape::line_start));
    CHECK_FALSE(has(tokens[2], shape::sentence_start));
    CHECK(has(tokens[3], shape::glued | shape::line_end));
    CHECK(has(tokens[5], shape::line_start | shape::sentence_start | shape::line_end));
    CHECK(words("a\r\nb") == Words{"a", "b"});
    CHECK(words("a\r\n\r\nb") == Words{"a", "¶", "b"});
    CHECK(words("a\n \n \nb") == Words{"a", "¶", "b"});
}

TEST_CASE("shapes of figures") {
    const auto shape_of = [](std::string_view text) { return tokens_of(text)[0]; };
    CHECK(has(shape_of("31"), shape::day_number | shape::n2 | shape::minute_number));
    CHECK_FALSE(has(shape_of("32"), shape::day_number));
    CHECK_FALSE(has(shape_of("0"), shape::day_number));
    CHECK(has(shape_of("2400"), shape::clock_number));
    CHECK(has(shape_of("1951"), shape::clock_number | shape::year_number));
    CHECK_FALSE(has(shape_of("2401"), shape::clock_number));
    CHECK_FALSE(has(shape_of("1365"), shape::clock_number));
    CHECK(has(shape_of("0415"), shape::clock_number));
    CHECK_FALSE(has(shape_of("0415"), shape::year_number));
    CHECK(has(shape_of("311630"), shape::n6));
}

TEST_CASE("shapes of words") {
    const auto shape_of = [](std::string_view text) { return tokens_of(text)[0]; };
    CHECK(has(shape_of("Seoul"), shape::word | shape::cap));
    CHECK(has(shape_of("BEIJING"), shape::caps));
    CHECK(has(shape_of("X"), shape::initial | shape::roman));
    CHECK(has(shape_of("XIV"), shape::caps | shape::roman));
    CHECK_FALSE(has(shape_of("CIVIL"), shape::roman));
    CHECK_FALSE(has(shape_of("IIII"), shape::roman));
    CHECK(has(shape_of("MCMXLIV"), shape::roman));
    CHECK(has(shape_of("CDXC"), shape::roman));
    CHECK_FALSE(has(shape_of("CCD"), shape::roman));
    CHECK_FALSE(has(shape_of("IXI"), shape::roman));
    CHECK(has(shape_of("Ŭijŏngbu"), shape::cap));
    CHECK(has(shape_of("ФИЛИППОВ"), shape::caps));
    CHECK(has(shape_of("金城"), shape::uncased));
    CHECK(has(shape_of("line"), shape::lower));
}

TEST_CASE("both kernels cut alike") {
    if (!kernel_available(TokeniserKernel::avx2)) return;
    // Every kind of byte at every place of a block and over its edge.
    for (const std::string_view piece : {"ab", "Ab's", "12", "1st", "'", " ", "\n\n", "é", "’s", "—", "金城", "P'y"}) {
        for (std::size_t at = 56; at < 72; ++at) {
            for (const char filler : {'x', '7', ' ', '.'}) {
                std::string text(at, filler);
                text += piece;
                text += std::string(70, filler == ' ' ? 'q' : ' ');
                check_kernels(text);
                check_kernels(text.substr(0, at + piece.size()));
            }
        }
    }
    static constexpr char32_t alphabet[] = {U'a', U'Z', U'0', U'9', U' ', U'\n', U'\r', U'\t', U'\'', U'.', U'-', U'/', U'@', U'[', U'`', U'{', U'\x7f', U'\x01', U'é', U'’',
                                            U'ŏ', U'—', U' ', U'­', U'́', U'Ж', U'金', U'한', U'𝔸', U' '};
    std::mt19937 random(1951);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        const auto length = random() % 200;
        for (unsigned i = 0; i < length; ++i) append_code_point(text, alphabet[random() % std::size(alphabet)]);
        check_kernels(text);
    }
}

TEST_CASE("tokens are ordered and do not overlap, and only white space is left out") {
    std::mt19937 random(38);
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (int i = 0; i < 90; ++i) append_code_point(text, std::u32string_view(U"aB7 .,'\n-é’金")[random() % 12]);
        std::uint32_t at = 0;
        for (const Token& token : tokens_of(text)) {
            REQUIRE(token.begin >= at);
            const std::string_view between = std::string_view(text).substr(at, token.begin - at);
            CHECK(between.find_first_not_of(" \n") == std::string_view::npos);
            at = token.end;
        }
        CHECK(text.substr(at).find_first_not_of(" \n") == std::string::npos);
    }
}

TEST_CASE("runs of any length are cut as byte by byte, wherever a block of 64 ends") {
    constexpr std::uint32_t place = shape::glued | shape::line_start | shape::line_end | shape::sentence_start;
    std::mt19937 random(27);
    std::vector<Token> tokens;  // what an earlier text left in it has no say
    for (int round = 0; round < 4000; ++round) {
        std::string text;
        const auto pieces = random() % 40;
        for (std::size_t i = 0; i < pieces; ++i) text += std::string(random() % 8 == 0 ? random() % 150 : random() % 4, "asBS07 \n\r\t'.,-\""[random() % 15]);
        tokenise(text, tokens);
        const std::vector<Token> plain = plainly_cut(text);
        const bool alike = std::equal(tokens.begin(), tokens.end(), plain.begin(), plain.end(), [&](const Token& a, const Token& b) {
            const bool hashed = a.kind != TokenKind::number || a.hash == token_hash(a.span().of(text));
            return a.begin == b.begin && a.end == b.end && a.kind == b.kind && (a.predicates & place) == b.predicates && hashed;
        });
        if (!alike) FAIL_CHECK("cut otherwise: " << text);
    }
}

TEST_CASE("a word of any length has the hash and the shape that it has alone") {
    for (std::size_t size = 2; size < 200; ++size) {
        for (const std::size_t at : {0u, 1u, 30u, 63u, 64u}) {
            const std::string word(size, 'Q'), mixed = 'Q' + std::string(size - 1, 'q');
            const auto upper = tokens_of(std::string(at, ' ') + word + " end"), capital = tokens_of(std::string(at, ' ') + mixed + " end");
            REQUIRE(upper[0].hash == token_hash(std::string(size, 'q')));
            REQUIRE(capital[0].hash == upper[0].hash);
            CHECK(has(upper[0], shape::caps));
            CHECK(has(capital[0], shape::cap));
        }
    }
}
