#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "gazetteer/builder.hpp"
#include "gazetteer/common_words.hpp"
#include "gazetteer/han_readings.hpp"
#include "gazetteer/hangul_romanisation.hpp"
#include "gazetteer/transliteration_table.hpp"

namespace demarc {

/// A file of rules/names/, path relative to that folder ("routes.toml").
struct NameRuleFile {
    std::string path, content;
};

/// The files of a block of packed name rules (base/packed_files.hpp), by their names alone.
[[nodiscard]] std::vector<NameRuleFile> name_rule_files(std::string_view block);

/// The ways on which a name reaches a document's spelling (rules/names/routes.toml), with their tables. Used when an index is
/// built, never when one is queried.
class NameRoutes {
public:
    /// Errors: bad_data with file (and line) for an unknown key, table, system or step.
    [[nodiscard]] static Result<NameRoutes> load(const std::vector<NameRuleFile>& files);

    /// Adds the generated names of a record: those of its routes that no name of the record or earlier route folds to.
    /// At most 200 a record, of five letters or more each (where a rarer reading of a Han character made it six, of a person eight), and none that is one of the common words, where
    /// those are given. Deterministic.
    void expand(SourceRecord& record, const CommonWords* common = nullptr) const;

    [[nodiscard]] const EndingGroups& endings() const { return endings_; }

    /// Spelling of a hangul word by a system of rules/names ("mr", "rr" …), syllables parted by hyphens; "" where it is no hangul.
    [[nodiscard]] std::string romanise_hangul(std::string_view word, std::string_view system) const;

private:
    struct Step {
        enum class Kind { letters, syllables, hangul, reading } kind = Kind::letters;
        std::string table, system, label;
    };
    struct Route {
        std::string name, from, start_label, lang;
        std::string unless;       ///< a language tag: not for records that have a name in it
        RecordClass record_class = RecordClass::place;
        std::vector<std::string> countries;
        std::vector<std::vector<Step>> stages;  ///< each stage offers one step or more, every one is taken
        float cost = 0;
        std::int16_t since = 0, until = 0;
    };
    struct Spelling {
        std::string text;  ///< lower case
        int rank = 0;      ///< of a reading among those of its characters; 0 the surest
    };
    [[nodiscard]] Status read_routes(const NameRuleFile& file);
    [[nodiscard]] Status read_endings(const NameRuleFile& file);
    [[nodiscard]] std::vector<Spelling> apply(const Step& step, const std::string& text, bool person) const;
    void run(const Route& route, SourceRecord& record, std::vector<std::string>& seen, const CommonWords* common) const;

    std::map<std::string, TransliterationTable, std::less<>> tables_;
    std::map<std::string, HangulRomanisation, std::less<>> hangul_;
    HanReadings readings_;
    std::vector<Route> routes_;
    EndingGroups endings_;
};

}  // namespace demarc
