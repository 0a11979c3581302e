#include "gazetteer/source_table.hpp"

#include <algorithm>
#include <cmath>

#include <unicode/uscript.h>

#include "base/number_text.hpp"
#include "base/utf8.hpp"

namespace demarc {
namespace {

Error bad(std::string where, std::string message) { return {ErrorCode::bad_data, std::move(message), std::move(where)}; }

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\r')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(separator, at), text.size());
        parts.push_back(trim(text.substr(at, end - at)));
        at = end + 1;
    }
    return parts;
}

bool is_id(std::string_view id) {
    return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_country(std::string_view code) {
    return code.size() == 2 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// A year, or "" for unknown.
Status read_year(std::string_view text, std::int16_t& year) {
    if (text.empty()) return {};
    const auto value = parse_number<std::int16_t>(text);
    if (!value || *value < -9999 || *value > 9999) return Error{ErrorCode::bad_data, "'" + std::string(text) + "' is no year; allowed: a whole number from -9999 to 9999, or nothing", ""};
    year = *value;
    return {};
}

// "1949/1953", "1949", "1949/", "/1953".
Status read_years(std::string_view text, std::int16_t& from, std::int16_t& to) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        if (Status status = read_year(text, from); !status) return status;
        to = from;
        return {};
    }
    if (Status status = read_year(text.substr(0, slash), from); !status) return status;
    return read_year(text.substr(slash + 1), to);
}

const std::vector<std::string_view> place_columns = {"id", "name", "kind", "country", "admin", "lon", "lat", "precision_m", "from", "to", "rank", "en",
                                                     "mr", "rr", "hang", "hani", "ja", "ru", "zh", "de", "fr", "source", "note"};
const std::vector<std::string_view> people_columns = {"id", "name", "family", "given", "order", "nation", "born", "died", "names", "native", "cover", "roles", "source", "note"};

struct NameColumn {
    std::string_view column, latin;
    NameKind kind;
};
constexpr NameColumn name_columns[] = {
    {"en", "en", NameKind::attested},      {"mr", "ko-Latn", NameKind::attested}, {"rr", "ko-Latn", NameKind::attested},
    {"hang", "ko-Hang", NameKind::native}, {"hani", "", NameKind::native},        {"ja", "ja-Latn", NameKind::attested},
    {"ru", "ru-Latn", NameKind::native},   {"zh", "zh-Latn", NameKind::attested}, {"de", "de", NameKind::attested},
    {"fr", "fr", NameKind::attested},
};

// Family and given name of an attested spelling: "Chou En-lai" beside the family name Zhou, "Ernest Bevin". What ends in the
// family name where it should stand first is a name with a title ("Chairman Mao").
void part_name(const SourceRecord& record, SourceName& name) {
    const std::size_t first = name.text.find(' '), last = name.text.rfind(' ');
    if (first == std::string::npos || record.family.empty() || name.text.find('.') != std::string::npos) return;
    const bool ends_in_family = name.text.substr(last + 1) == record.family;
    if (ends_in_family == record.family_first) return;
    name.family = record.family_first ? name.text.substr(0, first) : name.text.substr(last + 1);
    name.given = record.family_first ? name.text.substr(first + 1) : name.text.substr(0, last);
}

void add_name(SourceRecord& record, std::string_view text, std::string lang, NameKind kind) {
    if (text.empty()) return;
    for (SourceName& known : record.names) {
        if (known.text != text) continue;
        if (known.lang.empty()) known.lang = std::move(lang);
        return;
    }
    SourceName name;
    name.text = text;
    name.lang = std::move(lang);
    name.kind = kind;
    record.names.push_back(std::move(name));
}

}  // namespace

