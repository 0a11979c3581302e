#pragma once
#include <string>
#include <vector>

namespace demarc {

/// Options of `demarc gazetteer fetch geonames`.
struct GazetteerFetchOptions {
    std::string source;  ///< "geonames"
    std::vector<std::string> items;  ///< country codes ("KP"), or names of dump files without .zip ("cities500", "allCountries", "alternateNamesV2")
    std::string folder = ".";
    std::string address = "https://download.geonames.org/export/dump";  ///< of the dump folder
    bool quiet = false;
};

/// Downloads dump files with libcurl, one that was cut short from where it stopped, unpacks them and says what came. The only command that uses the network. Returns an exit code:
/// 69 without libcurl, 75 where the server can't be reached or breaks off (what came stays; call again), 66 where it has no such file, 65 where what came is no archive.
[[nodiscard]] int fetch_gazetteer(const GazetteerFetchOptions& options);

}  // namespace demarc
