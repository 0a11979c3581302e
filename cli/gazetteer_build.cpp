#include "cli/gazetteer_build.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <unordered_set>

#include "base/packed_files.hpp"
#include "base/token_hash.hpp"
#include "cli/exit_code.hpp"
#include "cli/knowledge.hpp"
#include "gazetteer/common_words.hpp"
#include "gazetteer/embedded.hpp"
#include "gazetteer/importers/delimited.hpp"
#include "gazetteer/importers/gdal_source.hpp"
#include "gazetteer/importers/geonames.hpp"
#include "gazetteer/importers/osm_pbf.hpp"
#include "gazetteer/importers/places_json.hpp"
#include "gazetteer/importers/us_counties.hpp"
#include "gazetteer/name_routes.hpp"
#include "gazetteer/source_table.hpp"
#include "geo/geodesy.hpp"

namespace demarc {
namespace {

namespace fs = std::filesystem;

constexpr double same_place_m = 15'000;  // a record of the same name so near is the same place

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
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
                ids_.insert("geonames-" + std::string(rest.substr(0, rest.find_first_not_of("0123456789"))));
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

enum class SourceFormat : std::uint8_t { geonames, places_table, us_counties, delimited_places, delimited_names, json, json_lines, osm, gdal };

struct Source {
    std::string path;
    SourceFormat format = SourceFormat::geonames;
    std::optional<ImportMapping> mapping = std::nullopt;
    PlacesJson json = PlacesJson::none;
};

Result<Source> recognise(const std::string& path, const std::vector<ImportMapping>& mappings) {
    Source source{path};
    std::error_code error;
    if (!fs::exists(path, error)) return Error{ErrorCode::no_input, "no such file, or it can't be read", path};
    if (path.ends_with(".pbf") || path.ends_with(".osm") || path.ends_with(".osm.gz")) source.format = SourceFormat::osm;
    else if (is_gdal_source(path)) source.format = SourceFormat::gdal;
    if (source.format != SourceFormat::geonames) return source;
    std::ifstream in(path, std::ios::binary);
    std::string beginning(std::size_t{1} << 20, '\0');
    in.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    beginning.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, in.gcount())));
    std::string_view rest = beginning;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    std::string_view line;
    while (!rest.empty() && (line.empty() || line.front() == '#')) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        line = rest.substr(0, end);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (line.starts_with('{') && beginning.find("\"Topology\"") != std::string::npos) {
        source.format = SourceFormat::us_counties;
        return source;
    }
    if (source.json = places_json_of(beginning); source.json != PlacesJson::none) {
        // A feature a line: the first line is whole by itself, and there is another.
        const bool lines = line.starts_with('{') && line.ends_with('}') && rest.starts_with('{');
        source.format = lines ? SourceFormat::json_lines : SourceFormat::json;
        return source;
    }
    if (std::optional<ImportMapping> mapping = mapping_of(path, line, mappings)) {
        source.format = mapping->role == ImportMapping::Role::names ? SourceFormat::delimited_names : SourceFormat::delimited_places;
        source.mapping = std::move(mapping);
        if (!line.starts_with("id\tname\tkind\t")) return source;
    }
    if (line.starts_with("id\tname\t")) {
        source.format = SourceFormat::places_table;
        return source;
    }
    if (std::count(line.begin(), line.end(), '\t') == 18) return source;
    return Error{ErrorCode::bad_data,
                 "is of no known form; allowed: a GeoNames dump (19 columns by tabs), tables of GNS, GNIS, LP-TSV, Pleiades, Wikidata or any with the columns name, lat and lon, GeoJSON and Linked Places, "
                 "OpenStreetMap, what GDAL reads, a places table with the columns of docs/gazetteer.md, or a table that a --mapping recognises",
                 path};
}

Result<std::vector<ImportMapping>> load_mappings(const std::vector<std::string>& paths) {
    std::vector<ImportMapping> out;
    for (const std::string& path : paths) {
        if (!fs::is_regular_file(path)) return Error{ErrorCode::no_input, "no such mapping file", path};
        auto mapping = parse_mapping(read_file(path), path);
        if (!mapping) return mapping.error();
        out.push_back(std::move(*mapping));
    }
    // The general ones ("any_…") come last.
    auto files = unpack_files(embedded_mappings());
    std::stable_partition(files.begin(), files.end(), [](const auto& file) { return !file.first.starts_with("any_"); });
    for (const auto& [path, content] : files) {
        auto mapping = parse_mapping(content, "mappings/" + path);
        if (!mapping) return mapping.error();
        out.push_back(std::move(*mapping));
    }
    return out;
}

Result<NameRoutes> load_routes(const std::vector<std::string>& folders) {
    std::vector<NameRuleFile> files = name_rule_files(embedded_name_rules());
    for (const std::string& folder : folders) {
        if (!fs::is_directory(folder)) return Error{ErrorCode::no_input, "no such folder of name rules", folder};
        for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
            if (!entry.is_regular_file()) continue;
            NameRuleFile own{entry.path().filename().string(), read_file(entry.path().string())};
            const auto same = std::find_if(files.begin(), files.end(), [&](const NameRuleFile& file) { return file.path == own.path; });
            if (same == files.end()) files.push_back(std::move(own));
            else if (own.path == "routes.toml") same->content += "\n" + own.content;  // more routes; tables of the same name are replaced
            else same->content = std::move(own.content);
        }
    }
    return NameRoutes::load(files);
}

