#include "extractor/entity_slug.hpp"

#include <vector>

#include "extractor/tokeniser.hpp"
#include "gazetteer/fold.hpp"

namespace demarc {

std::string entity_slug(std::string_view words) {
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
