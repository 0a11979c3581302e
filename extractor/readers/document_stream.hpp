#pragma once
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/document.hpp"
#include "base/problem.hpp"
#include "extractor/readers/source_list.hpp"

namespace demarc {

/// What a user fixes for all documents of a run.
struct ReadOptions {
    std::optional<CivilDate> date;  ///< of documents that have none
    std::string original_language;  ///< of documents that don't say; BCP 47
    std::uint64_t limit_bytes = 1ull << 30;  ///< of one file of text or one record
};

/// The documents of a list of sources, one after another, in the list's order; JSONL records in the file's order. Trouble with one is a
/// problem ("empty_file", "not_text", "too_large", "unreadable", "invalid_utf8", "bad_json", "record_without_text", "bad_date",
/// "duplicate_id") and the next follows. Not thread-safe.
///
/// A JSONL record: {"id","text","title"?,"date"?,"lang"?,"source"?}; other fields are left alone. A record without id is "<source id>#<line>";
/// the second of an id gets "-2", the third "-3". Fields of the record go before what the text's own header says.
class DocumentStream {
public:
    DocumentStream(std::vector<InputSource> sources, ReadOptions options, ProblemReporter& problems);
    ~DocumentStream();
    DocumentStream(const DocumentStream&) = delete;
    DocumentStream& operator=(const DocumentStream&) = delete;

    [[nodiscard]] std::optional<Document> next();
    [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }

private:
    std::optional<Document> read_text(const InputSource& source);
    std::optional<Document> next_record();
    bool open_records(const InputSource& source);
    bool read_line(std::string& line, bool& too_long);
    void finish(Document& document);
    void report(const std::string& id, ProblemLevel level, std::string code, std::string message, std::uint64_t record = 0);

    std::vector<InputSource> sources_;
    ReadOptions options_;
    ProblemReporter& problems_;
    std::size_t at_ = 0;
    std::FILE* records_ = nullptr;
    std::string buffer_;
    std::size_t buffer_at_ = 0;
    std::uint64_t line_ = 0;
    std::uint64_t bytes_read_ = 0;
    std::set<std::string, std::less<>> ids_;
};

}  // namespace demarc
