#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace demarc {

/// Text of a file as UTF-8, and what it was.
struct DecodedText {
    std::string text;        ///< valid UTF-8, without a byte order mark; line ends as they were
    std::string encoding;    ///< IANA name: "UTF-8", "UTF-16LE", "windows-1252", "KOI8-R" …
    std::optional<std::size_t> not_utf8_at = {};  ///< first byte that isn't UTF-8, where the encoding was concluded from the bytes alone
    std::size_t replaced = 0;  ///< ill-formed sequences that became U+FFFD
};

/// Why bytes are no text: "an ELF program", "a PDF file", "NUL bytes" …
struct NotText {
    std::string reason;
};

/// Bytes of a file to text. Byte order marks decide first; then valid UTF-8 is UTF-8; UTF-16 without a mark is told by its zero bytes;
/// UTF-8 in which less than a third of the multi-byte sequences are ill-formed is repaired (an 8-bit encoding has hardly one that is
/// well-formed); then ICU's charset detection among the 8-bit and East Asian encodings of the archives; windows-1252 where that is unsure.
/// Never fails for other reasons than NotText. Time linear; detection looks at the first 64 KB. A megabyte of any of them may become three.
[[nodiscard]] std::variant<DecodedText, NotText> decode_text(std::string_view bytes);

}  // namespace demarc
