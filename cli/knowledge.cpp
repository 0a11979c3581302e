#include "cli/knowledge.hpp"

#include <cstdio>

#include "base/token_hash.hpp"
#include "extractor/compiled_rules.hpp"
#include "gazetteer/embedded.hpp"

namespace demarc {

Result<Gazetteer> load_gazetteer(const std::optional<std::string>& path) {
    return path ? Gazetteer::open(*path) : Gazetteer::from_memory(embedded_gazetteer());
}

Result<RuleSources> load_rule_sources(const std::vector<std::string>& folders, bool builtin_rules) {
    std::vector<RuleLayer> layers(1);
    layers[0].proven = true;
    if (builtin_rules) layers[0].files = builtin_rule_files();
    for (const std::string& folder : folders) {
        auto files = read_rule_folder(folder);
        if (!files) return files.error();
        layers.push_back({folder, std::move(*files)});
    }
    return parse_rule_layers(layers);
}

Result<RuleSet> load_rules(const std::vector<std::string>& folders, bool builtin_rules) {
    if (folders.empty() && builtin_rules) return RuleSet::from_snapshot(compiled_rules());
    auto sources = load_rule_sources(folders, builtin_rules);
    return sources ? RuleSet::compile(std::move(*sources)) : Result<RuleSet>(sources.error());
}

Result<std::unique_ptr<Knowledge>> load_knowledge(const std::optional<std::string>& gazetteer_path, const std::vector<std::string>& rule_folders, bool builtin_rules) {
    auto rules = load_rules(rule_folders, builtin_rules);
    if (!rules) return rules.error();
    auto gazetteer = load_gazetteer(gazetteer_path);
    if (!gazetteer) return gazetteer.error();
    auto lines = ReferenceLines::parse(embedded_lines(), "built-in reference lines");
    if (!lines) return lines.error();
    char digest[17];
    std::snprintf(digest, sizeof digest, "%016llx", static_cast<unsigned long long>(token_hash(embedded_lines())));
    return std::unique_ptr<Knowledge>(new Knowledge{std::move(*rules), std::move(*gazetteer), std::move(*lines), digest});
}

}  // namespace demarc
