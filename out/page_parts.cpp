#include "out/page_parts.hpp"

#define DEMARC_PART(name)                            \
    extern "C" const char demarc_page_##name##_begin[]; \
    extern "C" const char demarc_page_##name##_end[];
DEMARC_PART(page)
DEMARC_PART(style)
DEMARC_PART(script)
DEMARC_PART(licences)
DEMARC_PART(leaflet_style)
DEMARC_PART(leaflet_script)
DEMARC_PART(land)
#undef DEMARC_PART

namespace demarc::page_parts {
namespace {
std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }
}  // namespace

std::string_view page() { return between(demarc_page_page_begin, demarc_page_page_end); }
std::string_view style() { return between(demarc_page_style_begin, demarc_page_style_end); }
std::string_view script() { return between(demarc_page_script_begin, demarc_page_script_end); }
std::string_view licences() { return between(demarc_page_licences_begin, demarc_page_licences_end); }
std::string_view leaflet_style() { return between(demarc_page_leaflet_style_begin, demarc_page_leaflet_style_end); }
std::string_view leaflet_script() { return between(demarc_page_leaflet_script_begin, demarc_page_leaflet_script_end); }
std::span<const std::byte> land() { return std::as_bytes(std::span(demarc_page_land_begin, demarc_page_land_end)); }

}  // namespace demarc::page_parts
