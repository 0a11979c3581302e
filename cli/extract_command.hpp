#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/civil_date.hpp"
#include "extractor/readers/source_list.hpp"
#include "geo/geodesy.hpp"

namespace demarc {

/// Options of `demarc extract`, checked.
struct ExtractOptions {
    std::vector<std::string> inputs;
    std::string output;
    std::vector<std::string> formats;   ///< of known_formats; empty: the default ones
    InputFormat input_format = InputFormat::automatic;
    std::vector<std::string> gazetteers;  ///< compiled indices; the default ones where empty (cli/knowledge.hpp)
    std::vector<std::string> rules;     ///< folders of more rules
    bool builtin_rules = true;
    std::vector<std::string> lines;     ///< GeoJSON files of reference lines and rivers, on top of the built-in ones
    std::vector<std::string> curation;  ///< files of decisions on what is gathered (gazetteer/curation.hpp)
    bool interpolate_lines = false;
    std::string theatre;
    std::optional<BoundingBox> bounds;
    std::optional<CivilDate> date;
    std::string language;
    std::size_t jobs = 0;               ///< 0: as many as the machine has processors
    std::uint64_t limit_bytes = 1ull << 30;
    bool strict = false;
    bool quiet = false;
};

inline constexpr std::string_view known_formats[] = {"geojson", "mentions", "entities", "documents", "lpf", "text", "html", "orbat"};
inline constexpr std::string_view default_formats[] = {"geojson", "mentions", "entities", "documents", "lpf"};

/// Runs the batch and writes the output folder. Returns an exit code (cli/exit_code.hpp); words go to stderr.
[[nodiscard]] int run_extract(const ExtractOptions& options);

}  // namespace demarc
