#include "extractor/row_numbers.hpp"

#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("rows alike have one number", "[row_numbers]") {
    RowNumbers<std::uint16_t> rows;
    rows.begin(2);
    for (int again = 0; again < 2; ++again) {
        for (std::uint16_t i = 0; i < 3000; ++i) {
            const std::uint16_t row[] = {i, static_cast<std::uint16_t>(i / 2)};
            REQUIRE(rows.number(row) == i);
        }
    }
    CHECK(rows.size() == 3000);
    CHECK(rows.row(7)[1] == 3);
    rows.begin(1);
    const std::uint16_t row[] = {9};
    CHECK(rows.number(row) == 0);
}
