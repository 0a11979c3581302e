#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace demarc {

/// Writes JSON text to the end of a string: one pass, no tree, locale-independent. The caller keeps the nesting right; commas are put
/// by the writer. Strings are escaped (RFC 8259; U+2028 and U+2029 too, so that a line stays a line in every reader), ill-formed UTF-8
/// becomes U+FFFD. Numbers that are not finite become null.
class JsonWriter {
public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    void begin_object();
    void end_object();
    void begin_array();
    void end_array();
    void key(std::string_view name);

    void string(std::string_view value);
    void number(std::int64_t value);
    /// At most `decimals` (0..9) places, trailing zeros left out.
    void decimal(double value, int decimals);
    void boolean(bool value);
    void null();
    /// JSON that is already written.
    void raw(std::string_view json);

    void field(std::string_view name, std::string_view value) { key(name), string(value); }
    void field(std::string_view name, std::int64_t value) { key(name), number(value); }
    /// Only where there is something to say: an unknown is absent.
    void optional_field(std::string_view name, std::string_view value) {
        if (!value.empty()) field(name, value);
    }

private:
    void separate();
    std::string& out_;
    bool needs_comma_ = false;
};

/// Appends a JSON string literal with its quotes.
void append_json_string(std::string& out, std::string_view value);
/// Appends a number with at most `decimals` places.
void append_decimal(std::string& out, double value, int decimals);

}  // namespace demarc
