#include "cli/command_line.hpp"

#if DEMARC_MIMALLOC
#include <mimalloc.h>
#endif

int main(int argc, char** argv) {
#if DEMARC_MIMALLOC
    // Pages of 2 MB where the system gives them, from the first: a batch goes through more memory than the processor has small pages at hand for. What the environment says (MIMALLOC_...)
    // goes before.
    mi_option_set_enabled_default(mi_option_large_os_pages, true);
    mi_option_set_default(mi_option_eager_commit_delay, 0);
#endif
    return demarc::run_command_line(argc, argv);
}
