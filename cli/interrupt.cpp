#include "cli/interrupt.hpp"

#include <atomic>
#include <csignal>

namespace demarc {
namespace {

std::atomic<bool> raised = false;

extern "C" void on_interrupt(int signal) {
    if (raised.exchange(true)) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

}  // namespace

void catch_interrupts() {
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
}

bool interrupted() { return raised; }

}  // namespace demarc
