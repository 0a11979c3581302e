#pragma once
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"
#include "base/result.hpp"
#include "geo/geodesy.hpp"

namespace demarc {

/// A line of history with its dates and its source: a feature of lines.geojson.
struct ReferenceLine {
    std::string id;                   ///< slug, unique
    std::string name;
    std::vector<std::string> names;   ///< other names
    std::vector<std::string> name_keys;  ///< line_name_key of name and names
    std::string kind;                 ///< front_line line_of_contact phase_line demarcation_line armistice_line ceasefire_line parallel river …
    std::string theatre;              ///< "korea", "indochina", "kashmir" …; "world": of none
    std::string when;                 ///< EDTF, ".." for an open end
    std::string earliest, latest;     ///< YYYY-MM-DD; "" open
    std::string state;                ///< actual proposed …
    std::string side_left, side_right;
    double uncertainty_m = -1;
    std::vector<std::string> anchors;
    std::vector<std::string> records;  ///< gazetteer ids: of the river whose course this is, of the countries between which a border runs
    std::string source;
    LineString geometry;
};

/// What a search found, and why this one.
struct LineMatch {
    const ReferenceLine* line = nullptr;  ///< lives as long as the ReferenceLines
    bool inferred = false;                ///< its dates don't hold the date, only come near
    std::vector<std::string> why;
};

/// The dated reference lines, immutable, safe to read from several threads.
class ReferenceLines {
public:
    /// Dates that a search takes as near: a front of static war moves little in six weeks.
    static constexpr int near_days = 45;

    /// Reads a FeatureCollection of LineStrings in WGS 84 lon/lat. Properties: id, kind, theatre, when are required; name, names,
    /// state, side_left, side_right, uncertainty_m, anchors, records, source may be absent.
    /// A river of another maker's file (Natural Earth, OpenStreetMap) needs its name only, and may have several parts.
    /// Errors: bad_data, with `where` and the feature's id or number: not JSON; another geometry; a position outside
    /// [-180, 180] x [-90, 90]; fewer than two; `when` not EDTF; an id twice; more than 100,000 features or 5,000,000 positions.
    [[nodiscard]] static Result<ReferenceLines> parse(std::string_view geojson, const std::string& where);
    /// Adds the lines of a user's file; an id that is there already is replaced.
    void merge(ReferenceLines other);

    [[nodiscard]] const std::vector<ReferenceLine>& lines() const { return lines_; }
    [[nodiscard]] const ReferenceLine* find_id(std::string_view id) const;

    /// The line of one of `kinds` in a theatre at a date (EDTF; "" gives nothing). Among those whose `when` holds the date, the
    /// first kind of `kinds`, then a line of another kind that bears a kind as a name ("front line" for an agreed demarcation
    /// line), then the shortest interval wins; of a month or year that none holds whole, the line that holds most of it, as
    /// inferred; where none meets it, the nearest in time within `near_days`, as inferred, unless `exact`. Ties: the lower id.
    [[nodiscard]] std::optional<LineMatch> at_date(std::span<const std::string_view> kinds, std::string_view date, std::string_view theatre,
                                                   bool exact = false) const;
    /// The line of this name (case, marks and "line" left out: "Line Kansas" finds "Kansas") in a theatre, or in any where that is
    /// empty; kind "" takes any. Of several, the one whose dates hold `date`, else the nearest in time; `date` may be "".
    /// `only`: nothing where its dates don't hold the date, or where another such line's do in another theatre.
    [[nodiscard]] std::optional<LineMatch> named(std::string_view name, std::string_view kind, std::string_view date, std::string_view theatre,
                                                 bool only = false) const;

    /// The theatre in whose box (of its lines, rivers aside, widened by 100 km) most of the positions lie; the smaller box where as many lie in two;
    /// "" where none does.
    [[nodiscard]] std::string theatre_of(std::span<const LonLat> positions) const;
    /// Box of a theatre's lines; nullopt for an unknown theatre.
    [[nodiscard]] std::optional<BoundingBox> theatre_bounds(std::string_view theatre) const;

    /// The course (kind river or canal) of the river that is this gazetteer record, else of the one of this name (as line_name_key, "river" left
    /// out) that runs nearest to a position, at most `river_reach_m` from it. The course goes downstream. nullptr: none is known.
    [[nodiscard]] const ReferenceLine* river(std::string_view record, std::string_view name, std::optional<LonLat> near) const;
    /// The border whose `records` hold all of these gazetteer ids, two or more, and whose dates hold the date (EDTF).
    [[nodiscard]] const ReferenceLine* border(std::span<const std::string_view> records, std::string_view date) const;
    static constexpr double river_reach_m = 150'000;

private:
    struct Boxes {
        BoundingBox bounds, widened;
    };
    void find_boxes();
    [[nodiscard]] std::optional<BoundingBox> box_of_lines(std::string_view theatre) const;

    std::vector<ReferenceLine> lines_;  // sorted by id
    std::map<std::string, Boxes, std::less<>> boxes_;  // by theatre, of lines_
};

/// Comparison key of a line's name: ASCII lower case, letters and digits only, without "line", "the" and ordinal endings:
/// "Line Kansas" -> "kansas", "38th Parallel" -> "38 parallel" -> "38parallel".
[[nodiscard]] std::string line_name_key(std::string_view name);

}  // namespace demarc
