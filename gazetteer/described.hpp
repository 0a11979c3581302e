#pragma once
#include <optional>
#include <string>

#include "base/mention.hpp"

namespace demarc {

/// What the value of a mention says of its entity; empty where it says nothing. `declared`: name of the declared kind.
struct Described {
    std::string name = {}, kind = {}, declared = {}, country = {}, side = {}, state = {}, proposed_by = {}, sidc = {};
    std::optional<double> offset_m = {};
};
[[nodiscard]] Described describe(const MentionValue& value);

/// What a value says of its time, EDTF; null where it can say nothing.
[[nodiscard]] const std::string* when_of(const MentionValue& value);

}  // namespace demarc
