#include "cli/extract_batch.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "cli/interrupt.hpp"
#include "cli/ordered_pipeline.hpp"
#include "extractor/readers/document_stream.hpp"
#include "out/feature_writers.hpp"
#include "out/geojson_geometry.hpp"
#include "out/record_writers.hpp"

namespace demarc {
namespace {

// Documents are worked on in batches, since rules go faster over several pages. One that is larger goes alone, so that only the first workspace of a thread grows with the largest
// document.
constexpr std::size_t batch_bytes = 96 << 10, batch_documents = 64;
// After the extraction some of them go through each step together: what they hold then stays in the processor's cache between the steps, and in turn their code.
constexpr std::size_t step_bytes = 16 << 10;

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

void count(const ExtractedDocument& document, RunInfo& info) {
    ++info.documents;
    info.bytes += document.document.text.size();
    for (const Mention& mention : document.mentions) {
        if (mention.type == MentionType::declared) ++info.declared_mentions[mention.as<DeclaredValue>().kind];
        else ++info.mentions[static_cast<std::size_t>(mention.type)];
    }
}

}  // namespace

Result<ExtractOutputs> ExtractOutputs::open(OutputFolder& folder, const std::vector<std::string>& formats) {

    ExtractOutputs outputs;
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

/// A batch of documents when a worker is done with it: lines that only have to be written, in which thread they were made doesn't show.
struct ExtractBatch::Worked {
    std::string mentions, documents;       // empty where a worker is alone
    RunInfo counts;
    std::vector<ExtractedDocument> whole;  // where ExtractOutputs::wants_documents
};

ExtractBatch::ExtractBatch(const ExtractOptions& options, const Knowledge& knowledge, const Curation& curation, OutputFolder& folder, const ExtractOutputs& outputs)
    : options_(options), knowledge_(knowledge), curation_(curation), folder_(folder), outputs_(outputs), gatherer_(knowledge.gazetteer) {
    html_.declare(knowledge.rules.sources().kinds);
}

Status ExtractBatch::run(std::vector<InputSource> sources, std::size_t jobs, ProblemReporter& problems, RunInfo& info) {
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
    std::vector<std::vector<Workspace>> workspaces;
    for (std::size_t worker = 0; worker < jobs; ++worker) workspaces.push_back(batch_workspaces(batch_documents));
    std::optional<Document> held;
    Progress progress(!options_.quiet);
    Status failure;                    // of whoever writes
    std::atomic<bool> failed = false;  // what whoever reads asks
    alone_ = jobs == 1;
    run_ordered<std::vector<Document>, Worked>(
        jobs, jobs * 4 + 4,
        [&] {
            std::optional<std::vector<Document>> batch;
            std::size_t bytes = 0;
            while (bytes < batch_bytes && (!batch || batch->size() < batch_documents)) {
                std::optional<Document> document = held ? std::exchange(held, std::nullopt) : stream.next_text();
                if (!document) break;
                if (batch && document->text.size() > batch_bytes) {
                    held = std::move(document);
                    break;
                }
                bytes += document->text.size();
                if (!batch) batch.emplace();
                batch->push_back(std::move(*document));
            }
            return batch;
        },
        [&](std::vector<Document>& documents, std::size_t worker) {
            for (Document& document : documents) stream.read_header(document);
            return work(documents, workspaces[worker], extractor, placer, problems);
        },
        [&](Worked& worked) {
            if (failure.ok()) failure = write(worked, info);
            failed = !failure.ok();
            progress.tell(info.documents, info.bytes);
        },
        [&] { return interrupted() || failed; });
    progress.end();
    return failure;
}

// Lines are written where the mentions were made, while these are still in the processor's cache. So are the lines themselves where a worker is alone and needn't wait for its turn.
ExtractBatch::Worked ExtractBatch::work(std::vector<Document>& documents, std::span<Workspace> workspaces, const Extractor& extractor, const Placer& placer, ProblemReporter& problems) {
    Worked out;
    if (!alone_) out.mentions = spare_text();
    std::vector<MentionList> mentions = extractor.extract(documents, workspaces);
    std::vector<ExtractedDocument> step;
    step.reserve(documents.size());
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        bytes += documents[i].text.size();
        step.push_back({std::move(documents[i]), std::move(mentions[i])});
        if (bytes < step_bytes && i + 1 < documents.size()) continue;
        bytes = 0;
        finish(step, placer, problems, out);
        if (outputs_.wants_documents()) std::move(step.begin(), step.end(), std::back_inserter(out.whole));
        step.clear();
    }
    return out;
}

void ExtractBatch::finish(std::span<ExtractedDocument> documents, const Placer& placer, ProblemReporter& problems, Worked& out) {
    std::vector<std::vector<Problem>> found(documents.size());
    placer.place(documents, found);
    for (std::size_t i = 0; i < documents.size(); ++i) {
        curation_.apply(documents[i], knowledge_.gazetteer);
        documents[i].document.problems += found[i].size();
        for (Problem& problem : found[i]) problems.report(std::move(problem));
        count(documents[i], out.counts);
    }
    const auto append_lines = [&](OutputFile* file, std::string& later, auto append) {
        if (file == nullptr) return;
        std::string& lines = alone_ ? file->buffer() : later;
        for (const ExtractedDocument& extracted : documents) append(lines, extracted);
        if (alone_) file->flush_if_full();
    };
    append_lines(outputs_.mentions, out.mentions, append_mentions);
    append_lines(outputs_.documents, out.documents, [](std::string& lines, const ExtractedDocument& extracted) { append_document(lines, extracted, extracted.document.problems); });
    if (!outputs_.wants_entities()) return;
    const std::lock_guard lock(gathering_);
    for (const ExtractedDocument& extracted : documents) {
        gatherer_.add(extracted);
        const DocumentMetadata& metadata = extracted.document.metadata;
        if (outputs_.linked_places != nullptr && !metadata.title.empty()) titles_.emplace_back(extracted.document.id, metadata.title);
    }
}

// Text that was written is the room of what is made next: a new one would have to grow, and come from the system.
std::string ExtractBatch::spare_text() {
    const std::lock_guard lock(spare_);
    if (spare_texts_.empty()) return {};
    std::string text = std::move(spare_texts_.back());
    spare_texts_.pop_back();
    return text;
}

void ExtractBatch::keep_spare(std::string text) {
    constexpr std::size_t largest = 32 * batch_bytes;  // a large document's isn't kept
    if (text.capacity() > largest) return;
    text.clear();
    const std::lock_guard lock(spare_);
    spare_texts_.push_back(std::move(text));
}

Status ExtractBatch::write(Worked& worked, RunInfo& info) {
    info.documents += worked.counts.documents;
    info.bytes += worked.counts.bytes;
    for (std::size_t type = 0; type < known_type_count; ++type) info.mentions[type] += worked.counts.mentions[type];
    for (const auto& [kind, mentions] : worked.counts.declared_mentions) info.declared_mentions[kind] += mentions;
    if (outputs_.mentions != nullptr && !alone_) {
        outputs_.mentions->write(worked.mentions);
        keep_spare(std::move(worked.mentions));
    }
    if (outputs_.documents != nullptr && !alone_) outputs_.documents->write(worked.documents);
    for (const ExtractedDocument& document : worked.whole) {
        if (outputs_.html != nullptr) html_.add(document);
        if (outputs_.orbat != nullptr) orbat_.add(document);
        if (outputs_.text) {
            const std::string name = safe_file_name(document.document.id) + (document.document.id.ends_with(".txt") ? "" : ".txt");
            if (auto written = folder_.write_whole("text/" + name, document.document.text); !written) return written;
        }
    }
    return {};
}

// A few entities after the others instead of one file after the other: what they consist of is made and read once, and need not be kept unless a page is made of all of them.
std::size_t ExtractBatch::write() {
    std::optional<FeatureCollectionWriter> features;
    std::optional<LinkedPlacesWriter> places;
    if (outputs_.features != nullptr) {
        FeatureBounds bounds;
        gatherer_.each_drawn([&bounds](const Location& location) { bounds.add(location); });
        features.emplace(outputs_.features->buffer(), bounds);
    }
    if (outputs_.linked_places != nullptr) places.emplace(outputs_.linked_places->buffer(), titles_);
    std::size_t count = 0;
    std::vector<Entity> kept;
    std::vector<std::string> geometries;
    gatherer_.finish([&](std::span<Entity> entities) {
        count += entities.size();
        geometries.clear();
        for (Entity& entity : entities) {
            curation_.apply(entity);
            geometries.push_back(geojson_of(entity.location));
        }
        if (outputs_.entities != nullptr) {
            for (std::size_t i = 0; i < entities.size(); ++i) append_entity(outputs_.entities->buffer(), entities[i], geometries[i]);
            outputs_.entities->flush_if_full();
        }
        if (features) {
            for (std::size_t i = 0; i < entities.size(); ++i) features->add(entities[i], geometries[i]);
            outputs_.features->flush_if_full();
        }
        if (places) {
            for (const Entity& entity : entities) places->add(entity);
            outputs_.linked_places->flush_if_full();
        }
        if (outputs_.html != nullptr) std::move(entities.begin(), entities.end(), std::back_inserter(kept));
    });
    if (features) features->end();
    if (places) places->end();
    if (outputs_.html != nullptr) html_.write(outputs_.html->buffer(), kept);
    if (outputs_.orbat != nullptr) orbat_.write(outputs_.orbat->buffer());
    return count;
}

}  // namespace demarc
