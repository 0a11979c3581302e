#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace demarc {

/// A column that holds names.
struct NameColumn {
    std::string column;
    std::string separator;    ///< between several; "" for one
    std::string lang;         ///< of all of them
    std::string lang_column;  ///< of each row; "a|b": the first that holds something
    std::string from, to;     ///< columns of years
};

/// How a table of another gazetteer is read (docs/gazetteer.md, Mapping files): gazetteer/importers/mappings/*.toml for those that are known, and a user's own.
/// Of a list of columns the first that the table has and whose field isn't empty counts. Columns are told apart without regard to case.
struct ImportMapping {
    enum class Role { places, names };  ///< rows of places, or rows that add a name to a place of another table

    std::string name;                   ///< for messages: "NGA GNS"
    std::string source;                 ///< with its licence: "NGA GEOnet Names Server (public domain)"
    Role role = Role::places;
    std::vector<std::string> requires_columns;  ///< a table that has these is read by this mapping
    std::vector<std::string> files;     ///< … or one whose file name is like one of these ("alternateNames*.txt")
    std::vector<std::string> columns;   ///< of a table without a header row
    std::string delimiters = "\t";      ///< that its tables may have; mapping_of() tells which
    char delimiter = '\t';              ///< of the table at hand
    std::string id_prefix;
    std::vector<std::string> id, display, lon, lat, point, country, admin, population, from, to;
    std::vector<std::string> feature_class, feature_code, kind_word;
    std::string kind_default;           ///< kind of place where no column says one
    std::vector<NameColumn> names;
    bool group = false;                 ///< rows of one id in a row are one place, each with a name (GNS)
    std::map<std::string, std::vector<std::string>> only;  ///< rows whose column has one of these values
    std::map<std::string, std::string> country_names;      ///< value of the country column -> ISO 3166 alpha-2
};

/// Errors: bad_data with file and line for an unknown key, a wrong type, or a mapping that recognises nothing.
[[nodiscard]] Result<ImportMapping> parse_mapping(std::string_view toml, const std::string& path);

}  // namespace demarc
