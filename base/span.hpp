#pragma once
#include <cstdint>
#include <string_view>

namespace demarc {

/// A half-open range of bytes [begin, end) in a document's UTF-8 text. Legal: begin <= end.
struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
    [[nodiscard]] constexpr bool empty() const { return begin == end; }
    [[nodiscard]] constexpr bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
    [[nodiscard]] constexpr bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
    [[nodiscard]] constexpr std::string_view of(std::string_view text) const { return text.substr(begin, size()); }
    friend constexpr bool operator==(Span, Span) = default;
};

}  // namespace demarc
