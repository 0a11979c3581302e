#include "extractor/readers/json_record.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <simdjson.h>

#include "base/edtf.hpp"
#include "base/utf8.hpp"
#include "extractor/readers/archive_header.hpp"

namespace demarc {
namespace {

using nlohmann::json;

constexpr int max_depth = 64;
constexpr std::size_t longest_id = 200;
constexpr std::size_t quoted_bytes = 60;

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos; }

// The wanted fields of the outermost object; of a field that stands there twice the last one counts.
struct RecordFields {
    std::optional<std::string> id, text, title, date, lang, source;

    std::optional<std::string>* find(std::string_view name) {
        return name == "id"       ? &id
               : name == "text"   ? &text
               : name == "title"  ? &title
               : name == "date"   ? &date
               : name == "lang"   ? &lang
               : name == "source" ? &source
                                  : nullptr;
    }
    /// A number may stand for an id or a year; any other value than that or a string is none.
    bool takes_number(const std::optional<std::string>* field) const { return field == &id || field == &date; }
};

std::optional<std::string> value_of(const simdjson::dom::element& value, bool number) {
    switch (value.type()) {
        case simdjson::dom::element_type::STRING: return std::string(value.get_string().value_unsafe());
        case simdjson::dom::element_type::INT64: return number ? std::optional(std::to_string(value.get_int64().value_unsafe())) : std::nullopt;
        case simdjson::dom::element_type::UINT64: return number ? std::optional(std::to_string(value.get_uint64().value_unsafe())) : std::nullopt;
        default: return std::nullopt;
    }
}

// False where simdjson doesn't take the line: it is no JSON object, isn't UTF-8, or holds what that library refuses and JSON allows (a whole number of more than 64 bits).
bool read_quickly(std::string_view line, std::size_t padding, RecordFields& fields) {
    static_assert(record_padding >= simdjson::SIMDJSON_PADDING);
    constexpr std::size_t kept_bytes = std::size_t{64} << 20;
    thread_local simdjson::dom::parser parser;
    if (parser.capacity() > kept_bytes && line.size() < kept_bytes) parser = simdjson::dom::parser();
    if (parser.max_depth() != max_depth && parser.allocate(std::max<std::size_t>(parser.capacity(), 1 << 16), max_depth) != simdjson::SUCCESS) return false;
    simdjson::dom::element whole;
    if (parser.parse(line.data(), line.size(), padding < simdjson::SIMDJSON_PADDING).get(whole) != simdjson::SUCCESS) return false;
    simdjson::dom::object object;
    if (whole.get(object) != simdjson::SUCCESS) return false;
    for (const auto& [name, value] : object) {
        if (auto* field = fields.find(name)) *field = value_of(value, fields.takes_number(field));
    }
    return true;
}

// The same by nlohmann/json, ten times as slow: it has the last word on what is JSON.
class RecordEvents : public nlohmann::json_sax<json> {
public:
    explicit RecordEvents(RecordFields& fields) : fields_(fields) {}
    bool is_object = false;

