#include "extractor/resolvers.hpp"

namespace demarc {

// The reference stays as written; geo/coordinates.cpp reads it once the theatre is known.
bool resolve_coordinate(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    (void)range, (void)context;
    mention.as<CoordinateValue>().system = match.value("system");
    mention.status = Certainty::unresolved;
    return true;
}

}  // namespace demarc
