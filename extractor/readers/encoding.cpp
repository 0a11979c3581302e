#include "extractor/readers/encoding.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <memory>

#include "base/utf8.hpp"

namespace demarc {
namespace {

constexpr std::size_t detection_window = 64 * 1024;

struct Magic { std::string_view bytes, what; };
constexpr Magic magics[] = {{"%PDF-", "a PDF file"},          {"PK\x03\x04", "a ZIP archive or office document"}, {"\x7f" "ELF", "an ELF program"},
                            {"\x89PNG", "a PNG picture"},     {"\xFF\xD8\xFF", "a JPEG picture"},                 {"GIF8", "a GIF picture"},
                            {"\x1F\x8B", "a gzip archive"},   {"\x28\xB5\x2F\xFD", "a zstd archive"},             {"BZh", "a bzip2 archive"},
                            {"7z\xBC\xAF", "a 7z archive"},   {"SQLite format 3", "an SQLite database"},          {"II*\0", "a TIFF picture"}};

struct CloseConverter { void operator()(UConverter* c) const { ucnv_close(c); } };
struct CloseDetector { void operator()(UCharsetDetector* d) const { ucsdet_close(d); } };

// Through ICU, piece by piece, so that neither ICU's 32-bit lengths nor a second copy in UTF-16 bound the size; ill-formed input becomes U+FFFD.
std::string convert(std::string_view bytes, const char* encoding) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, CloseConverter> from(ucnv_open(encoding, &error));
    const std::unique_ptr<UConverter, CloseConverter> to(ucnv_open("UTF-8", &error));
    if (U_FAILURE(error)) return {};
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 4);
    std::array<UChar, 4096> pivot;
    UChar *pivot_source = pivot.data(), *pivot_target = pivot.data();
    std::array<char, 16384> piece;
    const char* source = bytes.data();
    UBool reset = 1;
    do {
        error = U_ZERO_ERROR;
        char* target = piece.data();
        ucnv_convertEx(to.get(), from.get(), &target, piece.data() + piece.size(), &source, bytes.data() + bytes.size(), pivot.data(), &pivot_source, &pivot_target,
                       pivot.data() + pivot.size(), reset, 1, &error);
        reset = 0;
        out.append(piece.data(), target);
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    return out;
}

std::size_t count_replacements(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find("\xEF\xBF\xBD", at)) != std::string_view::npos; at += 3) ++count;
    return count;
}

// Text in UTF-16 without a mark: spaces, line ends and Latin letters leave zero bytes in one of two places and hardly any in the other, an
// alphabet has few different bytes there, and what comes out has neither controls nor lone surrogates.
const char* unmarked_utf16(std::string_view bytes) {
    const std::size_t n = std::min<std::size_t>(bytes.size(), 4096) & ~std::size_t{1};
    if (n < 8) return nullptr;
    std::size_t even = 0, odd = 0;
    for (std::size_t i = 0; i < n; i += 2) {
        even += bytes[i] == '\0';
        odd += bytes[i + 1] == '\0';
    }
    const bool little = odd > even;
    if (std::max(odd, even) * 50 < n / 2 || std::min(odd, even) * 50 > std::max(odd, even)) return nullptr;
    std::bitset<256> high_bytes;
    for (std::size_t i = little ? 1 : 0; i < n; i += 2) high_bytes.set(static_cast<unsigned char>(bytes[i]));
    if (high_bytes.count() > 4 && std::max(odd, even) * 10 < n / 2 * 4) return nullptr;
    const auto unit = [&](std::size_t i) {
        const auto first = static_cast<unsigned char>(bytes[i]), second = static_cast<unsigned char>(bytes[i + 1]);
        return little ? first | (second << 8) : (first << 8) | second;
    };
    for (std::size_t i = 0; i < n; i += 2) {
        const int u = unit(i);
        if (u < 0x20 && u != '\t' && u != '\n' && u != '\r' && u != '\f') return nullptr;
        if (u >= 0xD800 && u < 0xDC00 && i + 2 < n) {
            const int next = unit(i + 2);
            if (next < 0xDC00 || next > 0xDFFF) return nullptr;
            i += 2;
        } else if (u >= 0xDC00 && u < 0xE000) return nullptr;
    }
    return little ? "UTF-16LE" : "UTF-16BE";
}

