#include "gazetteer/packed_texts.hpp"

#include <array>

#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("packed texts come out as they went in") {
    PackedTexts texts;
    CHECK(texts.empty());
    CHECK(texts.size() == 0);
    CHECK(texts[0].empty());
    CHECK(texts.from(0).empty());
    texts.assign(std::array<std::string_view, 4>{"Kaesong", "", "town", "판문점"});
    CHECK(texts.size() == 4);
    CHECK(texts[0] == "Kaesong");
    CHECK(texts[1].empty());
    CHECK(texts[2] == "town");
    CHECK(texts[3] == "판문점");
    CHECK(texts[4].empty());
    CHECK(texts.from(1) == std::vector<std::string>{"", "town", "판문점"});
    CHECK(texts.from(4).empty());
}

TEST_CASE("packed texts end with the last one that is not empty") {
    PackedTexts texts;
    texts.assign(std::array<std::string_view, 3>{"", "x", ""});
    CHECK(texts.size() == 2);
    CHECK(texts[1] == "x");
    texts.assign(std::array<std::string_view, 2>{"", ""});
    CHECK(texts.empty());
}

TEST_CASE("packed texts may be packed again from themselves") {
    PackedTexts texts;
    texts.assign(std::array<std::string_view, 2>{"id", "old reason"});
    texts.assign(std::array<std::string_view, 3>{texts[0], "new", "reasons"});
    CHECK(texts.from(0) == std::vector<std::string>{"id", "new", "reasons"});
}