void tell(const ImportReport& report, const std::string& path, std::string_view what) {
    std::printf("%s: %llu rows, %llu %.*s\n", path.c_str(), static_cast<unsigned long long>(report.rows), static_cast<unsigned long long>(report.taken), static_cast<int>(what.size()), what.data());
    for (const auto& [reason, count] : report.left) std::printf("  %llu left: %s\n", static_cast<unsigned long long>(count), reason.c_str());
}

class Build {
public:
    explicit Build(const GazetteerBuildOptions& options) : options_(options) {}

    Status run() {
        const auto start = std::chrono::steady_clock::now();
        for (const std::string& path : options_.common_words) {
            if (Status status = read_word_list(path, words_); !status) return status;
        }
        for (const std::string& path : options_.dictionaries) {
            if (Status status = read_dictionary(path, words_); !status) return status;
        }
        auto mappings = load_mappings(options_.mappings);
        if (!mappings) return mappings.error();
        auto routes = load_routes(options_.name_rules);
        if (!routes) return routes.error();
        routes_.emplace(std::move(*routes));
        std::vector<Source> sources;
        for (const std::string& path : options_.sources) {
            auto source = recognise(path, *mappings);
            if (!source) return source.error();
            sources.push_back(std::move(*source));
        }
        // Tables of names first: the places that they belong to ask for them.
        for (const Source& source : sources) {
            if (source.format != SourceFormat::delimited_names) continue;
            ImportReport report;
            std::ifstream in(source.path, std::ios::binary);
            read_delimited_names(in, source.path, *source.mapping, report, extra_);
            tell(report, source.path, "names");
        }
        std::optional<Gazetteer> builtin;
        if (options_.builtin) {
            auto gazetteer = load_gazetteer({"builtin"});
            if (!gazetteer) return gazetteer.error();
            builtin = std::move(*gazetteer);
        }
        known_.emplace(std::move(builtin));
        auto builder = IndexBuilder::create(options_.output, routes_->endings());
        if (!builder) return builder.error();
        builder_ = &*builder;
        for (const Source& source : sources) {
            if (source.format == SourceFormat::delimited_names) continue;
            if (Status status = read(source); !status) return status;
            if (!trouble_) return trouble_;
        }
        const auto built = builder->finish();
        if (!built) return built.error();
        std::printf("%s: %llu records, %llu names, %.1f MB, in %.1f s\n", options_.output.c_str(), static_cast<unsigned long long>(built->records), static_cast<unsigned long long>(built->names),
                    static_cast<double>(built->bytes) / 1e6, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        return {};
    }

private:
    Status read(const Source& source) {
        const ImportOptions import{&words_, &known_->ids()};
        ImportReport report;
        const UseRecord use = [&](SourceRecord&& record) {
            if (known_->has(record)) {
                --report.taken;
                report.leave("known already by name and position", record.where);
            } else if (!ids_.insert(token_hash(record.id)).second) {
                --report.taken;
                report.leave("id given before", record.where);
            } else {
                keep(record);
            }
        };
        Status status;
        std::ifstream in;
        if (source.format != SourceFormat::osm && source.format != SourceFormat::gdal) in.open(source.path, std::ios::binary);
        switch (source.format) {
            case SourceFormat::geonames: read_geonames(in, source.path, import, extra_, report, use); break;
            case SourceFormat::delimited_places: read_delimited_places(in, source.path, *source.mapping, import, extra_, report, use); break;
            case SourceFormat::json: read_places_json(in, source.path, source.json, import, extra_, report, use, false); break;
            case SourceFormat::json_lines: read_places_json(in, source.path, source.json, import, extra_, report, use, true); break;
            case SourceFormat::osm: status = read_osm(source.path, import, report, use); break;
            case SourceFormat::gdal: status = read_gdal(source.path, import, extra_, report, use); break;
            case SourceFormat::delimited_names: break;
            case SourceFormat::places_table:
            case SourceFormat::us_counties: {
                const std::string text((std::istreambuf_iterator<char>(in)), {});
                auto records = source.format == SourceFormat::us_counties ? read_us_counties(text, source.path) : read_places(text, source.path);
                if (!records) return records.error();
                report.rows = report.taken = records->size();
                for (SourceRecord& record : *records) use(std::move(record));
                break;
            }
        }
        tell(report, source.path, "taken");
        return status;
    }

    void keep(SourceRecord& record) {
        if (!trouble_) return;
        if (options_.routes) routes_->expand(record, &words_);
        builder_->attribute(record.source);
        trouble_ = builder_->add(record);
    }

    const GazetteerBuildOptions& options_;
    CommonWords words_;
    std::optional<NameRoutes> routes_;
    std::optional<Known> known_;
    ExtraNames extra_;
    std::unordered_set<std::uint64_t> ids_;
    IndexBuilder* builder_ = nullptr;
    Status trouble_;
};

}  // namespace

int run_gazetteer_build(const GazetteerBuildOptions& options) {
    Build build(options);
    const Status status = build.run();
    if (status) return exit_done;
    std::fprintf(stderr, "demarc: %s\n", status.error().text().c_str());
    return exit_code(status.error().code);
}

}  // namespace demarc
