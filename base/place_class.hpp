#pragma once
#include <string_view>

namespace demarc {

/// GeoNames feature class of one of our kinds of place (docs/gazetteer.md): "P" of a town, "H" of a river, "T" of a hill, "A" of a province, "S" of a fort; "L" of anything else.
[[nodiscard]] std::string_view feature_class_of_kind(std::string_view kind);

/// Concept of the Getty Art & Architecture Thesaurus for a kind of place ("aat:300008375" of a town), as Linked Places wants it; "" where there is none of ours.
[[nodiscard]] std::string_view aat_of_kind(std::string_view kind);

}  // namespace demarc
