// One benchmark a stage: bytes per second of source text. Usage: bench_stages [--benchmark_…] [FILE | FOLDER]..., by default docs/samples.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/utf8.hpp"
#include "extractor/extractor.hpp"
#include "extractor/readers/document_stream.hpp"
#include "extractor/readers/source_list.hpp"
#include "extractor/rule_set.hpp"
#include "extractor/tokeniser.hpp"
#include "gazetteer/embedded.hpp"
#include "gazetteer/gazetteer.hpp"
#include "geo/placer.hpp"
#include "geo/reference_lines.hpp"
#include "out/record_writers.hpp"

using namespace demarc;

namespace {

// The files of the command line, or the sample documents.
std::vector<std::string> inputs = {"docs/samples"};

const std::vector<Document>& samples() {
    static const std::vector<Document> documents = [] {
        ProblemReporter problems;
        std::vector<Document> out;
        auto sources = list_sources(inputs, InputFormat::automatic, problems);
        if (sources) {
            DocumentStream stream(std::move(*sources), {}, problems);
            while (auto document = stream.next()) out.push_back(std::move(*document));
        }
        if (out.empty()) {
            std::fprintf(stderr, "no documents in %s; without files, run from the project's root\n", inputs.front().c_str());
            std::exit(66);
        }
        return out;
    }();
    return documents;
}

std::int64_t sample_bytes() {
    std::int64_t total = 0;
    for (const Document& document : samples()) total += static_cast<std::int64_t>(document.text.size());
    return total;
}

const Gazetteer& gazetteer() {
    static const Gazetteer instance = std::move(Gazetteer::from_memory(embedded_gazetteer())).value();
    return instance;
}

const RuleSet& rules() {
    static const RuleSet instance = std::move(RuleSet::compile(std::move(parse_rule_files(builtin_rule_files())).value())).value();
    return instance;
}

void validate_utf8(benchmark::State& state) {
    for (auto _ : state) {
        for (const Document& document : samples()) benchmark::DoNotOptimize(first_invalid_utf8(document.text));
    }
    state.SetBytesProcessed(state.iterations() * sample_bytes());
}
BENCHMARK(validate_utf8);

void tokenise_scalar(benchmark::State& state) {
    std::vector<Token> tokens;
    for (auto _ : state) {
        for (const Document& document : samples()) tokenise_with(TokeniserKernel::scalar, document.text, tokens);
    }
    state.SetBytesProcessed(state.iterations() * sample_bytes());
}
BENCHMARK(tokenise_scalar);

void tokenise_avx2(benchmark::State& state) {
    if (!kernel_available(TokeniserKernel::avx2)) {
        state.SkipWithError("no AVX2 on this machine");
        return;
    }
    std::vector<Token> tokens;
    for (auto _ : state) {
        for (const Document& document : samples()) tokenise_with(TokeniserKernel::avx2, document.text, tokens);
    }
    state.SetBytesProcessed(state.iterations() * sample_bytes());
}
BENCHMARK(tokenise_avx2);

void look_up(benchmark::State& state) {
    Workspace workspace;
    for (auto _ : state) {
        for (const Document& document : samples()) workspace.load(document, rules().vocabulary(), gazetteer());
    }
    state.SetBytesProcessed(state.iterations() * sample_bytes());
}
BENCHMARK(look_up);

void extract(benchmark::State& state) {
    const Extractor extractor(rules(), gazetteer());
    Workspace workspace;
    for (auto _ : state) {
        for (const Document& document : samples()) benchmark::DoNotOptimize(extractor.extract(document, workspace));
    }
    state.SetBytesProcessed(state.iterations() * sample_bytes());
}
BENCHMARK(extract);

void extract_and_place(benchmark::State& state) {
    const Extractor extractor(rules(), gazetteer());
    const ReferenceLines lines = std::move(ReferenceLines::parse(embedded_lines(), "lines.geojson")).value();
    const Placer placer(gazetteer(), lines, {});
    Workspace workspace;
    for (auto _ : state) {
        for (const Document& document : samples()) {
            ExtractedDocument extracted{document, extractor.extract(document, workspace)};
            std::vector<Problem> problems;
            placer.place(extracted, problems);
            benchmark::DoNotOptimize(extracted);
        }
    }
    state.SetBytesProcessed(state.iterations() * sample_bytes());
}
BENCHMARK(extract_and_place);

void write_records(benchmark::State& state) {
    const Extractor extractor(rules(), gazetteer());
    Workspace workspace;
    std::vector<ExtractedDocument> extracted;
    for (const Document& document : samples()) extracted.push_back({document, extractor.extract(document, workspace)});
    std::string out;
    for (auto _ : state) {
        out.clear();
        for (const ExtractedDocument& document : extracted) {
            append_mentions(out, document);
            append_document(out, document, 0);
        }
        benchmark::DoNotOptimize(out.data());
    }
    state.SetBytesProcessed(state.iterations() * sample_bytes());
}
BENCHMARK(write_records);

void compile_rules(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(RuleSet::compile(std::move(parse_rule_files(builtin_rule_files())).value()));
}
BENCHMARK(compile_rules)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (argc > 1) inputs.assign(argv + 1, argv + argc);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
