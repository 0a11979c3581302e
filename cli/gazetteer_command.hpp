#pragma once

namespace CLI {
class App;
}

namespace demarc {

/// `demarc gazetteer search NAME | info`; sets `code` when it runs.
void add_gazetteer_command(CLI::App& app, int& code);

}  // namespace demarc
