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
