#pragma once
#include <cstddef>
#include <span>
#include <string_view>

/// The parts of the map page that are built into the program (out/web, Leaflet, the land); empty where the build had none.
namespace demarc::page_parts {

[[nodiscard]] std::string_view page();         ///< out/web/page.html, with {{NAME}} where parts go
[[nodiscard]] std::string_view style();        ///< out/web/map.css
[[nodiscard]] std::string_view script();       ///< out/web/data.js, text.js, search.js, map.js in this order
[[nodiscard]] std::string_view licences();     ///< out/web/licences.txt
[[nodiscard]] std::string_view leaflet_style();
[[nodiscard]] std::string_view leaflet_script();
[[nodiscard]] std::span<const std::byte> land();  ///< out/coastline.hpp

}  // namespace demarc::page_parts