bool looks_binary(std::string_view bytes, std::string& reason) {
    const std::string_view head = bytes.substr(0, detection_window);
    if (head.find('\0') != std::string_view::npos) {
        reason = "NUL bytes";
        return true;
    }
    std::size_t controls = 0;
    for (const char c : head) {
        const auto b = static_cast<unsigned char>(c);
        controls += b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1A && b != 0x1B && b != 0x1E;
    }
    if (controls * 50 <= head.size()) return false;
    reason = "control characters";
    return true;
}

std::string detect(std::string_view bytes) {
    static constexpr std::array<std::string_view, 14> known = {"windows-1252", "windows-1251", "windows-1250", "KOI8-R", "ISO-8859-1", "ISO-8859-2", "ISO-8859-5",
                                                               "ISO-8859-7", "Shift_JIS", "EUC-JP", "EUC-KR", "GB18030", "Big5", "windows-1253"};
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&error));
    const std::string_view head = bytes.substr(0, detection_window);
    ucsdet_setText(detector.get(), head.data(), static_cast<int32_t>(head.size()), &error);
    int32_t count = 0;
    const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &error);
    if (U_FAILURE(error)) return "windows-1252";
    const std::size_t high = static_cast<std::size_t>(std::count_if(head.begin(), head.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
    const bool mostly_ascii = high * 10 < head.size();
    for (int32_t i = 0; i < count; ++i) {
        const std::string_view name = ucsdet_getName(matches[i], &error);
        if (std::find(known.begin(), known.end(), name) == known.end()) continue;
        const bool east_asian = name == "Shift_JIS" || name == "EUC-JP" || name == "EUC-KR" || name == "GB18030" || name == "Big5";
        // A few high bytes in Latin text are quotes and accents, whatever the statistics of double bytes say.
        if (mostly_ascii && (east_asian || name == "KOI8-R" || name == "windows-1251" || name == "ISO-8859-5")) continue;
        if (ucsdet_getConfidence(matches[i], &error) < 10) break;
        return name == "ISO-8859-1" ? "windows-1252" : std::string(name);
    }
    return "windows-1252";
}

}  // namespace

std::variant<DecodedText, NotText> decode_text(std::string_view bytes) {
    const auto converted = [&](std::size_t mark, const char* encoding) -> std::variant<DecodedText, NotText> {
        DecodedText decoded{convert(bytes.substr(mark), encoding), encoding, {}, 0};
        decoded.replaced = count_replacements(decoded.text);
        if (decoded.text.find('\0') != std::string::npos) return NotText{"NUL characters"};
        return decoded;
    };
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    else if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4))) return converted(4, "UTF-32LE");
    else if (bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4))) return converted(4, "UTF-32BE");
    else if (bytes.starts_with("\xFF\xFE")) return converted(2, "UTF-16LE");
    else if (bytes.starts_with("\xFE\xFF")) return converted(2, "UTF-16BE");

    for (const Magic& magic : magics) {
        if (bytes.starts_with(magic.bytes)) return NotText{std::string(magic.what)};
    }
    if (const char* encoding = unmarked_utf16(bytes)) return converted(0, encoding);
    std::string reason;
    if (looks_binary(bytes, reason)) return NotText{reason};

    if (first_invalid_utf8(bytes) == bytes.size()) return DecodedText{std::string(bytes), "UTF-8", {}, 0};
    DecodedText repaired{"", "UTF-8", {}, 0};
    repaired.text = repair_utf8(bytes, repaired.replaced);
    std::size_t multi_byte = 0;
    for (const char c : bytes) multi_byte += (static_cast<unsigned char>(c) & 0xC0) == 0xC0;
    // UTF-8 with a few broken bytes is still UTF-8; an 8-bit encoding has hardly one well-formed sequence, an East Asian one in ten.
    if (repaired.replaced * 3 < multi_byte) return repaired;
    DecodedText decoded{"", detect(bytes), first_invalid_utf8(bytes), 0};
    decoded.text = convert(bytes, decoded.encoding.c_str());
    decoded.replaced = count_replacements(decoded.text);
    return decoded;
}

}  // namespace demarc
