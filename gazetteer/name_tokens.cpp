#include "gazetteer/name_tokens.hpp"

#include <unicode/uchar.h>

#include "base/token_hash.hpp"
#include "base/utf8.hpp"
#include "gazetteer/fold.hpp"

namespace demarc {
namespace {

bool is_apostrophe(char32_t c) { return c == U'\'' || c == U'’' || c == U'ʼ' || c == U'‘'; }
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_letter(char32_t c) { return c < 0x80 ? (c | 0x20) >= U'a' && (c | 0x20) <= U'z' : u_isalpha(static_cast<UChar32>(c)) != 0; }
bool is_mark(char32_t c) { return c >= 0x80 && (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }

// Calls use(token) for each, as it stands.
template <class Use>
void each_token(std::string_view name, Use use) {
    enum class State { none, word, number } state = State::none;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t here = at;
        const auto byte = static_cast<unsigned char>(name[at]);
        const char32_t c = byte < 0x80 ? (++at, byte) : next_code_point(name, at);
        State next = State::none;
        if (is_letter(c)) next = State::word;
        else if (is_digit(c)) next = State::number;
        else if (state == State::word && is_mark(c)) next = State::word;
        else if (state == State::word && is_apostrophe(c)) {
            std::size_t ahead = at;
            if (at < name.size() && is_letter(next_code_point(name, ahead))) next = State::word;
        }
        if (next == state) continue;
        if (state != State::none) use(name.substr(begin, here - begin));
        state = next;
        begin = here;
    }
    if (state != State::none) use(name.substr(begin));
}

}  // namespace

std::vector<std::string> name_tokens(std::string_view name) {
    std::vector<std::string> tokens;
    tokens.reserve(4);
    each_token(name, [&](std::string_view token) {
        std::string folded = fold_token(token);
        if (!folded.empty()) tokens.push_back(std::move(folded));
    });
    return tokens;
}

JoinedName::JoinedName(std::string_view name) {
    if (name.size() > max_bytes || take_ascii(name)) return;
    word_.clear();
    size_ = 0;
    each_token(name, [&](std::string_view token) {
        const std::size_t before = word_.size();
        word_ += fold_token(token);
        if (word_.size() > before) ends_[size_++] = static_cast<std::uint16_t>(word_.size());
    });
}

// Most names are plain: cut and folded in one pass. False where one isn't, and what was taken is to be dropped.
bool JoinedName::take_ascii(std::string_view name) {
    word_.resize(name.size());
    std::size_t size = 0;
    char kind = 0;  // of the token under way, 0 none: 'a' word, '0' number
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i], lower = static_cast<char>(c | 0x20);
        if (static_cast<unsigned char>(c) >= 0x80) return false;
        const bool letter = lower >= 'a' && lower <= 'z', digit = c >= '0' && c <= '9';
        if (c == '\'' && kind == 'a') {
            // Between two letters it is of the word, and folds to nothing.
            const char next = i + 1 < name.size() ? static_cast<char>(name[i + 1] | 0x20) : '\0';
            if (next >= 'a' && next <= 'z') continue;
        }
        const char next_kind = letter ? 'a' : digit ? '0' : '\0';
        if (next_kind != kind && kind != 0) ends_[size_++] = static_cast<std::uint16_t>(size);
        kind = next_kind;
        if (kind != 0) word_[size++] = letter ? lower : c;
    }
    if (kind != 0) ends_[size_++] = static_cast<std::uint16_t>(size);
    word_.resize(size);
    return true;
}

std::uint64_t JoinedName::key(std::size_t count) const {
    std::uint64_t key = token_hash(token(0));
    for (std::size_t i = 1; i < count; ++i) key = extend_sequence(key, token_hash(token(i)));
    return key;
}

std::uint64_t sequence_key(const std::vector<std::string>& tokens) {
    if (tokens.empty()) return 0;
    std::uint64_t key = token_hash(tokens.front());
    for (std::size_t i = 1; i < tokens.size(); ++i) key = extend_sequence(key, token_hash(tokens[i]));
    return key;
}

std::string joined_tokens(const std::vector<std::string>& tokens) {
    std::string joined;
    for (const std::string& token : tokens) joined += token;
    return joined;
}

}  // namespace demarc
