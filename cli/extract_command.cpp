#include "cli/extract_command.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <thread>

#include "cli/exit_code.hpp"
#include "cli/extract_batch.hpp"
#include "cli/interrupt.hpp"
#include "out/record_writers.hpp"

namespace demarc {
namespace {

class Stopwatch {
public:
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        const double seconds = std::chrono::duration<double>(now - start_).count();
        start_ = now;
        return seconds;
    }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

std::vector<std::pair<std::string, std::string>> told_options(const ExtractOptions& options, const std::vector<std::string>& formats) {
    std::vector<std::pair<std::string, std::string>> told;
    std::string list;
    for (const std::string& format : formats) list += (list.empty() ? "" : ",") + format;
    if (options.date) told.emplace_back("date", to_edtf(*options.date));
    told.emplace_back("format", list);
    if (!options.builtin_rules) told.emplace_back("no-builtin-rules", "true");
    if (!options.language.empty()) told.emplace_back("lang", options.language);
    if (!options.theatre.empty()) told.emplace_back("theatre", options.theatre);
    if (options.interpolate_lines) told.emplace_back("interpolate-lines", "true");
    return told;
}

Result<Curation> load_curation(const std::vector<std::string>& paths) {
    Curation out;
    for (const std::string& path : paths) {
        std::ifstream in(path, std::ios::binary);
        if (!in) return Error{ErrorCode::no_input, "no such file of decisions, or it can't be read", path};
        if (const Status status = out.add(std::string(std::istreambuf_iterator<char>(in), {}), path); !status) return status.error();
    }
    return out;
}

}  // namespace

int run_extract(const ExtractOptions& options) {
    Stopwatch watch;
    RunInfo info;
    std::vector<std::string> formats = options.formats;
    if (formats.empty()) formats.assign(std::begin(default_formats), std::end(default_formats));
    ProblemReporter problems;

    auto sources = list_sources(options.inputs, options.input_format, problems);
    if (!sources) return fail(sources.error());
    auto knowledge = load_knowledge(options.gazetteers, options.rules, options.builtin_rules, options.lines);
    if (!knowledge) return fail(knowledge.error());
    const auto curation = load_curation(options.curation);
    if (!curation) return fail(curation.error());
    auto folder = OutputFolder::create(options.output);
    if (!folder) return fail(folder.error());
    auto outputs = ExtractOutputs::open(**folder, formats);
    if (!outputs) return fail(outputs.error());
    info.seconds.emplace_back("start", watch.lap());

    info.jobs = options.jobs != 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
    info.rules_digest = (*knowledge)->rules.digest();
    info.gazetteer_digest = (*knowledge)->gazetteer.digest();
    info.lines_digest = (*knowledge)->lines_digest;
    info.options = told_options(options, formats);
    if (!curation->empty()) info.options.emplace(info.options.begin(), "curation", curation->digest());
    catch_interrupts();

    ExtractBatch batch(options, **knowledge, *curation, **folder, *outputs);
    if (auto status = batch.run(std::move(*sources), info.jobs, problems, info); !status) return fail(status.error());
    info.seconds.emplace_back("documents", watch.lap());

    info.entities = batch.write();
    info.seconds.emplace_back("entities", watch.lap());
    const std::vector<Problem> told = problems.take();
    bool any_error = false;
    for (const Problem& problem : told) {
        append_problem(outputs->problems->buffer(), problem);
        any_error = any_error || problem.level == ProblemLevel::error;
    }
    info.problems = told.size();
    info.interrupted = interrupted();
    append_run_info(outputs->run->buffer(), info);
    if (auto status = (*folder)->commit(); !status) return fail(status.error());

    if (!options.quiet) {
        std::uint64_t mentions = 0;
        for (const std::uint64_t count : info.mentions) mentions += count;
        for (const auto& [kind, count] : info.declared_mentions) mentions += count;
        std::fprintf(stderr, "demarc: %llu documents, %llu mentions, %llu entities, %llu problems -> %s\n", static_cast<unsigned long long>(info.documents),
                     static_cast<unsigned long long>(mentions), static_cast<unsigned long long>(info.entities), static_cast<unsigned long long>(info.problems),
                     options.output.c_str());
    }
    if (interrupted()) return exit_interrupted;
    return options.strict && any_error ? exit_bad_data : exit_done;
}

}  // namespace demarc
