#include "extractor/readers/document_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

#include "extractor/readers/archive_header.hpp"
#include "extractor/readers/encoding.hpp"
#include "extractor/readers/json_record.hpp"

namespace demarc {
namespace {

constexpr std::size_t read_size = 128 << 10;
constexpr std::size_t kept_size = 64 << 20;  // of a larger file the buffer is given back
constexpr std::size_t head_size = 4096;
constexpr std::uint64_t largest_document = std::numeric_limits<std::uint32_t>::max();  // spans have 32 bits

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos; }

}  // namespace

DocumentStream::DocumentStream(std::vector<InputSource> sources, ReadOptions options, ProblemReporter& problems)
    : sources_(std::move(sources)), options_(std::move(options)), problems_(problems) {
    options_.limit_bytes = std::min(options_.limit_bytes, largest_document);
}

DocumentStream::~DocumentStream() { close_records(); }

void DocumentStream::report(const std::string& id, ProblemLevel level, std::string code, std::string message, std::uint64_t record) {
    Problem problem{id, level, std::move(code), std::move(message), {}, {}};
    if (record != 0) problem.record = record;
    ++reported_;
    problems_.report(std::move(problem));
}

std::optional<Document> DocumentStream::next() {
    std::optional<Document> document = next_text();
    if (document) read_header(*document);
    return document;
}

std::optional<Document> DocumentStream::next_text() {
    while (records_ != nullptr || at_ < sources_.size()) {
        if (records_ != nullptr) {
            if (auto document = next_record()) return document;
            continue;
        }
        const InputSource& source = sources_[at_];
        if (source.format == InputFormat::jsonl) {
            if (!open_records(source)) ++at_;
            continue;
        }
        ++at_;
        if (auto document = read_text(source)) return document;
    }
    return std::nullopt;
}

// The whole file into buffer_[0, buffer_end_); false where that failed, which is reported.
bool DocumentStream::read_whole(const InputSource& source) {
    buffer_at_ = buffer_end_ = 0;
    std::FILE* file = source.path == "-" ? stdin : std::fopen(source.path.c_str(), "rb");
    if (file == nullptr) {
        report(source.id, ProblemLevel::error, "unreadable", "can't open '" + valid_text(source.path) + "': " + std::strerror(errno));
        return false;
    }
    std::setvbuf(file, nullptr, _IONBF, 0);  // one copy is enough
    while (buffer_end_ <= options_.limit_bytes) {
        // Doubling: growing by a constant would copy a large file a thousand times.
        if (buffer_.size() == buffer_end_) buffer_.resize(std::max(read_size, buffer_end_ * 2));
        const std::size_t got = std::fread(buffer_.data() + buffer_end_, 1, buffer_.size() - buffer_end_, file);
        buffer_end_ += got;
        if (got == 0 || std::feof(file) != 0) break;
    }
    const bool failed = std::ferror(file) != 0;
    const int error = errno;
    if (file != stdin) std::fclose(file);
    bytes_read_ += buffer_end_;
    if (failed) report(source.id, ProblemLevel::error, "unreadable", "reading '" + valid_text(source.path) + "' failed: " + std::strerror(error));
    else if (buffer_end_ > options_.limit_bytes)
        report(source.id, ProblemLevel::error, "too_large", "more than " + std::to_string(options_.limit_bytes) + " bytes (--limit-bytes)");
    else return true;
    return false;
}

std::optional<Document> DocumentStream::read_text(const InputSource& source) {
    reported_ = 0;
    if (!read_whole(source)) return std::nullopt;
    auto decoded = decode_text(std::string_view(buffer_).substr(0, buffer_end_));
    if (buffer_.size() > kept_size) buffer_ = {};
    if (const auto* refused = std::get_if<NotText>(&decoded)) {
        report(source.id, ProblemLevel::error, "not_text",
               "this is no text but " + refused->reason + "; allowed are UTF-8, UTF-16, UTF-32 and the 8-bit and East Asian encodings that ICU detects");
        return std::nullopt;
    }
    auto& text = std::get<DecodedText>(decoded);
    if (blank(text.text)) {
        report(source.id, ProblemLevel::error, "empty_file", buffer_end_ == 0 ? "the file is empty" : "the file holds white space only");
        return std::nullopt;
    }
    if (text.text.size() > largest_document) {
        report(source.id, ProblemLevel::error, "too_large", "in UTF-8 the text has more than " + std::to_string(largest_document) + " bytes");
        return std::nullopt;
    }
    if (text.replaced > 0) {
        report(source.id, ProblemLevel::warning, "invalid_utf8",
               std::to_string(text.replaced) + " ill-formed sequences were read as U+FFFD (" + text.encoding + ")");
    }
    if (text.not_utf8_at) {
        report(source.id, ProblemLevel::notice, "encoding_detected",
               "not valid UTF-8, first at byte " + std::to_string(*text.not_utf8_at) + "; read as " + text.encoding + ", as its bytes suggest");
    }
    Document document;
    document.id = source.id;
    document.path = valid_text(source.path);
    document.encoding = std::move(text.encoding);
    document.text = std::move(text.text);
    take_id(document);
    return document;
}

