#include "extractor/resolvers.hpp"

namespace demarc {

bool resolve_coordinate(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    (void)match, (void)range, (void)context, (void)mention;
    return true;
}

}  // namespace demarc
