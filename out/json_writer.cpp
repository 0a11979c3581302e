#include "out/json_writer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/utf8.hpp"

namespace demarc {
namespace {

constexpr std::uint64_t ones = 0x0101010101010101ull;

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

#if defined(__SSE2__)
__m128i special(__m128i bytes) {
    const auto is = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
    return _mm_or_si128(_mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)), is(0x7F)), _mm_or_si128(is('"'), is('\\')));  // bytes from 0x80 on are negative
}

// The last sixteen bytes may be looked at twice in part.
bool copy_plain_blocks(char* to, const char* from, std::size_t size) {
    __m128i found = _mm_setzero_si128();
    const auto copy = [&](std::size_t at) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + at));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to + at), bytes);
        found = _mm_or_si128(found, special(bytes));
    };
    for (std::size_t i = 0; i + 16 < size; i += 16) copy(i);
    copy(size - 16);
    return _mm_movemask_epi8(found) == 0;
}
#endif

// Copies four to sixteen bytes as two words, which overlap where it is less than both; both are looked at as one.
template <class Word>
bool copy_two_words(char* to, const char* from, std::size_t size) {
    Word first = 0, last = 0;
    std::memcpy(&first, from, sizeof first);
    std::memcpy(&last, from + size - sizeof last, sizeof last);
    std::memcpy(to, &first, sizeof first);
    std::memcpy(to + size - sizeof last, &last, sizeof last);
    if constexpr (sizeof(Word) == 4) return plain(first | std::uint64_t{last} << 32);
#if defined(__SSE2__)
    return _mm_movemask_epi8(special(_mm_set_epi64x(static_cast<long long>(last), static_cast<long long>(first)))) == 0;
#else
    return plain(first) && plain(last);
#endif
}

// Copies a string and says whether it is one that stands in JSON as it is. The last word may be looked at twice in part.
inline bool copy_plain(char* to, std::string_view value) {
    const char* from = value.data();
    const std::size_t size = value.size();
    if (size > 16) {
#if defined(__SSE2__)
        return copy_plain_blocks(to, from, size);
#else
        const auto copy = [&](std::size_t at) {
            std::uint64_t word = 0;
            std::memcpy(&word, from + at, sizeof word);
            std::memcpy(to + at, &word, sizeof word);
            return plain(word);
        };
        for (std::size_t i = 0; i + 8 < size; i += 8) {
            if (!copy(i)) return false;
        }
        return copy(size - 8);
#endif
    }
    if (size >= 8) return copy_two_words<std::uint64_t>(to, from, size);
    if (size >= 4) return copy_two_words<std::uint32_t>(to, from, size);
    std::uint64_t word = 'a' * ones;
    for (std::size_t i = 0; i < size; ++i) {
        to[i] = from[i];
        word = word << 8 | static_cast<unsigned char>(from[i]);
    }
    return plain(word);
}

// The eight digits of a number below 10^8 as bytes, the first one lowest: halves, then pairs, then digits, all of a size at once.
inline std::uint64_t eight_digits(std::uint64_t number) {
    const std::uint64_t halves = number / 10'000 | number % 10'000 << 32;
    const std::uint64_t hundreds = (halves * 10'486 >> 20) & 0x0000'007F'0000'007F;
    const std::uint64_t pairs = hundreds | (halves - 100 * hundreds) << 16;
    const std::uint64_t tens = (pairs * 103 >> 10) & 0x000F'000F'000F'000F;
    return tens | (pairs - 10 * tens) << 8;
}

// The first byte from `at` on that may need an escape, or the size.
std::size_t next_to_escape(std::string_view value, std::size_t at) {
#if defined(__SSE2__)
    for (; at + 16 <= value.size(); at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(value.data() + at));
        const auto is = [&](unsigned char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(c))); };
        const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
        const int found = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(_mm_or_si128(control, is(0x7F)), _mm_or_si128(is('"'), is('\\'))), is(0xE2)));
        if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(found)));
    }
#endif
    while (at < value.size() && !may_need_escape[static_cast<unsigned char>(value[at])]) ++at;
    return at;
}

// The digits of a number with few of them; nullptr where it has more, or where two roundings of it are about equally near. What is scaled is
// right to half a unit in its last place, which for numbers of 42 bits is a four thousandth: the nearest integer is the one that the
// exact value is nearest to.
constexpr std::size_t few_digits = 24;  // with point and sign, and what may be written behind them
char* put_few_digits(char* at, double value, int decimals) {
    static constexpr double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    static constexpr std::int64_t whole_powers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};
    constexpr double most = 1ull << 42, least_distance = 0.001;
    constexpr std::size_t most_whole_digits = 13;
    const double size = std::abs(value), scaled = size * powers[decimals];
    if (!(scaled < most)) return nullptr;
    auto digits = static_cast<std::int64_t>(scaled);
    const double rest = scaled - static_cast<double>(digits);
    if (std::abs(rest - 0.5) < least_distance) return nullptr;
    digits += rest > 0.5;
    auto whole = static_cast<std::int64_t>(size);
    std::int64_t fraction = digits - whole * whole_powers[decimals];
    if (fraction >= whole_powers[decimals]) ++whole, fraction = 0;  // rounded up
    if (value < 0 && digits != 0) *at++ = '-';
    if (whole < 10) *at++ = static_cast<char>('0' + whole);
    else at = std::to_chars(at, at + most_whole_digits, whole).ptr;
    if (fraction == 0) return at;
    *at++ = '.';
    if (decimals == 9) {
        *at++ = static_cast<char>('0' + fraction / whole_powers[8]);
        fraction %= whole_powers[8];
        if (fraction == 0) return at;
        decimals = 8;
    } else {
        fraction *= whole_powers[8 - decimals];
    }
    const std::uint64_t bytes = eight_digits(static_cast<std::uint64_t>(fraction)), text = bytes | '0' * ones;
    std::memcpy(at, &text, sizeof text);
    return at + 8 - std::countl_zero(bytes) / 8;  // trailing zeros left out
}

}  // namespace

