#include "out/json_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "base/utf8.hpp"

namespace demarc {
namespace {

constexpr std::uint64_t ones = 0x0101010101010101ull;

template <class Word>
std::uint64_t load(const char* bytes) {
    Word word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

// Whether each of eight bytes is ASCII and stands in a JSON string as it is: the top bit of no byte is set below.
bool plain(std::uint64_t word) {
    const auto zero_bytes = [](std::uint64_t bytes) { return (bytes - ones) & ~bytes; };
    const std::uint64_t special = word | (word - 0x20 * ones) | zero_bytes(word ^ '"' * ones) | zero_bytes(word ^ '\\' * ones) | zero_bytes(word ^ 0x7F * ones);
    return (special & 0x80 * ones) == 0;
}

// Bytes that are escaped, or begin a character that is (U+2028, U+2029).
constexpr std::array<bool, 256> may_need_escape = [] {
    std::array<bool, 256> out{};
    for (std::size_t byte = 0; byte < 0x20; ++byte) out[byte] = true;
    for (const int byte : {0x22, 0x5C, 0x7F, 0xE2}) out[static_cast<std::size_t>(byte)] = true;
    return out;
}();

// Words of eight bytes, the last of which may look at some bytes again.
bool is_plain(std::string_view value) {
    const char* at = value.data();
    const std::size_t size = value.size();
    if (size >= 8) {
        for (std::size_t i = 0; i + 8 < size; i += 8) {
            if (!plain(load<std::uint64_t>(at + i))) return false;
        }
        return plain(load<std::uint64_t>(at + size - 8));
    }
    if (size >= 4) return plain(load<std::uint32_t>(at) | load<std::uint32_t>(at + size - 4) << 32);
    std::uint64_t word = 'a' * ones;
    for (std::size_t i = 0; i < size; ++i) word = word << 8 | static_cast<unsigned char>(at[i]);
    return plain(word);
}

// The digits of a number with few of them; nullptr where it has more, or where two roundings of it are about equally near. What is scaled is
// right to half a unit in its last place, which for numbers of 42 bits is a four thousandth: the nearest integer is the one that the
// exact value is nearest to.
constexpr std::size_t few_digits = 24;
char* put_few_digits(char* at, double value, int decimals) {
    constexpr double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    constexpr double most = 1ull << 42, least_distance = 0.001;
    const double scaled = std::abs(value) * powers[decimals];
    if (!(scaled < most)) return nullptr;
    auto digits = static_cast<std::uint64_t>(scaled);
    const double rest = scaled - static_cast<double>(digits);
    if (std::abs(rest - 0.5) < least_distance) return nullptr;
    digits += rest > 0.5;
    if (digits == 0) {
        *at = '0';
        return at + 1;
    }
    while (decimals > 0 && digits % 10 == 0) digits /= 10, --decimals;
    char text[few_digits];
    char* const text_end = text + few_digits;
    char* first = text_end;
    for (; decimals > 0; --decimals, digits /= 10) {
        *--first = static_cast<char>('0' + digits % 10);
        if (decimals == 1) *--first = '.';
    }
    do *--first = static_cast<char>('0' + digits % 10);
    while ((digits /= 10) != 0);
    if (value < 0) *--first = '-';
    std::memcpy(at, first, few_digits - static_cast<std::size_t>(first - text));
    return at + (text_end - first);
}

}  // namespace

void append_json_string(std::string& out, std::string_view value) {
    if (is_plain(value)) {
        char quoted[128];
        if (value.size() + 2 > sizeof quoted) {
            out += '"';
            out += value;
            out += '"';
            return;
        }
        quoted[0] = '"';
        if (!value.empty()) std::memcpy(quoted + 1, value.data(), value.size());
        quoted[value.size() + 1] = '"';
        out.append(quoted, value.size() + 2);
        return;
    }
    std::string repaired;
    if (first_invalid_utf8(value) != value.size()) {
        std::size_t replaced = 0;
        repaired = repair_utf8(value, replaced);
        value = repaired;
    }
    out += '"';
    std::size_t from = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto byte = static_cast<unsigned char>(value[i]);
        if (!may_need_escape[byte]) continue;
        const char* escape = nullptr;
        std::size_t length = 1;
        char control[7] = {'\\', 'u', '0', '0', 0, 0, 0};
        if (byte == '"') escape = "\\\"";
        else if (byte == '\\') escape = "\\\\";
        else if (byte == '\n') escape = "\\n";
        else if (byte == '\r') escape = "\\r";
        else if (byte == '\t') escape = "\\t";
        else if (byte < 0x20 || byte == 0x7F) {
            static constexpr char hex[] = "0123456789abcdef";
            control[4] = hex[byte >> 4];
            control[5] = hex[byte & 15];
            escape = control;
        } else if (byte == 0xE2 && value.substr(i).starts_with("\xE2\x80\xA8")) escape = "\\u2028", length = 3;
        else if (byte == 0xE2 && value.substr(i).starts_with("\xE2\x80\xA9")) escape = "\\u2029", length = 3;
        if (escape == nullptr) continue;
        out.append(value, from, i - from);
        out += escape;
        i += length - 1;
        from = i + 1;
    }
    out.append(value, from, value.size() - from);
    out += '"';
}

void append_decimal(std::string& out, double value, int decimals) {
    char buffer[340];
    if (const char* const end = put_few_digits(buffer, value, decimals)) {
        out.append(buffer, static_cast<std::size_t>(end - buffer));
        return;
    }
    if (!std::isfinite(value)) {
        out += "null";
        return;
    }
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals);
    (void)error;  // 340 characters hold every double in fixed notation with nine places
    std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
    if (text.find('.') != std::string_view::npos) {
        while (text.back() == '0') text.remove_suffix(1);
        if (text.back() == '.') text.remove_suffix(1);
    }
    out += text == "-0" ? std::string_view("0") : text;
}

void JsonWriter::separate() {
    if (needs_comma_) out_ += ',';
    needs_comma_ = true;
}

void JsonWriter::begin_object() { separate(), out_ += '{', needs_comma_ = false; }
void JsonWriter::end_object() { out_ += '}', needs_comma_ = true; }
void JsonWriter::begin_array() { separate(), out_ += '[', needs_comma_ = false; }
void JsonWriter::end_array() { out_ += ']', needs_comma_ = true; }

void JsonWriter::any_key(std::string_view name) {
    separate();
    append_json_string(out_, name);
    out_ += ':';
    needs_comma_ = false;
}

void JsonWriter::string(std::string_view value) { separate(), append_json_string(out_, value); }
void JsonWriter::number(std::int64_t value) {
    separate();
    char digits[20];
    out_.append(digits, static_cast<std::size_t>(std::to_chars(digits, digits + sizeof digits, value).ptr - digits));
}
void JsonWriter::decimal(double value, int decimals) { separate(), append_decimal(out_, value, decimals); }
void JsonWriter::boolean(bool value) { separate(), out_ += value ? "true" : "false"; }
void JsonWriter::null() { separate(), out_ += "null"; }
void JsonWriter::raw(std::string_view json) { separate(), out_ += json; }

}  // namespace demarc
