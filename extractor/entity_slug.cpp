#include "extractor/entity_slug.hpp"

#include <vector>

#include "extractor/tokeniser.hpp"
#include "gazetteer/fold.hpp"

namespace demarc {

namespace {

// As the tokeniser cuts them. False for other signs, and for figures where these aren't taken.
template <bool with_figures>
bool plain_slug(std::string_view words, std::string& slug) {
    slug.resize(with_figures ? 2 * words.size() : words.size());
    std::size_t size = 0;
    bool parted = false, figures = false;  // since the last word or figure; whether that was a figure
    for (std::size_t i = 0; i < words.size(); ++i) {
        const char c = words[i], letter = static_cast<char>(c | 0x20);
        const bool digit = with_figures && c >= '0' && c <= '9';
        if (digit || (letter >= 'a' && letter <= 'z')) {
            // "65th" is one word, "B12" two; a word behind a figure stands by itself only behind a blank.
            const bool apart = !figures ? parted || digit : digit ? parted : parted && (words[i - 1] == ' ' || words[i - 1] == '\n');
            if (apart && size > 0) slug[size++] = '-';
            slug[size++] = digit ? c : letter;
            parted = false;
            figures = digit;
        } else if (c == ' ' || c == '.' || c == '-' || c == ',' || c == '\n') {
            parted = true;
        } else {
            return false;
        }
    }
    slug.resize(size);
    return true;
}

}  // namespace

bool slug_of_plain_words(std::string_view words, std::string& slug) { return plain_slug<false>(words, slug); }

std::string entity_slug(std::string_view words) {
    if (std::string slug; plain_slug<true>(words, slug)) return slug;
    std::vector<Token> tokens;
    tokenise(words, tokens);
    std::string out;
    for (const Token& token : tokens) {
        if (token.kind != TokenKind::word && token.kind != TokenKind::number) continue;
        const std::string folded = fold_token(token.span().of(words));
        const bool glued_word = token.kind == TokenKind::word && (token.predicates & shape::glued) != 0 && !out.empty() && out.back() >= '0' && out.back() <= '9';
        if (!out.empty() && !glued_word) out += '-';
        out += folded;
    }
    return out;
}

}  // namespace demarc
