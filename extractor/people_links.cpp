#include "extractor/resolvers.hpp"

namespace demarc {

void link_people(const ResolveContext& context) { (void)context; }

}  // namespace demarc
