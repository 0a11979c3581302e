#include "gazetteer/geonames.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/utf8.hpp"
#include "gazetteer/fold.hpp"
#include "gazetteer/name_tokens.hpp"

namespace demarc {
namespace {

constexpr std::size_t column_count = 19, max_row = 1 << 20, max_names = 40, max_examples = 20;
enum Column : std::size_t { id, name, ascii, alternates, lat, lon, feature_class, feature_code, country, cc2, admin1, admin2, admin3, admin4, population };

struct FeatureKind {
    std::string_view code, kind;
    double precision_m;
    std::uint8_t least_rank;
};
// The codes of featureCodes_en.txt that name what histories name; the rest of a class by its class.
constexpr FeatureKind kinds[] = {
    {"PPLC", "capital", 6000, 5}, {"PPLA", "city", 5000, 3},    {"PPLX", "quarter", 2000, 0}, {"ADM1", "province", 80'000, 4}, {"ADM2", "county", 25'000, 2},
    {"ADM3", "county", 10'000, 1}, {"STM", "river", 30'000, 2}, {"STMI", "river", 20'000, 1}, {"CNL", "river", 20'000, 1},     {"LK", "lake", 10'000, 2},
    {"RSV", "reservoir", 10'000, 1}, {"BAY", "bay", 10'000, 1},  {"SEA", "sea", 200'000, 5},   {"GULF", "sea", 100'000, 4},     {"STRT", "strait", 20'000, 3},
    {"MT", "mountain", 3000, 1},  {"MTS", "range", 30'000, 2},  {"HLL", "hill", 1000, 0},     {"HLLS", "range", 10'000, 0},    {"RDGE", "ridge", 3000, 0},
    {"PASS", "pass", 2000, 1},    {"GAP", "pass", 2000, 0},     {"ISL", "island", 8000, 2},   {"ISLS", "island", 30'000, 2},   {"PEN", "peninsula", 30'000, 1},
    {"CAPE", "cape", 3000, 1},    {"VAL", "basin", 10'000, 0},  {"FT", "fort", 500, 1},       {"RGN", "region", 100'000, 1},   {"PCLI", "country", 300'000, 7},
    {"BDG", "bridge", 200, 0},    {"DAM", "dam", 500, 0},       {"AIRB", "airfield", 2000, 0}, {"AIRP", "airfield", 2000, 0},  {"RSTN", "station", 500, 0}};

// First-level divisions of the United States by their GeoNames code (which is the postal one): documents name them in full.
constexpr std::pair<std::string_view, std::string_view> us_states[] = {
    {"AL", "Alabama"}, {"AK", "Alaska"}, {"AZ", "Arizona"}, {"AR", "Arkansas"}, {"CA", "California"}, {"CO", "Colorado"}, {"CT", "Connecticut"}, {"DE", "Delaware"},
    {"DC", "District of Columbia"}, {"FL", "Florida"}, {"GA", "Georgia"}, {"HI", "Hawaii"}, {"ID", "Idaho"}, {"IL", "Illinois"}, {"IN", "Indiana"}, {"IA", "Iowa"},
    {"KS", "Kansas"}, {"KY", "Kentucky"}, {"LA", "Louisiana"}, {"ME", "Maine"}, {"MD", "Maryland"}, {"MA", "Massachusetts"}, {"MI", "Michigan"}, {"MN", "Minnesota"},
    {"MS", "Mississippi"}, {"MO", "Missouri"}, {"MT", "Montana"}, {"NE", "Nebraska"}, {"NV", "Nevada"}, {"NH", "New Hampshire"}, {"NJ", "New Jersey"}, {"NM", "New Mexico"},
    {"NY", "New York"}, {"NC", "North Carolina"}, {"ND", "North Dakota"}, {"OH", "Ohio"}, {"OK", "Oklahoma"}, {"OR", "Oregon"}, {"PA", "Pennsylvania"}, {"RI", "Rhode Island"},
    {"SC", "South Carolina"}, {"SD", "South Dakota"}, {"TN", "Tennessee"}, {"TX", "Texas"}, {"UT", "Utah"}, {"VT", "Vermont"}, {"VA", "Virginia"}, {"WA", "Washington"},
    {"WV", "West Virginia"}, {"WI", "Wisconsin"}, {"WY", "Wyoming"}, {"PR", "Puerto Rico"}, {"GU", "Guam"}};

template <class T>
std::optional<T> number(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool latin(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (c > 0x24F && !(c >= 0x1E00 && c <= 0x1EFF) && c != 0x2019 && c != 0x2018 && c != 0x2BC && c != 0x2013) return false;
    }
    return true;
}

bool only_capitals(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

const FeatureKind* kind_of(std::string_view feature, std::string_view code) {
    static constexpr FeatureKind populated{"P", "town", 3000, 0};
    for (const FeatureKind& kind : kinds) {
        if (kind.code == code) return &kind;
    }
    return feature == "P" ? &populated : nullptr;
}

class Reader {
public:
    Reader(const std::string& path, const GeonamesOptions& options, ImportReport& report) : path_(path), options_(options), report_(report) {}

    void row(std::string_view line, std::uint64_t number_of, const std::function<void(SourceRecord&&)>& use) {
        ++report_.rows;
        where_ = path_ + ":" + std::to_string(number_of);
        if (!split(line)) return report_.leave("not 19 columns", where_);
        if (first_invalid_utf8(line) != line.size()) return report_.leave("not UTF-8", where_);
        const auto x = number<double>(fields_[lon]), y = number<double>(fields_[lat]);
        if (!x || !y || !(*x >= -180 && *x <= 180) || !(*y >= -90 && *y <= 90)) return report_.leave("no position", where_);
        if (*x == 0 && *y == 0) return report_.leave("position 0, 0", where_);
        if (fields_[id].empty() || !number<std::uint64_t>(fields_[id])) return report_.leave("no id", where_);
        if (fields_[name].empty()) return report_.leave("no name", where_);
        const FeatureKind* kind = kind_of(fields_[feature_class], fields_[feature_code]);
        if (kind == nullptr) return report_.leave("feature " + std::string(fields_[feature_class]) + "." + std::string(fields_[feature_code]), where_);
        if (options_.known_ids != nullptr && options_.known_ids->contains(std::string(fields_[id]))) return report_.leave("known already", where_);
        SourceRecord record;
        record.id = "geonames-" + std::string(fields_[id]);
        record.name = fields_[name];
        record.country = fields_[country];
        record.admin = admin_of();
        record.source = "GeoNames (CC BY 4.0)";
        record.position = LonLat{*x, *y};
        record.precision_m = kind->precision_m;
        record.imported = true;
        const std::uint64_t people = number<std::uint64_t>(fields_[population]).value_or(0);
        record.rank = std::max(kind->least_rank, rank_of_population(people));
        record.kind = kind->kind == "town" ? (people >= 100'000 ? "city" : people >= 2000 ? "town" : "village") : kind->kind;
        record.where = where_;
        names(record);
        ++report_.taken;
        use(std::move(record));
    }

private:
    bool split(std::string_view line) {
        std::size_t at = 0;
        for (std::size_t i = 0; i < column_count; ++i) {
            const std::size_t end = line.find('\t', at);
            if ((end == std::string_view::npos) != (i + 1 == column_count)) return false;
            fields_[i] = line.substr(at, end == std::string_view::npos ? end : end - at);
            at = end + 1;
        }
        return true;
    }

    std::string admin_of() const {
        if (fields_[country] != "US") return {};
        for (const auto& [code, state] : us_states) {
            if (code == fields_[admin1]) return std::string(state);
        }
        return {};
    }

    bool common(const std::vector<std::string>& tokens) const {
        return tokens.size() == 1 && options_.common_words != nullptr && options_.common_words->contains(tokens.front());
    }

    void names(SourceRecord& record) {
        seen_.clear();
        add(record, fields_[name], NameKind::main);
        add(record, fields_[ascii], NameKind::attested);
        for (std::size_t at = 0; at < fields_[alternates].size();) {
            const std::size_t end = std::min(fields_[alternates].find(',', at), fields_[alternates].size());
            add(record, fields_[alternates].substr(at, end - at), NameKind::attested);
            at = end + 1;
        }
    }

    void add(SourceRecord& record, std::string_view text, NameKind kind) {
        if (text.empty() || record.names.size() >= max_names) return;
        const bool main = kind == NameKind::main;
        if (!main && !latin(text)) return;
        const std::vector<std::string> tokens = name_tokens(text);
        if (tokens.empty()) return;
        std::string key;
        for (const std::string& token : tokens) key += (key.empty() ? "" : " ") + token;
        if (!seen_.insert(key).second) return;
        const bool common_word = common(tokens);
        if (main) {
            record.ambiguous = common_word;
        } else {
            // Codes ("LON"), short forms and common words say too little by themselves.
            if (text.size() < 4 || (text.size() < 7 && only_capitals(text))) return report_.leave("a name is left out: short", where_);
            if (common_word) return report_.leave("a name is left out: a common word", where_);
        }
        SourceName name;
        name.text = text;
        name.kind = kind;
        record.names.push_back(std::move(name));
    }

    std::string path_;
    const GeonamesOptions& options_;
    ImportReport& report_;
    std::string where_;
    std::array<std::string_view, column_count> fields_;
    std::unordered_set<std::string> seen_;  // folded names of the record
};

}  // namespace

void ImportReport::leave(const std::string& reason, const std::string& where) {
    std::uint64_t& count = left[reason];
    if (count++ == 0 && examples.size() < max_examples) examples.push_back(where + ": " + reason);
}

std::uint8_t rank_of_population(std::uint64_t population) {
    constexpr std::uint64_t least[] = {1, 2000, 10'000, 30'000, 100'000, 300'000, 1'000'000, 5'000'000};
    std::uint8_t rank = 0;
    for (const std::uint64_t bound : least) rank = static_cast<std::uint8_t>(rank + (population >= bound));
    return rank;
}

void read_geonames(std::istream& in, const std::string& path, const GeonamesOptions& options, ImportReport& report, const std::function<void(SourceRecord&&)>& use) {
    Reader reader(path, options, report);
    std::string line;
    for (std::uint64_t number = 1; std::getline(in, line); ++number) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        std::string_view row = line;
        if (number == 1 && row.starts_with("\xEF\xBB\xBF")) row.remove_prefix(3);
        if (row.empty() || row.front() == '#') continue;
        if (row.size() > max_row) {
            ++report.rows;
            report.leave("a row of more than 1 MiB", path + ":" + std::to_string(number));
            continue;
        }
        reader.row(row, number, use);
    }
}

}  // namespace demarc
