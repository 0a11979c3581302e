#include "cli/knowledge.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

#include "base/token_hash.hpp"
#include "extractor/compiled_rules.hpp"
#include "gazetteer/embedded.hpp"

namespace demarc {

std::string world_gazetteer() {
    if (const char* named = std::getenv("DEMARC_WORLD_GAZETTEER"); named != nullptr) return std::string_view(named) == "none" ? std::string() : std::string(named);
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) return {};
    for (const std::filesystem::path& path : {program.parent_path() / "world.gaz", program.parent_path().parent_path() / "share" / "demarc" / "world.gaz"}) {
        if (std::filesystem::is_regular_file(path, error)) return path.string();
    }
    return {};
}

Result<Gazetteer> load_gazetteer(const std::vector<std::string>& paths) {
    std::vector<std::string> list = paths;
    if (list.empty()) {
        list.emplace_back("builtin");
        if (std::string world = world_gazetteer(); !world.empty()) list.push_back(std::move(world));
    }
    std::vector<Gazetteer> parts;
    for (const std::string& path : list) {
        auto part = path == "builtin" ? Gazetteer::from_memory(embedded_gazetteer()) : Gazetteer::open(path);
        if (!part) return part.error();
        parts.push_back(std::move(*part));
    }
    return parts.size() == 1 ? std::move(parts.front()) : Gazetteer::join(std::move(parts));
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

Result<ReferenceLines> load_lines(const std::vector<std::string>& files, std::string& text) {
    text = std::string(embedded_lines()) + std::string(embedded_rivers());
    auto lines = ReferenceLines::parse(embedded_lines(), "built-in reference lines");
    if (!lines) return lines.error();
    auto rivers = ReferenceLines::parse(embedded_rivers(), "built-in rivers");
    if (!rivers) return rivers.error();
    lines->merge(std::move(*rivers));
    for (const std::string& path : files) {
        std::ifstream file(path, std::ios::binary);
        std::string content((std::istreambuf_iterator<char>(file)), {});
        if (!file.good() && content.empty()) return Error{ErrorCode::no_input, "no file of reference lines that can be read", path};
        auto more = ReferenceLines::parse(content, path);
        if (!more) return more.error();
        lines->merge(std::move(*more));
        text += content;
    }
    return lines;
}

LandLookup land_of(const Knowledge& knowledge) {
    return [&coast = knowledge.coast](const BoundingBox& box) { return coast.cut({box.west, box.south, box.east, box.north}); };
}

Result<std::unique_ptr<Knowledge>> load_knowledge(const std::vector<std::string>& gazetteers, const std::vector<std::string>& rule_folders, bool builtin_rules,
                                                   const std::vector<std::string>& line_files) {
    auto rules = load_rules(rule_folders, builtin_rules);
    if (!rules) return rules.error();
    auto gazetteer = load_gazetteer(gazetteers);
    if (!gazetteer) return gazetteer.error();
    std::string text;
    auto lines = load_lines(line_files, text);
    if (!lines) return lines.error();
    char digest[17];
    std::snprintf(digest, sizeof digest, "%016llx", static_cast<unsigned long long>(token_hash(text)));
    return std::unique_ptr<Knowledge>(new Knowledge{std::move(*rules), std::move(*gazetteer), std::move(*lines), Coastline::embedded(), digest});
}

}  // namespace demarc
