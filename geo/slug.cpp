#include "geo/slug.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

#include "base/token_hash.hpp"
#include "gazetteer/fold.hpp"

namespace demarc {

std::string slug_of(std::string_view words) {
    constexpr std::size_t longest = 80, digest = 17;
    std::string slug, word;
    const auto end_word = [&] {
        const std::string folded = fold_token(word);
        if (!folded.empty()) slug += (slug.empty() ? "" : "-") + folded;
        word.clear();
    };
    for (const char c : words) {
        const bool parts = c == ' ' || c == '_' || c == '-' || c == '.' || c == ',' || c == '\n' || c == '\t' || c == '/' || c == ':';
        if (parts) end_word();
        else word += c;
    }
    end_word();
    if (slug.empty()) return "unnamed";
    if (slug.size() > longest) {
        std::array<char, digest + 1> whole{};
        std::snprintf(whole.data(), whole.size(), "-%016llx", static_cast<unsigned long long>(token_hash(slug)));
        std::size_t cut = longest - digest;
        while (cut > 0 && (static_cast<unsigned char>(slug[cut]) & 0xC0) == 0x80) --cut;
        slug = slug.substr(0, cut) + whole.data();
    }
    return slug;
}

}  // namespace demarc
