#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gazetteer/builder.hpp"

namespace demarc {

/// What an import took and left.
struct ImportReport {
    std::uint64_t rows = 0, taken = 0;
    std::map<std::string, std::uint64_t> left;  ///< reason -> rows; "a name is left out: …" counts names
    std::vector<std::string> examples;          ///< "file:line: reason", of the first of each reason

    void leave(const std::string& reason, const std::string& where);
};

/// Takes a record that an importer has read.
using UseRecord = std::function<void(SourceRecord&&)>;

}  // namespace demarc
