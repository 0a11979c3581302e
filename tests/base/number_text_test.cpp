#include "base/number_text.hpp"

#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "tests/catch.hpp"

using namespace demarc;

namespace {

std::string printed(const char* format, int precision, double value) {
    char text[400];
    std::snprintf(text, sizeof text, format, precision, value);
    return text;
}

}  // namespace

TEST_CASE("numbers are written as printf does it") {
    std::vector<double> values{0, -0.0, 0.05, 0.15, 0.25, 0.35, 0.5, 1.5, 2.5, 9.95, 9.949999, 99.95, 1234.5, 123456, 1234567, 1e-5, 1e21, std::numeric_limits<double>::max(),
                               std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::infinity()};
    for (int i = 0; i < 2000; ++i) values.push_back(i * 0.37 / (1 + i % 7)), values.push_back(-i * 12.5);
    for (const double value : values) {
        for (const int precision : {0, 1, 4, 6, 20}) {
            CHECK(number_text(value, std::chars_format::fixed, precision) == printed("%.*f", precision, value));
            CHECK(number_text(value, std::chars_format::general, precision) == printed("%.*g", precision, value));
        }
    }
}

TEST_CASE("a text is a number or none") {
    CHECK(parse_number<int>("12") == 12);
    CHECK(parse_number<double>("-1.5e3") == -1500);
    for (const char* text : {"", " 1", "1 ", "+1", "1,5", "x"}) CHECK(!parse_number<double>(text));
    CHECK(!parse_number<std::uint8_t>("256"));
}
