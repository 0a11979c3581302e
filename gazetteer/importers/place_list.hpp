#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"
#include "base/result.hpp"

namespace demarc {

/// A place of a gazetteer file as other programs are given it.
struct ListedPlace {
    struct Name {
        std::string text, lang;           ///< lang: BCP 47, "ko-Hang"; "" unknown
        std::string start, end;           ///< years or dates (ISO 8601); "" unknown
        std::vector<std::string> sources; ///< what attests it
    };
    std::string id, title, kind, country, admin;
    std::vector<Name> names;              ///< without generated ones
    std::optional<LonLat> position;       ///< degrees WGS 84
    double precision_m = -1;
    std::string start, end, source, description, link;
};

/// The places of a compiled index (.gaz) or of a Linked Places file (a run's gazetteer.lpf.json), in the order of their ids. Memory: all of them. Errors: no_input, bad_data.
[[nodiscard]] Result<std::vector<ListedPlace>> read_place_list(const std::string& path);

inline constexpr std::string_view place_list_formats[] = {"lpf", "lp-tsv", "csv", "geojson"};

/// Linked Places (LPF 1.3), LP-TSV 0.5, CSV (RFC 4180) or GeoJSON (RFC 7946) of the places. `format`: of place_list_formats. In LP-TSV a place without any year has the `year`
/// given, since each row must have one.
[[nodiscard]] std::string write_place_list(const std::vector<ListedPlace>& places, std::string_view format, const std::string& year);

/// How a place differs between two lists.
struct PlaceChange {
    enum class Kind { added, removed, moved, renamed, names_added, names_removed, kind_changed } kind = Kind::added;
    std::string id, before, after;  ///< what was and is: name, position, names by |, kind
    double distance_m = 0;          ///< moved: how far
};

/// The differences of two lists by their ids, in their order. A place has moved where its positions lie more than a metre apart.
[[nodiscard]] std::vector<PlaceChange> compare_place_lists(const std::vector<ListedPlace>& before, const std::vector<ListedPlace>& after);

}  // namespace demarc
