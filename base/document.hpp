#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/civil_date.hpp"
#include "base/span.hpp"

namespace demarc {

/// What the header block of a document, or its JSONL record, says of it. Empty or nullopt: it doesn't say.
struct DocumentMetadata {
    std::string title;
    std::string citation;
    std::optional<CivilDate> date;  ///< anchors incomplete dates in the text
    std::string date_source;        ///< what the date was read from: "record", "title", "citation", "heading", "--date", "" none
    std::string sender;
    std::vector<std::string> recipients;
    std::string language;           ///< language of the text, BCP 47; "" unknown
    std::string original_language;  ///< BCP 47 of the original where the text is a translation ("ru")
    std::string archive_reference;
    std::string translator;
    std::string source;
    std::vector<std::string> stamps;
    std::vector<std::string> copies;
    std::vector<Span> header_spans;  ///< header blocks of the text (apparatus: not the document's own narrative), sorted
};

/// A document as it was read: one text in UTF-8, valid, at most 4 GiB - 1 bytes.
struct Document {
    std::string id;    ///< unique in a run
    std::string path;  ///< file it came from ("-" for standard input)
    std::uint64_t record = 0;  ///< line of a JSONL file, 1-based; 0 for a file of its own
    std::string encoding;      ///< as found: "UTF-8", "UTF-16LE", "windows-1252", "KOI8-R" …
    std::string text;
    DocumentMetadata metadata;
    std::size_t problems = 0;  ///< that were reported of it while it was read
};

}  // namespace demarc
