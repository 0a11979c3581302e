#include "out/json_writer.hpp"

#include <clocale>
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "tests/catch.hpp"

using namespace demarc;

namespace {
std::string json_text(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}
std::string decimal(double value, int decimals) {
    std::string out;
    append_decimal(out, value, decimals);
    return out;
}
}  // namespace

TEST_CASE("strings are escaped", "[json_writer]") {
    CHECK(json_text("a\"b\\c/") == R"("a\"b\\c/")");
    CHECK(json_text(std::string_view("\0\x01\x1f\x7f\n\r\t", 7)) == R"("\u0000\u0001\u001f\u007f\n\r\t")");
    CHECK(json_text("line\xE2\x80\xA8 paragraph\xE2\x80\xA9!") == R"("line\u2028 paragraph\u2029!")");
    CHECK(json_text("개성 \xF0\x9F\x9A\xA9") == "\"개성 \xF0\x9F\x9A\xA9\"");
}

TEST_CASE("ill-formed UTF-8 never passes", "[json_writer]") {
    CHECK(json_text("a\xFF" "b") == "\"a\xEF\xBF\xBD" "b\"");
    CHECK(json_text("\xE2\x80") == "\"\xEF\xBF\xBD\"");
    CHECK(json_text("\xED\xA0\x80").find('\xED') == std::string::npos);  // a surrogate
}

TEST_CASE("a parser reads back what was written", "[json_writer]") {
    std::string all;
    for (int c = 0; c < 0x80; ++c) all += static_cast<char>(c);
    all += "ö\xE2\x80\xA7\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA조선";
    CHECK(nlohmann::json::parse(json_text(all)).get<std::string>() == all);
}

TEST_CASE("one odd character is seen wherever it stands", "[json_writer]") {
    for (std::size_t size = 1; size <= 20; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            for (const char odd : {'"', '\\', '\n', '\x7F', '\x1F'}) {
                std::string text(size, 'x');
                text[at] = odd;
                INFO(size << ' ' << at << ' ' << static_cast<int>(odd));
                CHECK(json_text(text).size() > size + 2);
                CHECK(nlohmann::json::parse(json_text(text)).get<std::string>() == text);
            }
        }
        CHECK(json_text(std::string(size, '~')) == '"' + std::string(size, '~') + '"');
    }
    CHECK(json_text(std::string(500, ' ')).size() == 502);
}

TEST_CASE("names of members that aren't known before are escaped", "[json_writer]") {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.field("a", 1);
    json.any_field("b\"", "x");
    json.any_key("c");
    json.null();
    json.end_object();
    CHECK(out == R"({"a":1,"b\"":"x","c":null})");
}

TEST_CASE("decimals lose their trailing zeros", "[json_writer]") {
    CHECK(decimal(126.5544, 7) == "126.5544");
    CHECK(decimal(126.123456789, 7) == "126.1234568");
    CHECK(decimal(2000, 3) == "2000");
    CHECK(decimal(-0.00000001, 7) == "0");
    CHECK(decimal(-0.5, 7) == "-0.5");
    CHECK(decimal(1e21, 2) == "1000000000000000000000");
    CHECK(decimal(std::numeric_limits<double>::max(), 9).size() == 309);
    CHECK(decimal(std::nan(""), 3) == "null");
    CHECK(decimal(std::numeric_limits<double>::infinity(), 3) == "null");
}

TEST_CASE("the locale has no say", "[json_writer]") {
    const std::string before = std::setlocale(LC_ALL, nullptr);
    for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"}) {
        if (std::setlocale(LC_ALL, name) != nullptr) break;
    }
    CHECK(decimal(1.5, 3) == "1.5");
    std::setlocale(LC_ALL, before.c_str());
}

TEST_CASE("commas are put between members and items", "[json_writer]") {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.field("a", 1);
    json.optional_field("absent", "");
    json.key("b");
    json.begin_array();
    json.null();
    json.boolean(true);
    json.begin_object();
    json.end_object();
    json.raw("[1]");
    json.end_array();
    json.field("c", "x");
    json.end_object();
    CHECK(out == R"({"a":1,"b":[null,true,{},[1]],"c":"x"})");
}
