#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "extractor/corpus.hpp"
#include "extractor/extractor.hpp"
#include "extractor/rule_set.hpp"

namespace demarc::test {

/// Rule files and a document as one string: cut at lines "%% NAME" ("%% a.toml", "%% words.txt", "%% mine.decisions"); "%% text" is the document.
/// Without such a line all of it is a.toml.
struct RuleInput {
    std::vector<RuleFile> files;
    std::string text = "Colonel Smith met Major General Jones at Seoul on 3 May 1951, 2 miles north of the 38th parallel.\n";
};

[[nodiscard]] inline RuleInput cut_rule_input(std::string_view rest) {
    RuleInput input;
    std::string name = "a.toml";
    while (!rest.empty()) {
        std::size_t next = rest.starts_with("%% ") ? 0 : rest.find("\n%% ");
        if (next != 0) {
            next = next == std::string_view::npos ? rest.size() : next + 1;
            if (name == "text") input.text = rest.substr(0, next);
            else input.files.push_back({name, std::string(rest.substr(0, next))});
            rest.remove_prefix(next);
            continue;
        }
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        name = rest.substr(3, end - 3);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return input;
}

enum class RuleOutcome { refused, ran, broken };

/// Loads the files on top of a small folder and, where they load, runs them over the text and their own examples. `broken`: a refusal without
/// words, or mentions that cross or lie outside of the text.
[[nodiscard]] inline RuleOutcome try_rules(RuleInput input, const Gazetteer& gazetteer) {
    static const std::vector<RuleFile> base = {
        {"base.toml", "phase = \"names\"\n[define]\nname = '{cap & !titles}'\n[[rule]]\nname = \"base.rank\"\ntype = \"organisation\"\ntokens = '{titles} {name}+'\n"
                      "examples = [\"«Colonel Smith»\"]\nnot = [\"x\"]\n"},
        {"titles.txt", "# source: this test\nColonel|Col\nMajor General\n"}};
    auto sources = parse_rule_layers({{"base", base}, {"mine", std::move(input.files)}});
    if (!sources) return sources.error().message.empty() ? RuleOutcome::broken : RuleOutcome::refused;
    const auto rules = RuleSet::compile(std::move(*sources));
    if (!rules) return rules.error().message.empty() || rules.error().where.empty() ? RuleOutcome::broken : RuleOutcome::refused;
    std::size_t replaced = 0;
    Document document;
    document.id = "fuzz";
    document.text = repair_utf8(input.text, replaced);
    Workspace workspace;
    const Extractor extractor(*rules, gazetteer);
    std::vector<std::uint32_t> open;
    for (const Mention& mention : extractor.extract(document, workspace)) {
        if (mention.span.empty() || mention.span.end > document.text.size()) return RuleOutcome::broken;
        while (!open.empty() && open.back() <= mention.span.begin) open.pop_back();
        if (!open.empty() && mention.span.end > open.back()) return RuleOutcome::broken;
        open.push_back(mention.span.end);
    }
    CorpusReport report;
    check_examples(*rules, extractor, workspace, report, 1);
    return RuleOutcome::ran;
}

}  // namespace demarc::test
