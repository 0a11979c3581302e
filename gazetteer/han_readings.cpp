#include "gazetteer/han_readings.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "gazetteer/source_table.hpp"

namespace demarc {
namespace {

constexpr std::size_t max_characters = 8, max_readings = 24;
constexpr int max_rank = 2;
constexpr std::array<std::string_view, 3> systems = {"ja", "ko", "zh"};

// What parts of a country, waters and heights end with; said apart from the name in Japanese and Chinese ("Keiki-dō", "Huai-ho").
constexpr std::u32string_view generic_characters = U"道郡面里洞邑市江山川河島湖縣县省府町村驛岛港灣湾嶺岭";

std::vector<std::string> parts_of(std::string_view cell) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < cell.size();) {
        const std::size_t end = std::min(cell.find('|', at), cell.size());
        if (end > at) out.emplace_back(cell.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

// tetsu + san -> tessan, haku + ki -> hakki: the end of the first reading becomes the begin of the second. Empty where nothing changes.
std::string assimilated(const std::string& first, const std::string& second) {
    const bool tsu = first.ends_with("tsu") && first.size() > 3, ku = first.ends_with("ku") && first.size() > 2;
    if (second.empty() || (!tsu && !(ku && second[0] == 'k'))) return {};
    if (std::string_view("kst").find(second[0]) == std::string_view::npos && !second.starts_with("ch")) return {};
    const char doubled = second.starts_with("ch") ? 't' : second[0];
    return first.substr(0, first.size() - (tsu ? 3 : 2)) + doubled + second;
}

}  // namespace

Result<HanReadings> HanReadings::parse(std::string_view text, const std::string& path) {
    auto table = SourceTable::parse(text, path, {"han", "ja", "ko", "zh"}, {"han"});
    if (!table) return table.error();
    HanReadings out;
    for (const SourceTable::Row& row : table->rows()) {
        const std::string_view han = table->field(row, "han");
        std::size_t at = 0;
        const char32_t c = han.empty() ? 0 : next_code_point(han, at);
        if (han.empty() || at != han.size()) return Error{ErrorCode::bad_data, "'" + std::string(han) + "' is not one character", table->where(row)};
        Row& entry = out.rows_[c];
        for (std::size_t s = 0; s < systems.size(); ++s) entry.of[s] = parts_of(table->field(row, systems[s]));
    }
    return out;
}

std::vector<HanReadings::Reading> HanReadings::read(std::string_view han, std::string_view system, bool generic_apart) const {
    const auto column = static_cast<std::size_t>(std::find(systems.begin(), systems.end(), system) - systems.begin());
    if (column == systems.size()) return {};
    std::u32string characters;
    for (std::size_t at = 0; at < han.size();) characters += next_code_point(han, at);
    if (characters.empty() || characters.size() > max_characters) return {};
    const bool japanese = column == 0, mandarin = column == 2;
    std::vector<Reading> made(1);
    std::vector<std::string> last(1);  // the reading of the character before, of each one made
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const auto row = rows_.find(characters[i]);
        if (row == rows_.end() || row->second.of[column].empty()) return {};
        const bool apart = generic_apart && column != 1 && i + 1 == characters.size() && i >= 2 && generic_characters.find(characters[i]) != std::u32string_view::npos;
        std::vector<Reading> next;
        std::vector<std::string> next_last;
        const auto add = [&](std::string text, int rank, const std::string& own) {
            if (rank > max_rank) return;
            next.push_back({std::move(text), rank});
            next_last.push_back(own);
        };
        for (std::size_t m = 0; m < made.size(); ++m) {
            const auto& readings = row->second.of[column];
            for (std::size_t r = 0; r < readings.size(); ++r) {
                const std::string& own = readings[r];
                const int rank = made[m].rank + static_cast<int>(r);
                const bool vowel = mandarin && i > 0 && !apart && std::string_view("aeo").find(own[0]) != std::string_view::npos;
                add(made[m].text + (apart ? "-" : vowel ? "'" : "") + own, rank, own);
                if (!japanese || i == 0) continue;
                if (const std::string joined = assimilated(last[m], own); !joined.empty() && !apart) {
                    add(made[m].text.substr(0, made[m].text.size() - last[m].size()) + joined, rank + 1, own);
                }
                // The one ending that is voiced as often as not: Genzan, Kongōsan.
                if (characters[i] == U'山' && own == "san" && i + 1 == characters.size()) add(made[m].text + (apart ? "-zan" : "zan"), rank, "zan");
            }
        }
        // The surest go on.
        std::vector<std::size_t> order(next.size());
        for (std::size_t n = 0; n < order.size(); ++n) order[n] = n;
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return next[a].rank < next[b].rank; });
        if (order.size() > max_readings) order.resize(max_readings);
        made.clear();
        last.clear();
        for (const std::size_t n : order) {
            made.push_back(std::move(next[n]));
            last.push_back(std::move(next_last[n]));
        }
    }
    return made;
}

std::size_t han_family_bytes(std::string_view name) {
    constexpr std::array<std::string_view, 10> compound = {"司馬", "司马", "歐陽", "欧阳", "諸葛", "诸葛", "上官", "南宮", "皇甫", "鮮于"};
    for (const std::string_view family : compound) {
        if (name.starts_with(family) && name.size() > family.size()) return family.size();
    }
    std::size_t at = 0;
    if (!name.empty()) static_cast<void>(next_code_point(name, at));
    return at;
}

}  // namespace demarc
