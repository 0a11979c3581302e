#include "base/packed_files.hpp"
#include "extractor/rule_source.hpp"

extern "C" {
extern const char demarc_rules_begin[];
extern const char demarc_rules_end[];
}

namespace demarc {

std::vector<RuleFile> builtin_rule_files() {
    std::vector<RuleFile> files = builtin_files();
    std::erase_if(files, [](const RuleFile& file) { return file.path.ends_with(".corpus"); });
    return files;
}

std::vector<RuleFile> builtin_files() {
    std::vector<RuleFile> files;
    for (auto& [path, content] : unpack_files({demarc_rules_begin, static_cast<std::size_t>(demarc_rules_end - demarc_rules_begin)})) {
        files.push_back({std::move(path), std::move(content)});
    }
    return files;
}

}  // namespace demarc
