#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/entity.hpp"
#include "base/mention.hpp"

namespace demarc {

/// map.html: the texts with their mentions beside a map of what was placed, in one file that needs no network and no server.
/// Texts are data in it (JSON that cannot end its script element), the page's script puts them in as text, never as HTML.
/// Bounded: of a larger run the first documents are in the page, the entities that they mention, and as many other features as the limit
/// leaves room for; the page says how many documents and features are left out.
class HtmlMap {
public:
    struct Limits {
        std::size_t documents = 2000;
        std::size_t text_bytes = 20u << 20;
        std::size_t features = 20000;
    };
    HtmlMap() = default;
    explicit HtmlMap(Limits limits) : limits_(limits) {}

    /// The declared kinds of the run, which bring their label and colour.
    void declare(std::vector<DeclaredKind> kinds) { kinds_ = std::move(kinds); }

    /// Takes a document's text and mentions; call in the order in which the page shall list them.
    void add(const ExtractedDocument& document);
    /// Appends the whole page. O(entities + size of the page).
    void write(std::string& out, const std::vector<Entity>& entities) const;

private:
    Limits limits_;
    std::vector<DeclaredKind> kinds_;
    std::string documents_;  // JSON objects, separated by commas
    std::unordered_set<std::string> mentioned_;  // ids of the entities that they mention
    std::size_t shown_ = 0, left_out_ = 0, text_bytes_ = 0;
};

/// JSON as it may stand inside <script>: '<', '>' and '&' as \u003c, \u003e, \u0026, so that no </script> or <!-- can occur.
[[nodiscard]] std::string json_for_script(std::string_view json);

}  // namespace demarc
