#pragma once
#include <cstdint>
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

/// Compiles records into the bytes of an index. The same records give the same bytes in whatever order they come.
/// Errors: bad_data for an id given twice, a record without a name, more than 65,535 names, two token sequences with one key.
[[nodiscard]] Result<std::string> build_index(std::vector<SourceRecord> records, const EndingGroups& endings);

}  // namespace demarc
