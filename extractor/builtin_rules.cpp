#include <charconv>

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
    std::string_view rest(demarc_rules_begin, static_cast<std::size_t>(demarc_rules_end - demarc_rules_begin));
    while (!rest.empty()) {
        const std::size_t path_end = rest.find('\n');
        const std::size_t size_end = rest.find('\n', path_end + 1);
        std::size_t size = 0;
        std::from_chars(rest.data() + path_end + 1, rest.data() + size_end, size);
        files.push_back({std::string(rest.substr(0, path_end)), std::string(rest.substr(size_end + 1, size))});
        rest.remove_prefix(size_end + 1 + size);
    }
    return files;
}

}  // namespace demarc
