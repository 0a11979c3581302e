#include "gazetteer/importers/delimited.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/number_text.hpp"
#include "base/token_hash.hpp"

namespace demarc {
namespace {

constexpr std::size_t max_row = 1 << 20;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\r')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

std::optional<double> number(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+')) text.remove_prefix(1);
    return parse_number<double>(text);
}

// Rows of a table, whole even where a quoted field runs over lines.
class Rows {
public:
    Rows(std::istream& in, const std::string& path, const ImportMapping& mapping, ImportReport& report) : in_(in), path_(path), mapping_(mapping), report_(report) {
        if (!mapping.columns.empty()) columns_ = mapping.columns;
        else if (next()) columns_ = fields_;
        for (std::string& column : columns_) column = lower(trimmed(column));
    }

    bool next() {
        std::string line, more;
        while (std::getline(in_, line)) {
            ++number_;
            first_ = number_;
            if (number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
            if (trimmed(line).empty() || (line.starts_with('#') && columns_.empty())) continue;
            if (!line.empty() && line.back() == '\r') line.pop_back();
            bool whole = split_row(line, mapping_.delimiter, fields_);
            while (!whole && line.size() <= max_row && std::getline(in_, more)) {
                ++number_;
                line += "\n" + more;
                whole = split_row(line, mapping_.delimiter, fields_);
            }
            if (line.size() > max_row) {
                ++report_.rows;
                report_.leave("a row of more than 1 MiB", where());
                continue;
            }
            return true;
        }
        return false;
    }

    [[nodiscard]] std::string where() const { return path_ + ":" + std::to_string(first_); }
    [[nodiscard]] std::string_view field(std::string_view column) const {
        if (column.starts_with('=')) return column.substr(1);
        const auto at = std::find(columns_.begin(), columns_.end(), lower(column));
        const auto index = static_cast<std::size_t>(at - columns_.begin());
        return index < fields_.size() ? trimmed(fields_[index]) : std::string_view();
    }
    [[nodiscard]] std::string_view first_of(const std::vector<std::string>& columns) const {
        for (const std::string& column : columns) {
            if (const std::string_view value = field(column); !value.empty()) return value;
        }
        return {};
    }
    // "lang_cd|lc": the first of them that holds something.
    [[nodiscard]] std::string_view any_of(std::string_view columns) const {
        for (std::size_t at = 0; at <= columns.size();) {
            const std::size_t end = std::min(columns.find('|', at), columns.size());
            if (const std::string_view value = field(columns.substr(at, end - at)); !value.empty()) return value;
            at = end + 1;
        }
        return {};
    }
    [[nodiscard]] bool wanted() const {
        return std::all_of(mapping_.only.begin(), mapping_.only.end(), [&](const auto& condition) {
            return std::find(condition.second.begin(), condition.second.end(), field(condition.first)) != condition.second.end();
        });
    }
    // Calls use(text, language, from, to) for each name of the row.
    template <class Use>
    void each_name(Use use) const {
        for (const NameColumn& column : mapping_.names) {
            const std::string_view cell = field(column.column);
            const std::string_view lang = column.lang_column.empty() ? std::string_view(column.lang) : any_of(column.lang_column);
            const std::int16_t from = column.from.empty() ? std::int16_t{0} : year_of(field(column.from)), to = column.to.empty() ? std::int16_t{0} : year_of(field(column.to));
            for (std::size_t at = 0; at < cell.size();) {
                const std::size_t end = column.separator.empty() ? cell.size() : std::min(cell.find(column.separator, at), cell.size());
                use(trimmed(cell.substr(at, end - at)), lang, from, to);
                at = end + std::max<std::size_t>(1, column.separator.size());
            }
        }
    }

private:
    std::istream& in_;
    const std::string& path_;
    const ImportMapping& mapping_;
    ImportReport& report_;
    std::vector<std::string> columns_, fields_;
    std::uint64_t number_ = 0, first_ = 0;
};

bool has_columns(const std::vector<std::string>& wanted, const std::vector<std::string>& header) {
    return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](const std::string& alternatives) {
        for (std::size_t at = 0; at <= alternatives.size();) {
            const std::size_t end = std::min(alternatives.find('|', at), alternatives.size());
            if (std::find(header.begin(), header.end(), lower(std::string_view(alternatives).substr(at, end - at))) != header.end()) return true;
            at = end + 1;
        }
        return false;
    });
}

PlaceKind kind_of(const Rows& row, const ImportMapping& mapping) {
    const std::string_view code = row.first_of(mapping.feature_code), feature = row.first_of(mapping.feature_class), word = row.first_of(mapping.kind_word);
    if (PlaceKind kind = place_kind_of_code(feature, code); !kind.kind.empty()) return kind;
    if (!word.empty()) return place_kind_of_word(word);
    if (code.empty() && feature.empty() && !mapping.kind_default.empty()) return place_kind_of_word(mapping.kind_default);
    return {};
}

}  // namespace

