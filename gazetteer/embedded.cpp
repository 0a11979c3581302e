#include "gazetteer/embedded.hpp"

extern "C" {
extern const std::byte demarc_gazetteer_begin[];
extern const std::byte demarc_gazetteer_end[];
extern const char demarc_lines_begin[];
extern const char demarc_lines_end[];
extern const char demarc_rivers_begin[];
extern const char demarc_rivers_end[];
extern const char demarc_names_begin[];
extern const char demarc_names_end[];
extern const char demarc_mappings_begin[];
extern const char demarc_mappings_end[];
}

namespace demarc {

std::span<const std::byte> embedded_gazetteer() { return {demarc_gazetteer_begin, demarc_gazetteer_end}; }

std::string_view embedded_rivers() { return {demarc_rivers_begin, static_cast<std::size_t>(demarc_rivers_end - demarc_rivers_begin)}; }
std::string_view embedded_lines() { return {demarc_lines_begin, static_cast<std::size_t>(demarc_lines_end - demarc_lines_begin)}; }
std::string_view embedded_name_rules() { return {demarc_names_begin, static_cast<std::size_t>(demarc_names_end - demarc_names_begin)}; }
std::string_view embedded_mappings() { return {demarc_mappings_begin, static_cast<std::size_t>(demarc_mappings_end - demarc_mappings_begin)}; }

}  // namespace demarc
