#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "extractor/rule_set.hpp"
#include "gazetteer/gazetteer.hpp"
#include "geo/coast.hpp"
#include "geo/reference_lines.hpp"
#include "out/coastline.hpp"

namespace demarc {

/// What a run knows: compiled rules, gazetteer, reference lines.
struct Knowledge {
    RuleSet rules;
    Gazetteer gazetteer;
    ReferenceLines lines;
    Coastline coast;           ///< for Placer: land_of()
    std::string lines_digest;  ///< of the built-in lines and rivers and of the files on top
};

/// The land of the coastline that was there when the program was built. `knowledge` must outlive what is returned.
[[nodiscard]] LandLookup land_of(const Knowledge& knowledge);

/// Loads the built-in knowledge and what the user adds. Errors: no_input, bad_data (rule file and line).
[[nodiscard]] Result<std::unique_ptr<Knowledge>> load_knowledge(const std::vector<std::string>& gazetteers, const std::vector<std::string>& rule_folders,
                                                                bool builtin_rules, const std::vector<std::string>& line_files = {});
/// The built-in reference lines and courses of rivers, and those of GeoJSON files; a line of a file replaces one of the same id. `text`: all that was read. Errors: no_input, bad_data.
[[nodiscard]] Result<ReferenceLines> load_lines(const std::vector<std::string>& files, std::string& text);
/// Opens index files as one gazetteer, the first going before the others; "builtin" names the embedded one. Where none is named: the embedded one, and behind it the
/// world gazetteer that set-up made, if there is one (world_gazetteer()).
[[nodiscard]] Result<Gazetteer> load_gazetteer(const std::vector<std::string>& paths);
/// The file that the environment variable DEMARC_WORLD_GAZETTEER names ("none": none), else world.gaz beside the program or in ../share/demarc of its folder; "" where
/// there is none.
[[nodiscard]] std::string world_gazetteer();
/// The built-in rules as they were compiled with the program, where nothing else is asked for: their sources() lack what matching doesn't need. With
/// folders all are compiled.
[[nodiscard]] Result<RuleSet> load_rules(const std::vector<std::string>& folders, bool builtin_rules);
/// Parses the built-in rules and those of folders.
[[nodiscard]] Result<RuleSources> load_rule_sources(const std::vector<std::string>& folders, bool builtin_rules);

}  // namespace demarc
