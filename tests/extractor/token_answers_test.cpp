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

const std::string text = "Mr. Truman met Gen. MacArthur at Kaesong on 5 June 1951, two miles north of the 38th parallel [in the evening of the day before yesterday]. The 65th Regiment, 3d Division, the "
                         "Eighth Army and the U.S. Air Force held Hill 117 and the Imjin River; the Ministry of Foreign Affairs of the People's Republic of China knew.\n\nSEOUL, 0915 hrs: as of 24 Dec.";

}  // namespace

TEST_CASE("a row says of each test of each phase what the test says of the token", "[token_answers]") {
    Document document;
    document.text = text;
    Workspace workspace;
    workspace.load(document, test_rules(), test_gazetteer());
    REQUIRE_FALSE(workspace.lexicon_matches.empty());
    REQUIRE_FALSE(workspace.places.empty());
    int some = 0;
    for (std::uint32_t t = 0; t < workspace.tokens.size(); ++t) {
        for (std::size_t p = 0; p < test_rules().phases().size(); ++p) {
            const TokenProgram& program = test_rules().phases()[p].program;
            const reference::TokenFacts facts = reference::facts_of(workspace, program, test_rules().vocabulary(), t);
            const std::span<const std::uint64_t> answers = workspace.learned->kinds.answers(workspace.kind_of[t], p);
            REQUIRE(answers.size() == program.test_words());
            for (std::size_t test = 0; test < 64 * answers.size(); ++test) {
                const bool passed = (answers[test / 64] >> (test % 64) & 1u) != 0;
                INFO("token " << t << ", phase " << p << ", test " << test);
                REQUIRE(passed == (test < program.tests.size() && reference::holds(program.tests[test], facts)));
                some += passed ? 1 : 0;
            }
        }
    }
    CHECK(some > 1000);
}

TEST_CASE("lexicons and places that no test asks about change nothing", "[token_answers]") {
    TokenAnswers answers(test_rules().programs());
    const auto row = [&](std::span<const std::uint16_t> lexicons, std::span<const TokenRole> roles) {
        const std::span<const std::uint64_t> row = answers.ask(shape::word | shape::cap, 0, lexicons, roles);
        REQUIRE(row.size() == answers.width());
        return std::vector<std::uint64_t>(row.begin(), row.end());
    };
    const std::uint16_t lexicons[] = {60'000};
    const TokenRole roles[] = {{60'000, 0}, {60'000, 2}};
    CHECK(row(lexicons, roles) == row({}, {}));
    CHECK(TokenAnswers({}).ask(shape::word, 1, lexicons, roles).empty());
}
