#include "geo/line_interpolation.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/civil_date.hpp"
#include "base/edtf.hpp"
#include "geo/geodesy.hpp"

namespace demarc {
namespace {

constexpr std::int64_t most_days = 200;
constexpr std::size_t points = 200;

std::optional<std::int64_t> day_number(const std::string& day) {
    const auto date = day.empty() ? std::nullopt : parse_civil_date(day);
    if (!date || date->day == 0) return std::nullopt;
    return to_days(*date);
}

/// `points` positions at equal parts of the length.
LineString resampled(const LineString& line) {
    std::vector<double> reached{0};
    for (std::size_t i = 1; i < line.size(); ++i) reached.push_back(reached.back() + distance_m(line[i - 1], line[i]));
    LineString out;
    std::size_t edge = 1;
    for (std::size_t k = 0; k < points; ++k) {
        const double at = reached.back() * static_cast<double>(k) / (points - 1);
        while (edge + 1 < line.size() && reached[edge] < at) ++edge;
        const double length = reached[edge] - reached[edge - 1];
        const double part = length > 0 ? std::clamp((at - reached[edge - 1]) / length, 0.0, 1.0) : 0;
        const LonLat a = line[edge - 1], b = line[edge];
        out.push_back({a.lon + part * longitude_difference(a.lon, b.lon), a.lat + part * (b.lat - a.lat)});
    }
    return out;
}

std::string dated(const ReferenceLine& line) { return "\"" + line.name + "\" of " + line.when; }

InterpolatedLine between(const ReferenceLine& before, const ReferenceLine& after, double part, std::string_view date) {
    LineString from = resampled(before.geometry), to = resampled(after.geometry);
    const double along = distance_m(from.front(), to.front()) + distance_m(from.back(), to.back());
    const double against = distance_m(from.front(), to.back()) + distance_m(from.back(), to.front());
    if (against < along) std::reverse(to.begin(), to.end());
    InterpolatedLine out;
    double widest = 0;
    for (std::size_t k = 0; k < points; ++k) {
        widest = std::max(widest, distance_m(from[k], to[k]));
        const LonLat p{from[k].lon + part * longitude_difference(from[k].lon, to[k].lon), from[k].lat + part * (to[k].lat - from[k].lat)};
        out.geometry.push_back(rounded({normalised_longitude(p.lon), p.lat}));
    }
    out.uncertainty_m = std::max({0.0, before.uncertainty_m, after.uncertainty_m, widest / 2});
    out.slug = before.id + "-" + after.id + "-" + std::string(date);
    std::array<char, 64> share{};
    std::snprintf(share.data(), share.size(), "%.0f %% of the way, by days", part * 100);
    out.why = {"between " + dated(before) + " and " + dated(after) + ", " + share.data(), "interpolated: nothing says that the front moved evenly"};
    return out;
}

}  // namespace

std::optional<InterpolatedLine> interpolated_line(const ReferenceLines& lines, std::span<const std::string_view> kinds, std::string_view date, std::string_view theatre) {
    const auto bounds = date.empty() ? std::nullopt : edtf_bounds(date);
    if (!bounds || theatre.empty()) return std::nullopt;
    const auto first = day_number((*bounds)[0]), last = day_number((*bounds)[1]);
    if (!first || !last) return std::nullopt;
    const ReferenceLine *before = nullptr, *after = nullptr;
    std::int64_t before_day = 0, after_day = 0;
    for (const ReferenceLine& line : lines.lines()) {
        if (line.theatre != theatre || line.state == "proposed" || line.state == "hypothetical" || std::find(kinds.begin(), kinds.end(), line.kind) == kinds.end()) continue;
        const auto begins = day_number(line.earliest), ends = day_number(line.latest);
        if (!begins || !ends) continue;
        if (*begins <= *last && *first <= *ends) return std::nullopt;
        if (*ends < *first && (before == nullptr || *ends > before_day)) before = &line, before_day = *ends;
        if (*begins > *last && (after == nullptr || *begins < after_day)) after = &line, after_day = *begins;
    }
    if (before == nullptr || after == nullptr || after_day - before_day > most_days) return std::nullopt;
    const double part = (static_cast<double>(*first + *last) / 2 - static_cast<double>(before_day)) / static_cast<double>(after_day - before_day);
    return between(*before, *after, part, date);
}

}  // namespace demarc
