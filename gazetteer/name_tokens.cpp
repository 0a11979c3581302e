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

}  // namespace

std::vector<std::string> name_tokens(std::string_view name) {
    std::vector<std::string> tokens;
    tokens.reserve(4);
    const auto push = [&](std::size_t begin, std::size_t end) {
        std::string folded = fold_token(name.substr(begin, end - begin));
        if (!folded.empty()) tokens.push_back(std::move(folded));
    };
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
        if (state != State::none) push(begin, here);
        state = next;
        begin = here;
    }
    if (state != State::none) push(begin, name.size());
    return tokens;
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
