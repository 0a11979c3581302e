#include "extractor/rule_source.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/token_hash.hpp"

namespace demarc {
namespace {

Error bad(const std::string& where, std::string message) { return {ErrorCode::bad_data, std::move(message), where}; }

std::string place_of(const RuleFile& file, const toml::node& node) { return file.path + ":" + std::to_string(node.source().begin.line); }

Result<std::vector<std::string>> strings(const RuleFile& file, const toml::table& table, std::string_view key) {
    std::vector<std::string> out;
    const toml::node* node = table.get(key);
    if (node == nullptr) return out;
    const toml::array* array = node->as_array();
    if (array == nullptr) return bad(place_of(file, *node), "'" + std::string(key) + "' must be an array of strings");
    for (const toml::node& item : *array) {
        const auto text = item.value<std::string>();
        if (!text) return bad(place_of(file, item), "'" + std::string(key) + "' must hold strings only");
        out.push_back(*text);
    }
    return out;
}

Result<RuleSource> parse_rule(const RuleFile& file, const toml::table& table, const std::string& default_phase) {
    static const std::set<std::string_view> known = {"name", "phase", "type", "tokens", "text", "priority", "amend", "value", "examples", "not", "why"};
    RuleSource rule;
    rule.where = place_of(file, table);
    for (const auto& [key, node] : table) {
        if (!known.contains(key.str())) return bad(place_of(file, node), "unknown key '" + std::string(key.str()) + "'; allowed: name phase type tokens text priority amend value examples not why");
    }
    rule.name = table["name"].value_or(std::string());
    if (rule.name.find('.') == std::string::npos) return bad(rule.where, "a rule needs a name 'kind.topic', got '" + rule.name + "'");
    rule.phase = table["phase"].value_or(default_phase);
    if (std::find(std::begin(rule_phases), std::end(rule_phases), rule.phase) == std::end(rule_phases)) {
        return bad(rule.where, "rule " + rule.name + ": phase '" + rule.phase + "' is not one of text figures names linked_names places relations linked_relations");
    }
    const std::string type = table["type"].value_or(std::string());
    const auto parsed = parse_mention_type(type);
    if (!parsed) return bad(rule.where, "rule " + rule.name + ": type '" + type + "' is not a mention type");
    rule.type = *parsed;
    rule.tokens = table["tokens"].value_or(std::string());
    rule.text = table["text"].value_or(std::string());
    if (rule.tokens.empty()) return bad(rule.where, "rule " + rule.name + " has no 'tokens' pattern");
    if (rule.text.empty() == (rule.phase == "text")) return bad(rule.where, "rule " + rule.name + ": a rule with a 'text' pattern belongs to phase text, and only there");
    rule.priority = static_cast<int>(table["priority"].value_or(std::int64_t{0}));
    rule.amend = table["amend"].value_or(false);
    rule.why = table["why"].value_or(std::string());
    if (const toml::table* value = table["value"].as_table()) {
        for (const auto& [key, node] : *value) {
            std::string text;
            if (const auto s = node.value<std::string>()) text = *s;
            else if (node.is_boolean()) text = *node.value<bool>() ? "true" : "false";
            else if (node.is_integer()) text = std::to_string(*node.value<std::int64_t>());
            else return bad(place_of(file, node), "rule " + rule.name + ": value '" + std::string(key.str()) + "' must be a string, a whole number or true/false");
            rule.value.emplace_back(std::string(key.str()), std::move(text));
        }
        std::sort(rule.value.begin(), rule.value.end());
    }
    auto examples = strings(file, table, "examples");
    if (!examples) return examples.error();
    rule.examples = std::move(*examples);
    auto counter = strings(file, table, "not");
    if (!counter) return counter.error();
    rule.counter_examples = std::move(*counter);
    if (rule.examples.empty() || rule.counter_examples.empty()) return bad(rule.where, "rule " + rule.name + " needs at least one entry in 'examples' and one in 'not'");
    return rule;
}

Status parse_toml(const RuleFile& file, RuleSources& sources) {
    toml::table root;
    try {
        root = toml::parse(file.content, file.path);
    } catch (const toml::parse_error& error) {
        return bad(file.path + ":" + std::to_string(error.source().begin.line), std::string(error.description()));
    }
    const std::string phase = root["phase"].value_or(std::string());
    for (const auto& [key, node] : root) {
        if (key.str() != "phase" && key.str() != "define" && key.str() != "rule") {
            return bad(place_of(file, node), "unknown key '" + std::string(key.str()) + "'; allowed: phase, [define], [[rule]]");
        }
    }
    if (const toml::table* define = root["define"].as_table()) {
        for (const auto& [key, node] : *define) {
            const auto pattern = node.value<std::string>();
            if (!pattern) return bad(place_of(file, node), "definition '" + std::string(key.str()) + "' must be a string");
            if (!sources.definitions.emplace(std::string(key.str()), *pattern).second) {
                return bad(place_of(file, node), "definition '" + std::string(key.str()) + "' is given twice");
            }
        }
    }
    if (const toml::array* rules = root["rule"].as_array()) {
        for (const toml::node& node : *rules) {
            const toml::table* table = node.as_table();
            if (table == nullptr) return bad(place_of(file, node), "[[rule]] must be a table");
            auto rule = parse_rule(file, *table, phase);
            if (!rule) return rule.error();
            sources.rules.push_back(std::move(*rule));
        }
    }
    return {};
}

Status parse_lexicon(const RuleFile& file, RuleSources& sources) {
    LexiconSource lexicon;
    lexicon.path = file.path;
    lexicon.name = std::filesystem::path(file.path).stem().string();
    bool has_source = false;
    std::size_t line_number = 0;
    for (std::size_t at = 0; at < file.content.size();) {
        std::size_t end = file.content.find('\n', at);
        if (end == std::string::npos) end = file.content.size();
        std::string_view line(file.content.data() + at, end - at);
        at = end + 1;
        ++line_number;
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
        if (line.starts_with('#')) {
            has_source = has_source || line.find("source:") != std::string_view::npos;
            continue;
        }
        if (line.empty()) continue;
        std::vector<std::string> entry;
        for (std::size_t begin = 0; begin <= line.size();) {
            std::size_t bar = line.find('|', begin);
            if (bar == std::string_view::npos) bar = line.size();
            if (bar == begin) return bad(file.path + ":" + std::to_string(line_number), "an empty variant; a line is canonical|variant|variant");
            entry.emplace_back(line.substr(begin, bar - begin));
            begin = bar + 1;
        }
        lexicon.entries.push_back(std::move(entry));
    }
    if (!has_source) return bad(file.path + ":1", "a lexicon's first lines must say '# source: …'");
    sources.lexicons.push_back(std::move(lexicon));
    return {};
}

std::string digest_of(const std::vector<RuleFile>& files) {
    std::uint64_t digest = token_hash_seed;
    for (const RuleFile& file : files) digest = extend_sequence(extend_sequence(digest, token_hash(file.path)), token_hash(file.content));
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(digest));
    return text;
}

}  // namespace

