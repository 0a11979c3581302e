#include "cli/geocode_command.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/utf8.hpp"
#include "cli/exit_code.hpp"
#include "cli/knowledge.hpp"
#include "extractor/extractor.hpp"
#include "extractor/place_names.hpp"
#include "extractor/readers/json_record.hpp"
#include "gazetteer/name_tokens.hpp"
#include "geo/placer.hpp"

namespace demarc {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t max_line = 1u << 30, max_candidates_told = 10, max_depth = 64;

struct Options {
    std::string input, output, theatre;
    std::vector<std::string> gazetteers;
    bool prominence = true, neighbours = true, strict = false;
};

// Byte offsets of code point offsets of one text, asked for in any order.
class ByteOffsets {
public:
    explicit ByteOffsets(std::string_view text) {
        for (std::size_t byte = 0; byte < text.size(); ++byte) {
            if ((static_cast<unsigned char>(text[byte]) & 0xC0) != 0x80) begins_.push_back(static_cast<std::uint32_t>(byte));
        }
        begins_.push_back(static_cast<std::uint32_t>(text.size()));
    }
    [[nodiscard]] std::optional<std::uint32_t> at(std::uint64_t point) const { return point < begins_.size() ? std::optional(begins_[static_cast<std::size_t>(point)]) : std::nullopt; }

private:
    std::vector<std::uint32_t> begins_;
};

std::optional<std::uint64_t> offset_of(const Json& mention, const char* key) {
    const auto it = mention.find(key);
    return it != mention.end() && it->is_number_unsigned() ? std::optional(it->get<std::uint64_t>()) : std::nullopt;
}

class Geocoder {
public:
    Geocoder(const Knowledge& knowledge, const Options& options) : knowledge_(knowledge), extractor_(knowledge.rules, knowledge.gazetteer), placer_(knowledge.gazetteer, knowledge.lines, placing(options)) {}

    // Adds a position to each place among the record's mentions. Errors: bad_data.
    Status run(Json& record, Document document) {
        const auto given = record.find("mentions");
        if (given == record.end() || !given->is_array()) return Error{ErrorCode::bad_data, "a record needs \"mentions\", an array", ""};
        ExtractedDocument extracted;
        extracted.mentions = extractor_.extract(document, workspace_);
        MentionList found = std::exchange(extracted.mentions, {});
        const ByteOffsets bytes(document.text);
        std::vector<std::pair<Mention, Json*>> all;
        for (Json& one : *given) {
            const auto start = offset_of(one, "start"), end = offset_of(one, "end");
            const auto from = start ? bytes.at(*start) : std::nullopt, to = end ? bytes.at(*end) : std::nullopt;
            if (!one.is_object()) return Error{ErrorCode::bad_data, "a mention must be an object", ""};
            if (!from || !to || *from >= *to) {
                one["status"] = to_string(Certainty::unresolved);
                one["why"] = {"needs \"start\" and \"end\", characters with start < end, in the text"};
                continue;
            }
            if (one.contains("type") && one["type"] != "place") continue;
            all.emplace_back(place_mention(document, {*from, *to}, found), &one);
        }
        // Coordinates and regions of the text help; its other places were not asked for.
        for (Mention& mention : found) {
            if (mention.type == MentionType::coordinate) all.emplace_back(std::move(mention), nullptr);
        }
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first.span.begin < b.first.span.begin; });
        extracted.document = std::move(document);
        std::vector<Json*> targets;
        for (auto& [mention, target] : all) {
            mention.anchors.clear();
            mention.relations.clear();
            extracted.mentions.push_back(std::move(mention));
            targets.push_back(target);
        }
        std::vector<Problem> notices;
        placer_.place(extracted, notices);
        for (std::size_t i = 0; i < targets.size(); ++i) {
            if (targets[i] != nullptr) tell(extracted.mentions[i], *targets[i]);
        }
        return {};
    }

