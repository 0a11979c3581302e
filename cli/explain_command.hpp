#pragma once

namespace CLI {
class App;
}

namespace demarc {

/// `demarc explain FILE (--at OFFSET | --mention ID)`; sets `code` when it runs.
void add_explain_command(CLI::App& app, int& code);

}  // namespace demarc
