#pragma once
#include "extractor/resolvers.hpp"

namespace demarc {

/// Fills in the anchors and the legs of a line that its words describe point by point: "from BS 5081 along the north shore of the Han to the mouth
/// of the Yesong, thence north following the river to BT 7209". `range`: the line's tokens; the places, coordinates and lines in it are its anchors,
/// those inside of another anchor aside. "The river" that a line follows is the last one named before it.
void read_line_course(const ResolveContext& context, TokenRange range, Mention& mention);

/// Whether the words of a place mention may mean a river, a lake, a sea or the like: by its own kind or by that of a candidate.
[[nodiscard]] bool may_be_water(const ResolveContext& context, const Mention& place);

}  // namespace demarc
