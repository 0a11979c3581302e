#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/extractor/test_gazetteer.hpp"
#include "tests/fuzz/rule_input.hpp"

using namespace demarc;

namespace {

std::string read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A good file first, then all the bad ones, in one order everywhere.
std::vector<std::string> seeds() {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator("tests/extractor/bad_rules")) {
        if (entry.is_regular_file() && entry.path().filename() != "messages.txt") paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> all{read("tests/fuzz/rules/ships")};
    for (const auto& path : paths) all.push_back("%% " + path.filename().string() + "\n" + read(path));
    return all;
}

// A change as a slip of the hand makes it, or malice: bytes lost, doubled, changed, put in, or taken from another file.
void change(std::string& text, const std::vector<std::string>& all, std::mt19937& random) {
    static const std::vector<std::string> parts = {"{", "}", "(", ")", "{1,50}", "*", "|", "&", "!", "{@ship}", "(?<mention>", "\"", "'", "$", "${a:titles}", "[[rule]]\n", "\n%% a.txt\n", "«", "\xff", "9999999999"};
    const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
    const std::size_t at = below(text.size() + 1), length = below(std::min<std::size_t>(text.size() - at, 40) + 1);
    switch (below(5)) {
        case 0: text.erase(at, length); break;
        case 1: text.insert(at, text.substr(at, length)); break;
        case 2:
            if (at < text.size()) text[at] = static_cast<char>(random());
            break;
        case 3: text.insert(at, parts[below(parts.size())]); break;
        default: {
            const std::string& other = all[below(all.size())];
            const std::size_t from = below(other.size());
            text.insert(at, other.substr(from, below(200)));
        }
    }
}

}  // namespace

TEST_CASE("rule files changed at random are refused in words, or run", "[bad_rules]") {
    const std::vector<std::string> all = seeds();
    REQUIRE(all.size() > 25);
    std::mt19937 random(1951);
    std::size_t ran = 0, refused = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string text = all[random() % (round % 2 == 0 ? all.size() : 1)];  // every second one from a file that is good
        for (std::size_t changes = 1 + random() % 3; changes > 0; --changes) change(text, all, random);
        const test::RuleOutcome outcome = test::try_rules(test::cut_rule_input(text), test_gazetteer());
        if (outcome == test::RuleOutcome::broken) FAIL_CHECK("broken by round " << round << ":\n" << text);
        ++(outcome == test::RuleOutcome::ran ? ran : refused);
    }
    CHECK(ran > 100);
    CHECK(refused > 100);
}
