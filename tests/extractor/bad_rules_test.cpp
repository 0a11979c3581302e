#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>

#include "extractor/rule_set.hpp"
#include "tests/catch.hpp"

using namespace demarc;

namespace {

const std::string folder = "tests/extractor/bad_rules";

std::string read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<RuleFile> base() { return {{"base.toml", read(folder + "/base/base.toml")}, {"titles.txt", read(folder + "/base/titles.txt")}}; }

// What loading one file on top of bad_rules/base comes to: "file:line: message", "" where nothing is wrong.
std::string refusal(const RuleFile& file) {
    auto sources = parse_rule_layers({{"base", base()}, {"", {file}}});
    if (!sources) return sources.error().text();
    const auto rules = RuleSet::compile(std::move(*sources));
    return rules ? std::string() : rules.error().text();
}

// messages.txt: a file of the folder, a blank, and the whole message; a line each.
std::map<std::string, std::string> expected_messages() {
    std::map<std::string, std::string> messages;
    std::istringstream in(read(folder + "/messages.txt"));
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line[0] != '#') messages[line.substr(0, line.find(' '))] = line.substr(line.find(' ') + 1);
    }
    return messages;
}

}  // namespace

TEST_CASE("the folder that bad rules are tried on is good itself", "[bad_rules]") {
    auto sources = parse_rule_layers({{"base", base()}});
    REQUIRE(sources.ok());
    CHECK(RuleSet::compile(std::move(*sources)).ok());
}

TEST_CASE("every bad rule file is refused with its own message", "[bad_rules]") {
    const auto messages = expected_messages();
    std::size_t tried = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const std::string name = std::filesystem::relative(entry.path(), folder).generic_string();
        if (!entry.is_regular_file() || name.starts_with("base/") || name == "messages.txt") continue;
        ++tried;
        const auto expected = messages.find(name);
        const std::string met = refusal({name, read(entry.path())});
        if (expected == messages.end()) FAIL_CHECK(name << " has no line in messages.txt; it gives\n" << met);
        else CHECK(met == expected->second);
    }
    CHECK(tried == messages.size());
    CHECK(tried >= 25);
}

TEST_CASE("what a set of rules may cost is bounded", "[bad_rules]") {
    const auto many = [](int count, const auto& line) {
        std::string out;
        for (int i = 0; i < count; ++i) out += line(std::to_string(i));
        return out;
    };
    const std::string big = "'((({cap} {caps}){1} {cap})" + many(2000, [](const std::string&) { return " {cap}"; }) + ")'\n";
    CHECK(refusal({"a.toml", "[define]\nbig = " + big + many(600, [](const std::string& i) { return "d" + i + " = '{big}'\n"; })}).ends_with("all definitions together have more than 1,000,000 parts"));
    CHECK(refusal({"a.toml", "[define]\n" + many(10'001, [](const std::string& i) { return "d" + i + " = '{cap}'\n"; })}).ends_with("more than 10,000 definitions"));
    const auto rules = [&many](int count, const std::string& tokens, const std::string& more) {
        return "phase = \"names\"\n" + many(count, [&](const std::string& i) {
                   return "[[rule]]\nname = \"a.r" + i + "\"\ntype = \"organisation\"\ntokens = '" + tokens + "'\nexamples = [\"x\"]\nnot = [\"y\"]\n" + more;
               });
    };
    CHECK(refusal({"a.toml", rules(30, "((\"a\" {cap}{50}){50}){7}", "")}).ends_with("with this rule the token patterns of all rules need more than 500,000 steps"));
    CHECK(refusal({"a.toml", rules(1025, "{cap}", "phase = \"text\"\ntext = 'x'\n")}).ends_with("more than 1,024 rules with a text pattern"));
    CHECK(refusal({"a.toml", rules(1, "{cap}", "phase = \"text\"\ntext = '" + std::string(5000, 'x') + "'\n")}).ends_with("a text pattern of more than 4,096 bytes"));
    CHECK(refusal({"a.toml", rules(20'001, "{cap}", "")}).ends_with("more than 20,000 rules"));
    CHECK(refusal({"a.toml", "off = [" + many(10'001, [](const std::string&) { return "\"base.rank\","; }) + "]\n"}).ends_with("more than 10,000 rules to switch off"));
    CHECK(refusal({"a.toml", many(65, [](const std::string& i) { return "[[kind]]\nname = \"k" + i + "\"\n"; })}).ends_with("more than 64 kinds"));
    CHECK(refusal({"a.txt", "# source: this test\n" + std::string(9u << 20, 'x')}) == "a.txt: a file of more than 8 MB");
}
