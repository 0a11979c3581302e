#include "base/edtf.hpp"

#include <random>

#include "tests/catch.hpp"

using namespace demarc;

// The examples of the specification (Extended Date/Time Format, Library of Congress, 4 February 2019), with the level under which it gives them.
TEST_CASE("the examples of the specification are read, written back and known by their level") {
    struct Example {
        int level;
        const char* text;
    };
    const Example examples[] = {
        {0, "1985-04-12"}, {0, "1985-04"}, {0, "1985"}, {0, "1985-04-12T23:20:30"}, {0, "1985-04-12T23:20:30Z"}, {0, "1985-04-12T23:20:30-04"}, {0, "1985-04-12T23:20:30+04:30"},
        {0, "1964/2008"}, {0, "2004-06/2006-08"}, {0, "2004-02-01/2005-02-08"}, {0, "2004-02-01/2005-02"}, {0, "2004-02-01/2005"}, {0, "2005/2006-02"},
        {1, "Y170000002"}, {1, "Y-170000002"}, {1, "2001-21"}, {1, "1984?"}, {1, "2004-06~"}, {1, "2004-06-11%"}, {1, "201X"}, {1, "20XX"}, {1, "2004-XX"}, {1, "1985-04-XX"},
        {1, "1985-XX-XX"}, {1, "1985-04-12/.."}, {1, "1985-04/.."}, {1, "1985/.."}, {1, "../1985-04-12"}, {1, "../1985-04"}, {1, "../1985"}, {1, "1985-04-12/"}, {1, "1985-04/"}, {1, "1985/"},
        {1, "/1985-04-12"}, {1, "/1985-04"}, {1, "/1985"}, {1, "1984~/2004-06"}, {1, "1984/2004-06~"}, {1, "1984~/2004~"}, {1, "1984?/2004%"}, {1, "-1985"},
        {2, "Y-17E7"}, {2, "1950S2"}, {2, "Y171010000S3"}, {2, "Y3388E2S3"}, {2, "2001-34"}, {2, "[1667,1668,1670..1672]"}, {2, "[..1760-12-03]"}, {2, "[1760-12..]"},
        {2, "[1760-01,1760-02,1760-12..]"}, {2, "[1667,1760-12]"}, {2, "[..1984]"}, {2, "{1667,1668,1670..1672}"}, {2, "{1960,1961-12}"}, {2, "{..1984}"}, {2, "2004-06~-11"}, {2, "2004?-06-11"},
        {2, "156X-12-25"}, {2, "15XX-12-25"}, {2, "XXXX-12-XX"}, {2, "1XXX-XX"}, {2, "1XXX-12"}, {2, "1984-1X"}, {2, "2004-06-~01/2004-06-~20"}, {2, "2004-06-XX/2004-07-03"}};
    for (const Example& example : examples) {
        INFO(example.text);
        const auto edtf = parse_edtf(example.text);
        REQUIRE(edtf.ok());
        CHECK(to_text(*edtf) == example.text);
        CHECK(edtf_level(*edtf) == example.level);
    }
    // A mark in front is of its component alone; the same is written with the mark behind where it reaches the year only.
    for (const auto& [text, written] : {std::pair("?2004-06-~11", "2004?-06-~11"), std::pair("2004-%06-11", "2004-%06-11"), std::pair("%2004-%06-%11", "2004-06-11%"), std::pair("2004-06~-11?", "2004-06%-?11")}) {
        INFO(text);
        const auto edtf = parse_edtf(text);
        REQUIRE(edtf.ok());
        CHECK(to_text(*edtf) == written);
        CHECK(parse_edtf(written).value() == *edtf);
    }
}

