// Any bytes as rule files, on top of a small folder: loading refuses or works, within its budgets; what loads is run over a text.
// Files are cut at lines "%% NAME" ("%% a.toml", "%% words.txt", "%% mine.decisions"); "%% text" is the document. Without such a line all is a.toml.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "extractor/corpus.hpp"
#include "extractor/extractor.hpp"
#include "extractor/rule_set.hpp"
#include "gazetteer/embedded.hpp"

using namespace demarc;

namespace {

const std::vector<RuleFile>& base() {
    static const std::vector<RuleFile> files = {
        {"base.toml", "phase = \"names\"\n[define]\nname = '{cap & !titles}'\n[[rule]]\nname = \"base.rank\"\ntype = \"organisation\"\ntokens = '{titles} {name}+'\n"
                      "examples = [\"«Colonel Smith»\"]\nnot = [\"x\"]\n"},
        {"titles.txt", "# source: this test\nColonel|Col\nMajor General\n"}};
    return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 1 << 15) return 0;
    static const Gazetteer gazetteer = std::move(Gazetteer::from_memory(embedded_gazetteer())).value();
    std::vector<RuleFile> files;
    std::string text = "Colonel Smith met Major General Jones at Seoul on 3 May 1951, 2 miles north of the 38th parallel.\n";
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    std::string name = "a.toml";
    while (!rest.empty()) {
        std::size_t next = rest.starts_with("%% ") ? 0 : rest.find("\n%% ");
        if (next != 0) {
            next = std::min(next == std::string_view::npos ? next : next + 1, rest.size());
            if (name == "text") text = rest.substr(0, next);
            else files.push_back({name, std::string(rest.substr(0, next))});
            rest.remove_prefix(next);
            continue;
        }
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        name = rest.substr(3, end - 3);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    auto sources = parse_rule_layers({{"base", base()}, {"fuzz", files}});
    if (!sources) {
        if (sources.error().message.empty()) std::abort();
        return 0;
    }
    auto rules = RuleSet::compile(std::move(*sources));
    if (!rules) {
        if (rules.error().message.empty() || rules.error().where.empty()) std::abort();
        return 0;
    }
    std::size_t replaced = 0;
    Document document;
    document.id = "fuzz";
    document.text = repair_utf8(text, replaced);
    Workspace workspace;
    const Extractor extractor(*rules, gazetteer);
    std::vector<std::uint32_t> open;
    for (const Mention& mention : extractor.extract(document, workspace)) {
        if (mention.span.empty() || mention.span.end > document.text.size()) std::abort();
        while (!open.empty() && open.back() <= mention.span.begin) open.pop_back();
        if (!open.empty() && mention.span.end > open.back()) std::abort();
        open.push_back(mention.span.end);
    }
    CorpusReport report;
    check_examples(*rules, extractor, workspace, report, 1);
    return 0;
}
