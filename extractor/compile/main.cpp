// Compiles the built-in rules, with every check, into the bytes that the program holds. Usage: demarc_compile_rules OUT
// Run when the program is built.
#include <cstdio>
#include <fstream>

#include "extractor/rule_set.hpp"

int main(int argc, char** argv) {
    using namespace demarc;
    if (argc != 2) {
        std::fprintf(stderr, "usage: demarc_compile_rules OUT\n");
        return 64;
    }
    const auto fail = [](const Error& error) {
        std::fprintf(stderr, "demarc_compile_rules: %s\n", error.text().c_str());
        return 65;
    };
    auto sources = parse_rule_files(builtin_rule_files());
    if (!sources) return fail(sources.error());
    const auto rules = RuleSet::compile(std::move(*sources));
    if (!rules) return fail(rules.error());
    std::ofstream out(argv[1], std::ios::binary);
    const std::string bytes = rules->snapshot();
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return out.flush() ? 0 : 74;
}
