#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/geometry.hpp"
#include "base/result.hpp"
#include "gazetteer/gazetteer.hpp"

namespace demarc {

/// A step of a romanisation route: the spelling reached and how. The first has no label.
struct RouteStep {
    std::string text, label;
};

/// A name of a record to be compiled.
struct SourceName {
    std::string text;
    std::string lang;
    NameKind kind = NameKind::attested;
    std::int16_t from = 0, to = 0;
    float cost = 0;                  ///< 0..2.5; generated names: of the route
    std::vector<RouteStep> route;    ///< generated names only, from the record's own name to `text`
    std::string family, given;       ///< people, where the two parts are known: both orders become keys
};

/// A record to be compiled; units as in Record.
struct SourceRecord {
    RecordClass record_class = RecordClass::place;
    std::string id, name, kind, country, admin, family, given, source, roles;
    std::optional<LonLat> position;
    double precision_m = -1;
    std::int16_t from = 0, to = 0;
    std::uint8_t rank = 0;
    bool ambiguous = false;
    bool family_first = false;
    bool imported = false;           ///< from a large gazetteer, not from a table written for the subject
    std::vector<SourceName> names;   ///< the main name is the one of kind main
    std::string where;               ///< file:line, for messages
};

/// Groups of equal generic endings ("ri ni li"): a hyphenated name is found under each of its group.
using EndingGroups = std::vector<std::vector<std::string>>;

/// What became of a build.
struct IndexSummary {
    std::uint64_t records = 0, names = 0, bytes = 0;
};

/// Compiles records into an index file (docs/gazetteer.md), in memory that doesn't grow with their text: they are put away in temporary files beside the output. The same
/// records give the same bytes in whatever order they come. Memory: about 110 bytes a name and 200 MB.
class IndexBuilder {
public:
    /// `path`: the index file, which appears when it is whole; temporary files lie in its folder. Errors: cannot_create.
    [[nodiscard]] static Result<IndexBuilder> create(const std::string& path, const EndingGroups& endings);
    IndexBuilder(IndexBuilder&&) noexcept;
    IndexBuilder& operator=(IndexBuilder&&) noexcept;
    ~IndexBuilder();

    /// Errors: io; bad_data for a record without id or name, or with more than 65,535 names.
    [[nodiscard]] Status add(const SourceRecord& record);
    /// A source and its licence, shown by `gazetteer info`; once each.
    void attribute(const std::string& text);
    /// Errors: io; bad_data for an id given twice, two names that one key stands for, more than 65,535 kinds, countries and languages, or 4 GiB of strings.
    [[nodiscard]] Result<IndexSummary> finish();

private:
    struct State;
    explicit IndexBuilder(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// The bytes of the index of a few records. Errors: as IndexBuilder.
[[nodiscard]] Result<std::string> build_index(const std::vector<SourceRecord>& records, const EndingGroups& endings);

}  // namespace demarc
