#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/mention.hpp"
#include "base/problem.hpp"
#include "geo/reference_lines.hpp"

namespace demarc {

/// What the statements of one document are held against.
struct CheckContext {
    const ReferenceLines* lines = nullptr;  ///< must be given
    std::string theatre;                    ///< "": nothing is checked
    std::string date;                       ///< EDTF of the document
};

/// Holds what a placed document says of sides and fronts against the dated reference lines. Appends problems of level notice, each with the words of
/// both sides of the contradiction and the span of the text's:
///   side_disagrees  a unit was at, held or took a place that lies on the other side's ground that day; a place is said to lie on a side of a line on which
///                   it does not lie
///   line_disagrees  a front that the text describes runs, on the mean, more than 20 km from the reference line of its date; the message names the dated
///                   line that it fits, where one does
/// Only beyond the doubts of both, and only abreast of the line or broadside to the whole of it: what lies past its ends is on neither side.
void check_lines(const ExtractedDocument& document, const CheckContext& context, std::vector<Problem>& problems);

/// Nations (UnitValue::nation) that a side's words mean: "CPV and KPA" -> CN KP; "Allies" -> those of the Second World War.
[[nodiscard]] std::vector<std::string_view> nations_of_side(std::string_view side);

}  // namespace demarc