    bool null() override { return put(std::nullopt); }
    bool boolean(bool) override { return put(std::nullopt); }
    bool number_integer(number_integer_t value) override { return put(std::to_string(value), true); }
    bool number_unsigned(number_unsigned_t value) override { return put(std::to_string(value), true); }
    bool number_float(number_float_t, const string_t&) override { return put(std::nullopt); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool key(string_t& name) override {
        if (depth_ == 1) wanted_ = fields_.find(name);
        return true;
    }
    bool start_object(std::size_t) override {
        is_object = is_object || depth_ == 0;
        return start();
    }
    bool end_object() override { return --depth_ >= 0; }
    bool start_array(std::size_t) override { return start(); }
    bool end_array() override { return --depth_ >= 0; }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

private:
    bool start() {
        put(std::nullopt);
        return ++depth_ <= max_depth;
    }
    bool put(std::optional<std::string> value, bool is_number = false) {
        if (depth_ == 1 && wanted_ != nullptr) *wanted_ = is_number && !fields_.takes_number(wanted_) ? std::nullopt : std::move(value);
        return true;
    }

    RecordFields& fields_;
    std::optional<std::string>* wanted_ = nullptr;
    int depth_ = 0;
};

bool read_fields(std::string_view line, RecordFields& fields) {
    fields = {};
    if (read_quickly(line, 0, fields)) return true;
    fields = {};
    RecordEvents events(fields);
    return json::sax_parse(line.begin(), line.end(), &events) && events.is_object;
}

// The start of a line for a message, cut between characters.
std::string start_of(std::string_view line) {
    if (line.size() <= quoted_bytes) return std::string(line);
    std::size_t end = quoted_bytes;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
    return std::string(line.substr(0, end)) + "…";
}

// "en", "zh-Hant", "sr-Latn-RS": letters and digits in parts of 1..8, the first of 2 or 3.
bool is_language_tag(std::string_view tag) {
    const std::size_t first = std::min(tag.find('-'), tag.size());
    if (first < 2 || first > 3) return false;
    std::size_t part = 0;
    for (const char c : tag) {
        if (c == '-') {
            if (part == 0) return false;
            part = 0;
            continue;
        }
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!(letter || (c >= '0' && c <= '9')) || ++part > 8) return false;
    }
    return part > 0;
}

}  // namespace

std::optional<CivilDate> anchor_date(std::string_view edtf) {
    if (auto date = parse_civil_date(edtf)) return date;
    const auto bounds = edtf_bounds(edtf);
    if (!bounds) return std::nullopt;
    const auto first = parse_civil_date((*bounds)[0]), last = parse_civil_date((*bounds)[1]);
    if (!first && !last) return std::nullopt;
    CivilDate common = first ? *first : *last;
    if (!first || !last) {  // an open end: the year is all that is sure
        common.month = common.day = 0;
        return common;
    }
    if (first->year != last->year) return std::nullopt;
    if (first->month != last->month) common.month = common.day = 0;
    else if (first->day != last->day) common.day = 0;
    return common;
}

RecordReading read_json_record(std::string_view line, const std::string& source_id, const std::string& path, std::uint64_t record, std::size_t padding) {
    RecordReading reading;
    const std::string default_id = source_id + "#" + std::to_string(record);
    const auto report = [&](const std::string& id, ProblemLevel level, const char* code, std::string message) {
        reading.problems.push_back({id, level, code, std::move(message), {}, record});
    };
    RecordFields fields;
    const bool read = read_quickly(line, padding, fields);  // not where the line isn't UTF-8
    std::string repaired;
    if (!read && first_invalid_utf8(line) != line.size()) {
        std::size_t replaced = 0;
        repaired = repair_utf8(line, replaced);
        line = repaired;
        report(default_id, ProblemLevel::warning, "invalid_utf8", std::to_string(replaced) + " ill-formed sequences were read as U+FFFD");
    }
    if (!read && !read_fields(line, fields)) {
        report(source_id, ProblemLevel::error, "bad_json", "this line is no JSON object: '" + start_of(line) + "'");
        return reading;
    }
    Document document;
    document.path = path;
    document.record = record;
    document.encoding = "UTF-8";
    document.id = fields.id.value_or("");
    if (document.id.empty() || document.id.size() > longest_id) document.id = default_id;
    for (Problem& problem : reading.problems) problem.document = document.id;
    if (!fields.text || blank(*fields.text)) {
        report(document.id, ProblemLevel::error, "record_without_text", "a record needs a string 'text' that isn't empty");
        return reading;
    }
    document.text = std::move(*fields.text);
    DocumentMetadata& metadata = document.metadata;
    metadata.title = fields.title.value_or("");
    metadata.source = fields.source.value_or("");
    const std::string language = fields.lang.value_or("");
    metadata.language = is_language_tag(language) ? language : language_code(language);
    if (const std::string date = fields.date.value_or(""); !date.empty()) {
        metadata.date = anchor_date(date);
        if (metadata.date) metadata.date_source = "record";
        else
            report(document.id, ProblemLevel::warning, "bad_date",
                   "'" + start_of(date) + "' gives no date; allowed is EDTF within one year: YYYY, YYYY-MM, YYYY-MM-DD, intervals");
    }
    reading.document = std::move(document);
    return reading;
}

}  // namespace demarc
