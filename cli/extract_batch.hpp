#pragma once
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/problem.hpp"
#include "cli/extract_command.hpp"
#include "cli/knowledge.hpp"
#include "extractor/extractor.hpp"
#include "extractor/readers/source_list.hpp"
#include "gazetteer/curation.hpp"
#include "gazetteer/gather.hpp"
#include "geo/placer.hpp"
#include "out/html_map.hpp"
#include "out/orbat.hpp"
#include "out/output_folder.hpp"
#include "out/run_info.hpp"

namespace demarc {

/// The formats that were asked for, each with its open file; null where it wasn't.
struct ExtractOutputs {
    OutputFile *mentions = nullptr, *documents = nullptr, *entities = nullptr, *features = nullptr, *linked_places = nullptr, *html = nullptr, *orbat = nullptr, *problems = nullptr,
               *run = nullptr;
    bool text = false;

    /// Opens them in the folder. Errors: cannot_create.
    [[nodiscard]] static Result<ExtractOutputs> open(OutputFolder& folder, const std::vector<std::string>& formats);
    [[nodiscard]] bool wants_entities() const { return entities != nullptr || features != nullptr || linked_places != nullptr || html != nullptr; }
    /// Whether something is made of whole documents, in their order.
    [[nodiscard]] bool wants_documents() const { return html != nullptr || orbat != nullptr || text; }
};

/// The documents of a run on their way from the files to the output: one thread reads, several extract, place, gather and write their lines, and the caller's
/// puts those into the files in the order of the documents.
class ExtractBatch {
public:
    /// All must outlive the batch.
    ExtractBatch(const ExtractOptions& options, const Knowledge& knowledge, const Curation& curation, OutputFolder& folder, const ExtractOutputs& outputs);

    /// Reads all sources with `jobs` (1 or more) threads at work; counts go to `info`. A bad document is a problem, a file that can't be written an error (io).
    [[nodiscard]] Status run(std::vector<InputSource> sources, std::size_t jobs, ProblemReporter& problems, RunInfo& info);
    /// Writes what the documents were gathered into and what is made of the run as a whole; once, after run(). Returns how many entities there are.
    [[nodiscard]] std::size_t write();

private:
    struct Worked;
    Worked work(std::vector<Document>& documents, std::span<Workspace> workspaces, const Extractor& extractor, const Placer& placer, ProblemReporter& problems);
    void finish(std::span<ExtractedDocument> documents, const Placer& placer, ProblemReporter& problems, Worked& out);
    Status write(Worked& worked, RunInfo& info);
    std::string spare_text();
    void keep_spare(std::string text);

    const ExtractOptions& options_;
    const Knowledge& knowledge_;
    const Curation& curation_;
    OutputFolder& folder_;
    const ExtractOutputs& outputs_;
    bool alone_ = false;                                       // one worker, whose lines go into the files' buffers at once
    std::mutex gathering_;
    EntityGatherer gatherer_;                                  // of gathering_, as are the titles
    std::vector<std::pair<std::string, std::string>> titles_;  // documents that have one: id, title
    std::mutex spare_;
    std::vector<std::string> spare_texts_;                     // of spare_
    HtmlMap html_;
    Orbat orbat_;
};

}  // namespace demarc
