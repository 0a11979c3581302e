#include "gazetteer/quote.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>

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

// Sixteen bytes that are looked at together, in one register where the processor has such.
using Block [[gnu::vector_size(16)]] = unsigned char;
constexpr std::size_t block = sizeof(Block);

Block block_at(const char* bytes) {
    Block out;
    std::memcpy(&out, bytes, block);
    return out;
}

template <class Mask>
bool any_of(const Mask& mask) {
    std::uint64_t halves[2];
    static_assert(sizeof mask == sizeof halves);
    std::memcpy(halves, &mask, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

// Whether one of a block of bytes may be where a sentence ends.
bool may_end(const char* bytes) {
    const Block b = block_at(bytes);
    return any_of((b == '.') | (b == '!') | (b == '?') | (b == '\n'));
}

// Whether some of a block of bytes may have to be left out or replaced. Looks at one byte more, which may be a second blank.
bool may_change(const char* bytes) {
    const Block b = block_at(bytes);
    return any_of((b < 0x0E) | ((b == ' ') & (block_at(bytes + 1) == ' ')));
}

std::size_t sentence_begin(std::string_view text, std::size_t at) {
    const std::size_t lowest = at - std::min(at, reach);
    while (at > lowest) {
        const std::size_t step = std::min(at - lowest, block), next = at - step;
        if (step == block && !may_end(text.data() + next)) {
            at = next;
            continue;
        }
        for (; at > next; --at) {
            if (ends_sentence(text, at - 1) || (text[at - 1] == '\n' && blank_line(text, at - 1))) return at;
        }
    }
    return at;
}
std::size_t sentence_end(std::string_view text, std::size_t at) {
    const std::size_t highest = at + std::min(text.size() - at, reach);
    while (at < highest) {
        const std::size_t step = std::min(highest - at, block), next = at + step;
        if (step == block && !may_end(text.data() + at)) {
            at = next;
            continue;
        }
        for (; at < next; ++at) {
            if (text[at] == '\n' && blank_line(text, at)) return at;
            if (ends_sentence(text, at)) return at + 1;
        }
    }
    return at;
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
    for (; end < text.size() && count > 0; --count) {
        ++end;
        while (end < text.size() && (text[end] & 0xC0) == 0x80) ++end;
    }
    if (end == text.size()) return text;
    const std::size_t space = text.rfind(' ', end);
    return text.substr(0, space == std::string_view::npos || space == 0 ? end : space);
}

}  // namespace

std::string collapse_white_space(std::string_view text) {
    std::string out(text.size(), ' ');
    std::size_t length = 0;
    bool space = true;  // nothing yet, or a blank
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t next = std::min(text.size(), i + block);
        if (next - i == block && next < text.size() && !(space && text[i] == ' ') && !may_change(text.data() + i)) {
            std::memcpy(out.data() + length, text.data() + i, block);
            length += block;
            i = next;
            space = out[length - 1] == ' ';
            continue;
        }
        for (; i < next; ++i) {
            const bool blank = is_space(text[i]);
            if (blank && space) continue;
            out[length++] = blank ? ' ' : text[i];
            space = blank;
        }
    }
    if (length > 0 && space) --length;
    out.resize(length);
    return out;
}

std::string quote_around(std::string_view text, Span span, std::size_t limit) {
    if (span.end > text.size() || span.begin > span.end) return {};
    std::size_t begin = sentence_begin(text, span.begin), end = sentence_end(text, span.end);
    while (begin < span.begin && (text[begin] & 0xC0) == 0x80) ++begin;
    while (end > span.end && end < text.size() && (text[end] & 0xC0) == 0x80) --end;
    const std::string whole = collapse_white_space(text.substr(begin, end - begin));
    if (count_code_points(whole) <= limit) return whole;
    const std::string before = collapse_white_space(text.substr(begin, span.begin - begin)), name = collapse_white_space(span.of(text)), after = collapse_white_space(text.substr(span.end, end - span.end));
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
