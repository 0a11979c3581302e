#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "base/entity.hpp"
#include "base/mention.hpp"

namespace demarc {

/// The map page: one HTML file that needs no network. Left the texts with their mentions, right a Leaflet map with coast, points, lines
/// and areas. Text of documents is escaped. At most max_documents documents and max_text_bytes of text are shown; the page says what was
/// left out, and its map still shows every entity up to max_features.
class HtmlMap {
public:
    static constexpr std::size_t max_documents = 2000;
    static constexpr std::size_t max_text_bytes = 20u << 20;
    static constexpr std::size_t max_features = 20000;

    void add(const ExtractedDocument& document);
    void write(std::string& out, const std::vector<Entity>& entities) const;

private:
    std::string documents_;  // JSON array elements, joined with commas
    std::size_t shown_ = 0, left_out_ = 0, text_bytes_ = 0;
};

}  // namespace demarc
