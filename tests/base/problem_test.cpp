#include "base/problem.hpp"

#include <algorithm>
#include <thread>

#include "tests/catch.hpp"

using demarc::Problem;
using demarc::ProblemLevel;

namespace {

std::vector<Problem> in_order() {
    return {{"a.txt", ProblemLevel::error, "empty_file", "the file is empty", {}, {}},
            {"a.txt", ProblemLevel::notice, "ambiguous_place", "Kosong", demarc::Span{4, 10}, {}},
            {"a.txt", ProblemLevel::notice, "ambiguous_place", "Kosong", demarc::Span{4, 12}, {}},
            {"a.txt", ProblemLevel::notice, "unknown_grid", "CT", demarc::Span{4, 12}, {}},
            {"a.txt", ProblemLevel::notice, "ambiguous_place", "Kosong", demarc::Span{90, 96}, {}},
            {"b.jsonl", ProblemLevel::error, "bad_json", "first", {}, 2},
            {"b.jsonl", ProblemLevel::error, "bad_json", "second", {}, 2},
            {"b.jsonl", ProblemLevel::error, "record_without_text", "", {}, 10}};
}

std::vector<std::string> told(const std::vector<Problem>& problems) {
    std::vector<std::string> lines;
    for (const Problem& p : problems) {
        lines.push_back(p.document + "|" + std::to_string(p.record.value_or(0)) + "|" +
                        (p.span ? std::to_string(p.span->begin) + "-" + std::to_string(p.span->end) : "") + "|" + p.code + "|" + p.message);
    }
    return lines;
}

}  // namespace

TEST_CASE("problems come out by document, record, span, code and message, however they went in") {
    const std::vector<Problem> expected = in_order();
    std::vector<std::size_t> order = {0, 1, 2, 3, 4, 5, 6, 7};
    for (int round = 0; round < 200; ++round) {
        demarc::ProblemReporter reporter;
        for (const std::size_t i : order) reporter.report(expected[i]);
        REQUIRE(told(reporter.take()) == told(expected));
        for (int step = 0; step < 7; ++step) std::next_permutation(order.begin(), order.end());
        std::rotate(order.begin(), order.begin() + 1, order.end());
    }
}

TEST_CASE("taking the problems empties the reporter") {
    demarc::ProblemReporter reporter;
    for (const Problem& problem : in_order()) reporter.report(problem);
    CHECK(reporter.take().size() == 8);
    CHECK(reporter.take().empty());
}

TEST_CASE("several threads report at once and nothing is lost") {
    demarc::ProblemReporter reporter;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&reporter, thread] {
            for (int i = 0; i < 250; ++i)
                reporter.report({std::to_string(i % 10), ProblemLevel::warning, "invalid_utf8", std::to_string(thread * 1000 + i), {}, {}});
        });
    }
    for (std::thread& thread : threads) thread.join();
    const std::vector<Problem> problems = reporter.take();
    REQUIRE(problems.size() == 1000);
    CHECK(std::is_sorted(problems.begin(), problems.end(),
                         [](const Problem& a, const Problem& b) { return std::pair(a.document, a.message) < std::pair(b.document, b.message); }));
}

TEST_CASE("levels have names") {
    CHECK(demarc::to_string(ProblemLevel::error) == "error");
    CHECK(demarc::to_string(ProblemLevel::warning) == "warning");
    CHECK(demarc::to_string(ProblemLevel::notice) == "notice");
}
