#include "extractor/entity_slug.hpp"

#include <vector>

#include "extractor/tokeniser.hpp"
#include "gazetteer/fold.hpp"

namespace demarc {

bool slug_of_plain_words(std::string_view words, std::string& slug) {
    slug.resize(words.size());
    std::size_t size = 0;
    bool parted = false;
    for (const char c : words) {
        const char letter = static_cast<char>(c | 0x20);
        if (letter >= 'a' && letter <= 'z') {
            if (parted && size > 0) slug[size++] = '-';
            parted = false;
            slug[size++] = letter;
        } else if (c == ' ' || c == '.' || c == '-' || c == ',' || c == '\n') {
            parted = true;
        } else {
            return false;
        }
    }
    slug.resize(size);
    return true;
}

std::string entity_slug(std::string_view words) {
    if (std::string slug; slug_of_plain_words(words, slug)) return slug;
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
