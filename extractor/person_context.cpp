#include "extractor/person_context.hpp"

#include "extractor/predicates.hpp"
#include "extractor/sentence.hpp"
#include "gazetteer/fold.hpp"

namespace demarc {
namespace {

bool is_name_shaped(const Token& token) { return token.kind == TokenKind::word && (token.predicates & (shape::cap | shape::caps)) != 0; }

std::string_view text_at(const Workspace& ws, std::uint32_t token) {
    return token < ws.tokens.size() ? ws.tokens[token].span().of(ws.text) : std::string_view();
}

// The word before a token, over one point ("St. Joseph"); tokens.size() where there is none.
std::uint32_t word_before(const Workspace& ws, std::uint32_t token) {
    const auto none = static_cast<std::uint32_t>(ws.tokens.size());
    if (token == 0) return none;
    std::uint32_t before = token - 1;
    if (text_at(ws, before) == "." && before > 0 && (ws.tokens[before].predicates & shape::glued) != 0) --before;
    return ws.tokens[before].kind == TokenKind::word ? before : none;
}

// "U. S." before a name is the country, unless the name stands as a signature.
bool begins_with_country(const Workspace& ws, TokenRange range) {
    if (range.first >= 2 && text_at(ws, range.first) == "S" && text_at(ws, range.first - 1) == "." && text_at(ws, range.first - 2) == "U") return true;
    if (range.last - range.first < 5 || text_at(ws, range.first) != "U" || text_at(ws, range.first + 2) != "S") return false;
    const Token& family = ws.tokens[range.first + 4];
    const std::string_view next = text_at(ws, range.last);
    const bool signature =
        (family.predicates & shape::caps) != 0 && (next == "," || next == "." || (ws.tokens[range.last - 1].predicates & shape::line_end) != 0);
    return !signature;
}

// "N. Carolina", "W. Walnut": one point of the compass before a place or at the end of a street's name.
bool begins_with_compass(const Workspace& ws, TokenRange range) {
    const std::string_view initial = text_at(ws, range.first);
    if (initial.size() != 1 || initial.find_first_of("NSEW") == std::string_view::npos) return false;
    std::uint32_t name = range.first + 1;
    if (text_at(ws, name) == ".") ++name;
    const GazetteerMatch* place = ws.place_at(name);
    return place != nullptr && place->tokens.last >= range.last;
}

bool is_only_a_place(const Workspace& ws, TokenRange range) {
    const GazetteerMatch* place = ws.place_at(range.first);
    return place != nullptr && place->tokens.last >= range.last;
}

}  // namespace

bool names_place_or_ship(const Workspace& ws, const RuleSet& rules, TokenRange range, bool titled) {
    if (range.last < ws.tokens.size() && is_name_shaped(ws.tokens[range.last]) && !token_canonical(ws, rules, range.last, "not_after_a_name").empty()) {
        return (ws.tokens[range.last].predicates & shape::line_start) == 0;
    }
    if (text_at(ws, range.last) == "&" && range.last + 1 < ws.tokens.size() && !token_canonical(ws, rules, range.last + 1, "not_after_a_name").empty())
        return true;
    if (titled) return false;
    const std::uint32_t before = word_before(ws, range.first);
    return before < ws.tokens.size() && !token_canonical(ws, rules, before, "not_before_a_name").empty();
}

bool names_something_else(const RuleMatch& match, TokenRange range, const ResolveContext& context) {
    const Workspace& ws = context.workspace;
    if (begins_with_country(ws, range) || begins_with_compass(ws, range)) return true;
    const bool in_brackets = range.first > 0 && text_at(ws, range.first - 1) == "(";
    const bool weak = in_brackets || match.rule().name == "people.byline" || match.rule().name == "people.correspondents";
    return weak && is_only_a_place(ws, range);
}

bool letter_ends(const Workspace& ws, std::uint32_t token) {
    while (token < ws.tokens.size() && ws.tokens[token].kind == TokenKind::paragraph) ++token;
    return token >= ws.tokens.size() || text_at(ws, token) == "[" || text_at(ws, token) == "No";
}

bool clock_follows(const Workspace& ws, std::uint32_t token) {
    return token < ws.tokens.size() && (ws.tokens[token].predicates & (shape::clock_number | shape::n6)) != 0;
}

bool alone_on_its_line(const Workspace& ws, std::uint32_t t) {
    if ((ws.tokens[t].predicates & shape::line_start) == 0) return false;
    if ((ws.tokens[t].predicates & shape::line_end) != 0) return true;
    return t + 1 < ws.tokens.size() && (ws.tokens[t + 1].predicates & shape::line_end) != 0 && ws.tokens[t + 1].span().of(ws.text) == ".";
}

bool next_is_name(const Workspace& ws, std::uint32_t t) {
    return t + 1 < ws.tokens.size() && ws.tokens[t + 1].kind == TokenKind::word && (ws.tokens[t + 1].predicates & (shape::cap | shape::caps)) != 0;
}

bool previous_is_name(const Workspace& ws, const RuleSet& rules, std::uint32_t t) {
    if (t == 0 || ws.tokens[t - 1].kind != TokenKind::word) return false;
    const std::uint32_t predicates = ws.tokens[t - 1].predicates;
    if ((predicates & (shape::cap | shape::caps)) == 0 || (predicates & shape::sentence_start) != 0) return false;
    // "Notify Stevens": the first word of a line has its capital for that, unless it is a given name.
    return (predicates & shape::line_start) == 0 || !token_canonical(ws, rules, t - 1, "given_names").empty();
}

bool same_word(const Workspace& ws, std::uint32_t a, std::uint32_t b) {
    const Token &x = ws.tokens[a], &y = ws.tokens[b];
    if (x.hash != y.hash) return false;
    const std::string_view first = x.span().of(ws.text), second = y.span().of(ws.text);
    return first == second || (x.kind == TokenKind::word && y.kind == TokenKind::word && fold_token(first) == fold_token(second));
}

std::uint32_t family_token(const Workspace& ws, const RuleSet& rules, TokenRange name) {
    std::uint32_t family = name.last - 1;
    while (family > name.first && (ws.tokens[family].kind != TokenKind::word || !token_canonical(ws, rules, family, "generational").empty())) --family;
    return family;
}

bool can_stand_alone(const Workspace& ws, const RuleSet& rules, std::uint32_t token) {
    const Token& word = ws.tokens[token];
    return word.kind == TokenKind::word && word.end - word.begin >= 3 && (word.predicates & (shape::cap | shape::caps)) != 0 &&
           token_canonical(ws, rules, token, "not_a_name").empty();
}

}  // namespace demarc
