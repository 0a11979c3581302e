#pragma once

namespace demarc {

/// From now on SIGINT and SIGTERM only raise a flag: a run ends after the document at hand. A second signal ends the program at once.
void catch_interrupts();
[[nodiscard]] bool interrupted();

}  // namespace demarc
