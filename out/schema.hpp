#pragma once
#include <string_view>

namespace demarc {

/// Version of the output files' shape (docs/output.md); a change of a key is a change of it.
inline constexpr std::string_view schema_version = "1.1.0";
inline constexpr std::string_view program_version = "0.1.0";

}  // namespace demarc
