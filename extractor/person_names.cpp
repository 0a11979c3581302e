#include "extractor/person_names.hpp"

#include <algorithm>
#include <numeric>

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

std::string name_slug(std::string_view name) {
    std::string slug;
    for (const std::string& word : name_words(name)) slug += (slug.empty() ? "" : "-") + word;
    return slug;
}

int edit_distance(std::string_view a, std::string_view b, int limit) {
    const auto difference = static_cast<int>(a.size() > b.size() ? a.size() - b.size() : b.size() - a.size());
    if (difference > limit) return limit + 1;
    std::vector<int> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        int diagonal = row[0];
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int above = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return std::min(row.back(), limit + 1);
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
        if (a[i].size() < 2 || b[i].size() < 2 || edit_distance(a[i], b[i], 1) > 1) return false;
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
