#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace demarc {

/// A member's name that stands in the program: checked and quoted when that is compiled. At most 32 characters of printable ASCII without quotes and backslashes.
class JsonKey {
public:
    static constexpr std::size_t room = 36;  ///< bytes that put() writes

    template <std::size_t size>
    consteval JsonKey(const char (&name)[size]) {
        add(',', {name, size - 1}, ':');
    }
    /// The name after a whole member that always stands before it, `"member":"value","name":`: together at most 26 characters.
    consteval JsonKey(std::string_view member, std::string_view value, std::string_view name) {
        add(',', member, ':');
        add(0, value, ',');
        add(0, name, ':');
    }
    /// Puts `"name":`, after a comma where one is needed, and returns its end.
    char* put(char* at, bool comma) const {
        std::memcpy(at, text_ + !comma, room);
        return at + length_ - !comma;
    }

    // Public only so that a key can be a template's argument.
    char text_[room + 1] = {};
    std::size_t length_ = 0;

private:
    // A quoted string between two marks; 0 is none.
    consteval void add(char before, std::string_view string, char after) {
        if (before != 0) add(before);
        add('"');
        for (const char c : string) {
            if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\') throw "printable ASCII without quotes and backslashes";
            add(c);
        }
        add('"');
        add(after);
    }
    consteval void add(char c) {
        if (length_ == room) throw "too long";
        text_[length_++] = c;
    }
};

/// Writes JSON text to the end of a string: one pass, no tree, locale-independent. The caller keeps the nesting right; commas are put
/// by the writer. Strings are escaped (RFC 8259; U+2028 and U+2029 too, so that a line stays a line in every reader), ill-formed UTF-8
/// becomes U+FFFD. Numbers that are not finite become null. The string has the text when the outermost object or array has ended (but
/// for end_line()), or the writer is gone: until then some of it is held back.
class JsonWriter {
public:
    explicit JsonWriter(std::string& out) : out_(out) {}
    ~JsonWriter() { flush(); }
    JsonWriter(const JsonWriter&) = delete;
    JsonWriter& operator=(const JsonWriter&) = delete;

    void begin_object();
    void end_object();
    /// Ends an outermost object and its line. The next one may follow; what is held back is in the string when the writer is gone.
    void end_line();
    void begin_array();
    void end_array();
    void key(const JsonKey& name) {
        end_ = name.put(room(JsonKey::room), needs_comma_);
        needs_comma_ = false;
    }
    /// The same, for a key that is written often: it is put from where it stands in the program, instead of being made at each call.
    template <JsonKey name>
    void key() {
        key(name);
    }
    /// A name that isn't known before: a user's own kinds and fields.
    void any_key(std::string_view name);

    void string(std::string_view value);
    /// A string that ends in a number: `"25465.txt#m31"` of "25465.txt", "#m" and 31. The mark, at most 8 bytes, is one that isn't escaped.
    void numbered_string(std::string_view start, std::string_view mark, std::size_t number);
    void number(std::int64_t value);
    /// At most `decimals` (0..9) places, trailing zeros left out.
    void decimal(double value, int decimals);
    void boolean(bool value);
    void null();
    /// JSON that is already written.
    void raw(std::string_view json);

    void field(const JsonKey& name, std::string_view value);
    void field(const JsonKey& name, std::int64_t value) { key(name), number(value); }
    template <JsonKey name>
    void field(std::string_view value) {
        field(name, value);
    }
    template <JsonKey name>
    void field(std::int64_t value) {
        field(name, value);
    }
    template <JsonKey name>
    void optional_field(std::string_view value) {
        if (!value.empty()) field(name, value);
    }
    void any_field(std::string_view name, std::string_view value) { any_key(name), string(value); }
    void any_field(std::string_view name, std::int64_t value) { any_key(name), number(value); }
    /// Only where there is something to say: an unknown is absent.
    void optional_field(const JsonKey& name, std::string_view value) {
        if (!value.empty()) field(name, value);
    }

private:
    static constexpr std::size_t held_bytes = 4096, longest_held = 256;

    void flush();
    [[nodiscard]] bool has_room(std::size_t bytes) const { return static_cast<std::size_t>(held_ + held_bytes - end_) >= bytes; }
    // Where the next `bytes` (up to held_bytes) can be put; end_ isn't moved.
    char* room(std::size_t bytes) {
        if (!has_room(bytes)) flush();
        return end_;
    }
    // The same for a value, after a comma where one is needed.
    char* value_room(std::size_t bytes) {
        char* const at = room(bytes + 1);
        *at = ',';
        return at + std::exchange(needs_comma_, true);
    }
    // Puts a string with its quotes where there is room for it; false where it must be escaped: then nothing was put.
    bool put_plain(char* at, std::string_view value);
    // Puts one that must be escaped, or for which there is no room.
    void escape(std::string_view value);
    void escape(const JsonKey& name, std::string_view value);
    void long_number(std::int64_t value);
    void begin(char bracket);
    void end(char bracket);
    // A value that needn't fit into what is held back.
    template <class Append>
    void whole(Append append);

    std::string& out_;
    bool needs_comma_ = false;
    std::size_t depth_ = 0;
    char* end_ = held_;
    char held_[held_bytes];  // appending to a string piece by piece costs more than this second copy
};

/// Appends a JSON string literal with its quotes.
void append_json_string(std::string& out, std::string_view value);
/// Appends a number with at most `decimals` places.
void append_decimal(std::string& out, double value, int decimals);

}  // namespace demarc
