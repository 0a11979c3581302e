#include "extractor/readers/encoding.hpp"

#include <random>
#include <string>

#include "base/utf8.hpp"
#include "tests/catch.hpp"

using namespace std::string_literals;

namespace {

std::string utf16(std::u16string_view text, bool little) {
    std::string bytes;
    for (const char16_t unit : text) {
        const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
        bytes += little ? low : high;
        bytes += little ? high : low;
    }
    return bytes;
}

void check_text(const std::string& bytes, const std::string& text, const std::string& encoding) {
    INFO(encoding);
    const auto decoded = demarc::decode_text(bytes);
    REQUIRE(std::holds_alternative<demarc::DecodedText>(decoded));
    CHECK(std::get<demarc::DecodedText>(decoded).text == text);
    CHECK(std::get<demarc::DecodedText>(decoded).encoding == encoding);
    CHECK(std::get<demarc::DecodedText>(decoded).replaced == 0);
}

// Russian in single-byte code pages, by their published tables for the letters А..я.
std::string russian(std::u32string_view text, bool koi8) {
    static const std::string koi8_lower =
        "\xC1\xC2\xD7\xC7\xC4\xC5\xD6\xDA\xC9\xCA\xCB\xCC\xCD\xCE\xCF\xD0\xD2\xD3\xD4\xD5\xC6\xC8\xC3\xDE\xDB\xDD\xDF\xD9\xD8\xDC\xC0\xD1";
    std::string bytes;
    for (const char32_t c : text) {
        if (c < 0x80) bytes += static_cast<char>(c);
        else if (!koi8) bytes += static_cast<char>(c - 0x0410 + 0xC0);
        else if (c >= 0x0430) bytes += koi8_lower[c - 0x0430];
        else bytes += static_cast<char>(koi8_lower[c - 0x0410] + 0x20);
    }
    return bytes;
}

std::string utf8(std::u32string_view text) {
    std::string out;
    for (const char32_t c : text) demarc::append_code_point(out, c);
    return out;
}

constexpr std::u32string_view order_of_the_day =
    U"Приказ войскам фронта. Противник отступает к реке. Наши войска заняли высоту и деревню на западном берегу реки и продолжают наступление.";

}  // namespace

TEST_CASE("marks of byte order name the encoding and are no part of the text") {
    check_text("\xEF\xBB\xBFtélégramme\r\n", "télégramme\r\n", "UTF-8");
    check_text("\xFF\xFE" + utf16(u"№ 25465 из Пекина\r\n", true), "№ 25465 из Пекина\r\n", "UTF-16LE");
    check_text("\xFE\xFF" + utf16(u"№ 25465 из Пекина\n", false), "№ 25465 из Пекина\n", "UTF-16BE");
    check_text("\xFF\xFE\0\0N\0\0\0o\0\0\0"s, "No", "UTF-32LE");
    check_text("\0\0\xFE\xFF\0\0\0N\0\x01\xF5\xFA"s, "N🗺", "UTF-32BE");
}

TEST_CASE("UTF-16 without a mark is told by its zero bytes, in Latin and in Cyrillic") {
    for (const bool little : {true, false}) {
        const std::string name = little ? "UTF-16LE" : "UTF-16BE";
        check_text(utf16(u"The line of contact runs north of Kaesong.\n", little), "The line of contact runs north of Kaesong.\n", name);
        check_text(utf16(u"Линия фронта проходит севернее города Кэсон.\n", little), "Линия фронта проходит севернее города Кэсон.\n", name);
    }
}

TEST_CASE("UTF-8 stays byte for byte what it was") {
    check_text("", "", "UTF-8");
    check_text("plain\r\nASCII\rtext\n", "plain\r\nASCII\rtext\n", "UTF-8");
    check_text("Élysée — 38°19′N, 개성, 开城, № 4", "Élysée — 38°19′N, 개성, 开城, № 4", "UTF-8");
}

TEST_CASE("UTF-8 with a few broken bytes is repaired and says how many") {
    const auto decoded = demarc::decode_text("Élysée, Besançon, Orléans, Épinal and Fr\xC3 Str\xFF");
    REQUIRE(std::holds_alternative<demarc::DecodedText>(decoded));
    CHECK(std::get<demarc::DecodedText>(decoded).text == "Élysée, Besançon, Orléans, Épinal and Fr\uFFFD Str\uFFFD");
    CHECK(std::get<demarc::DecodedText>(decoded).encoding == "UTF-8");
    CHECK(std::get<demarc::DecodedText>(decoded).replaced == 2);
}

TEST_CASE("8-bit text is told by its letters") {
    check_text("The \x93line of contact\x94 at Besan\xE7on \x96 two miles", "The “line of contact” at Besançon – two miles", "windows-1252");
    check_text(
        "38\xB0"
        "19'N",
        "38°19'N", "windows-1252");
    check_text(russian(order_of_the_day, false), utf8(order_of_the_day), "windows-1251");
    check_text(russian(order_of_the_day, true), utf8(order_of_the_day), "KOI8-R");
}

TEST_CASE("what is no text says what it is") {
    struct {
        std::string bytes, reason;
    } const cases[] = {{"%PDF-1.4 text", "PDF"},
                       {"PK\x03\x04 docx", "ZIP"},
                       {"\x7f"
                        "ELF\x02",
                        "ELF"},
                       {"\x89PNG\r\n", "PNG"},
                       {"\x1F\x8B\x08 text", "gzip"},
                       {"text\0text with more text"s, "NUL"},
                       {"\x01\x02\x03\x04\x05\x06 a", "control"},
                       {"\xFF\xFE"
                        "a\0\0\0"s,
                        "NUL"}};
    for (const auto& c : cases) {
        const auto decoded = demarc::decode_text(c.bytes);
        REQUIRE(std::holds_alternative<demarc::NotText>(decoded));
        CHECK(std::get<demarc::NotText>(decoded).reason.find(c.reason) != std::string::npos);
    }
}

TEST_CASE("a long text in an 8-bit encoding is converted whole") {
    std::string bytes, expected;
    while (bytes.size() < 300000) {
        bytes += "Besan\xE7on, two miles east of the c\xF4te. ";
        expected += "Besançon, two miles east of the côte. ";
    }
    check_text(bytes, expected, "windows-1252");
}

TEST_CASE("any bytes give valid UTF-8 or no text") {
    std::mt19937 random(558);
    const std::string starts[] = {"", "\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF", "\xFF\xFE\0\0"s, "\0\0\xFE\xFF"s, "{\"text\":"};
    std::size_t texts = 0;
    for (int round = 0; round < 2000; ++round) {
        std::string bytes = starts[random() % std::size(starts)];
        const unsigned low = random() % 2 == 0 ? 0x20 : 0;
        for (std::size_t left = random() % 120; left > 0; --left)
            bytes += static_cast<char>(random() % 3 == 0 ? low + random() % (256 - low) : 'a' + random() % 26);
        const auto decoded = demarc::decode_text(bytes);
        if (const auto* text = std::get_if<demarc::DecodedText>(&decoded)) {
            ++texts;
            REQUIRE(demarc::first_invalid_utf8(text->text) == text->text.size());
        } else REQUIRE_FALSE(std::get<demarc::NotText>(decoded).reason.empty());
    }
    CHECK(texts > 200);
}
