#pragma once
#include <string>
#include <string_view>

namespace demarc {

/// SHA-256 of bytes as 64 hex digits (FIPS 180-4).
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace demarc
