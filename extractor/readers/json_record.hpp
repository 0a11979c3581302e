#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/document.hpp"
#include "base/problem.hpp"

namespace demarc {

/// What one line of a JSONL file gave: a document, or a problem that says why there is none; warnings may stand beside a document.
struct RecordReading {
    std::optional<Document> document;
    std::vector<Problem> problems;
};

/// Bytes that a line should have behind it: without them it is copied.
inline constexpr std::size_t record_padding = 64;

/// Reads {"id"?, "text", "title"?, "date"?, "lang"?, "source"?}; other fields are left alone. `record` is the line's number, 1-based.
/// - id: a string or an integer; absent, empty or longer than 200 bytes: "<source id>#<record>".
/// - date: EDTF. An interval, a set or a season gives what its first and last day have in common ("1951-11-01/1951-11-03" is 1951-11).
/// - lang: BCP 47, or a language's English name.
/// Problems: "bad_json" (not one object of JSON at most 64 deep), "record_without_text" (no string "text", or one of white space), "bad_date",
/// "invalid_utf8" (read with U+FFFD). The text's own header isn't read here.
/// `padding` bytes behind the line, of any value, may be looked at.
[[nodiscard]] RecordReading read_json_record(std::string_view line, const std::string& source_id, const std::string& path, std::uint64_t record, std::size_t padding = 0);

/// The date that an EDTF expression anchors; nullopt where it names none, or spans years.
[[nodiscard]] std::optional<CivilDate> anchor_date(std::string_view edtf);

}  // namespace demarc
