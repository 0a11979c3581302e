#include "cli/rules_command.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <system_error>

#include "cli/exit_code.hpp"
#include "cli/knowledge.hpp"
#include "cli/rules_profile.hpp"
#include "extractor/corpus.hpp"

namespace demarc {
namespace {

struct Options {
    std::vector<std::string> folders;
    bool builtin = true;
    std::vector<std::string> gazetteers;
    std::vector<std::string> corpora;  // files and folders, of `test`
    std::vector<std::string> inputs;   // documents, of `profile`
    bool json = false;
};

Result<RuleSet> load_rules(const Options& options) {
    auto sources = load_rule_sources(options.folders, options.builtin);
    return sources ? RuleSet::compile(std::move(*sources)) : Result<RuleSet>(sources.error());
}

// Calls use(rules, extractor) with what the options say, or tells what is wrong with it.
template <class Use>
int with_extractor(const Options& options, Use use) {
    auto rules = load_rules(options);
    if (!rules) return fail(rules.error());
    // Examples and corpora are written against the built-in gazetteer.
    auto gazetteer = load_gazetteer(options.gazetteers.empty() ? std::vector<std::string>{"builtin"} : options.gazetteers);
    if (!gazetteer) return fail(gazetteer.error());
    return use(*rules, Extractor(*rules, *gazetteer));
}

int tell(const CorpusReport& report) {
    for (const CorpusFailure& failure : report.failures) std::fprintf(stderr, "demarc: %s: %s\n", failure.where.c_str(), failure.message.c_str());
    return report.failures.empty() ? exit_done : exit_bad_data;
}

// Compiles all rules and tries the examples of those in the folders given; of the built-in ones where none is given.
int check(const Options& options) {
    return with_extractor(options, [&options](const RuleSet& rules, const Extractor& extractor) {
        Workspace workspace;
        CorpusReport report;
        const std::size_t layer = options.folders.empty() ? 0 : 1;
        check_examples(rules, extractor, workspace, report, layer);
        const int code = tell(report);
        std::size_t count = 0, decisions = 0;
        for (const RuleSource& rule : rules.sources().rules) {
            if (rule.layer >= layer) ++(rule.decision == RuleSource::Decision::none ? count : decisions);
        }
        const std::string found = report.failures.empty() ? "no fault found" : std::to_string(report.failures.size()) + " faults";
        std::printf("%zu rules, %zu decisions, %zu examples tried: %s\n", count, decisions, report.examples, found.c_str());
        return code;
    });
}

// The corpus files under files and folders, sorted.
Result<std::vector<std::string>> corpus_files(const std::vector<std::string>& paths) {
    std::vector<std::string> files;
    for (const std::string& path : paths) {
        std::error_code error;
        if (std::filesystem::is_regular_file(path, error)) {
            files.push_back(path);
            continue;
        }
        std::filesystem::recursive_directory_iterator folder(path, error);
        if (error) return Error{ErrorCode::no_input, "no such file or folder of corpora", path};
        for (const auto end = std::filesystem::recursive_directory_iterator(); folder != end; folder.increment(error)) {
            if (folder->path().extension() == ".corpus") files.push_back(folder->path().generic_string());
        }
        if (error) return Error{ErrorCode::no_input, "can't be read: " + error.message(), path};
    }
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
    return files;
}

Result<std::vector<RuleFile>> read_corpora(const std::vector<std::string>& paths) {
    const auto names = corpus_files(paths);
    if (!names) return names.error();
    if (names->empty()) return Error{ErrorCode::no_input, "holds no file *.corpus", paths.front()};
    std::vector<RuleFile> files;
    for (const std::string& name : *names) {
        std::ifstream in(name, std::ios::binary);
        if (!in) return Error{ErrorCode::no_input, "can't be opened", name};
        files.push_back({name, std::string(std::istreambuf_iterator<char>(in), {})});
    }
    return files;
}

// Those of the built-in rules, which travel in the program.
Result<std::vector<RuleFile>> builtin_corpora() {
    std::vector<RuleFile> files = builtin_files();
    std::erase_if(files, [](const RuleFile& file) { return !file.path.ends_with(".corpus"); });
    return files;
}

// Runs the corpora of the paths given, or else of the folders of --rules, or else the built-in ones.
int test(const Options& options) {
    const auto start = std::chrono::steady_clock::now();
    const std::vector<std::string>& paths = options.corpora.empty() ? options.folders : options.corpora;
    auto files = paths.empty() ? builtin_corpora() : read_corpora(paths);
    if (!files) return fail(files.error());
    return with_extractor(options, [&](const RuleSet& rules, const Extractor& extractor) {
        Workspace workspace;
        CorpusReport report;
        for (const RuleFile& file : *files) {
            const auto corpus = parse_corpus(file.path, file.content, rules.sources().kinds);
            if (!corpus) return fail(corpus.error());
            const std::size_t failures = report.failures.size(), blocks = report.blocks;
            run_corpus(*corpus, extractor, workspace, report);
            std::printf("%s\t%zu blocks\t%zu failures\n", file.path.c_str(), report.blocks - blocks, report.failures.size() - failures);
        }
        std::fflush(stdout);
        const int code = tell(report);
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        std::printf("%zu blocks, %zu expectations, %zu known gaps, %zu failures in %.2f s\n", report.blocks, report.expectations, report.known_gaps, report.failures.size(), seconds);
        return code;
    });
}

std::string years_of(const RuleSource& rule) {
    if (rule.since == 0 && rule.until == 0) return "";
    return (rule.since == 0 ? "" : std::to_string(rule.since)) + "-" + (rule.until == 0 ? "" : std::to_string(rule.until));
}

int list(const Options& options) {
    auto rules = load_rules(options);
    if (!rules) return fail(rules.error());
    for (const RuleSource& rule : rules->sources().rules) {
        const std::string phase = rule.decision == RuleSource::Decision::none ? rule.phase : rule.decision == RuleSource::Decision::always ? "always" : "never";
        std::printf("%s\t%s\t%s\t%s\t%s\n", rule.name.c_str(), rule.type_name.c_str(), phase.c_str(), years_of(rule).c_str(), rule.where.c_str());
    }
    return exit_done;
}

int profile(const Options& options) {
    return with_extractor(options, [&options](const RuleSet& rules, const Extractor& extractor) { return print_rules_profile(rules, extractor, options.inputs, options.json); });
}

}  // namespace

void add_rules_command(CLI::App& app, int& code) {
    auto options = std::make_shared<Options>();
    CLI::App* rules = app.add_subcommand("rules", "Looks at the rules");
    rules->require_subcommand(1);
    const auto add = [&](const char* name, const char* words, int (*run)(const Options&)) {
        CLI::App* command = rules->add_subcommand(name, words);
        command->add_option("--rules", options->folders, "Folders of more rules");
        command->add_flag("!--no-builtin-rules", options->builtin, "Only the rules of --rules");
        command->add_option("--gazetteer", options->gazetteers, "Compiled gazetteers instead of the default ones");
        command->callback([options, run, &code] { code = run(*options); });
        return command;
    };
    add("check", "Compiles all rules, tries the examples of those in --rules, and says what is wrong", check);
    add("test", "Runs corpora: of the files and folders named, or of those in --rules, or else those of the built-in rules", test)
        ->add_option("CORPUS", options->corpora, "Corpus files, or folders that hold them");
    CLI::App* profiled = add("profile", "What each rule costs on documents, and how often it fires", profile);
    profiled->add_option("INPUT", options->inputs, "Documents: files, folders, or - for JSONL on standard input")->required();
    profiled->add_flag("--json", options->json, "As JSON");
    add("list", "Name, type, phase (or always, never), years and place of every rule", list);
}

}  // namespace demarc
