#pragma once

namespace CLI {
class App;
}

namespace demarc {

/// `demarc geocode IN.jsonl -o OUT.jsonl`; sets `code` when it runs.
void add_geocode_command(CLI::App& app, int& code);

}  // namespace demarc
