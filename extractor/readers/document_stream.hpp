#pragma once
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/document.hpp"
#include "base/problem.hpp"
#include "extractor/readers/source_list.hpp"

namespace demarc {

/// What a user fixes for all documents of a run.
struct ReadOptions {
    std::optional<CivilDate> date;  ///< of documents that have none
    std::string original_language;  ///< of documents that don't say; BCP 47
    std::uint64_t limit_bytes = 1ull << 30;  ///< of one file of text or one record; at most 4 GiB - 1 count
};

/// The documents of a list of sources, one after another, in the list's order; JSONL records (json_record.hpp) in the file's order. Trouble
/// with one is a problem and the next follows: "empty_file", "not_text", "too_large", "unreadable", "invalid_utf8", "encoding_detected" (notice), "duplicate_id" and
/// those of a record. The second document of an id gets "-2", the third "-3". What a record or the caller fixes goes before what the text's
/// own header says (archive_header.hpp), that before `ReadOptions`. One buffer is kept and used again; a JSONL file is read 128 KB at
/// a time. Not thread-safe.
class DocumentStream {
public:
    DocumentStream(std::vector<InputSource> sources, ReadOptions options, ProblemReporter& problems);
    ~DocumentStream();
    DocumentStream(const DocumentStream&) = delete;
    DocumentStream& operator=(const DocumentStream&) = delete;

    [[nodiscard]] std::optional<Document> next();
    /// The same without what its own header says, and the options after it: read_header() adds that. Several documents go faster step by step than one after the other.
    [[nodiscard]] std::optional<Document> next_text();
    /// Once for a document of next_text(); in any thread.
    void read_header(Document& document) const;
    [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }

private:
    std::optional<Document> read_text(const InputSource& source);
    bool read_whole(const InputSource& source);
    std::optional<Document> next_record();
    bool open_records(const InputSource& source);
    void close_records();
    bool refill();
    std::optional<std::string_view> read_line(bool& too_long);
    void take_id(Document& document);
    void report(const std::string& id, ProblemLevel level, std::string code, std::string message, std::uint64_t record = 0);

    std::vector<InputSource> sources_;
    ReadOptions options_;
    ProblemReporter& problems_;
    std::size_t at_ = 0;             // source to read next, or that is being read
    std::FILE* records_ = nullptr;   // the JSONL file that is being read
    std::string buffer_;             // what was read, [buffer_at_, buffer_end_) of it is still to be used; of a JSONL file record_padding bytes follow
    std::size_t buffer_at_ = 0, buffer_end_ = 0;
    std::uint64_t line_number_ = 0;
    bool any_record_ = false;
    std::uint64_t bytes_read_ = 0;
    std::size_t reported_ = 0;       // problems of the document under way
    std::unordered_set<std::string> ids_;
};

}  // namespace demarc
