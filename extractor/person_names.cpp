#include "extractor/person_names.hpp"

#include <algorithm>

#include "extractor/entity_slug.hpp"
#include "extractor/tokeniser.hpp"
#include "gazetteer/fold.hpp"

namespace demarc {

std::vector<std::string> name_words(std::string_view name) {
    std::vector<Token> tokens;
    tokenise(name, tokens);
    std::vector<std::string> words;
    for (const Token& token : tokens) {
        if (token.kind == TokenKind::word) words.push_back(fold_token(token.span().of(name)));
    }
    return words;
}

std::vector<std::uint64_t> name_word_hashes(std::string_view name) {
    std::vector<std::uint64_t> hashes;
    if (name.empty()) return hashes;
    std::vector<Token> tokens;
    tokenise(name, tokens);
    for (const Token& token : tokens) {
        if (token.kind == TokenKind::word) hashes.push_back(token.hash);
    }
    return hashes;
}

std::string name_slug(std::string_view name) {
    if (std::string slug; slug_of_plain_words(name, slug)) return slug;
    std::vector<Token> tokens;
    tokenise(name, tokens);
    std::string slug;
    slug.reserve(name.size());
    for (const Token& token : tokens) {
        if (token.kind != TokenKind::word) continue;
        if (!slug.empty()) slug += '-';
        slug += fold_token(token.span().of(name));
    }
    return slug;
}

bool one_edit_apart(std::string_view a, std::string_view b) {
    const std::size_t shorter = std::min(a.size(), b.size()), longer = std::max(a.size(), b.size());
    if (longer - shorter > 1) return false;
    std::size_t start = 0, end = 0;  // what the words begin and end with alike
    while (start < shorter && a[start] == b[start]) ++start;
    while (end < shorter - start && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
    return longer - start - end <= 1;
}

bool one_slip_apart(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    if (a.size() != b.size() || a.size() < 2) return false;
    std::size_t same = 0;
    int slips = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] == b[i]) {
            same += a[i].size();
            continue;
        }
        if (a[i].size() < 2 || b[i].size() < 2 || !one_edit_apart(a[i], b[i])) return false;
        ++slips;
    }
    return slips == 1 && same >= 5;
}

void set_known_person(const Gazetteer& gazetteer, const Hit& hit, Mention& mention) {
    const Record record = gazetteer.record(hit.record);
    auto& value = mention.as<PersonValue>();
    value.name = std::string(record.name);
    value.alias = hit.kind == NameKind::cover;
    mention.entity = "person:" + std::string(record.id);
    Candidate candidate;
    candidate.record = hit.record;
    candidate.score = 1.0f - hit.cost;
    candidate.id = record.id;
    candidate.name = record.name;
    mention.candidates.assign(1, std::move(candidate));
}

}  // namespace demarc
