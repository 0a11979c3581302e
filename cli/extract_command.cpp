#include "cli/extract_command.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <thread>

#include "cli/exit_code.hpp"
#include "cli/interrupt.hpp"
#include "cli/knowledge.hpp"
#include "cli/ordered_pipeline.hpp"
#include "extractor/extractor.hpp"
#include "extractor/readers/document_stream.hpp"
#include "gazetteer/curation.hpp"
#include "gazetteer/gather.hpp"
#include "geo/placer.hpp"
#include "out/feature_writers.hpp"
#include "out/html_map.hpp"
#include "out/orbat.hpp"
#include "out/output_folder.hpp"
#include "out/record_writers.hpp"
#include "out/run_info.hpp"

namespace demarc {
namespace {

int fail(const Error& error) {
    std::fprintf(stderr, "demarc: %s\n", error.text().c_str());
    return exit_code(error.code);
}

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

// The formats that were asked for, each with its open file; null where it wasn't.
struct Outputs {
    OutputFile *mentions = nullptr, *documents = nullptr, *entities = nullptr, *features = nullptr, *linked_places = nullptr, *html = nullptr, *orbat = nullptr, *problems = nullptr,
               *run = nullptr;
    bool text = false;
};

Result<Outputs> open_outputs(OutputFolder& folder, const std::vector<std::string>& formats) {
    Outputs outputs;
    const auto has = [&formats](std::string_view name) { return std::find(formats.begin(), formats.end(), name) != formats.end(); };
    const auto open = [&folder](bool wanted, OutputFile*& file, const char* name) -> Status {
        if (!wanted) return {};
        auto opened = folder.open(name);
        if (!opened) return opened.error();
        file = *opened;
        return {};
    };
    for (const Status& status : {open(has("geojson"), outputs.features, "features.geojson"), open(has("mentions"), outputs.mentions, "mentions.jsonl"),
                                 open(has("entities"), outputs.entities, "entities.jsonl"), open(has("documents"), outputs.documents, "documents.jsonl"),
                                 open(has("lpf"), outputs.linked_places, "gazetteer.lpf.json"), open(has("html"), outputs.html, "map.html"), open(has("orbat"), outputs.orbat, "orbat.json"),
                                 open(true, outputs.problems, "problems.jsonl"), open(true, outputs.run, "run.json")}) {
        if (!status) return status.error();
    }
    outputs.text = has("text");
    return outputs;
}

struct Worked {
    ExtractedDocument document;
    std::vector<Problem> problems;
};

// Documents go from thread to thread in batches: waking a thread costs as much as reading a page of text.
constexpr std::size_t batch_bytes = 32 << 10, batch_documents = 32;

class Progress {
public:
    explicit Progress(bool on) : on_(on && ::isatty(2) == 1) {}
    void tell(std::uint64_t documents, std::uint64_t bytes) {
        const auto now = std::chrono::steady_clock::now();
        if (!on_ || now - last_ < std::chrono::milliseconds(200)) return;
        last_ = now;
        std::fprintf(stderr, "\r%llu documents, %.1f MB ", static_cast<unsigned long long>(documents), static_cast<double>(bytes) / 1e6);
        told_ = true;
    }
    void end() const {
        if (told_) std::fprintf(stderr, "\r%40s\r", "");
    }

private:
    bool on_;
    bool told_ = false;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
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

class Batch {
public:
    Batch(const ExtractOptions& options, const Knowledge& knowledge, const Curation& curation, OutputFolder& folder, Outputs outputs)
        : options_(options), knowledge_(knowledge), curation_(curation), folder_(folder), outputs_(outputs), gatherer_(knowledge.gazetteer) {
        html_.declare(knowledge.rules.sources().kinds);
    }

    Status run(std::vector<InputSource> sources, std::size_t jobs, ProblemReporter& problems, RunInfo& info) {
        ReadOptions read{options_.date, options_.language, options_.limit_bytes};
        DocumentStream stream(std::move(sources), read, problems);
        const Extractor extractor(knowledge_.rules, knowledge_.gazetteer);
        PlacingOptions placing;
        placing.theatre = options_.theatre;
        placing.theatre_bounds = options_.bounds;
        placing.interpolate_lines = options_.interpolate_lines;
        placing.land = land_of(knowledge_);
        const Placer placer = curation_.empty() ? Placer(knowledge_.gazetteer, knowledge_.lines, placing)
                                                : Placer([this](std::uint32_t index) { return curation_.apply(knowledge_.gazetteer.record(index)); }, knowledge_.lines, placing);
        std::vector<Workspace> workspaces(jobs);
        Progress progress(!options_.quiet);
        Status failure;
        run_ordered<std::vector<Document>, std::vector<Worked>>(
            jobs, jobs * 4 + 4,
            [&] {
                std::optional<std::vector<Document>> batch;
                std::size_t bytes = 0;
                while (bytes < batch_bytes && (!batch || batch->size() < batch_documents)) {
                    auto document = stream.next();
                    if (!document) break;
                    bytes += document->text.size();
                    if (!batch) batch.emplace();
                    batch->push_back(std::move(*document));
                }
                return batch;
            },
            [&](std::vector<Document>& documents, std::size_t worker) {
                std::vector<Worked> batch(documents.size());
                for (std::size_t i = 0; i < documents.size(); ++i) {
                    ExtractedDocument& extracted = batch[i].document;
                    extracted.mentions = extractor.extract(documents[i], workspaces[worker]);
                    extracted.document = std::move(documents[i]);
                    placer.place(extracted, batch[i].problems);
                    curation_.apply(extracted, knowledge_.gazetteer);
                }
                return batch;
            },
            [&](std::vector<Worked>& batch) {
                for (Worked& worked : batch) {
                    for (Problem& problem : worked.problems) problems.report(std::move(problem));
                    if (failure.ok()) failure = write(worked.document, problems.count(worked.document.document.id), info);
                }
                progress.tell(info.documents, info.bytes);
            },
            [&] { return interrupted() || !failure.ok(); });
        progress.end();
        return failure;
    }

