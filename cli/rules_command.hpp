#pragma once

namespace CLI {
class App;
}

namespace demarc {

/// `demarc rules check | test | list | profile`; sets `code` when it runs.
void add_rules_command(CLI::App& app, int& code);

}  // namespace demarc
