#include "cli/gazetteer_command.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include "base/edtf.hpp"
#include "cli/exit_code.hpp"
#include "cli/gazetteer_build.hpp"
#include "cli/gazetteer_fetch.hpp"
#include "cli/gazetteer_files.hpp"
#include "cli/knowledge.hpp"
#include "gazetteer/search_context.hpp"
#include "out/json_writer.hpp"

namespace demarc {
namespace {

struct Options {
    std::vector<std::string> gazetteers;
    std::string name, lang, date, near;
    bool json = false;
};

struct FileOptions {
    std::string path, other, format = "lpf", output = "-", year;
    bool json = false;
};

std::string_view stage_name(MatchStage stage) {
    switch (stage) {
        case MatchStage::attested: return "attested";
        case MatchStage::generated: return "generated";
        case MatchStage::ocr: return "ocr";
        case MatchStage::edit: return "edit";
    }
    return "edit";
}

// What the options say of the text that the name stands in.
Result<SearchContext> context_of(const Options& options) {
    SearchContext context;
    context.lang = options.lang;
    if (!options.date.empty()) {
        const auto day = edtf_bounds(options.date);
        if (!day) return Error{ErrorCode::usage, "--date '" + options.date + "'; allowed: EDTF, such as 1951 or 1951-10-31", ""};
        context.year = static_cast<std::int16_t>(std::atoi(day->front().c_str()));
    }
    if (!options.near.empty()) {
        double lon = 0, lat = 0;
        char rest = 0;
        if (std::sscanf(options.near.c_str(), "%lf,%lf%c", &lon, &lat, &rest) != 2 || !(lon >= -180 && lon <= 180) || !(lat >= -90 && lat <= 90)) {
            return Error{ErrorCode::usage, "--near '" + options.near + "'; allowed: LON,LAT in degrees, such as 126.5,38", ""};
        }
        context.near = LonLat{lon, lat};
    }
    return context;
}

void print_json(const Gazetteer& gazetteer, const std::vector<RankedHit>& hits) {
    std::string out;
    JsonWriter json(out);
    json.begin_array();
    for (const auto& [hit, score] : hits) {
        const Record record = gazetteer.record(hit.record);
        json.begin_object();
        json.field("id", record.id);
        json.field("name", record.name);
        json.key("names");
        json.begin_array();
        for (const RecordName& name : gazetteer.names(hit.record)) {
            if (name.kind != NameKind::generated) json.string(name.text);
        }
        json.end_array();
        if (record.has_position) {
            json.key("lat"), json.decimal(record.position.lat, 5);
            json.key("lon"), json.decimal(record.position.lon, 5);
        }
        json.optional_field("kind", record.kind);
        json.field("stage", stage_name(hit.stage));
        json.key("route");
        json.begin_array();
        for (const std::string& step : gazetteer.route(hit)) json.string(step);
        json.end_array();
        json.key("score"), json.decimal(score, 3);
        json.end_object();
    }
    json.end_array();
    std::printf("%s\n", out.c_str());
}

int search(const Options& options) {
    auto gazetteer = load_gazetteer(options.gazetteers);
    if (!gazetteer) return fail(gazetteer.error());
    const auto context = context_of(options);
    if (!context) return fail(context.error());
    const std::vector<RankedHit> hits = rank_hits(*gazetteer, gazetteer->search(options.name), *context);
    if (options.json) {
        print_json(*gazetteer, hits);
        return exit_done;
    }
    if (hits.empty()) std::printf("no record answers to '%s'\n", options.name.c_str());
    for (const auto& [hit, score] : hits) {
        const Record record = gazetteer->record(hit.record);
        std::printf("%s\t%s\t%s\t%s", std::string(record.id).c_str(), std::string(record.name).c_str(), std::string(record.kind).c_str(), std::string(stage_name(hit.stage)).c_str());
        if (record.has_position) std::printf("\t%.5f %.5f", record.position.lat, record.position.lon);
        std::string route;
        for (const std::string& step : gazetteer->route(hit)) route += (route.empty() ? "\t" : " → ") + step;
        std::printf("%s\n", route.c_str());
    }
    return exit_done;
}

int info(const Options& options) {
    auto gazetteer = load_gazetteer(options.gazetteers);
    if (!gazetteer) return fail(gazetteer.error());
    std::size_t places = 0, people = 0, names = 0;
    for (std::uint32_t i = 0; i < gazetteer->size(); ++i) {
        (gazetteer->record(i).record_class == RecordClass::place ? places : people) += 1;
        names += gazetteer->names(i).size();
    }
    std::printf("%zu places, %zu people, %zu names, digest %s\n", places, people, names, gazetteer->digest().c_str());
    if (const std::string sources = gazetteer->attribution(); !sources.empty()) std::printf("sources:\n%s\n", sources.c_str());
    return exit_done;
}

}  // namespace

void add_gazetteer_command(CLI::App& app, int& code) {
    auto options = std::make_shared<Options>();
    CLI::App* gazetteer = app.add_subcommand("gazetteer", "Looks into a gazetteer");
    gazetteer->require_subcommand(1);
    CLI::App* search_app = gazetteer->add_subcommand("search", "Records that a name may mean, with stage and route");
    search_app->add_option("NAME", options->name)->required();
    search_app->add_option("--gazetteer", options->gazetteers, "Compiled gazetteers instead of the default ones; \"builtin\" names the built-in one");
    search_app->add_option("--lang", options->lang, "Language of the original: spellings that came through it go before others");
    search_app->add_option("--date", options->date, "When the text was written (EDTF): names and places of other years stand back");
    search_app->add_option("--near", options->near, "LON,LAT where the text plays: what lies near goes before what lies far");
    search_app->add_flag("--json", options->json, "A JSON array");
    search_app->callback([options, &code] { code = search(*options); });
    auto build = std::make_shared<GazetteerBuildOptions>();
    CLI::App* build_app = gazetteer->add_subcommand("build", "Compiles gazetteers of others into an index file");
    build_app->add_option("SOURCE", build->sources, "GeoNames, GNS, GNIS, LPF and LP-TSV, Pleiades, Wikidata, Who's On First, OpenStreetMap, what GDAL reads, tables with name, lat, lon")->required();
    build_app->add_option("-o,--output", build->output, "The index file (.gaz)")->required();
    build_app->add_option("--common-words", build->common_words, "Files of words, given and family names: a place of such a name takes more evidence");
    build_app->add_option("--dictionary", build->dictionaries, "Dictionaries (a word a line): their words with a small letter are common words too");
    build_app->add_option("--mapping", build->mappings, "Mapping files for tables that aren't known (docs/gazetteer.md)");
    build_app->add_option("--names", build->name_rules, "Folders with routes.toml and tables of your own, as rules/names");
    build_app->add_flag("!--no-routes", build->routes, "Without the spellings that the name routes make");
    build_app->add_flag("!--no-builtin", build->builtin, "Keep also what the built-in gazetteer has");
    build_app->callback([build, &code] { code = run_gazetteer_build(*build); });
    auto files = std::make_shared<FileOptions>();
    CLI::App* check_app = gazetteer->add_subcommand("check", "Reads an index file whole, against its digests and every reference");
    check_app->add_option("FILE", files->path)->required();
    check_app->callback([files, &code] { code = check_gazetteer(files->path); });
    CLI::App* export_app = gazetteer->add_subcommand("export", "The places of an index file, or of a run's gazetteer.lpf.json, in another format");
    export_app->add_option("FILE", files->path)->required();
    export_app->add_option("--format", files->format, "lpf, lp-tsv, csv, geojson")->capture_default_str();
    export_app->add_option("-o,--output", files->output, "A file, or - for standard output")->capture_default_str();
    export_app->add_option("--year", files->year, "Year of the source, for places without one (LP-TSV wants one in each row)");
    export_app->callback([files, &code] { code = export_gazetteer(files->path, files->format, files->output, files->year); });
    CLI::App* diff_app = gazetteer->add_subcommand("diff", "What changed between two gazetteers, place by place");
    diff_app->add_option("BEFORE", files->path)->required();
    diff_app->add_option("AFTER", files->other)->required();
    diff_app->add_flag("--json", files->json, "A JSON object a line");
    diff_app->callback([files, &code] { code = diff_gazetteers(files->path, files->other, files->json); });
    auto fetch = std::make_shared<GazetteerFetchOptions>();
    CLI::App* fetch_app = gazetteer->add_subcommand("fetch", "Downloads dumps of GeoNames (CC BY 4.0); the only command that uses the network");
    fetch_app->add_option("SOURCE", fetch->source, "geonames")->required();
    fetch_app->add_option("ITEM", fetch->items, "Country codes (KP,KR), or names of dump files (cities500, allCountries, alternateNamesV2)")->required()->delimiter(',');
    fetch_app->add_option("-o,--output", fetch->folder, "The folder that they go to")->capture_default_str();
    fetch_app->add_option("--address", fetch->address, "Where the dumps lie")->capture_default_str();
    fetch_app->add_flag("--quiet", fetch->quiet, "Says nothing where all goes well");
    fetch_app->callback([fetch, &code] { code = fetch_gazetteer(*fetch); });
    CLI::App* info_app = gazetteer->add_subcommand("info", "Counts and digest");
    info_app->add_option("--gazetteer", options->gazetteers, "Compiled gazetteers instead of the default ones; \"builtin\" names the built-in one");
    info_app->callback([options, &code] { code = info(*options); });
}

}  // namespace demarc
