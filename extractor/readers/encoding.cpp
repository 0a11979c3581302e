#include "extractor/readers/encoding.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
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

// Through ICU; ill-formed input becomes U+FFFD.
std::string convert(std::string_view bytes, const char* encoding) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(encoding, &error));
    if (U_FAILURE(error)) return {};
    icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(), error);
    std::string out;
    if (U_SUCCESS(error)) text.toUTF8String(out);
    return out;
}

// Zero bytes in every second place of Latin text tell UTF-16 without a mark.
const char* unmarked_utf16(std::string_view bytes) {
    const std::size_t n = std::min<std::size_t>(bytes.size(), 4096) & ~std::size_t{1};
    if (n < 8) return nullptr;
    std::size_t even = 0, odd = 0;
    for (std::size_t i = 0; i < n; i += 2) {
        even += bytes[i] == '\0';
        odd += bytes[i + 1] == '\0';
    }
    const std::size_t half = n / 2;
    if (odd * 10 >= half * 4 && even * 50 < half) return "UTF-16LE";
    if (even * 10 >= half * 4 && odd * 50 < half) return "UTF-16BE";
    return nullptr;
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
        DecodedText decoded{convert(bytes.substr(mark), encoding), encoding, 0};
        std::size_t at = 0;
        while ((at = decoded.text.find("\xEF\xBF\xBD", at)) != std::string::npos) ++decoded.replaced, at += 3;
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

    if (first_invalid_utf8(bytes) == bytes.size()) return DecodedText{std::string(bytes), "UTF-8", 0};
    DecodedText repaired{"", "UTF-8", 0};
    repaired.text = repair_utf8(bytes, repaired.replaced);
    std::size_t multi_byte = 0;
    for (const char c : bytes) multi_byte += (static_cast<unsigned char>(c) & 0xC0) == 0xC0;
    // UTF-8 with a few broken bytes is still UTF-8; an 8-bit encoding has hardly one well-formed sequence.
    if (multi_byte > repaired.replaced && repaired.replaced * 4 < multi_byte) return repaired;
    const std::string encoding = detect(bytes);
    const auto decoded = convert(bytes, encoding.c_str());
    std::size_t unmapped = 0;
    for (std::size_t at = 0; (at = decoded.find("\xEF\xBF\xBD", at)) != std::string::npos; at += 3) ++unmapped;
    return DecodedText{decoded, encoding, unmapped};
}

}  // namespace demarc
