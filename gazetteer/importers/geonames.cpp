#include "gazetteer/importers/geonames.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/number_text.hpp"

namespace demarc {
namespace {

constexpr std::size_t column_count = 19, max_row = 1 << 20;
enum Column : std::size_t { id, name, ascii, alternates, lat, lon, feature_class, feature_code, country, cc2, admin1, admin2, admin3, admin4, population };
using Fields = std::array<std::string_view, column_count>;

bool split(std::string_view line, Fields& fields) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < column_count; ++i) {
        const std::size_t end = line.find('\t', at);
        if ((end == std::string_view::npos) != (i + 1 == column_count)) return false;
        fields[i] = line.substr(at, end == std::string_view::npos ? end : end - at);
        at = end + 1;
    }
    return true;
}

void read_row(const Fields& fields, const std::string& where, const ImportOptions& options, const ExtraNames& extra, ImportReport& report, const UseRecord& use) {
    const PlaceKind kind = place_kind_of_code(fields[feature_class], fields[feature_code]);
    RecordDraft draft(options, report, where);
    if (!parse_number<std::uint64_t>(fields[id])) return report.leave("no id", where);
    if (kind.kind.empty()) return report.leave("feature " + std::string(fields[feature_class]) + "." + std::string(fields[feature_code]), where);
    draft.record.id = "geonames-" + std::string(fields[id]);
    draft.record.country = fields[country];
    if (fields[country] == "US") draft.record.admin = us_state_name(fields[admin1]);
    draft.record.source = "GeoNames (CC BY 4.0)";
    draft.lon = parse_number<double>(fields[lon]), draft.lat = parse_number<double>(fields[lat]);
    draft.kind = kind;
    draft.population = parse_number<std::uint64_t>(fields[population]).value_or(0);
    if (draft.population == 0 && kind.kind == "town") draft.kind.kind = "village";
    draft.name_it(fields[name]);
    draft.add_name(fields[ascii]);
    extra.give(draft);  // first, since they say their language
    for (std::size_t at = 0; at < fields[alternates].size();) {
        const std::size_t end = std::min(fields[alternates].find(',', at), fields[alternates].size());
        draft.add_name(fields[alternates].substr(at, end - at));
        at = end + 1;
    }
    draft.finish(use);
}

}  // namespace

void read_geonames(std::istream& in, const std::string& path, const ImportOptions& options, const ExtraNames& extra, ImportReport& report, const UseRecord& use) {
    std::string line;
    Fields fields;
    for (std::uint64_t number_of = 1; std::getline(in, line); ++number_of) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        std::string_view row = line;
        if (number_of == 1 && row.starts_with("\xEF\xBB\xBF")) row.remove_prefix(3);
        if (row.empty() || row.front() == '#') continue;
        const std::string where = path + ":" + std::to_string(number_of);
        if (row.size() > max_row || !split(row, fields)) {
            ++report.rows;
            report.leave(row.size() > max_row ? "a row of more than 1 MiB" : "not 19 columns", where);
            continue;
        }
        read_row(fields, where, options, extra, report, use);
    }
}

}  // namespace demarc
