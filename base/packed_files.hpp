#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace demarc {

/// The files of a block that base/pack/main.cpp made, as path and content, in the order of their paths. What isn't whole ends the list.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> unpack_files(std::string_view block);

}  // namespace demarc
