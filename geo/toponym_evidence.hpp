#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/gazetteer.hpp"

namespace demarc {

/// How well the kind that a text says fits a record's: 1.5 the same, 0.8 of one group (settlement, height, water, region), -2 of two, 0 where one of them says nothing.
[[nodiscard]] double kind_weight(std::string_view wanted, std::string_view found);
/// Whether the steps from a record's name to its spelling go through a language (BCP 47).
[[nodiscard]] bool passes_language(const std::vector<std::string>& route, std::string_view language);
/// Whether a record's years hold a year; 0: the year is unknown, which all do.
[[nodiscard]] bool in_years(const Record& record, int year);
/// Whether a record is a district, county, state, country and the like.
[[nodiscard]] bool region_like(const Record& record);
/// Whether a region holds a record: by its country, its admin name, or by lying near in the same country.
[[nodiscard]] bool holds(const Record& region, const Record& record);

}  // namespace demarc
