#pragma once
#include <cstdint>
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

/// The files of one rule folder. A later layer may extend, replace and switch off what earlier ones brought.
struct RuleLayer {
    std::string folder;  ///< put before paths in messages; empty for the built-in rules
    std::vector<RuleFile> files;
    bool proven = false; ///< tested with the program: names and captures aren't checked again, and text patterns may wait for their first use to be compiled, 1 ms each
};

/// One entry of `examples`.
struct RuleExample {
    std::string text;   ///< the mention between « and », or the whole text
    std::string value;  ///< as corpora give it (extractor/corpus.hpp); empty: not compared
};

/// One [[rule]] as written, or a line of a decision file. See docs/rules.md for the language.
struct RuleSource {
    enum class Decision : std::uint8_t { none, always, never };

    std::string name;       ///< "kind.topic", unique in the run
    std::string phase;      ///< one of rule_phases
    MentionType type = MentionType::place;
    std::string type_name;  ///< as written: a mention type or a declared kind; "any" for a `never` of all types
    std::string tokens;     ///< token pattern; for a text rule it says where the text pattern is tried
    std::string text;       ///< RE2 text pattern, anchored where `tokens` matched; empty: a token rule
    int priority = 0;
    int since = 0, until = 0;  ///< years of the documents to which it applies; 0: no bound
    bool amend = false;     ///< adds its value to a mention that is there, instead of making one
    bool replaces = false;  ///< key `override`: takes the place of an earlier layer's rule of its name
    bool ascii = false;     ///< \d \w \s \b in `text` are meant as they are: ASCII only
    std::vector<std::pair<std::string, std::string>> value;  ///< key -> template, sorted by key
    std::vector<RuleExample> examples;
    std::vector<std::string> counter_examples;  ///< key `not`
    std::string why;
    Decision decision = Decision::none;
    std::string document;   ///< of a decision: id of the one document for which it holds; empty: all
    std::size_t layer = 0;  ///< index of its folder
    bool proven = false;    ///< RuleLayer::proven of its folder
    std::string where;      ///< "dates/calendar.toml:12"
    std::vector<std::pair<std::string, std::string>> key_where;  ///< key -> "dates/calendar.toml:15"

    /// Where a key stands; the rule's own place where it has none.
    [[nodiscard]] const std::string& where_of(std::string_view key) const;
    /// Whether the rule speaks of a document of this year and id. `year` 0: unknown, which every rule takes.
    [[nodiscard]] bool applies(int year, std::string_view document_id) const {
        return (year == 0 || ((since == 0 || year >= since) && (until == 0 || year <= until))) && (document.empty() || document == document_id);
    }
};

/// A lexicon: `canonical|variant|…` lines; the canonical form is a variant too.
struct LexiconSource {
    enum class Mode : std::uint8_t { define, extend, replace, remove };

    std::string name;  ///< file name without .txt
    std::string path;
    std::vector<std::vector<std::string>> entries;
    Mode mode = Mode::define;
    std::vector<std::uint32_t> lines = {};  ///< of each entry in its file, 1-based
};


/// All rule files of a run, parsed, not compiled.
struct RuleSources {
    std::vector<RuleSource> rules;
    std::vector<LexiconSource> lexicons;
    std::vector<DeclaredKind> kinds;
    std::vector<std::string> kind_where;  ///< of each kind
    std::map<std::string, std::string, std::less<>> definitions;
    std::map<std::string, std::string, std::less<>> definition_where;
    std::string digest;  ///< 16 hex digits over paths and contents
    std::size_t layers = 0;
};

/// Phases in the order in which they run; a later one sees the mentions of the earlier ones.
inline constexpr std::string_view rule_phases[] = {"text", "figures", "names", "linked_names", "places", "reaches", "relations", "linked_relations", "statements"};

/// Lexicons whose lines are tables: resolvers read them, not only their words.
inline constexpr std::string_view table_lexicons[] = {"unit_values"};

/// Bounds of what a run may load; more is refused.
struct RuleLimits {
    static constexpr std::size_t file_bytes = 8u << 20, all_bytes = 64u << 20;
    static constexpr std::size_t files = 10'000, rules = 20'000, lexicons = 10'000, kinds = 64, definitions = 10'000, switched_off = 10'000;
    static constexpr std::size_t definition_parts = 1'000'000;  ///< of all definitions, with those put in that they use
};

/// Parses the files of one folder: *.toml (rules, [define], [[kind]], off), *.txt (lexicons), *.decisions; other files (corpora,
/// names/) are left alone. Errors: bad_data with file:line, what is wrong and what is allowed.
[[nodiscard]] Result<RuleSources> parse_rule_files(const std::vector<RuleFile>& files);
/// The same for several folders, each built on the ones before it.
[[nodiscard]] Result<RuleSources> parse_rule_layers(const std::vector<RuleLayer>& layers);

/// The files of the built-in rules, packed into the program when it was built.
[[nodiscard]] std::vector<RuleFile> builtin_rule_files();
/// These and their corpora.
[[nodiscard]] std::vector<RuleFile> builtin_files();
/// Every regular file below a folder, sorted by path. Errors: no_input, io, bad_data (more or larger files than RuleLimits).
[[nodiscard]] Result<std::vector<RuleFile>> read_rule_folder(const std::string& folder);

}  // namespace demarc