bool DocumentStream::open_records(const InputSource& source) {
    records_ = source.path == "-" ? stdin : std::fopen(source.path.c_str(), "rb");
    if (records_ == nullptr) {
        report(source.id, ProblemLevel::error, "unreadable", "can't open '" + valid_text(source.path) + "': " + std::strerror(errno));
        return false;
    }
    buffer_at_ = buffer_end_ = 0;
    line_number_ = 0;
    any_record_ = false;
    if (!refill()) return true;
    // One problem for a file that is something else, not one for each of its million lines.
    const auto head = decode_text(std::string_view(buffer_).substr(0, std::min(buffer_end_, head_size)));
    const auto* refused = std::get_if<NotText>(&head);
    const auto* text = std::get_if<DecodedText>(&head);
    if (refused == nullptr && !text->encoding.starts_with("UTF-16") && !text->encoding.starts_with("UTF-32")) return true;
    report(source.id, ProblemLevel::error, "not_text", "JSON Lines are UTF-8, but this is " + (refused != nullptr ? refused->reason : text->encoding));
    close_records();
    return false;
}

void DocumentStream::close_records() {
    if (records_ != nullptr && records_ != stdin) std::fclose(records_);
    records_ = nullptr;
}

// More of the JSONL file behind what is still to be used; false at its end.
bool DocumentStream::refill() {
    const std::size_t kept = buffer_end_ - buffer_at_;
    if (buffer_at_ > 0) std::memmove(buffer_.data(), buffer_.data() + buffer_at_, kept);
    buffer_at_ = 0;
    if (buffer_.size() < kept + read_size + record_padding) buffer_.resize(kept + read_size + record_padding);
    const std::size_t got = std::fread(buffer_.data() + kept, 1, read_size, records_);
    buffer_end_ = kept + got;
    bytes_read_ += got;
    return got > 0;
}

// The next line, without its end, where it stands in buffer_; nullopt at the end of the file. Of a line over the limit nothing is kept.
std::optional<std::string_view> DocumentStream::read_line(bool& too_long) {
    too_long = false;
    bool any = false;
    for (std::size_t searched = 0;;) {
        const char* const line = buffer_.data() + buffer_at_;
        const std::size_t left = buffer_end_ - buffer_at_;
        const auto* const end = static_cast<const char*>(std::memchr(line + searched, '\n', left - searched));
        const std::size_t length = end != nullptr ? static_cast<std::size_t>(end - line) : left;
        too_long = too_long || length > options_.limit_bytes;
        const std::string_view found(line, too_long ? 0 : length);
        if (end != nullptr) {
            buffer_at_ += length + 1;
            return found;
        }
        any = any || left > 0;
        if (too_long) buffer_at_ = buffer_end_;
        searched = found.size();
        if (refill()) continue;
        buffer_at_ = buffer_end_;
        return any ? std::optional(std::string_view(buffer_.data(), searched)) : std::nullopt;
    }
}

std::optional<Document> DocumentStream::next_record() {
    const InputSource& source = sources_[at_];
    bool too_long = false;
    while (const auto read = read_line(too_long)) {
        std::string_view line = *read;
        ++line_number_;
        if (too_long) {
            any_record_ = true;
            report(source.id, ProblemLevel::error, "too_large", "a record of more than " + std::to_string(options_.limit_bytes) + " bytes (--limit-bytes)",
                   line_number_);
            continue;
        }
        if (line_number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
        if (blank(line)) continue;
        any_record_ = true;
        RecordReading reading = read_json_record(line, source.id, valid_text(source.path), line_number_, record_padding);
        reported_ = reading.problems.size();
        for (Problem& problem : reading.problems) problems_.report(std::move(problem));
        if (!reading.document) continue;
        take_id(*reading.document);
        return std::move(reading.document);
    }
    if (std::ferror(records_) != 0) {
        report(source.id, ProblemLevel::error, "unreadable",
               "reading '" + valid_text(source.path) + "' failed after line " + std::to_string(line_number_) + ": " + std::strerror(errno));
    } else if (!any_record_) report(source.id, ProblemLevel::error, "empty_file", "the file holds no record");
    close_records();
    ++at_;
    return std::nullopt;
}

void DocumentStream::take_id(Document& document) {
    if (!ids_.insert(document.id).second) {
        std::string id;
        for (int n = 2; !ids_.insert(id = document.id + "-" + std::to_string(n)).second; ++n) {
        }
        report(id, ProblemLevel::warning, "duplicate_id", "the id '" + document.id + "' is taken; this document became '" + id + "'", document.record);
        document.id = id;
    }
    document.problems = reported_;
}

void DocumentStream::read_header(Document& document) const {
    read_archive_header(document);
    DocumentMetadata& metadata = document.metadata;
    if (!metadata.date && options_.date) {
        metadata.date = options_.date;
        metadata.date_source = "--date";
    }
    if (metadata.original_language.empty()) metadata.original_language = options_.original_language;
}

}  // namespace demarc
