#include "extractor/readers/document_stream.hpp"

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "extractor/readers/archive_header.hpp"
#include "extractor/readers/encoding.hpp"

namespace demarc {
namespace {

constexpr std::size_t read_size = 1 << 20;
constexpr int max_json_depth = 64;

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos; }

std::string field(const nlohmann::json& record, const char* name) {
    const auto it = record.find(name);
    if (it == record.end()) return {};
    if (it->is_string()) return it->get<std::string>();
    if (it->is_number_integer()) return std::to_string(it->get<std::int64_t>());
    return {};
}

}  // namespace

DocumentStream::DocumentStream(std::vector<InputSource> sources, ReadOptions options, ProblemReporter& problems)
    : sources_(std::move(sources)), options_(std::move(options)), problems_(problems) {}

DocumentStream::~DocumentStream() {
    if (records_ != nullptr && records_ != stdin) std::fclose(records_);
}

void DocumentStream::report(const std::string& id, ProblemLevel level, std::string code, std::string message, std::uint64_t record) {
    Problem problem{id, level, std::move(code), std::move(message), {}, {}};
    if (record != 0) problem.record = record;
    problems_.report(std::move(problem));
}

std::optional<Document> DocumentStream::next() {
    while (true) {
        if (records_ != nullptr) {
            if (auto document = next_record()) return document;
            continue;
        }
        if (at_ == sources_.size()) return std::nullopt;
        const InputSource& source = sources_[at_];
        if (source.format == InputFormat::jsonl) {
            if (!open_records(source)) ++at_;
            continue;
        }
        ++at_;
        if (auto document = read_text(source)) return document;
    }
}

std::optional<Document> DocumentStream::read_text(const InputSource& source) {
    std::FILE* file = source.path == "-" ? stdin : std::fopen(source.path.c_str(), "rb");
    if (file == nullptr) {
        report(source.id, ProblemLevel::error, "unreadable", "can't open '" + source.path + "': " + std::strerror(errno));
        return std::nullopt;
    }
    std::string bytes;
    bool too_large = false, failed = false;
    while (true) {
        const std::size_t old = bytes.size();
        bytes.resize(old + read_size);
        const std::size_t got = std::fread(bytes.data() + old, 1, read_size, file);
        bytes.resize(old + got);
        if (bytes.size() > options_.limit_bytes) too_large = true;
        if (got < read_size || too_large) {
            failed = std::ferror(file) != 0;
            break;
        }
    }
    if (file != stdin) std::fclose(file);
    bytes_read_ += bytes.size();
    if (failed) {
        report(source.id, ProblemLevel::error, "unreadable", "reading '" + source.path + "' failed: " + std::strerror(errno));
        return std::nullopt;
    }
    if (too_large) {
        report(source.id, ProblemLevel::error, "too_large", "more than " + std::to_string(options_.limit_bytes) + " bytes (--limit-bytes)");
        return std::nullopt;
    }
    if (blank(bytes)) {
        report(source.id, ProblemLevel::error, "empty_file", bytes.empty() ? "the file is empty" : "the file holds white space only");
        return std::nullopt;
    }
    auto decoded = decode_text(bytes);
    if (const auto* refused = std::get_if<NotText>(&decoded)) {
        report(source.id, ProblemLevel::error, "not_text", "this is no text but " + refused->reason + "; allowed are UTF-8, UTF-16, UTF-32 and the 8-bit and East Asian encodings that ICU detects");
        return std::nullopt;
    }
    auto& text = std::get<DecodedText>(decoded);
    if (text.replaced > 0) {
        report(source.id, ProblemLevel::warning, "invalid_utf8", std::to_string(text.replaced) + " ill-formed sequences were read as U+FFFD (" + text.encoding + ")");
    }
    Document document;
    document.id = source.id;
    document.path = source.path;
    document.encoding = std::move(text.encoding);
    document.text = std::move(text.text);
    finish(document);
    return document;
}

bool DocumentStream::open_records(const InputSource& source) {
    records_ = source.path == "-" ? stdin : std::fopen(source.path.c_str(), "rb");
    if (records_ == nullptr) {
        report(source.id, ProblemLevel::error, "unreadable", "can't open '" + source.path + "': " + std::strerror(errno));
        return false;
    }
    buffer_.clear();
    buffer_at_ = 0;
    line_ = 0;
    return true;
}

