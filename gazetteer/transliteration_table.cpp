#include "gazetteer/transliteration_table.hpp"

#include <algorithm>

#include "gazetteer/source_table.hpp"

namespace demarc {
namespace {

bool separates(char c) { return c == ' ' || c == '-'; }
bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

// Runs `rewrite` over each word and keeps the separators.
template <class Rewrite>
std::optional<std::string> each_word(std::string_view text, Rewrite rewrite) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (separates(text[at])) {
            out += text[at++];
            continue;
        }
        const auto end = static_cast<std::size_t>(std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), separates) - text.begin());
        if (!rewrite(text.substr(at, end - at), out)) return std::nullopt;
        at = end;
    }
    return out;
}

}  // namespace

Result<TransliterationTable> TransliterationTable::parse(std::string_view text, const std::string& path) {
    // The systems are the header's own words: read it first to know what is allowed.
    std::vector<std::string_view> columns;
    for (std::size_t at = 0; at < text.size() && columns.empty();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        at = end + 1;
        if (line.empty() || line.front() == '#') continue;
        for (std::size_t begin = 0; begin <= line.size();) {
            const std::size_t tab = std::min(line.find('\t', begin), line.size());
            columns.push_back(line.substr(begin, tab - begin));
            begin = tab + 1;
        }
    }
    auto table = SourceTable::parse(text, path, columns, {"from"});
    if (!table) return table.error();
    TransliterationTable out;
    for (const std::string_view column : columns) {
        if (column != "from") out.systems_.emplace_back(column);
    }
    if (out.systems_.empty()) return Error{ErrorCode::bad_data, "a spelling table needs a system beside 'from'", path};
    for (const SourceTable::Row& source : table->rows()) {
        std::string_view from = table->field(source, "from");
        Row row;
        row.at_begin = from.starts_with('^');
        if (row.at_begin) from.remove_prefix(1);
        row.at_end = from.ends_with('$');
        if (row.at_end) from.remove_suffix(1);
        row.from = from;
        if (row.from.empty()) return Error{ErrorCode::bad_data, "an empty 'from'", table->where(source)};
        for (const std::string& system : out.systems_) {
            std::string_view cell = table->field(source, system);
            if (cell.empty() && !row.to.empty()) row.to.push_back(row.to.front());
            else row.to.emplace_back(cell == "-" ? "" : cell);
        }
        const auto [begin, end] = out.rows_.equal_range(row.from);
        for (auto it = begin; it != end; ++it) {
            if (it->second.at_begin == row.at_begin && it->second.at_end == row.at_end) {
                return Error{ErrorCode::bad_data, "'" + std::string(table->field(source, "from")) + "' is given twice", table->where(source)};
            }
        }
        out.longest_ = std::max(out.longest_, row.from.size());
        out.rows_.emplace(row.from, std::move(row));
    }
    return out;
}

std::optional<std::size_t> TransliterationTable::system_index(std::string_view system) const {
    const auto it = std::find(systems_.begin(), systems_.end(), system);
    if (it == systems_.end()) return std::nullopt;
    return static_cast<std::size_t>(it - systems_.begin());
}

std::optional<std::string> TransliterationTable::letters(std::string_view text, std::string_view system) const {
    const auto column = system_index(system);
    if (!column) return std::nullopt;
    return each_word(text, [&](std::string_view word, std::string& out) {
        for (std::size_t at = 0; at < word.size();) {
            const Row* best = nullptr;
            for (std::size_t length = std::min(longest_, word.size() - at); length > 0 && best == nullptr; --length) {
                const auto [begin, end] = rows_.equal_range(word.substr(at, length));
                for (auto it = begin; it != end; ++it) {
                    const Row& row = it->second;
                    if ((row.at_begin && at != 0) || (row.at_end && at + length != word.size())) continue;
                    const bool closer = best == nullptr || (row.at_begin + row.at_end > best->at_begin + best->at_end);
                    if (closer) best = &row;
                }
            }
            if (best == nullptr) return false;
            out += best->to[*column];
            at += best->from.size();
        }
        return true;
    });
}

std::optional<std::string> TransliterationTable::syllables(std::string_view text, std::string_view system) const {
    const auto column = system_index(system);
    if (!column) return std::nullopt;
    return each_word(text, [&](std::string_view word, std::string& out) {
        // From the end: the fewest syllables to finish the word, and the first of them.
        std::vector<std::size_t> count(word.size() + 1, word.size() + 1), next(word.size() + 1, 0);
        count[word.size()] = 0;
        for (std::size_t at = word.size(); at-- > 0;) {
            if (word[at] == '\'') {
                if (at + 1 < word.size() && word[at + 1] != '\'') count[at] = count[at + 1], next[at] = at + 1;
                continue;
            }
            for (std::size_t length = 1; length <= std::min(longest_, word.size() - at); ++length) {
                const std::size_t after = at + length;
                if (rows_.find(word.substr(at, length)) == rows_.end() || count[after] > word.size()) continue;
                if (after < word.size() && is_vowel(word[after])) continue;
                if (count[after] + 1 < count[at]) count[at] = count[after] + 1, next[at] = after;
            }
        }
        if (word.empty() || count[0] > word.size()) return false;
        bool first = true;
        for (std::size_t at = 0; at < word.size(); at = next[at]) {
            if (word[at] == '\'') continue;
            if (!first) out += '-';
            first = false;
            out += rows_.find(word.substr(at, next[at] - at))->second.to[*column];
        }
        return true;
    });
}

}  // namespace demarc
