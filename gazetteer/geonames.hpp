#pragma once
#include <cstdint>
#include <functional>
#include <istream>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.hpp"
#include "gazetteer/builder.hpp"
#include "gazetteer/common_words.hpp"

namespace demarc {

/// What an import took and left.
struct ImportReport {
    std::uint64_t rows = 0, taken = 0;
    std::map<std::string, std::uint64_t> left;        ///< reason -> rows; "a name is left out: …" counts names
    std::vector<std::string> examples;                ///< "file:line: reason", of the first of each reason

    void leave(const std::string& reason, const std::string& where);
};

/// How GeoNames rows become records.
struct GeonamesOptions {
    /// A record whose one-word name is among them is marked ambiguous; an alternate name that is among them is left out.
    const CommonWords* common_words = nullptr;
    /// Ids that other records have already: left out ("4781708").
    const std::unordered_set<std::string>* known_ids = nullptr;
};

/// Reads rows of a GeoNames dump (https://download.geonames.org/export/dump/readme.txt: 19 columns by tabs, no header, UTF-8): "US.txt", "cities500.txt".
/// Places that people live in, hills, waters, islands, regions and forts are taken, each as `geonames-ID` with kind, country, admin1 (the state's name in the United
/// States), position, rank by population (docs/gazetteer.md) and its names in the Latin script. A bad row is counted and left; so are features that no history
/// names (wells, hotels). Streams: memory for one row, besides what `use` keeps.
void read_geonames(std::istream& in, const std::string& path, const GeonamesOptions& options, ImportReport& report, const std::function<void(SourceRecord&&)>& use);

/// 1 (hamlet) .. 8 by population; 0 for an unknown one.
[[nodiscard]] std::uint8_t rank_of_population(std::uint64_t population);

}  // namespace demarc
