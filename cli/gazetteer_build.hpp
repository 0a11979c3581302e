#pragma once
#include <string>
#include <vector>

namespace demarc {

/// Options of `demarc gazetteer build`.
struct GazetteerBuildOptions {
    std::vector<std::string> sources;
    std::string output;
    std::vector<std::string> mappings;      ///< mapping files of the user's own, asked before the built-in ones
    std::vector<std::string> common_words;  ///< files of words that are no name by themselves, parted by blanks, | or lines; # begins a comment
    std::vector<std::string> dictionaries;  ///< files of words, one a line: those with a small letter are no names
    std::vector<std::string> name_rules;    ///< folders like rules/names whose files go before or beside the built-in ones
    bool builtin = true;                    ///< leave out what the built-in gazetteer has already
    bool routes = true;                     ///< add the spellings that the name routes make
};

/// Compiles sources into one index file, written whole or not at all; says what was taken and left on standard output. Returns an exit code.
[[nodiscard]] int run_gazetteer_build(const GazetteerBuildOptions& options);

}  // namespace demarc
