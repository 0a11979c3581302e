#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>

#include "base/civil_date.hpp"
#include "base/edtf.hpp"

namespace demarc {
namespace {

/// First and last value that a pattern of digits and X may mean.
std::array<std::int64_t, 2> range_of(const std::string& pattern) {
    std::string low = pattern, high = pattern;
    std::replace(low.begin(), low.end(), 'X', '0');
    std::replace(high.begin(), high.end(), 'X', '9');
    return {std::atoll(low.c_str()), std::atoll(high.c_str())};
}

// Months of the EDTF seasons, quarters, four-month periods and half-years (ISO 8601-2 4.8); first month and length. 25-28 are of the north, 29-32 of the south.
struct Season { int code, first_month, months; };
constexpr Season seasons[] = {{21, 3, 3}, {22, 6, 3}, {23, 9, 3}, {24, 12, 3}, {25, 3, 3}, {26, 6, 3}, {27, 9, 3}, {28, 12, 3}, {29, 9, 3}, {30, 12, 3}, {31, 3, 3},
                              {32, 6, 3}, {33, 1, 3}, {34, 4, 3}, {35, 7, 3},  {36, 10, 3}, {37, 1, 4}, {38, 5, 4}, {39, 9, 4}, {40, 1, 6}, {41, 7, 6}};

std::optional<std::array<std::int64_t, 2>> years_of(const EdtfDate& date) {
    auto years = range_of(date.year);
    for (int i = 0; i < date.exponent; ++i) {
        if (years[1] > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
        years[0] *= 10, years[1] *= 10;
    }
    if (date.significant_digits > 0) {
        std::int64_t unit = 1;
        const auto length = static_cast<int>(std::to_string(years[0]).size());
        for (int i = date.significant_digits; i < length; ++i) unit *= 10;
        years[0] = years[0] / unit * unit;
        years[1] = years[0] + unit - 1;
    }
    if (date.negative) years = {-years[1], -years[0]};
    if (years[0] < std::numeric_limits<std::int32_t>::min() || years[1] > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
    return years;
}

std::optional<std::array<std::string, 2>> bounds_of(const EdtfDate& date) {
    const auto years = years_of(date);
    // With the year wholly open nothing can be put on a calendar.
    if (!years || date.year == "XXXX") return std::nullopt;
    CivilDate first{static_cast<std::int32_t>((*years)[0]), 1, 1, -1, -1}, last{static_cast<std::int32_t>((*years)[1]), 12, 31, -1, -1};
    if (date.is_season()) {
        const auto* season = std::find_if(std::begin(seasons), std::end(seasons), [&](const Season& s) { return s.code == std::atoi(date.month.c_str()); });
        if (season == std::end(seasons)) return std::nullopt;
        first.month = last.month = static_cast<std::int8_t>(season->first_month);
        last.day = 1;
        last = add_days(add_months(last, season->months), -1);
    } else if (!date.month.empty()) {
        const auto months = range_of(date.month);
        first.month = static_cast<std::int8_t>(std::clamp<std::int64_t>(months[0], 1, 12));
        last.month = static_cast<std::int8_t>(std::clamp<std::int64_t>(months[1], 1, 12));
        last.day = static_cast<std::int8_t>(days_in_month(last.year, last.month));
        if (!date.day.empty()) {
            const auto days = range_of(date.day);
            first.day = static_cast<std::int8_t>(std::clamp<std::int64_t>(days[0], 1, days_in_month(first.year, first.month)));
            last.day = static_cast<std::int8_t>(std::clamp<std::int64_t>(days[1], 1, days_in_month(last.year, last.month)));
        }
    }
    return std::array{earliest_day(first), latest_day(last)};
}

}  // namespace

std::optional<std::array<std::string, 2>> edtf_bounds(const Edtf& edtf) {
    std::array<std::string, 2> out;
    bool open_start = false, open_end = false, any = false;
    for (std::size_t i = 0; i < edtf.parts.size(); ++i) {
        const EdtfPart& part = edtf.parts[i];
        if (part.kind == EdtfPart::Kind::open || part.kind == EdtfPart::Kind::unknown) {
            (i == 0 ? open_start : open_end) = true;
            continue;
        }
        auto bounds = bounds_of(part.first);
        if (bounds && part.kind == EdtfPart::Kind::range) {
            const auto last = bounds_of(part.last);
            if (!last) return std::nullopt;
            (*bounds)[1] = (*last)[1];
        }
        if (!bounds) return std::nullopt;
        open_start = open_start || part.kind == EdtfPart::Kind::before;
        open_end = open_end || part.kind == EdtfPart::Kind::after;
        const bool ordered = edtf.kind == Edtf::Kind::interval;
        if (!any || (!ordered && (*bounds)[0] < out[0])) out[0] = (*bounds)[0];
        if (!any || ordered || (*bounds)[1] > out[1]) out[1] = (*bounds)[1];
        any = true;
    }
    if (!any && !(open_start && open_end)) return std::nullopt;
    if (open_start) out[0].clear();
    if (open_end) out[1].clear();
    return out;
}

std::optional<std::array<std::string, 2>> edtf_bounds(std::string_view text) {
    const auto edtf = parse_edtf(text);
    return edtf ? edtf_bounds(*edtf) : std::nullopt;
}

}  // namespace demarc
