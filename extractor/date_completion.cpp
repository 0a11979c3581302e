#include "extractor/resolvers.hpp"

namespace demarc {

void complete_dates(Workspace& workspace) { (void)workspace; }

}  // namespace demarc