    std::vector<Entity> entities() {
        std::vector<Entity> out = gatherer_.finish();
        curation_.apply(out);
        return out;
    }
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& titles() const { return titles_; }
    HtmlMap& html() { return html_; }
    [[nodiscard]] const Orbat& orbat() const { return orbat_; }

private:
    Status write(const ExtractedDocument& document, std::size_t problem_count, RunInfo& info) {
        ++info.documents;
        info.bytes += document.document.text.size();
        for (const Mention& mention : document.mentions) {
            if (mention.type == MentionType::declared) ++info.declared_mentions[mention.as<DeclaredValue>().kind];
            else ++info.mentions[static_cast<std::size_t>(mention.type)];
        }
        if (outputs_.mentions != nullptr) append_mentions(outputs_.mentions->buffer(), document), outputs_.mentions->flush_if_full();
        if (outputs_.documents != nullptr) append_document(outputs_.documents->buffer(), document, problem_count), outputs_.documents->flush_if_full();
        if (outputs_.entities != nullptr || outputs_.features != nullptr || outputs_.linked_places != nullptr || outputs_.html != nullptr) gatherer_.add(document);
        if (outputs_.linked_places != nullptr) titles_.emplace_back(document.document.id, document.document.metadata.title);
        if (outputs_.html != nullptr) html_.add(document);
        if (outputs_.orbat != nullptr) orbat_.add(document);
        if (outputs_.text) {
            const std::string name = safe_file_name(document.document.id) + (document.document.id.ends_with(".txt") ? "" : ".txt");
            if (auto written = folder_.write_whole("text/" + name, document.document.text); !written) return written;
        }
        return {};
    }

    const ExtractOptions& options_;
    const Knowledge& knowledge_;
    const Curation& curation_;
    OutputFolder& folder_;
    Outputs outputs_;
    EntityGatherer gatherer_;
    std::vector<std::pair<std::string, std::string>> titles_;
    HtmlMap html_;
    Orbat orbat_;
};

void write_entities(Outputs& outputs, Batch& batch, const std::vector<Entity>& entities) {
    if (outputs.entities != nullptr) {
        for (const Entity& entity : entities) append_entity(outputs.entities->buffer(), entity), outputs.entities->flush_if_full();
    }
    if (outputs.features != nullptr) append_feature_collection(outputs.features->buffer(), entities);
    if (outputs.linked_places != nullptr) append_linked_places(outputs.linked_places->buffer(), entities, batch.titles());
    if (outputs.html != nullptr) batch.html().write(outputs.html->buffer(), entities);
    if (outputs.orbat != nullptr) batch.orbat().write(outputs.orbat->buffer());
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
    auto outputs = open_outputs(**folder, formats);
    if (!outputs) return fail(outputs.error());
    info.seconds.emplace_back("start", watch.lap());

    info.jobs = options.jobs != 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
    info.rules_digest = (*knowledge)->rules.digest();
    info.gazetteer_digest = (*knowledge)->gazetteer.digest();
    info.lines_digest = (*knowledge)->lines_digest;
    info.options = told_options(options, formats);
    if (!curation->empty()) info.options.emplace(info.options.begin(), "curation", curation->digest());
    catch_interrupts();

    Batch batch(options, **knowledge, *curation, **folder, *outputs);
    if (auto status = batch.run(std::move(*sources), info.jobs, problems, info); !status) return fail(status.error());
    info.seconds.emplace_back("documents", watch.lap());

    const std::vector<Entity> entities = batch.entities();
    info.entities = entities.size();
    info.seconds.emplace_back("entities", watch.lap());
    write_entities(*outputs, batch, entities);
    const std::vector<Problem> told = problems.take();
    bool any_error = false;
    for (const Problem& problem : told) {
        append_problem(outputs->problems->buffer(), problem);
        any_error = any_error || problem.level == ProblemLevel::error;
    }
    info.problems = told.size();
    info.interrupted = interrupted();
    info.seconds.emplace_back("writing", watch.lap());
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