private:
    static PlacingOptions placing(const Options& options) {
        PlacingOptions placing;
        placing.theatre = options.theatre;
        placing.all_are_places = true;
        placing.prominence = options.prominence;
        placing.from_neighbours = options.neighbours;
        return placing;
    }

    Mention place_mention(const Document& document, Span span, const MentionList& found) const {
        Mention mention;
        mention.type = MentionType::place;
        mention.span = span;
        mention.value = PlaceValue{};
        mention.rule = "given";
        auto& value = mention.as<PlaceValue>();
        value.name = std::string(span.of(document.text));
        for (const Mention& other : found) {
            if (other.type == MentionType::place && other.span == span) {
                value.kind = other.as<PlaceValue>().kind;
                mention.candidates = other.candidates;
            }
        }
        if (mention.candidates.empty()) add_place_candidates(value.name, knowledge_.gazetteer, MatchStage::generated, mention);
        if (mention.candidates.empty()) {
            const Vocabulary& vocabulary = knowledge_.rules.vocabulary();
            const std::string_view country = vocabulary.canonical(vocabulary.lexicon_id("demonyms"), sequence_key(name_tokens(value.name)));
            if (!country.empty()) {
                add_place_candidates(country, knowledge_.gazetteer, MatchStage::attested, mention);
                mention.why.push_back("the people or the adjective of " + std::string(country));
            }
        }
        if (mention.candidates.empty()) add_place_candidates(value.name, knowledge_.gazetteer, MatchStage::edit, mention);
        return mention;
    }

    static void tell(const Mention& mention, Json& out) {
        const auto* position = mention.location ? std::get_if<LonLat>(&mention.location->geometry) : nullptr;
        for (const char* key : {"lat", "lon", "uncertainty_m", "gazetteer_id", "name", "status", "confidence", "candidates", "why"}) out.erase(key);
        const auto rounded = [](double value, double steps) { return std::round(value * steps) / steps; };
        if (position != nullptr) {
            out["lat"] = rounded(position->lat, 1e5);
            out["lon"] = rounded(position->lon, 1e5);
            out["uncertainty_m"] = std::round(mention.location->uncertainty_m);
            if (const auto& value = mention.as<PlaceValue>(); !value.gazetteer_id.empty()) {
                out["gazetteer_id"] = value.gazetteer_id;
                out["name"] = value.name;
            }
        }
        out["status"] = to_string(mention.status);
        out["confidence"] = rounded(mention.confidence, 1e3);
        Json candidates = Json::array();
        for (const Candidate& candidate : mention.candidates) {
            if (candidates.size() == max_candidates_told) break;
            candidates.push_back({{"id", candidate.id}, {"name", candidate.name}, {"score", rounded(candidate.score, 1e3)}});
        }
        out["candidates"] = std::move(candidates);
        out["why"] = mention.why;
    }

    const Knowledge& knowledge_;
    Extractor extractor_;
    Placer placer_;
    Workspace workspace_;
};

int geocode(const Options& options) {
    std::ifstream file;
    if (options.input != "-") {
        file.open(options.input, std::ios::binary);
        if (!file) return fail({ErrorCode::no_input, "no such file, or it can't be read", options.input});
    }
    std::istream& in = options.input == "-" ? std::cin : file;
    auto knowledge = load_knowledge(options.gazetteers, {}, true);
    if (!knowledge) return fail(knowledge.error());
    Geocoder geocoder(**knowledge, options);
    const std::string temporary = options.output + ".new";
    std::ofstream saved;
    if (options.output != "-") {
        saved.open(temporary, std::ios::binary);
        if (!saved) return fail({ErrorCode::cannot_create, "can't be made", options.output});
    }
    std::ostream& out = options.output == "-" ? std::cout : saved;
    std::uint64_t number = 0, bad = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const std::string where = options.input + ":" + std::to_string(number);
        // The reader bounds the depth, which a parser of trees does not.
        RecordReading reading = line.size() <= max_line ? read_json_record(line, options.input, options.input, number) : RecordReading{};
        Json record = reading.document ? Json::parse(line, nullptr, false) : Json();
        Status status;
        if (!reading.document) status = Error{ErrorCode::bad_data, reading.problems.empty() ? "a line that is too long" : reading.problems.front().message, ""};
        else if (!record.is_object()) status = Error{ErrorCode::bad_data, "not one object of JSON", ""};
        else status = geocoder.run(record, std::move(*reading.document));
        if (!status) {
            // The record comes back as it is, so that the lines still answer to each other.
            ++bad;
            std::fprintf(stderr, "demarc: %s: %s\n", where.c_str(), status.error().message.c_str());
            out << line << '\n';
            continue;
        }
        out << record.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    }
    out.flush();
    std::error_code error;
    if (out && options.output != "-") {
        saved.close();
        std::filesystem::rename(temporary, options.output, error);
    }
    if (!out || error) return fail({ErrorCode::io, "can't be written", options.output});
    return options.strict && bad > 0 ? exit_bad_data : exit_done;
}

}  // namespace

void add_geocode_command(CLI::App& app, int& code) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("geocode", "Places mentions that are given: records with \"text\" and \"mentions\" in, the same with positions out");
    command->add_option("IN", options->input, "JSONL: {\"id\",\"text\",\"mentions\":[{\"start\",\"end\",\"type\"}]}; - for standard input")->required();
    command->add_option("-o,--output", options->output, "JSONL; - for standard output")->required();
    command->add_option("--gazetteer", options->gazetteers, "Compiled gazetteers instead of the default ones; \"builtin\" names the built-in one");
    command->add_option("--theatre", options->theatre, "Where the documents play");
    command->add_flag("!--no-prominence", options->prominence, "Let population and rank say nothing");
    command->add_flag("!--no-neighbours", options->neighbours, "Leave a place that no gazetteer has unresolved, instead of putting it, unsurely, among the document's other places");
    command->add_flag("--strict", options->strict, "Exit with 65 where a record was bad");
    command->callback([options, &code] { code = geocode(*options); });
}

}  // namespace demarc