void append_json_string(std::string& out, std::string_view value) {
    char quoted[128];
    if (value.size() + 2 <= sizeof quoted && copy_plain(quoted + 1, value)) {
        quoted[0] = quoted[value.size() + 1] = '"';
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
    for (std::size_t i = next_to_escape(value, 0); i < value.size(); i = next_to_escape(value, i + 1)) {
        const auto byte = static_cast<unsigned char>(value[i]);
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

void JsonWriter::flush() {
    out_.append(held_, static_cast<std::size_t>(end_ - held_));
    end_ = held_;
}

template <class Append>
void JsonWriter::whole(Append append) {
    end_ = value_room(0);
    flush();
    append();
}

void JsonWriter::begin(char bracket) {
    char* const at = value_room(1);
    *at = bracket;
    end_ = at + 1;
    needs_comma_ = false;
    ++depth_;
}

void JsonWriter::end(char bracket) {
    *room(1) = bracket;
    ++end_;
    needs_comma_ = true;
    if (--depth_ == 0) flush();
}

void JsonWriter::begin_object() { begin('{'); }
void JsonWriter::end_object() { end('}'); }
void JsonWriter::end_line() {
    std::memcpy(room(2), "}\n", 2);
    end_ += 2;
    needs_comma_ = false;
    --depth_;
}
void JsonWriter::begin_array() { begin('['); }
void JsonWriter::end_array() { end(']'); }

void JsonWriter::any_key(std::string_view name) {
    string(name);
    *room(1) = ':';
    ++end_;
    needs_comma_ = false;
}

void JsonWriter::string(std::string_view value) {
    if (value.size() <= longest_held && has_room(value.size() + 3)) [[likely]] {
        *end_ = ',';
        if (put_plain(end_ + needs_comma_, value)) return;
    }
    escape(value);
}

void JsonWriter::numbered_string(std::string_view start, std::string_view mark, std::size_t number) {
    constexpr std::size_t most_digits = 20, longest_mark = 8;
    if (start.size() <= longest_held && has_room(longest_held + longest_mark + most_digits + 3)) [[likely]] {
        *end_ = ',';
        if (put_plain(end_ + needs_comma_, start)) {
            char* const at = end_ - 1;
            std::memcpy(at, mark.data(), mark.size());
            end_ = std::to_chars(at + mark.size(), at + mark.size() + most_digits, number).ptr;
            *end_++ = '"';
            return;
        }
    }
    escape(std::string(start).append(mark) + std::to_string(number));
}

void JsonWriter::field(const JsonKey& name, std::string_view value) {
    if (value.size() <= longest_held && has_room(JsonKey::room + longest_held + 2)) [[likely]] {
        if (put_plain(name.put(end_, needs_comma_), value)) return;
    }
    escape(name, value);
}

inline bool JsonWriter::put_plain(char* at, std::string_view value) {
    if (!copy_plain(at + 1, value)) return false;
    at[0] = at[value.size() + 1] = '"';
    end_ = at + value.size() + 2;
    needs_comma_ = true;
    return true;
}

// Apart from the functions that nearly always do without it, which save no registers then.
[[gnu::noinline]] void JsonWriter::escape(std::string_view value) {
    whole([&] { append_json_string(out_, value); });
}
[[gnu::noinline]] void JsonWriter::escape(const JsonKey& name, std::string_view value) {
    key(name);
    escape(value);
}

void JsonWriter::number(std::int64_t value) {
    if (value < 0 || value > 99'999'999 || !has_room(1 + sizeof(std::uint64_t))) return long_number(value);
    *end_ = ',';
    char* const at = end_ + std::exchange(needs_comma_, true);
    const std::uint64_t bytes = eight_digits(static_cast<std::uint64_t>(value));
    const int leading_zeros = bytes == 0 ? 7 : std::countr_zero(bytes) / 8;
    const std::uint64_t text = (bytes | '0' * ones) >> 8 * leading_zeros;
    std::memcpy(at, &text, sizeof text);
    end_ = at + 8 - leading_zeros;
}

[[gnu::noinline]] void JsonWriter::long_number(std::int64_t value) {
    constexpr std::size_t most_digits = 20;
    char* const at = value_room(most_digits);
    end_ = std::to_chars(at, at + most_digits, value).ptr;
}

void JsonWriter::decimal(double value, int decimals) {
    char* const at = value_room(few_digits);
    if (char* const end = put_few_digits(at, value, decimals)) {
        end_ = end;
        return;
    }
    needs_comma_ = at != end_;
    whole([&] { append_decimal(out_, value, decimals); });
}

void JsonWriter::boolean(bool value) { raw(value ? "true" : "false"); }
void JsonWriter::null() { raw("null"); }

void JsonWriter::raw(std::string_view json) {
    if (json.size() < held_bytes) {
        char* const at = value_room(json.size());
        std::memcpy(at, json.data(), json.size());
        end_ = at + json.size();
        return;
    }
    whole([&] { out_ += json; });
}

}  // namespace demarc
