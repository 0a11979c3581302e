#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <sstream>

#include "cli/exit_code.hpp"
#include "cli/explain_command.hpp"
#include "cli/extract_command.hpp"
#include "cli/gazetteer_command.hpp"
#include "cli/geocode_command.hpp"
#include "cli/rules_command.hpp"
#include "out/schema.hpp"

namespace demarc {
namespace {

int usage(const std::string& message) {
    std::fprintf(stderr, "demarc: %s\n", message.c_str());
    return exit_usage;
}

// What was given as text and must become something else.
struct RawExtract {
    ExtractOptions options;
    std::string formats, input_format = "auto", date, bounds;
};

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts;
    std::istringstream in(list);
    for (std::string part; std::getline(in, part, ',');) parts.push_back(part);
    return parts;
}

int extract(RawExtract& raw) {
    ExtractOptions& options = raw.options;
    for (const std::string& format : split(raw.formats)) {
        if (std::find(std::begin(known_formats), std::end(known_formats), format) == std::end(known_formats)) {
            std::string known;
            for (const std::string_view one : known_formats) known += " " + std::string(one);
            return usage("--format '" + format + "' is unknown; known are" + known);
        }
        options.formats.push_back(format);
    }
    const auto input = parse_input_format(raw.input_format);
    if (!input) return usage("--input-format '" + raw.input_format + "' is unknown; known are auto text jsonl");
    options.input_format = *input;
    if (!raw.date.empty()) {
        options.date = parse_civil_date(raw.date);
        if (!options.date) return usage("--date '" + raw.date + "' is no date; allowed are YYYY, YYYY-MM, YYYY-MM-DD");
    }
    if (!raw.bounds.empty()) {
        const auto parts = split(raw.bounds);
        BoundingBox box;
        double* const edges[] = {&box.west, &box.south, &box.east, &box.north};
        bool good = parts.size() == 4;
        for (std::size_t i = 0; good && i < 4; ++i) {
            char* end = nullptr;
            *edges[i] = std::strtod(parts[i].c_str(), &end);
            good = !parts[i].empty() && *end == '\0';
        }
        good = good && box.west >= -180 && box.east <= 180 && box.south >= -90 && box.north <= 90 && box.west < box.east && box.south < box.north;
        if (!good) return usage("--bbox '" + raw.bounds + "' must be W,S,E,N in degrees with W < E and S < N");
        options.bounds = box;
    }
    return run_extract(options);
}

}  // namespace

int run_command_line(int argc, char** argv) {
    CLI::App app("Reads historical and military documents; writes people, dates, units, places and lines, placed on the earth.", "demarc");
    app.set_version_flag("--version", "demarc " + std::string(program_version) + " (output schema " + std::string(schema_version) + ")");
    app.require_subcommand(1);

    RawExtract raw;
    CLI::App* extract_app = app.add_subcommand("extract", "Documents in, the files of docs/output.md out");
    extract_app->add_option("INPUT", raw.options.inputs, "Files, folders (walked), or - for JSONL on standard input")->required();
    extract_app->add_option("-o,--output", raw.options.output, "Output folder; made if need be")->required();
    extract_app->add_option("--format", raw.formats, "Comma-separated: geojson,mentions,entities,documents,lpf (default), text,html,orbat");
    extract_app->add_option("--input-format", raw.input_format, "auto (default), text, jsonl");
    extract_app->add_option("--gazetteer", raw.options.gazetteers, "Compiled gazetteers instead of the default ones; \"builtin\" names the built-in one");
    extract_app->add_option("--rules", raw.options.rules, "Folders of more rules, on top of the built-in ones");
    extract_app->add_flag("!--no-builtin-rules", raw.options.builtin_rules, "Only the rules of --rules");
    extract_app->add_option("--lines", raw.options.lines, "GeoJSON files of more reference lines and courses of rivers (docs/geometry.md)");
    extract_app->add_option("--curation", raw.options.curation, "Files of decisions on what is gathered: accept, reject, move, rename, merge, split (docs/gazetteer.md)");
    extract_app->add_flag("--interpolate-lines", raw.options.interpolate_lines, "Draw a front between two of its dated states where none holds the date");
    extract_app->add_option("--theatre", raw.options.theatre, "Where the documents play (korea, indochina …); default: worked out from each");
    extract_app->add_option("--bbox", raw.bounds, "W,S,E,N in degrees: places inside go before others");
    extract_app->add_option("--date", raw.date, "Date of documents that have none (YYYY-MM-DD)");
    extract_app->add_option("--lang", raw.options.language, "Language of the originals (ru, zh …) where the documents don't say");
    extract_app->add_option("--jobs", raw.options.jobs, "Threads that read, work and write; default: one a processor")->check(CLI::Range(1, 256));
    extract_app->add_option("--limit-bytes", raw.options.limit_bytes, "Largest file or record that is read");
    extract_app->add_flag("--strict", raw.options.strict, "Exit with 65 where a document had an error");
    extract_app->add_flag("--quiet", raw.options.quiet, "No words on standard error but errors");

    int code = exit_done;
    extract_app->callback([&] { code = extract(raw); });
    add_gazetteer_command(app, code);
    add_rules_command(app, code);
    add_explain_command(app, code);
    add_geocode_command(app, code);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int given = app.exit(error);
        return given == 0 ? exit_done : exit_usage;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "demarc: internal error: %s\n", error.what());
        return exit_internal;
    }
    return code;
}

}  // namespace demarc
