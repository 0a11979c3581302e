#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/mention.hpp"

namespace demarc {

/// What run.json says of a run. Everything up to `jobs` is the same for the same input, rules and gazetteer.
struct RunInfo {
    std::string rules_digest, gazetteer_digest, lines_digest;
    std::vector<std::pair<std::string, std::string>> options;  ///< as given, sorted by name; without jobs and folders
    std::uint64_t documents = 0, bytes = 0, problems = 0, entities = 0;
    std::array<std::uint64_t, known_type_count> mentions{};    ///< by MentionType
    std::map<std::string, std::uint64_t> declared_mentions;    ///< by declared kind
    std::size_t jobs = 1;
    std::vector<std::pair<std::string, double>> seconds;       ///< stage -> seconds, in order
    bool interrupted = false;
};

void append_run_info(std::string& out, const RunInfo& run);

}  // namespace demarc