Result<SourceTable> SourceTable::parse(std::string_view text, std::string path, const std::vector<std::string_view>& allowed,
                                       const std::vector<std::string_view>& required) {
    SourceTable table;
    table.path_ = std::move(path);
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::size_t line = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view content = text.substr(at, end - at);
        at = end + 1;
        ++line;
        if (trim(content).empty() || content.front() == '#') continue;
        Row row{line, split(content, '\t')};
        if (!table.columns_.empty()) {
            while (row.fields.size() > table.columns_.size() && row.fields.back().empty()) row.fields.pop_back();
            if (row.fields.size() > table.columns_.size()) {
                return bad(table.where(row), std::to_string(row.fields.size()) + " fields in a row; the header has " + std::to_string(table.columns_.size()));
            }
            table.rows_.push_back(std::move(row));
            continue;
        }
        for (const std::string_view column : row.fields) {
            if (std::find(allowed.begin(), allowed.end(), column) == allowed.end()) {
                std::string list;
                for (const std::string_view name : allowed) list.append(list.empty() ? "" : " ").append(name);
                return bad(table.where(row), "unknown column '" + std::string(column) + "'; allowed: " + list);
            }
            if (std::count(row.fields.begin(), row.fields.end(), column) > 1) return bad(table.where(row), "column '" + std::string(column) + "' is given twice");
        }
        for (const std::string_view column : required) {
            if (std::find(row.fields.begin(), row.fields.end(), column) == row.fields.end()) return bad(table.where(row), "column '" + std::string(column) + "' is missing");
        }
        table.columns_ = std::move(row.fields);
    }
    if (table.columns_.empty()) return bad(table.path_, "no header row");
    return table;
}

std::string_view SourceTable::field(const Row& row, std::string_view column) const {
    const auto at = static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), column) - columns_.begin());
    return at < row.fields.size() ? row.fields[at] : std::string_view();
}

std::string language_of(std::string_view name, std::string_view latin, std::string_view han) {
    bool has_han = false;
    for (std::size_t at = 0; at < name.size();) {
        UErrorCode status = U_ZERO_ERROR;
        switch (uscript_getScript(static_cast<UChar32>(next_code_point(name, at)), &status)) {
            case USCRIPT_HANGUL: return "ko-Hang";
            case USCRIPT_HIRAGANA: case USCRIPT_KATAKANA: return "ja-Kana";
            case USCRIPT_CYRILLIC: return "ru-Cyrl";
            case USCRIPT_HAN: has_han = true; break;
            default: break;
        }
    }
    return std::string(has_han ? han : latin);
}

Result<std::vector<SourceRecord>> read_places(std::string_view text, const std::string& path) {
    auto table = SourceTable::parse(text, path, place_columns, {"id", "name", "kind"});
    if (!table) return table.error();
    std::vector<SourceRecord> records;
    for (const SourceTable::Row& row : table->rows()) {
        const auto field = [&](std::string_view column) { return table->field(row, column); };
        SourceRecord record;
        record.where = table->where(row);
        record.id = field("id");
        record.name = field("name");
        record.kind = field("kind");
        record.country = field("country");
        record.admin = field("admin");
        record.source = field("source");
        record.imported = field("note").starts_with("imported");
        record.ambiguous = field("note").starts_with("ambiguous") || field("note").starts_with("imported, ambiguous");
        if (!is_id(record.id)) return bad(record.where, "id '" + record.id + "' is no slug; allowed: a-z, 0-9 and -");
        if (record.name.empty() || record.kind.empty()) return bad(record.where, "'" + record.id + "' needs a name and a kind");
        if (!record.country.empty() && !is_country(record.country)) return bad(record.where, "country '" + record.country + "'; allowed: two capital letters (ISO 3166 alpha-2, SU), or nothing");
        if (field("lon").empty() != field("lat").empty()) return bad(record.where, "lon and lat go together");
        if (!field("lon").empty()) {
            const auto lon = parse_number<double>(field("lon")), lat = parse_number<double>(field("lat"));
            if (!lon || !lat || !(*lon >= -180 && *lon <= 180) || !(*lat >= -90 && *lat <= 90)) {
                return bad(record.where, "position '" + std::string(field("lon")) + "', '" + std::string(field("lat")) + "'; allowed: degrees, lon -180..180, lat -90..90");
            }
            record.position = LonLat{*lon, *lat};
        }
        if (!field("precision_m").empty()) {
            const auto precision = parse_number<double>(field("precision_m"));
            if (!precision || !(*precision >= 0) || *precision > 2e7) return bad(record.where, "precision_m '" + std::string(field("precision_m")) + "'; allowed: metres, 0..20000000");
            record.precision_m = *precision;
        }
        if (!field("rank").empty()) {
            const auto rank = parse_number<int>(field("rank"));
            if (!rank || *rank < 0 || *rank > 9) return bad(record.where, "rank '" + std::string(field("rank")) + "'; allowed: 0..9");
            record.rank = static_cast<std::uint8_t>(*rank);
        }
        for (const Status& status : {read_year(field("from"), record.from), read_year(field("to"), record.to)}) {
            if (!status) return bad(record.where, status.error().message);
        }
        const std::string han = record.country == "CN" ? "zh-Hani" : record.country == "JP" ? "ja-Hani" : "ko-Hani";
        add_name(record, record.name, "", NameKind::main);
        for (const NameColumn& column : name_columns) {
            for (const std::string_view variant : split(field(column.column), '|')) {
                const std::string own_han = column.column == "ja" ? "ja-Hani" : column.column == "zh" ? "zh-Hani" : han;
                const std::string lang = language_of(variant, column.latin, own_han);
                const bool latin = lang == column.latin && column.kind == NameKind::attested;
                add_name(record, variant, lang, latin ? NameKind::attested : NameKind::native);
            }
        }
        records.push_back(std::move(record));
    }
    return records;
}

