#include "cli/gazetteer_build.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <unordered_set>

#include "cli/exit_code.hpp"
#include "cli/knowledge.hpp"
#include "gazetteer/common_words.hpp"
#include "gazetteer/geonames.hpp"
#include "gazetteer/source_table.hpp"
#include "gazetteer/us_counties.hpp"
#include "geo/geodesy.hpp"

namespace demarc {
namespace {

constexpr double same_place_m = 15'000;  // a record of the same name so near is the same place

int fail(const Error& error) {
    std::fprintf(stderr, "demarc: %s\n", error.text().c_str());
    return exit_code(error.code);
}

// What the built-in gazetteer has already: by the GeoNames id in its source, or by name and position.
class Known {
public:
    explicit Known(std::optional<Gazetteer> gazetteer) : gazetteer_(std::move(gazetteer)) {
        for (std::uint32_t i = 0; gazetteer_ && i < gazetteer_->size(); ++i) {
            const std::string_view source = gazetteer_->record(i).source;
            constexpr std::string_view mark = "GeoNames ";
            if (const std::size_t at = source.find(mark); at != std::string_view::npos) {
                const std::string_view rest = source.substr(at + mark.size());
                ids_.insert(std::string(rest.substr(0, rest.find_first_not_of("0123456789"))));
            }
        }
    }
    [[nodiscard]] const std::unordered_set<std::string>& ids() const { return ids_; }
    [[nodiscard]] bool has(const SourceRecord& record) const {
        if (!gazetteer_ || !record.position) return false;
        const std::vector<Hit> hits = gazetteer_->search(record.name, MatchStage::attested);
        return std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) {
            const Record other = gazetteer_->record(hit.record);
            return other.record_class == RecordClass::place && other.has_position && distance_m(other.position, *record.position) < same_place_m;
        });
    }

private:
    std::optional<Gazetteer> gazetteer_;
    std::unordered_set<std::string> ids_;
};

enum class SourceFormat : std::uint8_t { geonames, places_table, us_counties };

Result<SourceFormat> format_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return Error{ErrorCode::no_input, "no such file, or it can't be read", path};
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        if (line.starts_with('{') && line.find("\"Topology\"") != std::string::npos) return SourceFormat::us_counties;
        const auto tabs = std::count(line.begin(), line.end(), '\t');
        if (line.starts_with("id\tname\t")) return SourceFormat::places_table;
        if (tabs == 18 && !line.empty()) return SourceFormat::geonames;
        break;
    }
    return Error{ErrorCode::bad_data, "is of no known form; allowed: a GeoNames dump (19 columns by tabs), the TopoJSON of us-atlas, or a places table with the columns of docs/gazetteer.md", path};
}

void tell(const ImportReport& report, const std::string& path) {
    std::printf("%s: %llu rows, %llu taken\n", path.c_str(), static_cast<unsigned long long>(report.rows), static_cast<unsigned long long>(report.taken));
    for (const auto& [reason, count] : report.left) std::printf("  %llu left: %s\n", static_cast<unsigned long long>(count), reason.c_str());
}

}  // namespace

int run_gazetteer_build(const GazetteerBuildOptions& options) {
    const auto start = std::chrono::steady_clock::now();
    CommonWords words;
    for (const std::string& path : options.common_words) {
        if (const Status status = read_word_list(path, words); !status) return fail(status.error());
    }
    for (const std::string& path : options.dictionaries) {
        if (const Status status = read_dictionary(path, words); !status) return fail(status.error());
    }
    std::optional<Gazetteer> builtin;
    if (options.builtin) {
        auto gazetteer = load_gazetteer({"builtin"});
        if (!gazetteer) return fail(gazetteer.error());
        builtin = std::move(*gazetteer);
    }
    const Known known(std::move(builtin));
    auto builder = IndexBuilder::create(options.output, {});
    if (!builder) return fail(builder.error());
    std::optional<Error> trouble;
    const auto keep = [&](const SourceRecord& record) {
        if (trouble) return;
        if (const Status status = builder->add(record); !status) trouble = status.error();
        builder->attribute(record.source);
    };
    for (const std::string& path : options.sources) {
        const auto format = format_of(path);
        if (!format) return fail(format.error());
        std::ifstream in(path, std::ios::binary);
        if (*format != SourceFormat::geonames) {
            const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
            auto read = *format == SourceFormat::us_counties ? read_us_counties(text, path) : read_places(text, path);
            if (!read) return fail(read.error());
            std::printf("%s: %zu taken\n", path.c_str(), read->size());
            for (SourceRecord& record : *read) {
                if (!known.has(record)) keep(record);
            }
        } else {
            ImportReport report;
            GeonamesOptions geonames{&words, &known.ids()};
            read_geonames(in, path, geonames, report, [&](SourceRecord&& record) {
                if (known.has(record)) {
                    --report.taken;
                    report.leave("known already by name and position", record.where);
                } else {
                    keep(record);
                }
            });
            tell(report, path);
        }
        if (trouble) return fail(*trouble);
    }
    const auto built = builder->finish();
    if (!built) return fail(built.error());
    std::printf("%s: %llu records, %llu names, %.1f MB, in %.1f s\n", options.output.c_str(), static_cast<unsigned long long>(built->records), static_cast<unsigned long long>(built->names),
                static_cast<double>(built->bytes) / 1e6, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    return exit_done;
}

}  // namespace demarc
