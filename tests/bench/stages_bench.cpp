// One benchmark a stage: bytes per second of source text. Usage: bench_stages [--benchmark_…] [FILE | FOLDER]..., by default docs/samples.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/token_hash.hpp"
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
        for (const Document& document : samples()) workspace.load(document, rules(), gazetteer());
    }
    state.SetBytesProcessed(state.iterations() * sample_bytes());
}
BENCHMARK(look_up);

// Longest match of every word with a capital, tokens given: in the gazetteer of DEMARC_BENCH_GAZETTEER, by default the built-in one.
void longest_match(benchmark::State& state) {
    const char* path = std::getenv("DEMARC_BENCH_GAZETTEER");
    auto opened = path == nullptr ? Gazetteer::from_memory(embedded_gazetteer()) : Gazetteer::open(path);
    if (!opened) {
        state.SkipWithError(opened.error().text().c_str());
        return;
    }
    const Gazetteer index = std::move(*opened);
    constexpr std::uint32_t name_start = shape::cap | shape::caps | shape::initial | shape::uncased;
    constexpr std::size_t ahead = 12, longest = 5;
    std::vector<std::vector<Token>> tokenised(samples().size());
    for (std::size_t d = 0; d < tokenised.size(); ++d) tokenise(samples()[d].text, tokenised[d]);
    std::uint64_t names = 0;
    for (auto _ : state) {
        names = 0;
        for (const std::vector<Token>& tokens : tokenised) {
            for (std::size_t i = 0; i < tokens.size(); ++i) {
                if (i + ahead + 1 < tokens.size() && (tokens[i + ahead].predicates & name_start) != 0) {
                    index.prefetch(tokens[i + ahead].hash);
                    index.prefetch(extend_sequence(tokens[i + ahead].hash, tokens[i + ahead + 1].hash));
                }
                if ((tokens[i].predicates & name_start) == 0) continue;
                std::uint64_t key = tokens[i].hash;
                Probe probe = index.probe(key);
                bool found = probe.found();
                for (std::size_t next = i + 1; probe.prefix && next < tokens.size() && next < i + longest; ++next) {
                    key = extend_sequence(key, tokens[next].hash);
                    probe = index.probe(key);
                    found = found || probe.found();
                }
                names += found;
            }
        }
        benchmark::DoNotOptimize(names);
    }
    state.counters["names"] = static_cast<double>(names);
    state.SetBytesProcessed(state.iterations() * sample_bytes());
}
BENCHMARK(longest_match);

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
