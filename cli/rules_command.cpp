#include "cli/rules_command.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "cli/exit_code.hpp"
#include "cli/knowledge.hpp"

namespace demarc {
namespace {

struct Options {
    std::vector<std::string> folders;
    bool builtin = true;
};

int run(const Options& options, bool list) {
    auto sources = load_rule_sources(options.folders, options.builtin);
    auto rules = sources ? RuleSet::compile(std::move(*sources)) : Result<RuleSet>(sources.error());
    if (!rules) {
        std::fprintf(stderr, "demarc: %s\n", rules.error().text().c_str());
        return exit_code(rules.error().code);
    }
    if (list) {
        for (const RuleSource& rule : rules->sources().rules) {
            std::printf("%s\t%s\t%s\t%s\n", rule.name.c_str(), std::string(to_string(rule.type)).c_str(), rule.phase.c_str(), rule.where.c_str());
        }
        return exit_done;
    }
    std::printf("%zu rules, %zu lexicons, %zu words and names: no fault found\n", rules->rule_count(), rules->sources().lexicons.size(), rules->vocabulary().size());
    return exit_done;
}

}  // namespace

void add_rules_command(CLI::App& app, int& code) {
    auto options = std::make_shared<Options>();
    CLI::App* rules = app.add_subcommand("rules", "Looks at the rules");
    rules->require_subcommand(1);
    for (const bool list : {false, true}) {
        CLI::App* command = rules->add_subcommand(list ? "list" : "check", list ? "Name, type, phase and place of every rule" : "Compiles all rules and says what is wrong");
        command->add_option("--rules", options->folders, "Folders of more rules");
        command->add_flag("!--no-builtin-rules", options->builtin, "Only the rules of --rules");
        command->callback([options, list, &code] { code = run(*options, list); });
    }
}

}  // namespace demarc
