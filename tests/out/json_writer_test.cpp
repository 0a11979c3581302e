#include "out/json_writer.hpp"

#include <charconv>
#include <clocale>
#include <cmath>
#include <limits>
#include <random>

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
// What std::to_chars says, without trailing zeros and minus zero.
std::string exact_decimal(double value, int decimals) {
    char digits[400];
    std::string out(digits, std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, decimals).ptr);
    if (out.find('.') != std::string::npos) {
        while (out.back() == '0') out.pop_back();
        if (out.back() == '.') out.pop_back();
    }
    return out == "-0" ? "0" : out;
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
    for (std::size_t size = 1; size <= 40; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            for (const char odd : {'"', '\\', '\n', '\x7F', '\x1F'}) {
                std::string text(size, 'x');
                text[at] = odd;
                INFO(size << ' ' << at << ' ' << static_cast<int>(odd));
                CHECK(json_text(text).size() > size + 2);
                CHECK(nlohmann::json::parse(json_text(text)).get<std::string>() == text);
                std::string written;
                JsonWriter(written).string(text);
                CHECK(written == json_text(text));
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

TEST_CASE("decimals are those of std::to_chars", "[json_writer]") {
    std::mt19937_64 random(1951);
    std::uniform_real_distribution<double> exponents(-12, 16), mantissas(-10, 10);
    std::uniform_int_distribution<std::int64_t> integers(-(1ll << 44), 1ll << 44);
    const auto check = [](double value) {
        for (int decimals = 0; decimals <= 9; ++decimals) {
            for (const double near : {value, std::nextafter(value, -1e300), std::nextafter(value, 1e300)}) {
                if (decimal(near, decimals) == exact_decimal(near, decimals)) continue;
                INFO(near << ' ' << decimals);
                CHECK(decimal(near, decimals) == exact_decimal(near, decimals));
            }
        }
    };
    for (const double value : {0.0, -0.0, 0.5, 1.5, 2.5, -0.5, -1.5, 0.125, 0.375, -0.045, 1.005, 0.0005, 5e-324, -5e-324, 2.2250738585072014e-308, 4398046511103.5, 4398046511104.0,
                               4398.046511104, 1e15, 9007199254740993.0, 1e22, 1.7976931348623157e308, -1e300}) check(value);
    for (int i = 0; i < 4000; ++i) {
        check(mantissas(random) * std::pow(10.0, exponents(random)));
        const auto integer = static_cast<double>(integers(random));
        for (const double unit : {1.0, 1e2, 1e3, 1e7, 1e9, 2e3, 2e7, 2e9}) check(integer / unit);  // halves of the last place too
        check(integer / static_cast<double>(1ll << i % 44));                                       // ties
    }
}

TEST_CASE("a text of any length comes whole", "[json_writer]") {
    for (std::size_t size = 0; size <= 1100; size += 7) {
        const std::string text(size, 'x'), odd = text + "\n";
        std::string out, expected = "[";
        {
            JsonWriter json(out);
            json.begin_array();
            for (int i = 0; i < 5; ++i) {
                json.string(text);
                json.string(odd);
                json.raw(text);
                json.begin_object();
                json.any_field(text, -1);
                json.key("a"), json.decimal(1e300, 0);
                json.end_object();
                expected += (i == 0 ? "\"" : ",\"") + text + "\",\"" + text + "\\n\"," + text + ",{\"" + text + "\":-1,\"a\":" + exact_decimal(1e300, 0) + "}";
            }
            json.end_array();
            CHECK(out == expected + "]");
        }
        CHECK(out == expected + "]");
    }
    std::string one;
    JsonWriter(one).null();
    CHECK(one == "null");
}

TEST_CASE("a string that ends in a number, and a name after a known member", "[json_writer]") {
    for (std::size_t size = 0; size <= 600; size += 3) {
        for (const std::string& start : {std::string(size, 'x'), std::string(size, 'x') + "\"ŏ"}) {
            std::string out, expected;
            {
                JsonWriter json(out);
                json.begin_array();
                for (const std::size_t number : {std::size_t{0}, std::size_t{31}, ~std::size_t{0}}) {
                    json.numbered_string(start, "#m", number);
                    expected += ',';
                    demarc::append_json_string(expected, start + "#m" + std::to_string(number));
                }
                json.begin_object();
                json.key({"a", "b", "c"});
                json.null();
                json.key({"status", "unresolved", "1234567890"});
                json.end_object();
                json.end_array();
            }
            CHECK(out == "[" + expected.substr(1) + R"(,{"a":"b","c":null,"status":"unresolved","1234567890":}])");
        }
    }
}

TEST_CASE("the locale has no say", "[json_writer]") {
    const std::string before = std::setlocale(LC_ALL, nullptr);
    for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"}) {
        if (std::setlocale(LC_ALL, name) != nullptr) break;
    }
    CHECK(decimal(1.5, 3) == "1.5");
    std::setlocale(LC_ALL, before.c_str());
}

TEST_CASE("lines follow each other without commas, whatever room they take", "[json_writer]") {
    std::string out = "before\n", wanted = out;
    {
        demarc::JsonWriter json(out);
        for (std::size_t length = 0; length < 600; ++length) {
            const std::string text(length, 'x');
            json.begin_object();
            json.field("text", text);
            json.field("length", static_cast<std::int64_t>(length));
            json.end_line();
            wanted += "{\"text\":\"" + text + "\",\"length\":" + std::to_string(length) + "}\n";
        }
    }
    CHECK(out == wanted);
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
