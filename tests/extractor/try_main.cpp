// demarc_try: what the built-in rules find in a text; for whoever writes rules.
//   demarc_try [REFERENCE-DATE] < text                 one line a mention: type, text, rule, value
//   demarc_try --rules FOLDER [REFERENCE-DATE]         with the rules of a folder instead of the built-in ones
//   demarc_try --corpus FILE.corpus ...                runs corpora
//   demarc_try --examples PREFIX                       checks the examples of the rules whose name begins so
//   demarc_try --jsonl FILE                            documents {"id","text"} a line; writes lines in the form of mentions.jsonl
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/utf8.hpp"
#include "extractor/corpus.hpp"
#include "tests/extractor/test_gazetteer.hpp"

namespace {

using namespace demarc;

std::string read_all(std::istream& in) { return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}; }

std::string details(const Mention& mention) {
    std::string out = corpus_value(mention);
    if (const auto* date = std::get_if<DateValue>(&mention.value)) {
        out += "  " + date->timex_type + " " + date->timex_value + " [" + date->earliest + "," + date->latest + "]";
        if (!date->zone.empty()) out += " zone " + date->zone;
        if (!date->anchor.empty()) out += " from " + date->anchor;
    } else if (const auto* measure = std::get_if<MeasureValue>(&mention.value)) {
        char text[96] = "";
        if (measure->value_si) std::snprintf(text, sizeof text, "  = %.8g %s", *measure->value_si, measure->si_unit.c_str());
        if (measure->low_si && measure->high_si) std::snprintf(text, sizeof text, "  = %.8g..%.8g %s", *measure->low_si, *measure->high_si, measure->si_unit.c_str());
        out += text;
        if (measure->approximate) out += " approximate";
    } else if (const auto* line = std::get_if<LineValue>(&mention.value)) {
        if (!line->name.empty()) out += " name '" + line->name + "'";
        if (!line->offset_side.empty()) out += " side " + line->offset_side;
    } else if (const auto* person = std::get_if<PersonValue>(&mention.value)) {
        for (const auto& [key, value] : {std::pair{"title", &person->title}, {"rank", &person->rank}, {"role", &person->role}}) {
            if (!value->empty()) out += std::string("  ") + key + " '" + *value + "'";
        }
        if (person->alias) out += "  alias";
    } else if (const auto* body = std::get_if<OrganisationValue>(&mention.value)) {
        if (!body->kind.empty()) out += "  kind " + body->kind;
    } else if (const auto* reference = std::get_if<ReferenceValue>(&mention.value)) {
        for (const auto& [key, value] : reference->parts) out += "  " + key + "=" + value;
    }
    return out;
}

nlohmann::json value_of(const Mention& mention) {
    nlohmann::json value = nlohmann::json::object();
    if (const auto* date = std::get_if<DateValue>(&mention.value)) {
        if (!date->edtf.empty()) value["edtf"] = date->edtf;
        if (!date->timex_type.empty()) value["timex_type"] = date->timex_type;
        if (!date->timex_value.empty()) value["timex_value"] = date->timex_value;
    } else {
        value["short"] = corpus_value(mention);
    }
    return value;
}

int try_jsonl(const std::string& path, const Extractor& extractor) {
    std::ifstream in(path);
    if (!in) return std::fprintf(stderr, "can't read %s\n", path.c_str()), 66;
    Workspace workspace;
    for (std::string line; std::getline(in, line);) {
        if (line.empty()) continue;
        const auto record = nlohmann::json::parse(line);
        Document document;
        document.id = record.at("id").get<std::string>();
        document.text = record.at("text").get<std::string>();
        if (record.contains("date") && record["date"].is_string()) document.metadata.date = parse_civil_date(record["date"].get<std::string>());
        const CodePointIndex index(document.text);
        std::size_t number = 0;
        for (const Mention& mention : extractor.extract(document, workspace)) {
            const nlohmann::json out = {{"doc", document.id}, {"id", document.id + "#m" + std::to_string(number++)}, {"type", type_name(mention)},
                                        {"start", index.at(mention.span.begin)}, {"end", index.at(mention.span.end)},
                                        {"text", mention.span.of(document.text)}, {"rule", mention.rule}, {"value", value_of(mention)}};
            std::cout << out.dump() << '\n';
        }
    }
    return 0;
}

int print(const CorpusReport& report) {
    for (const CorpusFailure& failure : report.failures) std::cout << failure.where << ": " << failure.message << '\n';
    std::cout << report.blocks << " blocks, " << report.expectations << " expectations (" << report.known_gaps << " known gaps), " << report.examples
              << " examples, " << report.failures.size() << " failures\n";
    return report.failures.empty() ? 0 : 1;
}

int try_corpora(const std::vector<std::string>& paths, const RuleSet& rules, const Extractor& extractor) {
    CorpusReport report;
    Workspace workspace;
    for (const std::string& path : paths) {
        std::ifstream in(path);
        const auto corpus = parse_corpus(path, read_all(in), rules.sources().kinds);
        if (corpus) run_corpus(*corpus, extractor, workspace, report);
        else report.failures.push_back({corpus.error().where, corpus.error().message});
    }
    return print(report);
}

int try_text(const std::string& reference, const Extractor& extractor) {
    Document document;
    document.id = "-";
    document.text = read_all(std::cin);
    if (!reference.empty()) document.metadata.date = parse_civil_date(reference);
    Workspace workspace;
    for (const Mention& mention : extractor.extract(document, workspace)) {
        std::cout << type_name(mention) << "\t\"" << mention.span.of(document.text) << "\"\t" << mention.rule << '\t' << details(mention) << '\n';
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> arguments(argv + 1, argv + argc);
    auto files = builtin_rule_files();
    if (arguments.size() >= 2 && arguments[0] == "--rules") {
        auto read = read_rule_folder(arguments[1]);
        if (!read) return std::fprintf(stderr, "%s\n", read.error().text().c_str()), 66;
        files = std::move(*read);
        arguments.erase(arguments.begin(), arguments.begin() + 2);
    }
    auto sources = parse_rule_files(files);
    if (!sources) return std::fprintf(stderr, "%s\n", sources.error().text().c_str()), 65;
    const std::string mode = arguments.empty() ? "" : arguments[0];
    if (mode == "--examples" && arguments.size() > 1) {
        // The other rules still run; only their examples are left aside.
        for (RuleSource& rule : sources->rules) {
            if (rule.name.starts_with(arguments[1])) continue;
            rule.examples.clear();
            rule.counter_examples.clear();
        }
    }
    auto rules = RuleSet::compile(std::move(*sources));
    if (!rules) return std::fprintf(stderr, "%s\n", rules.error().text().c_str()), 65;
    const Extractor extractor(*rules, test_gazetteer());
    if (mode == "--jsonl" && arguments.size() == 2) return try_jsonl(arguments[1], extractor);
    if (mode == "--corpus") return try_corpora({arguments.begin() + 1, arguments.end()}, *rules, extractor);
    if (mode == "--examples") {
        CorpusReport report;
        Workspace workspace;
        check_examples(*rules, extractor, workspace, report);
        return print(report);
    }
    return try_text(mode, extractor);
}
