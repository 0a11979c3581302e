#include "extractor/token_answers.hpp"

#include <string>

#include "extractor/rule_program.hpp"
#include "extractor/workspace.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/reference_engine.hpp"
#include "tests/extractor/test_gazetteer.hpp"
#include "tests/extractor/test_rules.hpp"

using namespace demarc;

namespace {

std::vector<const TokenProgram*> programs() {
    std::vector<const TokenProgram*> programs;
    for (const RuleSet::Phase& phase : test_rules().phases()) programs.push_back(&phase.program);
    return programs;
}

const std::string text = "Mr. Truman met Gen. MacArthur at Kaesong on 5 June 1951, two miles north of the 38th parallel [in the evening of the day before yesterday]. The 65th Regiment, 3d Division, the "
                         "Eighth Army and the U.S. Air Force held Hill 117 and the Imjin River; the Ministry of Foreign Affairs of the People's Republic of China knew.\n\nSEOUL, 0915 hrs: as of 24 Dec.";

}  // namespace

TEST_CASE("a row says of each test of each phase what the test says of the token", "[token_answers]") {
    Document document;
    document.text = text;
    Workspace workspace;
    workspace.load(document, test_rules().vocabulary(), test_gazetteer());
    REQUIRE_FALSE(workspace.lexicon_matches.empty());
    REQUIRE_FALSE(workspace.places.empty());
    const std::vector<const TokenProgram*> phases = programs();
    TokenAnswers answers(phases, test_rules().vocabulary());
    int some = 0;
    for (int again = 0; again < 3; ++again) {
        for (std::uint32_t t = 0; t < workspace.tokens.size(); ++t) {
            const std::uint32_t number = answers.number(workspace.learned->kinds, workspace.kind_of[t]);
            for (std::size_t p = 0; p < phases.size(); ++p) {
                const reference::TokenFacts facts = reference::facts_of(workspace, *phases[p], test_rules().vocabulary(), t);
                const std::span<const std::uint64_t> row = answers.of_phase(number, p);
                REQUIRE(row.size() == phases[p]->test_words());
                for (std::size_t test = 0; test < 64 * row.size(); ++test) {
                    const bool passed = (row[test / 64] >> (test % 64) & 1u) != 0;
                    INFO("token " << t << ", phase " << p << ", test " << test);
                    REQUIRE(passed == (test < phases[p]->tests.size() && reference::holds(phases[p]->tests[test], facts)));
                    some += passed ? 1 : 0;
                }
            }
        }
        if (again == 1) answers.forget();
    }
    CHECK(some > 1000);
}

TEST_CASE("tokens alike to all tests have one row, whatever else tells their kinds apart", "[token_answers]") {
    TokenKinds kinds;
    kinds.begin(test_rules().vocabulary());
    TokenAnswers answers(programs(), test_rules().vocabulary());
    const std::uint32_t nothing = answers.number(kinds, kinds.find(0, 0, Vocabulary::none));
    const std::uint32_t unasked = kinds.find(1u << 31, std::uint64_t{1} << 62, Vocabulary::none);
    CHECK(answers.number(kinds, unasked) == nothing);
    CHECK(answers.number(kinds, kinds.find(shape::word | shape::cap, 0, Vocabulary::none)) != nothing);
    CHECK(answers.size() == 2);
    const TokenKinds::Role roles[] = {{60'000, 0}, {60'000, 2}};  // of a lexicon that no test asks about
    CHECK(answers.number(kinds, kinds.find(0, 0, Vocabulary::none, roles)) == nothing);
}

TEST_CASE("rows are of the kinds of one generation", "[token_answers]") {
    TokenKinds kinds;
    kinds.begin(test_rules().vocabulary());
    TokenAnswers answers(programs(), test_rules().vocabulary());
    (void)answers.number(kinds, kinds.find(shape::word | shape::cap, 0, Vocabulary::none));
    const std::vector<std::uint64_t> cap(answers.row(0).begin(), answers.row(0).end());
    for (std::uint64_t flags = 1; kinds.size() <= TokenKinds::max_kinds; ++flags) (void)kinds.find(0, flags << 32, Vocabulary::none, {});
    kinds.begin(test_rules().vocabulary());  // forgets them
    const std::uint32_t number = answers.number(kinds, kinds.find(shape::number | shape::n4, 0, Vocabulary::none));  // kind 0, as the word was
    CHECK_FALSE(std::ranges::equal(answers.row(number), cap));
}
