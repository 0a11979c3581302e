#include "gazetteer/hangul_romanisation.hpp"

#include <array>

#include "base/utf8.hpp"
#include "gazetteer/source_table.hpp"

namespace demarc {
namespace {

// Unicode's order of initials, vowels and codas (chapter 3.12).
constexpr std::array<std::string_view, 19> initials = {"ㄱ", "ㄲ", "ㄴ", "ㄷ", "ㄸ", "ㄹ", "ㅁ", "ㅂ", "ㅃ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅉ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"};
constexpr std::array<std::string_view, 21> vowels_in_order = {"ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅘ", "ㅙ", "ㅚ", "ㅛ", "ㅜ", "ㅝ", "ㅞ", "ㅟ", "ㅠ", "ㅡ", "ㅢ", "ㅣ"};
constexpr int silent = 11;  // ㅇ
constexpr char32_t first_syllable = 0xAC00, last_syllable = 0xD7A3;

// A coda: how it is heard before a consonant or at the end, and what of it stays and moves before ㅇ.
struct Coda {
    std::string_view heard, stays;
    int moves;  // initial, or -1
};
constexpr std::array<Coda, 28> codas = {{
    {"-", "-", -1}, {"k", "-", 0},  {"k", "-", 1},  {"k", "k", 9},  {"n", "-", 2},  {"n", "n", 12}, {"n", "-", 2},  {"t", "-", 3},  {"l", "-", 5},
    {"k", "l", 0},  {"m", "l", 6},  {"l", "l", 7},  {"l", "l", 9},  {"l", "l", 16}, {"p", "l", 17}, {"l", "-", 5},  {"m", "-", 6},  {"p", "-", 7},
    {"p", "p", 9},  {"t", "-", 9},  {"t", "-", 10}, {"ng", "ng", silent}, {"t", "-", 12}, {"t", "-", 14}, {"k", "-", 15}, {"t", "-", 16}, {"p", "-", 17},
    {"-", "-", silent},
}};

}  // namespace

Result<HangulRomanisation> HangulRomanisation::parse(std::string_view matrix, const std::string& matrix_path, std::string_view vowels,
                                                     const std::string& vowels_path, std::string_view system) {
    HangulRomanisation out;
    std::vector<std::string_view> columns = {"coda", "end"};
    columns.insert(columns.end(), initials.begin(), initials.end());
    const auto table = SourceTable::parse(matrix, matrix_path, columns, columns);
    if (!table) return table.error();
    for (const SourceTable::Row& row : table->rows()) {
        std::vector<std::string> cells;
        for (const std::string_view initial : initials) {
            cells.emplace_back(table->field(row, initial));
            const bool start = table->field(row, "coda") == "^";
            if ((cells.back().find('-') == std::string::npos) != start) {
                return Error{ErrorCode::bad_data, "cell '" + cells.back() + "' for " + std::string(initial) + "; a hyphen parts the two syllables, except in row ^", table->where(row)};
            }
        }
        const std::string_view end = table->field(row, "end");
        cells.emplace_back(end == "-" ? std::string_view() : end);
        out.rows_.emplace(std::string(table->field(row, "coda")), std::move(cells));
    }
    for (const std::string_view coda : {"^", "-", "k", "n", "t", "l", "m", "p", "ng"}) {
        if (!out.rows_.contains(coda)) return Error{ErrorCode::bad_data, "row '" + std::string(coda) + "' is missing; needed: ^ - k n t l m p ng", matrix_path};
    }
    const auto vowel_table = SourceTable::parse(vowels, vowels_path, {"from", "mr", "rr", "dprk", "kontsevich", "soviet", "soviet_maps"}, {"from", system});
    if (!vowel_table) return vowel_table.error();
    for (const std::string_view vowel : vowels_in_order) {
        for (const SourceTable::Row& row : vowel_table->rows()) {
            if (vowel_table->field(row, "from") == vowel) out.vowels_.emplace_back(vowel_table->field(row, system));
        }
    }
    if (out.vowels_.size() != vowels_in_order.size()) return Error{ErrorCode::bad_data, "each of the 21 vowels must be given once", vowels_path};
    return out;
}

std::optional<std::vector<std::string>> HangulRomanisation::pieces(std::string_view word) const {
    std::vector<std::string> out;
    const Coda* before = nullptr;
    for (std::size_t at = 0; at < word.size();) {
        const char32_t c = next_code_point(word, at);
        if (c < first_syllable || c > last_syllable) return std::nullopt;
        const auto code = static_cast<std::size_t>(c - first_syllable);
        int initial = static_cast<int>(code / (vowels_in_order.size() * codas.size()));
        std::string_view row = "^";
        if (before != nullptr) {
            const bool links = initial == silent && before->moves >= 0;
            row = links ? before->stays : before->heard;
            if (links) initial = before->moves;
        }
        const std::string& cell = rows_.find(row)->second[static_cast<std::size_t>(initial)];
        const std::size_t hyphen = cell.find('-');
        if (before != nullptr) out.back() += cell.substr(0, hyphen);
        out.push_back((before == nullptr ? cell : cell.substr(hyphen + 1)) + vowels_[code / codas.size() % vowels_in_order.size()]);
        before = &codas[code % codas.size()];
    }
    if (before != nullptr) out.back() += rows_.find(before->heard)->second.back();
    return out;
}

}  // namespace demarc
