#pragma once
#include <string>
#include <string_view>

namespace demarc {

/// SHA-256 of bytes as 64 hex digits (FIPS 180-4); by the processor's own instructions where it has them.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);
/// The same without them.
[[nodiscard]] std::string sha256_hex_portable(std::string_view bytes);

}  // namespace demarc