Result<RuleSources> parse_rule_files(const std::vector<RuleFile>& files) {
    RuleSources sources;
    std::vector<RuleFile> sorted = files;
    std::sort(sorted.begin(), sorted.end(), [](const RuleFile& a, const RuleFile& b) { return a.path < b.path; });
    for (const RuleFile& file : sorted) {
        if (file.path.starts_with("names/")) continue;
        Status status;
        if (file.path.ends_with(".toml")) status = parse_toml(file, sources);
        else if (file.path.ends_with(".txt")) status = parse_lexicon(file, sources);
        if (!status) return status.error();
    }
    std::set<std::string_view> names;
    for (const RuleSource& rule : sources.rules) {
        if (!names.insert(rule.name).second) return bad(rule.where, "rule name '" + rule.name + "' is given twice");
    }
    names.clear();
    for (const LexiconSource& lexicon : sources.lexicons) {
        if (!names.insert(lexicon.name).second) return bad(lexicon.path, "lexicon '" + lexicon.name + "' is given twice");
        if (sources.definitions.contains(lexicon.name)) return bad(lexicon.path, "'" + lexicon.name + "' is a definition too");
    }
    sources.digest = digest_of(sorted);
    return sources;
}

Result<std::vector<RuleFile>> read_rule_folder(const std::string& folder) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::is_directory(folder, error)) return Error{ErrorCode::no_input, "no rule folder '" + folder + "'", ""};
    std::vector<RuleFile> files;
    for (auto it = fs::recursive_directory_iterator(folder, error); !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        if (!it->is_regular_file()) continue;
        std::ifstream in(it->path(), std::ios::binary);
        std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        if (!in) return Error{ErrorCode::io, "can't read rule file '" + it->path().string() + "'", ""};
        files.push_back({fs::relative(it->path(), folder).generic_string(), std::move(content)});
    }
    if (error) return Error{ErrorCode::io, "can't walk rule folder '" + folder + "': " + error.message(), ""};
    std::sort(files.begin(), files.end(), [](const RuleFile& a, const RuleFile& b) { return a.path < b.path; });
    return files;
}

}  // namespace demarc