Result<std::vector<SourceRecord>> read_people(std::string_view text, const std::string& path) {
    auto table = SourceTable::parse(text, path, people_columns, {"id", "name"});
    if (!table) return table.error();
    std::vector<SourceRecord> records;
    for (const SourceTable::Row& row : table->rows()) {
        const auto field = [&](std::string_view column) { return table->field(row, column); };
        SourceRecord record;
        record.record_class = RecordClass::person;
        record.kind = "person";
        record.where = table->where(row);
        record.id = field("id");
        record.name = field("name");
        record.family = field("family");
        record.given = field("given");
        record.country = field("nation");
        record.source = field("source");
        record.roles = field("roles");
        record.ambiguous = field("note").starts_with("ambiguous");
        if (!is_id(record.id)) return bad(record.where, "id '" + record.id + "' is no slug; allowed: a-z, 0-9 and -");
        if (record.name.empty()) return bad(record.where, "'" + record.id + "' needs a name");
        const std::string_view order = field("order");
        if (!order.empty() && order != "family_first" && order != "given_first") return bad(record.where, "order '" + std::string(order) + "'; allowed: family_first, given_first, or nothing");
        record.family_first = order == "family_first";
        if (!record.country.empty() && !is_country(record.country)) return bad(record.where, "nation '" + record.country + "'; allowed: two capital letters (ISO 3166 alpha-2, SU), or nothing");
        for (const Status& status : {read_year(field("born"), record.from), read_year(field("died"), record.to)}) {
            if (!status) return bad(record.where, status.error().message);
        }
        const std::string han = record.country == "JP" ? "ja-Hani" : record.country == "KP" || record.country == "KR" ? "ko-Hani" : "zh-Hani";
        add_name(record, record.name, "", NameKind::main);
        record.names.front().family = record.family;
        record.names.front().given = record.given;
        for (const std::string_view variant : split(field("names"), '|')) {
            const std::string lang = language_of(variant, "", han);
            add_name(record, variant, lang, lang.empty() ? NameKind::attested : NameKind::native);
            if (lang.empty() && !variant.empty() && record.names.back().text == variant) part_name(record, record.names.back());
        }
        for (const std::string_view variant : split(field("native"), '|')) add_name(record, variant, language_of(variant, "", han), NameKind::native);
        for (const std::string_view item : split(field("cover"), '|')) {
            if (item.empty()) continue;
            const std::size_t at = item.find('@');
            SourceName cover;
            cover.text = trim(item.substr(0, at));
            cover.lang = language_of(cover.text, "", han);
            cover.kind = NameKind::cover;
            if (cover.text.empty()) return bad(record.where, "cover '" + std::string(item) + "'; allowed: Name or Name@1949/1953");
            if (at != std::string_view::npos) {
                if (const Status status = read_years(item.substr(at + 1), cover.from, cover.to); !status) return bad(record.where, "cover '" + std::string(item) + "': " + status.error().message);
            }
            record.names.push_back(std::move(cover));
        }
        for (const std::string_view item : split(field("roles"), '|')) {
            const std::size_t at = item.find('@');
            std::int16_t from = 0, to = 0;
            if (at != std::string_view::npos) {
                if (const Status status = read_years(item.substr(at + 1), from, to); !status) return bad(record.where, "role '" + std::string(item) + "': " + status.error().message);
            }
        }
        records.push_back(std::move(record));
    }
    return records;
}

}  // namespace demarc
