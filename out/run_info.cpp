#include "out/run_info.hpp"

#include "out/json_writer.hpp"
#include "out/schema.hpp"

namespace demarc {

void append_run_info(std::string& out, const RunInfo& run) {
    JsonWriter json(out);
    json.begin_object();
    json.field("version", program_version);
    json.field("schema_version", schema_version);
    json.field("rules_digest", run.rules_digest);
    json.field("gazetteer_digest", run.gazetteer_digest);
    json.field("lines_digest", run.lines_digest);
    json.key("options");
    json.begin_object();
    for (const auto& [name, value] : run.options) json.any_field(name, value);
    json.end_object();
    json.key("counts");
    json.begin_object();
    json.field("documents", static_cast<std::int64_t>(run.documents));
    json.field("bytes", static_cast<std::int64_t>(run.bytes));
    json.field("problems", static_cast<std::int64_t>(run.problems));
    json.field("entities", static_cast<std::int64_t>(run.entities));
    json.key("mentions");
    json.begin_object();
    for (std::size_t type = 0; type < run.mentions.size(); ++type) {
        json.any_field(to_string(static_cast<MentionType>(type)), static_cast<std::int64_t>(run.mentions[type]));
    }
    for (const auto& [kind, count] : run.declared_mentions) json.any_field(kind, static_cast<std::int64_t>(count));
    json.end_object();
    json.end_object();
    if (run.interrupted) {
        json.key("interrupted");
        json.boolean(true);
    }
    json.field("jobs", static_cast<std::int64_t>(run.jobs));
    json.key("seconds");
    json.begin_object();
    for (const auto& [stage, value] : run.seconds) {
        json.any_key(stage);
        json.decimal(value, 3);
    }
    json.end_object();
    json.end_object();
    out += '\n';
}

}  // namespace demarc
