#include "extractor/hyphenation.hpp"

#include <string>

#include "base/token_hash.hpp"
#include "gazetteer/fold.hpp"

namespace demarc {
namespace {

constexpr std::string_view not_sign = "¬";
constexpr std::size_t longest_gap = 8;  // blanks and the line end between the parts

// Blanks between two bytes, with a line end among them where one is wanted.
bool parted_by_blanks(std::string_view text, std::size_t begin, std::size_t end, bool line_end) {
    if (end - begin > longest_gap) return false;
    bool ended = !line_end;
    for (std::size_t i = begin; i < end; ++i) {
        if (text[i] == '\n') ended = true;
        else if (text[i] != ' ' && text[i] != '\r' && text[i] != '\t') return false;
    }
    return ended;
}

}  // namespace

void join_hyphenated(std::string_view text, std::vector<Token>& tokens) {
    if (text.find(not_sign) == std::string_view::npos && text.find("-\n") == std::string_view::npos && text.find("-\r\n") == std::string_view::npos) return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        Token token = tokens[i];
        // More than two parts happen in narrow columns.
        while (token.kind == TokenKind::word && i + 2 < tokens.size() && tokens[i + 1].kind == TokenKind::punctuation && tokens[i + 1].begin == token.end && tokens[i + 2].kind == TokenKind::word) {
            const Token& mark = tokens[i + 1];
            const Token& rest = tokens[i + 2];
            const std::string_view sign = mark.span().of(text);
            const bool ocr = sign == not_sign;
            const bool hyphen = sign == "-" && (token.predicates & shape::cap) != 0;
            if ((!ocr && !hyphen) || (rest.predicates & shape::lower) == 0 || !parted_by_blanks(text, mark.end, rest.begin, !ocr)) break;
            const std::string whole = std::string(token.span().of(text)) + std::string(rest.span().of(text));
            std::string word;
            for (std::size_t at = 0; at < whole.size(); ++at) {
                // A third part: the mark of the first two is in the text of the token.
                if (std::string_view(whole).substr(at).starts_with(not_sign)) ++at;
                else if (whole[at] != '-' && whole[at] != ' ' && whole[at] != '\n' && whole[at] != '\r' && whole[at] != '\t') word += whole[at];
            }
            token.end = rest.end;
            token.hash = token_hash(fold_token(word));
            token.predicates = (token.predicates & ~shape::line_end) | (rest.predicates & shape::line_end);
            i += 2;
        }
        tokens[kept++] = token;
    }
    tokens.resize(kept);
}

}  // namespace demarc
