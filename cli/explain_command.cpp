#include "cli/explain_command.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/utf8.hpp"
#include "cli/exit_code.hpp"
#include "cli/explanation.hpp"
#include "extractor/extractor.hpp"
#include "extractor/readers/document_stream.hpp"
#include "geo/placer.hpp"

namespace demarc {
namespace {

struct Options {
    std::string input, document, mention, date, language, theatre;
    std::optional<std::uint64_t> at;
    std::vector<std::string> gazetteers;
    std::vector<std::string> rules;
    bool builtin = true, json = false;
};

// The byte of a text at which its code point `offset` begins.
std::optional<std::uint32_t> byte_of(std::string_view text, std::uint64_t offset) {
    std::size_t byte = 0;
    for (std::uint64_t i = 0; i < offset && byte < text.size(); ++i) static_cast<void>(next_code_point(text, byte));
    if (byte >= text.size()) return std::nullopt;
    return static_cast<std::uint32_t>(byte);
}

// The document that is asked about: the only one, or the one named by --document or by the mention's id.
Result<Document> find_document(const Options& options, std::optional<CivilDate> date) {
    ProblemReporter problems;
    auto sources = list_sources({options.input}, InputFormat::automatic, problems);
    if (!sources) return sources.error();
    DocumentStream stream(std::move(*sources), {date, options.language}, problems);
    std::string wanted = options.document;
    if (const std::size_t hash = options.mention.rfind("#m"); wanted.empty() && hash != std::string::npos) wanted = options.mention.substr(0, hash);
    std::optional<Document> found;
    while (auto document = stream.next()) {
        if (!wanted.empty()) {
            if (document->id == wanted) return std::move(*document);
            continue;
        }
        if (found) return Error{ErrorCode::usage, "holds several documents: name one with --document ID", options.input};
        found = std::move(*document);
    }
    if (found) return std::move(*found);
    if (!wanted.empty()) return Error{ErrorCode::no_input, "has no document '" + wanted + "'", options.input};
    const std::vector<Problem> told = problems.take();
    return Error{ErrorCode::bad_data, told.empty() ? "holds no document" : told.front().message, options.input};
}

// The innermost mention over a byte; mentions.size() where there is none.
std::size_t mention_over(const MentionList& mentions, std::uint32_t byte) {
    std::size_t best = mentions.size();
    for (std::size_t i = 0; i < mentions.size(); ++i) {
        const Span span = mentions[i].span;
        if (span.begin <= byte && byte < span.end && (best == mentions.size() || span.size() <= mentions[best].span.size())) best = i;
    }
    return best;
}

int explain(const Options& options) {
    if (options.at.has_value() == !options.mention.empty()) {
        std::fprintf(stderr, "demarc: explain: give --at OFFSET or --mention ID, one of them\n");
        return exit_usage;
    }
    std::optional<CivilDate> date;
    if (!options.date.empty() && !(date = parse_civil_date(options.date))) {
        std::fprintf(stderr, "demarc: --date '%s' is no date; allowed are YYYY, YYYY-MM, YYYY-MM-DD\n", options.date.c_str());
        return exit_usage;
    }
    auto document = find_document(options, date);
    if (!document) return fail(document.error());
    auto knowledge = load_knowledge(options.gazetteers, options.rules, options.builtin);
    if (!knowledge) return fail(knowledge.error());
    const Extractor extractor((*knowledge)->rules, (*knowledge)->gazetteer);
    PlacingOptions placing;
    placing.theatre = options.theatre;
    const Placer placer((*knowledge)->gazetteer, (*knowledge)->lines, placing);
    Workspace workspace;
    ExtractedDocument extracted{std::move(*document), {}};
    std::vector<Problem> notices;
    extracted.mentions = extractor.extract(extracted.document, workspace);
    std::size_t index = extracted.mentions.size();
    Span place;
    if (options.at) {
        const auto byte = byte_of(extracted.document.text, *options.at);
        if (!byte) {
            return fail({ErrorCode::usage, "--at " + std::to_string(*options.at) + " is past the end: the document has " + std::to_string(count_code_points(extracted.document.text)) + " characters",
                         extracted.document.id});
        }
        index = mention_over(extracted.mentions, *byte);
        const std::uint32_t behind = workspace.token_at(*byte + 1);
        place = behind > 0 ? workspace.tokens[behind - 1].span() : Span{*byte, *byte + 1};
    } else {
        for (index = 0; index < extracted.mentions.size() && mention_id(extracted.document, index) != options.mention;) ++index;
        if (index == extracted.mentions.size()) return fail({ErrorCode::no_input, "no mention has the id '" + options.mention + "'; mentions.jsonl lists them", extracted.document.id});
    }
    if (index < extracted.mentions.size()) place = extracted.mentions[index].span;
    Derivation derivation(workspace, place);
    extracted.mentions = extractor.extract(extracted.document, workspace, &derivation);
    placer.place(extracted, notices);
    const auto explanation = explain_place({**knowledge, workspace, derivation, extracted}, index, place);
    const std::string out = options.json ? explanation.dump(2) + "\n" : explanation_text(explanation);
    std::fwrite(out.data(), 1, out.size(), stdout);
    return exit_done;
}

}  // namespace

void add_explain_command(CLI::App& app, int& code) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("explain", "How a mention came to be: words, rules that matched and lost, candidates");
    command->add_option("FILE", options->input, "A document, or a file of JSONL with --document or --mention")->required();
    command->add_option("--at", options->at, "Offset in characters (code points), as \"start\" in mentions.jsonl");
    command->add_option("--mention", options->mention, "Id of a mention, as in mentions.jsonl");
    command->add_option("--document", options->document, "Id of the document, where the file holds several");
    command->add_option("--rules", options->rules, "Folders of more rules, on top of the built-in ones");
    command->add_flag("!--no-builtin-rules", options->builtin, "Only the rules of --rules");
    command->add_option("--gazetteer", options->gazetteers, "Compiled gazetteers instead of the default ones");
    command->add_option("--theatre", options->theatre, "Where the document plays");
    command->add_option("--date", options->date, "Date of a document that has none (YYYY-MM-DD)");
    command->add_option("--lang", options->language, "Language of the original where the document doesn't say");
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options, &code] { code = explain(*options); });
}

}  // namespace demarc
