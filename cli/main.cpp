#include "cli/command_line.hpp"

#if DEMARC_MIMALLOC
#include <mimalloc.h>

#include <system_error>
#include <thread>
#endif

int main(int argc, char** argv) {
#if DEMARC_MIMALLOC
    // Pages of 2 MB where the system gives them: a batch goes through more memory than the processor has small pages at hand for. What the environment says (MIMALLOC_...) goes before.
    // A thread of its own, since this one has had its first memory, in small pages, before it came here.
    mi_option_set_enabled_default(mi_option_large_os_pages, true);
    mi_option_set_default(mi_option_eager_commit_delay, 0);
    int code = 0;
    try {
        std::thread([&] { code = demarc::run_command_line(argc, argv); }).join();
    } catch (const std::system_error&) {
        return demarc::run_command_line(argc, argv);  // no room for another thread
    }
    return code;
#else
    return demarc::run_command_line(argc, argv);
#endif
}
