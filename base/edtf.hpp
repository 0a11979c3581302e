#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace demarc {

/// Of a year, a month or a day: "?" uncertain, "~" approximate, "%" both. As bits.
enum class EdtfQualifier : std::uint8_t { none = 0, uncertain = 1, approximate = 2, both = 3 };

/// One date of the Extended Date/Time Format (Library of Congress 2019 = ISO 8601-2:2019, levels 0 to 2). Digits that are not specified are "X".
struct EdtfDate {
    bool negative = false;
    bool long_year = false;       ///< written with Y: more than four digits, or an exponent
    std::string year;             ///< four digits or X; with `long_year` one to eighteen digits
    int exponent = 0;             ///< Y-17E7: 7; 0 none
    int significant_digits = 0;   ///< 1950S2: 2; 0: not said
    std::string month;            ///< "01".."12", "XX", "1X"; "21".."41": season, quarter, half-year; "" none
    std::string day;              ///< "01".."31", "XX", "1X"; "" none
    int hour = -1, minute = -1, second = -1;
    std::string zone;             ///< "Z", "+04:30", "-04"; "" local
    std::array<EdtfQualifier, 3> qualifiers{};  ///< of year, month, day

    [[nodiscard]] bool is_season() const { return month.size() == 2 && month[0] >= '2' && month[0] <= '4'; }
    friend bool operator==(const EdtfDate&, const EdtfDate&) = default;
};

/// An end of an interval, or a member of a set.
struct EdtfPart {
    enum class Kind : std::uint8_t {
        date,     ///< first
        range,    ///< first..last, in a set
        before,   ///< ..first, in a set: it or anything before
        after,    ///< first.., in a set
        open,     ///< "..", end of an interval
        unknown,  ///< "", end of an interval
    };
    Kind kind = Kind::date;
    EdtfDate first, last;
    friend bool operator==(const EdtfPart&, const EdtfPart&) = default;
};

struct Edtf {
    enum class Kind : std::uint8_t { date, interval, one_of, all_of };
    Kind kind = Kind::date;
    std::vector<EdtfPart> parts;  ///< one for a date, two for an interval, one or more for a set
    friend bool operator==(const Edtf&, const Edtf&) = default;
};

/// Reads an expression. Errors: bad_data, the message naming the text and what is wrong. At most 4,096 bytes and 1,000 members.
/// LEGAL    1985-04-12T23:20:30+04:30 | 1985-04 | -1985 | Y170000002 | 2001-21 | 1984? | 2004-06-11% | 201X | 1985-XX-XX | 1985-04-12/.. | /1985 | Y-17E7 | 1950S2 | 2001-34 |
///          [1667,1668,1670..1672] | [..1760-12-03] | {1960,1961-12} | 2004-06~-11 | ?2004-06-~11 | 156X-12-25 | 1XXX-12 | 1984-1X | 2004-06-~01/2004-06-~20
/// ILLEGAL  1985-4-12 | 1985-13 | 1985-02-30 | 1985-04-12T25:00 | [1667 | 1985/1984-XX/1990 | 2001-20 | 85 | 1985-X4-31
[[nodiscard]] Result<Edtf> parse_edtf(std::string_view text);

/// The expression as text: qualifiers that all parts share stand behind, others as far left as they reach. parse_edtf reads it back to an equal value.
[[nodiscard]] std::string to_text(const Edtf& edtf);
[[nodiscard]] std::string to_text(const EdtfDate& date);

/// The lowest level (0, 1, 2) whose features suffice for the expression.
[[nodiscard]] int edtf_level(const Edtf& edtf);

/// First and last day, "YYYY-MM-DD", that the expression may mean; "" for an open or unknown end. Seasons are those of the northern half of the earth, winter
/// from December of the year named. nullopt where it is no EDTF, or a year lies outside of the range of std::int32_t.
[[nodiscard]] std::optional<std::array<std::string, 2>> edtf_bounds(std::string_view text);
[[nodiscard]] std::optional<std::array<std::string, 2>> edtf_bounds(const Edtf& edtf);

}  // namespace demarc