// A line without its end; false at the end of the file. A line over the limit is skipped to its end.
bool DocumentStream::read_line(std::string& line, bool& too_long) {
    line.clear();
    too_long = false;
    bool any = false;
    while (true) {
        if (buffer_at_ == buffer_.size()) {
            buffer_.resize(read_size);
            const std::size_t got = std::fread(buffer_.data(), 1, read_size, records_);
            buffer_.resize(got);
            buffer_at_ = 0;
            bytes_read_ += got;
            if (got == 0) return any;
        }
        any = true;
        const std::size_t end = buffer_.find('\n', buffer_at_);
        const std::size_t stop = end == std::string::npos ? buffer_.size() : end;
        if (line.size() + (stop - buffer_at_) > options_.limit_bytes) too_long = true;
        if (too_long) line.clear();
        else line.append(buffer_, buffer_at_, stop - buffer_at_);
        buffer_at_ = end == std::string::npos ? buffer_.size() : end + 1;
        if (end != std::string::npos) return true;
    }
}

std::optional<Document> DocumentStream::next_record() {
    const InputSource& source = sources_[at_];
    std::string line;
    bool too_long = false;
    while (read_line(line, too_long)) {
        ++line_;
        if (too_long) {
            report(source.id, ProblemLevel::error, "too_large", "a record of more than " + std::to_string(options_.limit_bytes) + " bytes (--limit-bytes)", line_);
            continue;
        }
        if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
        if (blank(line)) continue;
        std::size_t replaced = 0;
        if (first_invalid_utf8(line) != line.size()) {
            line = repair_utf8(line, replaced);
            report(source.id, ProblemLevel::warning, "invalid_utf8", std::to_string(replaced) + " ill-formed sequences were read as U+FFFD", line_);
        }
        bool too_deep = false;
        const auto guard = [&too_deep](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
            too_deep = too_deep || depth > max_json_depth;
            return depth <= max_json_depth;
        };
        const nlohmann::json record = nlohmann::json::parse(line, guard, false);
        if (record.is_discarded() || !record.is_object() || too_deep) {
            report(source.id, ProblemLevel::error, "bad_json", "this line is no JSON object: '" + line.substr(0, 60) + (line.size() > 60 ? "…" : "") + "'", line_);
            continue;
        }
        Document document;
        document.path = source.path;
        document.record = line_;
        document.encoding = "UTF-8";
        document.id = field(record, "id");
        if (document.id.empty()) document.id = source.id + "#" + std::to_string(line_);
        const auto text = record.find("text");
        if (text == record.end() || !text->is_string() || blank(text->get_ref<const std::string&>())) {
            report(document.id, ProblemLevel::error, "record_without_text", "a record needs a string 'text' that isn't empty", line_);
            continue;
        }
        document.text = text->get<std::string>();
        DocumentMetadata& metadata = document.metadata;
        metadata.title = field(record, "title");
        metadata.language = field(record, "lang");
        metadata.source = field(record, "source");
        if (const std::string date = field(record, "date"); !date.empty()) {
            metadata.date = parse_civil_date(date);
            metadata.date_source = metadata.date ? "record" : "";
            if (!metadata.date) report(document.id, ProblemLevel::warning, "bad_date", "'" + date + "' is no date; allowed are YYYY, YYYY-MM, YYYY-MM-DD", line_);
        }
        finish(document);
        return document;
    }
    if (records_ != stdin) std::fclose(records_);
    records_ = nullptr;
    ++at_;
    return std::nullopt;
}

void DocumentStream::finish(Document& document) {
    if (!ids_.insert(document.id).second) {
        std::string id;
        for (int n = 2; !ids_.insert(id = document.id + "-" + std::to_string(n)).second; ++n) {}
        report(id, ProblemLevel::warning, "duplicate_id", "the id '" + document.id + "' is taken; this document became '" + id + "'", document.record);
        document.id = id;
    }
    read_archive_header(document);
    DocumentMetadata& metadata = document.metadata;
    if (!metadata.date && options_.date) {
        metadata.date = options_.date;
        metadata.date_source = "--date";
    }
    if (metadata.original_language.empty()) metadata.original_language = options_.original_language;
}

}  // namespace demarc