bool split_row(std::string_view line, char delimiter, std::vector<std::string>& fields) {
    fields.clear();
    const bool quotes = delimiter == ',' || delimiter == ';';
    std::string field;
    for (std::size_t at = 0;; ++at) {
        if (quotes && at < line.size() && line[at] == '"' && trimmed(field).empty()) {
            field.clear();
            for (++at; at < line.size(); ++at) {
                if (line[at] != '"') field += line[at];
                else if (at + 1 < line.size() && line[at + 1] == '"') field += line[at++];
                else break;
            }
            if (at >= line.size()) return false;
            ++at;
            while (at < line.size() && line[at] != delimiter) ++at;
        }
        if (at >= line.size() || line[at] == delimiter) {
            fields.push_back(std::move(field));
            field.clear();
            if (at >= line.size()) return true;
        } else {
            field += line[at];
        }
    }
}

std::optional<ImportMapping> mapping_of(const std::string& path, std::string_view first_line, const std::vector<ImportMapping>& mappings) {
    const std::string file = std::filesystem::path(path).filename().string();
    std::vector<std::string> header;
    for (const ImportMapping& mapping : mappings) {
        if (std::any_of(mapping.files.begin(), mapping.files.end(), [&](const std::string& pattern) { return ::fnmatch(pattern.c_str(), file.c_str(), 0) == 0; })) return mapping;
        if (mapping.requires_columns.empty()) continue;
        for (const char delimiter : mapping.delimiters) {
            if (!split_row(trimmed(first_line), delimiter, header)) continue;
            for (std::string& column : header) column = lower(trimmed(column));
            if (!has_columns(mapping.requires_columns, header)) continue;
            ImportMapping found = mapping;
            found.delimiter = delimiter;
            return found;
        }
    }
    return std::nullopt;
}

void read_delimited_places(std::istream& in, const std::string& path, const ImportMapping& mapping, const ImportOptions& options, const ExtraNames& extra, ImportReport& report, const UseRecord& use) {
    Rows rows(in, path, mapping, report);
    std::optional<RecordDraft> draft;
    std::string group;
    const auto end = [&] {
        if (!draft) return;
        extra.give(*draft);
        draft->finish(use);
        draft.reset();
    };
    while (rows.next()) {
        const std::string id(rows.first_of(mapping.id));
        if (!rows.wanted()) {
            ++report.rows;
            report.leave("a row that the mapping doesn't want", rows.where());
            continue;
        }
        if (!mapping.group || !draft || id != group) {
            end();
            group = id;
            draft.emplace(options, report, rows.where());
            draft->record.id = id.empty() ? made_up_id(rows.first_of(mapping.display), std::string(rows.first_of(mapping.lat)) + "|" + std::string(rows.first_of(mapping.lon))) : mapping.id_prefix + id;
            draft->record.source = mapping.source;
            const std::string country(rows.first_of(mapping.country));
            const auto renamed = mapping.country_names.find(country);
            draft->record.country = country_code(renamed == mapping.country_names.end() ? country.substr(0, country.find_first_of(";,| ")) : renamed->second);
            draft->record.admin = rows.first_of(mapping.admin);
            if (draft->record.country == "US" && draft->record.admin.size() == 2) draft->record.admin = us_state_name(draft->record.admin);
            draft->record.from = year_of(rows.first_of(mapping.from)), draft->record.to = year_of(rows.first_of(mapping.to));
            draft->lon = number(rows.first_of(mapping.lon)), draft->lat = number(rows.first_of(mapping.lat));
            if (const std::string_view point = rows.first_of(mapping.point); (!draft->lon || !draft->lat) && !point.empty()) {
                if (const auto position = point_of(point)) draft->lon = position->lon, draft->lat = position->lat;
            }
            draft->kind = kind_of(rows, mapping);
            if (const auto people = number(rows.first_of(mapping.population)); people && *people > 0) draft->population = static_cast<std::uint64_t>(*people);
        } else {
            ++report.rows;
        }
        draft->name_it(rows.first_of(mapping.display));
        rows.each_name([&](std::string_view text, std::string_view lang, std::int16_t from, std::int16_t to) { draft->add_name(text, lang, from, to); });
    }
    end();
}

void read_delimited_names(std::istream& in, const std::string& path, const ImportMapping& mapping, ImportReport& report, ExtraNames& names) {
    Rows rows(in, path, mapping, report);
    while (rows.next()) {
        ++report.rows;
        const std::string id = record_id(mapping.id_prefix + std::string(rows.first_of(mapping.id)));
        if (!rows.wanted() || id.empty()) {
            report.leave("a row that the mapping doesn't want", rows.where());
            continue;
        }
        rows.each_name([&](std::string_view text, std::string_view lang, std::int16_t from, std::int16_t to) { names.add(id, text, lang, from, to); });
        ++report.taken;
    }
}

