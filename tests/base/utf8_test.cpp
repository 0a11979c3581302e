#include "base/utf8.hpp"

#include <random>
#include <string>

#include "tests/catch.hpp"

using namespace std::string_literals;

namespace {

// Independent of the implementation's ranges: well-formed is what encodes a scalar value in its shortest form.
bool well_formed(const std::string& bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const auto byte = [&](std::size_t k) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[k])); };
        const std::uint32_t lead = byte(i);
        const std::size_t length = lead < 0x80 ? 1 : (lead >> 5) == 6 ? 2 : (lead >> 4) == 14 ? 3 : (lead >> 3) == 30 ? 4 : 0;
        if (length == 0 || i + length > bytes.size()) return false;
        std::uint32_t value = length == 1 ? lead : lead & (0xFFu >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            if ((byte(i + k) >> 6) != 2) return false;
            value = (value << 6) | (byte(i + k) & 0x3F);
        }
        const std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
        if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return false;
        i += length;
    }
    return true;
}

std::string times(int n, const std::string& text) {
    std::string out;
    for (int i = 0; i < n; ++i) out += text;
    return out;
}

const std::string replacement = "\xEF\xBF\xBD";

}  // namespace

TEST_CASE("every pair of bytes, and every lead with every second byte, is judged as Unicode does") {
    std::size_t wrong = 0;
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            for (const std::string& tail : {""s, "\x80"s, "\xBF\x80"s, "\xBF\xBF"s, "A"s}) {
                const std::string bytes = std::string{static_cast<char>(first), static_cast<char>(second)} + tail;
                wrong += (demarc::first_invalid_utf8(bytes) == bytes.size()) != well_formed(bytes);
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("the first bad byte is found wherever it stands") {
    for (const std::string& start : {""s, "A"s, "é"s, "漢"s}) {
        for (int filler = 0; filler < 140; ++filler) {
            const std::string good = start + std::string(static_cast<std::size_t>(filler), 'x');
            CHECK(demarc::first_invalid_utf8(good) == good.size());
            CHECK(demarc::first_invalid_utf8(good + "\xFF" + "tail") == good.size());
            CHECK(demarc::first_invalid_utf8(good + "\xE2\x82") == good.size());
            CHECK(demarc::first_invalid_utf8(good + "€€") == good.size() + 6);
        }
    }
}

TEST_CASE("repairs replace maximal subparts as in tables 3-8 to 3-11 of Unicode 15") {
    struct {
        std::string bytes, expected;
        std::size_t replaced;
    } const cases[] = {{"\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", times(8, replacement) + "A", 8},
                       {"\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", times(8, replacement) + "A", 8},
                       {"\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", times(5, replacement) + "A" + times(2, replacement) + "B", 7},
                       {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", times(4, replacement) + "A", 4},
                       {"caf\xE9 Li Kenong", "caf" + replacement + " Li Kenong", 1},
                       {"", "", 0},
                       {"№ 25465", "№ 25465", 0}};
    for (const auto& c : cases) {
        std::size_t replaced = 99;
        CHECK(demarc::repair_utf8(c.bytes, replaced) == c.expected);
        CHECK(replaced == c.replaced);
    }
}

TEST_CASE("any bytes are valid after repair, and valid ones are left alone") {
    std::mt19937 random(20511101);
    for (int round = 0; round < 300; ++round) {
        std::string bytes(random() % 200, '\0');
        for (char& c : bytes) c = static_cast<char>(random() % 3 == 0 ? 'a' : random() % 256);
        std::size_t replaced = 0;
        const std::string repaired = demarc::repair_utf8(bytes, replaced);
        REQUIRE(well_formed(repaired));
        REQUIRE((replaced == 0) == well_formed(bytes));
        if (replaced == 0) REQUIRE(repaired == bytes);
        std::size_t again = 0;
        REQUIRE(demarc::repair_utf8(repaired, again) == repaired);
        REQUIRE(again == 0);
    }
}

TEST_CASE("code points are written and read back") {
    for (const char32_t code_point :
         {U'\0', U'A', U'\x7F', U'\x80', U'é', U'\x7FF', U'\x800', U'№', U'漢', U'\xD7FF', U'\xE000', U'\xFFFD', U'\x10000', U'\x1F5FA', U'\x10FFFF'}) {
        std::string text;
        demarc::append_code_point(text, code_point);
        CHECK(well_formed(text));
        CHECK(demarc::count_code_points(text) == 1);
        std::size_t offset = 0;
        CHECK(demarc::next_code_point(text, offset) == code_point);
        CHECK(offset == text.size());
        CHECK(demarc::next_code_point(text, offset) == 0);
        CHECK(offset == text.size());
    }
}

TEST_CASE("the code point index agrees with a slow count") {
    const std::string letters[] = {"a", "é", "№", "漢", "🗺"};
    std::mt19937 random(25465);
    for (const int spread : {1, 2, 5}) {
        for (std::size_t length = 0; length < 200; length += 1 + length / 70) {
            std::string text;
            std::vector<std::size_t> boundaries = {0};
            for (std::size_t i = 0; i < length; ++i) {
                text += letters[random() % spread];
                boundaries.push_back(text.size());
            }
            REQUIRE(demarc::count_code_points(text) == length);
            const demarc::CodePointIndex index(text);
            for (std::size_t i = 0; i < boundaries.size(); ++i) REQUIRE(index.at(boundaries[i]) == i);
        }
    }
}
