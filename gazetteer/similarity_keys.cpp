#include "gazetteer/similarity_keys.hpp"

#include <algorithm>
#include <string>

#include "base/token_hash.hpp"

namespace demarc {
namespace {

constexpr std::size_t kept_letters = 3;  // at either end, as they are
static_assert(min_edit_similarity_letters == 2 * kept_letters);
constexpr std::uint64_t ocr_seed = 0x2545f4914f6cdd1dull, first_seed = 0x9e6c63d0876a9a47ull, last_seed = 0xd1b54a32d192ed03ull;  // keys of different kinds don't meet

// One letter for all that pairs lead to from a letter.
constexpr auto confusion_classes = [] {
    std::array<char, 256> classes{};
    for (std::size_t c = 0; c < classes.size(); ++c) classes[c] = static_cast<char>(c);
    for (const std::string_view pair : confusion_pairs) {
        const char from = classes[static_cast<unsigned char>(pair[0])], to = classes[static_cast<unsigned char>(pair[1])];
        for (char& c : classes) {
            if (c == from) c = to;
        }
    }
    return classes;
}();

}  // namespace

// What OCR takes for one another is written out in the same strokes.
std::uint64_t ocr_similarity_key(std::string_view word) {
    std::string strokes;
    strokes.reserve(2 * word.size());
    for (const char c : word) {
        switch (c) {
            case 'm': strokes += "rn"; break;
            case 'd': strokes += "cl"; break;
            case 'w': strokes += "vv"; break;
            case 'i': case '1': strokes += 'l'; break;
            case '0': strokes += 'o'; break;
            default: strokes += c; break;
        }
    }
    return mix_hash(token_hash(strokes), ocr_seed);
}

EditSimilarity edit_similarity(std::string_view word) {
    std::string classes, letters;
    classes.reserve(word.size());
    letters.reserve(word.size());
    for (const char c : word) {
        if (!letters.empty() && letters.back() == c) continue;
        letters += c;
        if (const char alike = confusion_classes[static_cast<unsigned char>(c)]; classes.empty() || classes.back() != alike) classes += alike;
    }
    const std::uint64_t hash = token_hash(classes);
    const std::string_view all = letters;
    const std::size_t kept = std::min(kept_letters, all.size());
    return {{mix_hash(extend_sequence(hash, token_hash(all.substr(0, kept))), first_seed), mix_hash(extend_sequence(hash, token_hash(all.substr(all.size() - kept))), last_seed)}, all.size()};
}

}  // namespace demarc
