#pragma once
#include <string>

namespace demarc {

/// `gazetteer check FILE`: reads a compiled index whole, against its digests and every reference. Returns an exit code.
[[nodiscard]] int check_gazetteer(const std::string& path);
/// `gazetteer export FILE`: the places of a compiled index, or of a run's gazetteer.lpf.json, in another format, to a file or ("-") to standard output.
[[nodiscard]] int export_gazetteer(const std::string& path, const std::string& format, const std::string& output, const std::string& year);
/// `gazetteer diff A B`: what changed between two.
[[nodiscard]] int diff_gazetteers(const std::string& before, const std::string& after, bool json);

}  // namespace demarc
