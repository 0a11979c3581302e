#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.hpp"
#include "base/result.hpp"

namespace demarc {

enum class InputFormat : std::uint8_t { automatic, text, jsonl };
[[nodiscard]] std::optional<InputFormat> parse_input_format(std::string_view name);  ///< "auto" "text" "jsonl"

/// A file to be read.
struct InputSource {
    std::string id;    ///< of the document (text), or prefix of records without one (jsonl); valid UTF-8
    std::string path;  ///< as it can be opened (bytes, whatever the file system holds); "-" standard input
    InputFormat format = InputFormat::text;
};

/// A file name as ids, paths and messages in the output hold it: UTF-8, where file systems hold any bytes (U+FFFD for what is ill-formed).
[[nodiscard]] std::string valid_text(std::string_view name);

/// Lists what the inputs name, sorted by id; the same list whatever the order in which they are named. A file's id is its name, that of
/// a file in a folder its path relative to the folder; where two would be the same, both take the path as named.
/// A file reached twice is one source. A folder is walked; hidden files, links to folders and files that aren't text by their extension are left out, the last
/// with a problem "skipped_file" (notice). A file that is named itself is always taken. Errors: no_input (a path that doesn't exist, a folder without
/// documents, no path at all), io.
[[nodiscard]] Result<std::vector<InputSource>> list_sources(const std::vector<std::string>& inputs, InputFormat format, ProblemReporter& problems);

}  // namespace demarc