void ExtraNames::add(std::string_view record_id, std::string_view text, std::string_view lang, std::int16_t from, std::int16_t to) {
    // Languages of three letters or fewer; what stands there otherwise are links and codes ("wkdt", "post", "iata").
    if (lang.size() > 3 && lang.find('-') == std::string_view::npos) return;
    names_.push_back({token_hash(record_id), text_.size()});
    sorted_ = false;
    text_.append(std::to_string(from)).append(1, '\0').append(std::to_string(to)).append(1, '\0').append(lang).append(1, '\0').append(text).append(1, '\0');
}

void ExtraNames::give(RecordDraft& draft) const {
    if (names_.empty()) return;
    if (!sorted_) {
        std::stable_sort(names_.begin(), names_.end(), [](const Name& a, const Name& b) { return a.id < b.id; });
        sorted_ = true;
    }
    const std::uint64_t id = token_hash(record_id(draft.record.id));
    for (auto it = std::lower_bound(names_.begin(), names_.end(), id, [](const Name& n, std::uint64_t wanted) { return n.id < wanted; }); it != names_.end() && it->id == id; ++it) {
        const char* at = text_.data() + it->offset;
        const auto part = [&] {
            const std::string_view out(at);
            at += out.size() + 1;
            return out;
        };
        const std::int16_t from = year_of(part()), to = year_of(part());
        const std::string_view lang = part();
        draft.add_name(part(), lang, from, to);
    }
}

std::optional<LonLat> point_of(std::string_view text) {
    std::vector<double> numbers;
    for (std::size_t at = 0; at < text.size() && numbers.size() < 3;) {
        const bool begins = (text[at] >= '0' && text[at] <= '9') || text[at] == '-' || text[at] == '.';
        double value = 0;
        const auto [end, error] = begins ? std::from_chars(text.data() + at, text.data() + text.size(), value) : std::from_chars_result{text.data() + at, std::errc::invalid_argument};
        if (error != std::errc()) {
            ++at;
            continue;
        }
        numbers.push_back(value);
        at = static_cast<std::size_t>(end - text.data());
    }
    if (numbers.size() < 2) return std::nullopt;
    const bool wkt = lower(text).find("point") != std::string::npos;
    return wkt ? LonLat{numbers[0], numbers[1]} : LonLat{numbers[1], numbers[0]};
}

std::string_view us_state_name(std::string_view code) {
    // First-level divisions of the United States by their postal code: documents name them in full.
    static constexpr std::pair<std::string_view, std::string_view> us_states[] = {
    {"AL", "Alabama"}, {"AK", "Alaska"}, {"AZ", "Arizona"}, {"AR", "Arkansas"}, {"CA", "California"}, {"CO", "Colorado"}, {"CT", "Connecticut"}, {"DE", "Delaware"},
    {"DC", "District of Columbia"}, {"FL", "Florida"}, {"GA", "Georgia"}, {"HI", "Hawaii"}, {"ID", "Idaho"}, {"IL", "Illinois"}, {"IN", "Indiana"}, {"IA", "Iowa"},
    {"KS", "Kansas"}, {"KY", "Kentucky"}, {"LA", "Louisiana"}, {"ME", "Maine"}, {"MD", "Maryland"}, {"MA", "Massachusetts"}, {"MI", "Michigan"}, {"MN", "Minnesota"},
    {"MS", "Mississippi"}, {"MO", "Missouri"}, {"MT", "Montana"}, {"NE", "Nebraska"}, {"NV", "Nevada"}, {"NH", "New Hampshire"}, {"NJ", "New Jersey"}, {"NM", "New Mexico"},
    {"NY", "New York"}, {"NC", "North Carolina"}, {"ND", "North Dakota"}, {"OH", "Ohio"}, {"OK", "Oklahoma"}, {"OR", "Oregon"}, {"PA", "Pennsylvania"}, {"RI", "Rhode Island"},
    {"SC", "South Carolina"}, {"SD", "South Dakota"}, {"TN", "Tennessee"}, {"TX", "Texas"}, {"UT", "Utah"}, {"VT", "Vermont"}, {"VA", "Virginia"}, {"WA", "Washington"},
    {"WV", "West Virginia"}, {"WI", "Wisconsin"}, {"WY", "Wyoming"}, {"PR", "Puerto Rico"}, {"GU", "Guam"}};
    for (const auto& [short_name, state] : us_states) {
        if (short_name == code) return state;
    }
    return {};
}

}  // namespace demarc
