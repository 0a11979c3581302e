#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/civil_date.hpp"

namespace demarc {

/// A complete calendar date and where it stands in the text that was searched (bytes, half-open).
struct HeadingDate {
    CivilDate date;  ///< no time of day
    std::size_t begin = 0, end = 0;
};

/// The first complete, existing date of the years 1000 to 2099 in a heading, a title or a citation. English month names, whole or shortened.
/// LEGAL "1 November 1951", "1st Nov. 1951", "the 27th day of July, 1953", "November 1, 1951", "13.8.1951" (day first), "1951-11-01",
/// "061800I Oct 51" (date-time group; a year of two digits is of the twentieth century). ILLEGAL "November 1951", "1 November", "11/1/1951"
/// (which is month?), "31 November 1951", "Dismay 12, 1951". Linear in the text.
[[nodiscard]] std::optional<HeadingDate> first_full_date(std::string_view text);

}  // namespace demarc
