#include "extractor/token_pattern.hpp"

#include <string>

#include "tests/catch.hpp"

using namespace demarc;

namespace {

const PatternDefinitions definitions = {{"two_words", "{cap} {cap}"}, {"loop", "{cap} {loop}"}, {"broken", "{cap"}};

std::string error_of(std::string_view pattern) {
    const auto parsed = parse_token_pattern(pattern, definitions);
    return parsed ? "" : parsed.error().message;
}

}  // namespace

TEST_CASE("what the language allows is read") {
    for (const std::string_view pattern : {"{cap}", "\"north of\"", "{cap & !months | caps}", "{\"line\" & cap}", "{@date}", "(?<day>{n2}) {cap}?", "{cap}* {cap}+ {cap}{2,3} {cap}{4}",
                                           "{cap} | \"a\" ({n1} | {n2})", "{two_words}", "{\"'\" | \"’\"}"}) {
        INFO(pattern);
        CHECK(error_of(pattern).empty());
    }
}

TEST_CASE("a pattern becomes the tree that it says") {
    const auto parsed = parse_token_pattern("(?<day>{day_number & !cap | caps}) \"north of\" {@date}{2,3}", definitions);
    REQUIRE(parsed.ok());
    REQUIRE(parsed->children.size() == 3);
    const PatternNode& group = parsed->children[0];
    CHECK(group.kind == PatternNode::Kind::group);
    CHECK(group.name == "day");
    CHECK(capture_names(*parsed) == std::vector<std::string>{"day"});
    const PatternNode& literal = parsed->children[1];
    REQUIRE(literal.children.size() == 2);
    CHECK(literal.children[1].atom[0][0].text == "of");
    const PatternNode& repeat = parsed->children[2];
    CHECK(repeat.low == 2);
    CHECK(repeat.high == 3);
    CHECK(repeat.children[0].atom[0][0].kind == PatternTerm::Kind::mention);
}

TEST_CASE("what it does not allow is refused and quoted") {
    CHECK_THAT(error_of("{cap"), Catch::Contains("expected '}'"));
    CHECK_THAT(error_of("{}"), Catch::Contains("expected a name"));
    CHECK_THAT(error_of("()"), Catch::Contains("empty"));
    CHECK_THAT(error_of(""), Catch::Contains("empty"));
    CHECK_THAT(error_of("\"\""), Catch::Contains("empty literal"));
    CHECK_THAT(error_of("\"north"), Catch::Contains("closing quote"));
    CHECK_THAT(error_of("{cap} |"), Catch::Contains("empty alternative"));
    CHECK_THAT(error_of("({cap}"), Catch::Contains("expected ')'"));
    CHECK_THAT(error_of("{cap})"), Catch::Contains("unexpected ')'"));
    CHECK_THAT(error_of("{cap}{3,2}"), Catch::Contains("{m,n}"));
    CHECK_THAT(error_of("{cap}{1,99}"), Catch::Contains("{m,n}"));
    CHECK_THAT(error_of("{cap}{0}"), Catch::Contains("{m,n}"));
    CHECK_THAT(error_of("(?<>{cap})"), Catch::Contains("named capture"));
    CHECK_THAT(error_of("cap"), Catch::Contains("got 'cap'"));
    CHECK_THAT(error_of("{loop}"), Catch::Contains("definition 'loop' uses itself"));
    CHECK_THAT(error_of("{broken}"), Catch::Contains("in definition 'broken'"));
    CHECK_THAT(error_of(std::string(40, '(') + "{cap}" + std::string(40, ')')), Catch::Contains("nested deeper"));
}
