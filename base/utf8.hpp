#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace demarc {

/// Offset of the first byte that is not part of well-formed UTF-8 (Unicode 15, table 3-7), or text.size() where all is well.
[[nodiscard]] std::size_t first_invalid_utf8(std::string_view text);
/// Text with each maximal ill-formed subpart replaced by U+FFFD (Unicode 15, section 3.9); `replaced` counts them.
[[nodiscard]] std::string repair_utf8(std::string_view text, std::size_t& replaced);
/// Number of code points of valid UTF-8: bytes that are not continuation bytes.
[[nodiscard]] std::size_t count_code_points(std::string_view text);
/// Decodes the code point at `offset` of valid UTF-8 and advances it; at the end returns 0 and doesn't move.
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& offset);
void append_code_point(std::string& out, char32_t code_point);

/// Byte offset -> code point offset of one text, O(1) after an O(n) pass; a text that is all ASCII costs no memory.
class CodePointIndex {
public:
    explicit CodePointIndex(std::string_view text);  ///< the text must outlive the index
    /// Code points before `byte_offset`, which must be a boundary in [0, text.size()].
    [[nodiscard]] std::size_t at(std::size_t byte_offset) const;

private:
    std::string_view text_;
    std::vector<std::uint32_t> blocks_;  // code points before each block of 64 bytes; empty: all ASCII
};

}  // namespace demarc
