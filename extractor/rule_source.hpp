#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/mention.hpp"
#include "base/result.hpp"

namespace demarc {

/// A file of a rule folder: path relative to it ("dates/calendar.toml") and content.
struct RuleFile {
    std::string path;
    std::string content;
};

/// One [[rule]] as written. See docs/rules.md for the language.
struct RuleSource {
    std::string name;       ///< "kind.topic", unique in the run
    std::string phase;      ///< one of rule_phases
    MentionType type = MentionType::place;
    std::string tokens;     ///< token pattern; for a text rule it says where the text pattern is tried
    std::string text;       ///< RE2 text pattern, anchored where `tokens` matched; empty: a token rule
    int priority = 0;
    bool amend = false;     ///< adds its value to a mention that is there, instead of making one
    std::vector<std::pair<std::string, std::string>> value;  ///< key -> template, in file order
    std::vector<std::string> examples;  ///< the mention between « and », or the whole text
    std::vector<std::string> counter_examples;  ///< key `not`
    std::string why;
    std::string where;      ///< "dates/calendar.toml:12"
};

/// A lexicon: `canonical|variant|…` lines; the canonical form is a variant too.
struct LexiconSource {
    std::string name;  ///< file name without .txt
    std::string path;
    std::vector<std::vector<std::string>> entries;
};

/// All rule files of a run, parsed, not compiled.
struct RuleSources {
    std::vector<RuleSource> rules;
    std::vector<LexiconSource> lexicons;
    std::map<std::string, std::string, std::less<>> definitions;
    std::string digest;  ///< 16 hex digits over paths and contents
};

/// Phases in the order in which they run; a later one sees the mentions of the earlier ones.
inline constexpr std::string_view rule_phases[] = {"text", "figures", "names", "linked_names", "places", "relations", "linked_relations"};

/// Parses rule files: *.toml (rules, [define]), *.txt (lexicons); other files (corpora, names/) are left alone.
/// Errors: bad_data with file:line, what is wrong and what is allowed.
[[nodiscard]] Result<RuleSources> parse_rule_files(const std::vector<RuleFile>& files);

/// The files of the built-in rules, packed into the program when it was built.
[[nodiscard]] std::vector<RuleFile> builtin_rule_files();
/// Every regular file below a folder, sorted by path. Errors: no_input, io.
[[nodiscard]] Result<std::vector<RuleFile>> read_rule_folder(const std::string& folder);

}  // namespace demarc
