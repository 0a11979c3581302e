#pragma once

namespace demarc {

/// Parses the command line and runs the command it names. Returns the exit code.
[[nodiscard]] int run_command_line(int argc, char** argv);

}  // namespace demarc
