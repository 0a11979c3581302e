#include "extractor/nearest_name.hpp"

#include <algorithm>

namespace demarc {
namespace {

constexpr std::size_t longest = 64;  // names beyond are not compared

// Edits with swaps of neighbours (optimal string alignment), over three rows.
std::size_t edits_between(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view unknown, const std::vector<std::string_view>& names) {
    std::string_view best;
    std::size_t least = std::min<std::size_t>(2, unknown.size() / 3) + 1;
    if (unknown.size() > longest) return best;
    for (const std::string_view name : names) {
        if (name.size() > longest || name.size() + 2 < unknown.size() || unknown.size() + 2 < name.size()) continue;
        const std::size_t edits = edits_between(unknown, name);
        if (edits < least) least = edits, best = name;
    }
    return best;
}

std::string meant(std::string_view unknown, const std::vector<std::string_view>& names) {
    const std::string_view near = nearest_name(unknown, names);
    return near.empty() ? std::string() : "; did you mean '" + std::string(near) + "'?";
}

}  // namespace demarc
