#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "extractor/corpus.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/test_gazetteer.hpp"
#include "tests/extractor/test_rules.hpp"

using namespace demarc;

namespace {

void require_none(const CorpusReport& report) {
    for (const CorpusFailure& failure : report.failures) UNSCOPED_INFO(failure.where << ": " << failure.message);
    CHECK(report.failures.empty());
}

std::vector<std::string> corpus_files() {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator("rules")) {
        if (entry.path().extension() == ".corpus") paths.push_back(entry.path().generic_string());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace

TEST_CASE("every corpus of the rules passes") {
    const Extractor extractor(test_rules(), test_gazetteer());
    Workspace workspace;
    const auto paths = corpus_files();
    REQUIRE(!paths.empty());
    for (const std::string& path : paths) {
        CorpusReport report;
        std::ifstream in(path, std::ios::binary);
        const auto corpus = parse_corpus(path, std::string(std::istreambuf_iterator<char>(in), {}));
        if (!corpus) FAIL_CHECK(corpus.error().text());
        else run_corpus(*corpus, extractor, workspace, report);
        require_none(report);
    }
}

TEST_CASE("every rule finds its own examples and nothing in its 'not' entries") {
    const Extractor extractor(test_rules(), test_gazetteer());
    Workspace workspace;
    CorpusReport report;
    check_examples(test_rules(), extractor, workspace, report);
    CHECK(report.examples > 0);
    require_none(report);
}

TEST_CASE("a corpus is read as written") {
    const auto corpus = parse_corpus("a.corpus",
                                     "# source: written for this test          ref: 1951-10-31\n"
                                     "text: He said \"go\" on 3 May\n"
                                     "  and went. He said \"go\".\n"
                                     "date: \"3 May\" -> 1951-05-03\n"
                                     "person: \"He said \"go\"\"#2\n"
                                     "todo: place: \"went\"\n"
                                     "none: measure, line\n"
                                     "\n"
                                     "text: x y\n"
                                     "ref: none\n"
                                     "none: date\n");
    REQUIRE(corpus.ok());
    REQUIRE(corpus->blocks.size() == 2);
    const CorpusBlock& block = corpus->blocks[0];
    CHECK(block.text == "He said \"go\" on 3 May\nand went. He said \"go\".");
    CHECK(block.line == 2);
    REQUIRE(block.reference.has_value());
    CHECK(to_edtf(*block.reference) == "1951-10-31");
    REQUIRE(block.expectations.size() == 3);
    CHECK(block.expectations[0].value == "1951-05-03");
    CHECK(block.expectations[1].surface == "He said \"go\"");
    CHECK(block.expectations[1].occurrence == 2);
    CHECK(block.expectations[2].known_gap);
    CHECK(block.none == std::vector<std::string>{"measure", "line"});
    CHECK_FALSE(corpus->blocks[1].reference.has_value());
}

TEST_CASE("what a corpus may not say is refused with its line") {
    const auto where = [](std::string_view content) {
        const auto corpus = parse_corpus("a.corpus", content);
        return corpus ? std::string("read") : corpus.error().where;
    };
    const std::string head = "# source: this test\n";
    CHECK(where("text: x\nnone: date\n") == "a.corpus:1");
    CHECK(where(head + "text: x\nship: \"x\"\n") == "a.corpus:3");
    CHECK(where(head + "text: x\ndate: x\n") == "a.corpus:3");
    CHECK(where(head + "text: x\ndate: \"y\"\n") == "a.corpus:3");
    CHECK(where(head + "text: x x\ndate: \"x\"\n") == "a.corpus:3");
    CHECK(where(head + "text: x\nnone: ships\n") == "a.corpus:3");
    CHECK(where(head + "text: x\n") == "a.corpus:2");
    CHECK(where(head + "date: \"x\"\n") == "a.corpus:2");
    CHECK(where(head + "# ref: 1951-13-01\n") == "a.corpus:2");
}

TEST_CASE("the runner reports what is missing, wrong, too much and a gap that has closed") {
    const Extractor extractor(test_rules(), test_gazetteer());
    Workspace workspace;
    const auto failures = [&](const std::string& lines) {
        const auto corpus = parse_corpus("a.corpus", "# source: this test ref: 1951-10-31\ntext: It fell on 3 May 1951 and the 5 June 1951 came.\n" + lines);
        CorpusReport report;
        if (corpus) run_corpus(*corpus, extractor, workspace, report);
        else FAIL(corpus.error().text());
        return report.failures.size();
    };
    CHECK(failures("date: \"3 May 1951\" -> 1951-05-03\ndate: \"5 June 1951\"\n") == 0);
    CHECK(failures("date: \"3 May 1951\"\n") == 1);
    CHECK(failures("date: \"3 May 1951\" -> 1951-05-04\ndate: \"5 June 1951\"\n") == 1);
    CHECK(failures("date: \"3 May 1951\"\ndate: \"5 June 1951\"\ndate: \"fell\"\n") == 1);
    CHECK(failures("date: \"3 May 1951\"\ndate: \"5 June 1951\"\ntodo: date: \"fell\"\n") == 0);
    CHECK(failures("date: \"3 May 1951\"\ntodo: date: \"5 June 1951\"\n") == 1);
    CHECK(failures("none: date\n") == 2);
}
