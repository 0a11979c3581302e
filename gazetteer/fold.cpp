#include "gazetteer/fold.hpp"

#include <array>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/utf8.hpp"

namespace demarc {
namespace {

// Letters whose stroke or ligature is no combining mark, so that NFKD leaves them whole.
std::string_view plain_letter(char32_t c) {
    switch (c) {
        case U'đ': case U'ð': return "d";
        case U'ø': return "o";
        case U'ł': return "l";
        case U'ß': return "ss";
        case U'æ': return "ae";
        case U'œ': return "oe";
        case U'ı': return "i";
        case U'þ': return "th";
        case U'ħ': return "h";
        default: return {};
    }
}

// What each ASCII byte folds to; 0 where it is left out.
constexpr auto ascii_folds = [] {
    std::array<char, 128> folds{};
    for (char c = 'a'; c <= 'z'; ++c) folds[static_cast<std::size_t>(c)] = folds[static_cast<std::size_t>(c - 32)] = c;
    for (char c = '0'; c <= '9'; ++c) folds[static_cast<std::size_t>(c)] = c;
    return folds;
}();

bool drops_marks(UChar32 base) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(base, &status);
    return script == USCRIPT_LATIN || script == USCRIPT_CYRILLIC || script == USCRIPT_GREEK || script == USCRIPT_COMMON;
}

std::string normalise(const icu::Normalizer2& form, std::string_view text) {
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    UErrorCode status = U_ZERO_ERROR;
    form.normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr, status);
    return U_SUCCESS(status) ? out : std::string(text);
}

std::string fold_unicode(std::string_view token) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return std::string(token);
    const std::string decomposed = normalise(*nfkd, token);
    std::string folded;
    bool recompose = false;
    UChar32 base = 0;
    for (std::size_t at = 0; at < decomposed.size();) {
        const auto c = static_cast<UChar32>(next_code_point(decomposed, at));
        const auto category = u_charType(c);
        if (category == U_NON_SPACING_MARK || category == U_COMBINING_SPACING_MARK || category == U_ENCLOSING_MARK) {
            // Cyrillic й is a letter of its own; kana need their voicing marks.
            const bool short_i = base == U'и' && c == 0x306;
            if (!short_i && drops_marks(base)) continue;
            append_code_point(folded, static_cast<char32_t>(c));
            recompose = true;
            continue;
        }
        if (!u_isalnum(c) || (c >= 0x2B0 && c <= 0x2FF)) continue;
        base = u_tolower(c);
        const std::string_view plain = plain_letter(static_cast<char32_t>(base));
        if (!plain.empty()) {
            folded += plain;
            continue;
        }
        append_code_point(folded, static_cast<char32_t>(base));
        if (base >= 0x1100 && base <= 0x11FF) recompose = true;
    }
    return recompose ? normalise(*nfc, folded) : folded;
}

}  // namespace

std::string fold_token(std::string_view token) {
    std::string folded(token.size(), '\0');
    std::size_t size = 0;
    for (const char c : token) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80) return fold_unicode(token);
        folded[size] = ascii_folds[byte];
        size += ascii_folds[byte] != 0 ? 1 : 0;
    }
    folded.resize(size);
    return folded;
}

std::string fold_ocr(std::string_view folded) {
    std::string out;
    out.reserve(folded.size());
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const char c = folded[i];
        const char next = i + 1 < folded.size() ? folded[i + 1] : '\0';
        if (c == 'r' && next == 'n') out += 'm', ++i;
        else if (c == 'c' && next == 'l') out += 'd', ++i;
        else if (c == 'v' && next == 'v') out += 'w', ++i;
        else if (c == 'i' || c == '1') out += 'l';
        else if (c == '0') out += 'o';
        else out += c;
    }
    return out;
}

}  // namespace demarc