TEST_CASE("what is no EDTF is refused with the reason") {
    for (const char* text : {"", "85", "1985-4-12", "1985-13", "1985-00", "1985-02-30", "1985-04-31", "1985-04-12T25:00", "1985-04-12T24:01", "1985-04-12T12:60", "1985T10:00", "1985-04-12T10:00+15", "2001-20", "2001-42",
                             "2001-21-01", "[1667", "[]", "{}", "[1667,]", "[..]", "..", "/..", "/", "1985/1986/1987", "Y1985", "Y", "Y17E0", "1950S0", "-0000", "1985-02-3X1", "1985-XX-4X", "yesterday", "1985 ", " 1985",
                             "1985-04-12t10:00", "1985..1986", "XXXXX"}) {
        INFO(text);
        const auto edtf = parse_edtf(text);
        REQUIRE_FALSE(edtf.ok());
        CHECK(edtf.error().code == ErrorCode::bad_data);
        CHECK_FALSE(edtf.error().message.empty());
    }
    CHECK_FALSE(parse_edtf(std::string(5'000, '1')).ok());
    std::string many = "[1900";
    for (int i = 0; i < 700; ++i) many += ",1900";
    CHECK(parse_edtf(many + "]").ok());
    CHECK(parse_edtf("1952-02-29").ok());
    CHECK_FALSE(parse_edtf("1951-02-29").ok());
    CHECK(parse_edtf("195X-02-29").ok());
}

TEST_CASE("first and last day of any expression") {
    struct {
        const char *text, *first, *last;
    } const cases[] = {{"1984-1X", "1984-10-01", "1984-12-31"}, {"1985-02-XX", "1985-02-01", "1985-02-28"}, {"1985-XX-XX", "1985-01-01", "1985-12-31"}, {"156X-12-25", "1560-12-25", "1569-12-25"},
                       {"1950S2", "1900-01-01", "1999-12-31"}, {"Y3388E2S3", "Y338000-01-01", "Y338999-12-31"}, {"-1985", "-1985-01-01", "-1985-12-31"}, {"-019X", "-0199-01-01", "-0190-12-31"},
                       {"2001-34", "2001-04-01", "2001-06-30"}, {"2001-29", "2001-09-01", "2001-11-30"}, {"[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"}, {"[..1760-12-03]", "", "1760-12-03"},
                       {"[1760-01,1760-12..]", "1760-01-01", ""}, {"{1961-12,1960}", "1960-01-01", "1961-12-31"}, {"1985-04-12/..", "1985-04-12", ""}, {"/1985", "", "1985-12-31"}, {"../..", "", ""}, {"2004-06-~01/2004-06-~20", "2004-06-01", "2004-06-20"}};
    for (const auto& c : cases) {
        INFO(c.text);
        const auto bounds = edtf_bounds(c.text);
        REQUIRE(bounds.has_value());
        CHECK((*bounds)[0] == c.first);
        CHECK((*bounds)[1] == c.last);
    }
    for (const char* text : {"XXXX-12-25", "Y-17E9", "Y123456789012345678", "yesterday"}) CHECK_FALSE(edtf_bounds(text).has_value());
}

TEST_CASE("what is written is read back to the same value, from random texts of the alphabet") {
    std::mt19937 random(20190204);
    constexpr std::string_view alphabet = "0123456789X-/.~?%[]{},YESTZ:+";
    const std::string_view seeds[] = {"1985-04-12", "2004-06~-11", "[1667,1668..1670]", "Y-17E7", "1985-04-12T23:20:30+04:30", "../1985-04", "?2004-06-~11"};
    int read = 0;
    for (int i = 0; i < 40'000; ++i) {
        std::string text(seeds[random() % std::size(seeds)]);
        for (unsigned edits = random() % 4; edits-- > 0;) {
            const std::size_t at = random() % text.size();
            if (random() % 3 == 0) text.erase(at, 1);
            else text[at] = alphabet[random() % alphabet.size()];
            if (text.empty()) text = "1";
        }
        const auto edtf = parse_edtf(text);
        if (!edtf) continue;
        ++read;
        INFO(text);
        const auto again = parse_edtf(to_text(*edtf));
        REQUIRE(again.ok());
        REQUIRE(*again == *edtf);
        (void)edtf_bounds(*edtf);
    }
    CHECK(read > 5'000);
}
