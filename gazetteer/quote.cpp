#include "gazetteer/quote.hpp"

#include <algorithm>
#include <cctype>

#include "base/utf8.hpp"

namespace demarc {
namespace {

constexpr std::size_t reach = 2000;  // bytes searched each way: more than 300 code points in any script

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// A blank line at `at`, which is a line feed.
bool blank_line(std::string_view text, std::size_t at) {
    std::size_t next = at + 1;
    while (next < text.size() && (text[next] == ' ' || text[next] == '\t' || text[next] == '\r')) ++next;
    return next < text.size() && text[next] == '\n';
}

// Whether the byte at `at` ends a sentence. A point after a short word is an abbreviation when the word is a single letter or
// capitalised ("Gen.", "J."), or when no capital follows ("op. 11").
bool mark_ends_sentence(std::string_view text, std::size_t at) {
    if (at + 1 < text.size() && !is_space(text[at + 1])) return false;
    if (text[at] == '!' || text[at] == '?') return true;
    if (text[at] != '.') return false;
    std::size_t begin = at;
    while (begin > 0 && std::isalpha(static_cast<unsigned char>(text[begin - 1])) != 0) --begin;
    if (begin == at || at - begin > 3) return true;
    if (at - begin == 1 || std::isupper(static_cast<unsigned char>(text[begin])) != 0) return false;
    std::size_t next = at + 1;
    while (next < text.size() && is_space(text[next])) ++next;
    return next == text.size() || std::isupper(static_cast<unsigned char>(text[next])) != 0 || static_cast<unsigned char>(text[next]) >= 0x80;
}

// Few bytes are marks; only for those the words about them are looked at.
inline bool ends_sentence(std::string_view text, std::size_t at) {
    const char c = text[at];
    return (c == '.' || c == '!' || c == '?') && mark_ends_sentence(text, at);
}

std::string collapse(std::string_view text) {
    std::string out(text.size(), ' ');
    std::size_t length = 0;
    bool space = false;
    for (const char c : text) {
        if (is_space(c)) {
            space = length > 0;
            continue;
        }
        length += space;  // the blank is there already
        space = false;
        out[length++] = c;
    }
    out.resize(length);
    return out;
}

// The last `count` code points of text, or its first ones, cut at a space where there is one.
std::string_view tail(std::string_view text, std::size_t count) {
    std::size_t begin = text.size();
    while (begin > 0 && count > 0) {
        --begin;
        while (begin > 0 && (text[begin] & 0xC0) == 0x80) --begin;
        --count;
    }
    if (begin == 0) return text;
    const std::size_t space = text.find(' ', begin);
    return text.substr(space == std::string_view::npos ? begin : space + 1);
}
std::string_view head(std::string_view text, std::size_t count) {
    std::size_t end = 0;
    while (end < text.size() && count > 0) {
        (void)next_code_point(text, end);
        --count;
    }
    if (end == text.size()) return text;
    const std::size_t space = text.rfind(' ', end);
    return text.substr(0, space == std::string_view::npos || space == 0 ? end : space);
}

}  // namespace

std::string quote_around(std::string_view text, Span span, std::size_t limit) {
    if (span.end > text.size() || span.begin > span.end) return {};
    std::size_t begin = span.begin, end = span.end;
    while (begin > 0 && span.begin - begin < reach && !ends_sentence(text, begin - 1) && !(text[begin - 1] == '\n' && blank_line(text, begin - 1))) --begin;
    while (end < text.size() && end - span.end < reach && !(text[end] == '\n' && blank_line(text, end))) {
        ++end;
        if (ends_sentence(text, end - 1)) break;
    }
    while (begin < span.begin && (text[begin] & 0xC0) == 0x80) ++begin;
    while (end > span.end && end < text.size() && (text[end] & 0xC0) == 0x80) --end;
    const std::string whole = collapse(text.substr(begin, end - begin));
    if (count_code_points(whole) <= limit) return whole;
    const std::string before = collapse(text.substr(begin, span.begin - begin)), name = collapse(span.of(text)), after = collapse(text.substr(span.end, end - span.end));
    const std::size_t name_size = count_code_points(name);
    constexpr std::size_t marks = 4;  // two ellipses, two spaces
    if (name_size + marks >= limit) return std::string(head(name, limit - 1)) + "…";
    const std::size_t room = limit - name_size - marks;
    const std::size_t before_size = count_code_points(before), after_size = count_code_points(after);
    const std::size_t left = std::min(before_size, std::max(room / 2, room - std::min(room, after_size)));
    const std::string_view kept_before = tail(before, left), kept_after = head(after, room - left);
    std::string out = kept_before.size() < before.size() ? "…" : "";
    out += kept_before;
    if (!kept_before.empty() && span.begin > 0 && is_space(text[span.begin - 1])) out += ' ';
    out += name;
    if (!kept_after.empty() && span.end < text.size() && is_space(text[span.end])) out += ' ';
    out += kept_after;
    if (kept_after.size() < after.size()) out += "…";
    return out;
}

}  // namespace demarc
