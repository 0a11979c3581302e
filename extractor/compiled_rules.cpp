#include "extractor/compiled_rules.hpp"

extern "C" {
extern const std::byte demarc_compiled_rules_begin[];
extern const std::byte demarc_compiled_rules_end[];
}

namespace demarc {

std::span<const std::byte> compiled_rules() { return {demarc_compiled_rules_begin, demarc_compiled_rules_end}; }

}  // namespace demarc
