#include "extractor/rule_beginnings.hpp"

#include <bit>
#include <string>

#include "extractor/rule_program.hpp"
#include "extractor/token.hpp"
#include "extractor/workspace.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/test_gazetteer.hpp"
#include "tests/extractor/test_rules.hpp"

using namespace demarc;

namespace {

struct Beginnings {
    PhaseScans scans{test_rules()};
    std::vector<PhaseScan>& phases = scans.phases;
    TokenKinds kinds;

    Beginnings() { begin(); }
    void begin() { kinds.begin(test_rules().programs(), test_rules().vocabulary()); }
    std::vector<std::uint16_t> find(const std::vector<std::uint32_t>& kind_of) {
        const std::size_t words = RuleBeginnings::words_of(kind_of.size());
        std::vector<std::uint64_t> bits(phases.size() * words, 0);
        for (PhaseScan& scan : phases) scan.prepare(kinds);
        scans.beginnings.begin(kinds);
        scans.beginnings.find(kinds, kind_of, 0, kind_of.size(), bits);
        std::vector<std::uint16_t> may_begin(kind_of.size());
        for (std::size_t t = 0; t < kind_of.size(); ++t) {
            for (std::size_t p = 0; p < phases.size(); ++p) may_begin[t] = static_cast<std::uint16_t>(may_begin[t] | (bits[p * words + t / 64] >> (t % 64) & 1u) << p);
        }
        return may_begin;
    }
    // The same by each phase's own next state after two tokens.
    std::uint16_t expected(std::uint32_t kind, std::uint32_t second) {
        std::uint16_t bits = 0;
        for (std::size_t p = 0; p < phases.size(); ++p) {
            const std::uint32_t state = phases[p].first_state(kinds, kind);
            const bool begins = TokenAutomaton::accepting(state) || (state != TokenAutomaton::dead && phases[p].automaton.next(state, phases[p].symbol(kinds, second)) != TokenAutomaton::dead);
            if (begins) bits |= static_cast<std::uint16_t>(1u << p);
        }
        return bits;
    }
    std::uint16_t expected_last(std::uint32_t kind) {
        std::uint16_t bits = 0;
        for (std::size_t p = 0; p < phases.size(); ++p) bits |= static_cast<std::uint16_t>(phases[p].first_state(kinds, kind) != TokenAutomaton::dead ? 1u << p : 0u);
        return bits;
    }
};

std::vector<std::uint32_t> kinds_of(const std::string& text, TokenKinds& kinds) {
    Document document;
    document.text = text;
    Workspace workspace;
    workspace.load(document, test_rules(), test_gazetteer());
    std::vector<std::uint32_t> out;
    for (std::uint32_t t = 0; t < workspace.tokens.size(); ++t) out.push_back(kinds.find(workspace.tokens[t].predicates, workspace.flags[t], workspace.entries[t]));
    return out;
}

const std::string text = "Mr. Truman met Gen. MacArthur at Kaesong on 5 June 1951, two miles north of the 38th parallel. The 65th Regiment, 3d Division, held Hill 117.\n\nSEOUL";

}  // namespace

TEST_CASE("rules begin where each phase by itself goes on from two tokens", "[rule_beginnings]") {
    Beginnings all;
    const std::vector<std::uint32_t> kind_of = kinds_of(text, all.kinds);
    for (int again = 0; again < 2; ++again) {
        const std::vector<std::uint16_t> found = all.find(kind_of);
        int some = 0, none = 0;
        for (std::size_t t = 0; t + 1 < kind_of.size(); ++t) {
            CHECK(found[t] == all.expected(kind_of[t], kind_of[t + 1]));
            ++(found[t] != 0 ? some : none);
        }
        CHECK(found.back() == all.expected_last(kind_of.back()));
        CHECK(some > 0);
        CHECK(none > 0);
    }
}

TEST_CASE("of every pair of kinds it is known, and again when kinds have other numbers", "[rule_beginnings]") {
    Beginnings all;
    for (const bool backwards : {false, true}) {
        std::vector<std::uint32_t> kind_of = kinds_of(backwards ? "SEOUL 117 Hill held. " + text : text, all.kinds);
        std::vector<std::uint32_t> pairs;
        for (const std::uint32_t one : kind_of) {
            for (const std::uint32_t two : kind_of) pairs.insert(pairs.end(), {one, two});
        }
        const std::vector<std::uint16_t> found = all.find(pairs);
        for (std::size_t t = 0; t + 1 < pairs.size(); ++t) REQUIRE(found[t] == all.expected(pairs[t], pairs[t + 1]));
        for (std::uint64_t flags = 1; all.kinds.looks() <= TokenKinds::max_looks; ++flags) (void)all.kinds.find(0, flags << 40, Vocabulary::none, {});
        all.begin();  // forgets them
        REQUIRE(all.kinds.size() == 0);
    }
}

TEST_CASE("more kinds than have numbers in the table of pairs are told apart all the same", "[rule_beginnings]") {
    Beginnings all;
    std::vector<std::uint32_t> kind_of = kinds_of(text, all.kinds);
    std::uint64_t random = 1;
    while (all.kinds.size() < 140'000) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        const std::uint32_t kind = all.kinds.find(static_cast<std::uint32_t>(random >> 40), random ^ random >> 17, Vocabulary::none);
        if (all.kinds.size() % 500 == 0 || all.kinds.size() == 65'534 || all.kinds.size() == 65'535 || all.kinds.size() == 65'536 || all.kinds.size() == 131'073) kind_of.insert(kind_of.end(), {kind, kind_of.front(), kind, kind});
    }
    for (int again = 0; again < 2; ++again) {
        const std::vector<std::uint16_t> found = all.find(kind_of);
        for (std::size_t t = 0; t + 1 < kind_of.size(); ++t) REQUIRE(found[t] == all.expected(kind_of[t], kind_of[t + 1]));
    }
}

TEST_CASE("bits of some tokens are made as those of all are, and others stay", "[rule_beginnings]") {
    Beginnings all;
    std::vector<std::uint32_t> kind_of;
    for (int again = 0; again < 6; ++again) {
        const std::vector<std::uint32_t> once = kinds_of(text, all.kinds);
        kind_of.insert(kind_of.end(), once.begin(), once.end());
    }
    REQUIRE(kind_of.size() > 215);
    const std::size_t words = RuleBeginnings::words_of(kind_of.size());
    const std::vector<std::uint16_t> whole = all.find(kind_of);
    for (const std::size_t length : {1, 3, 23, 24, 25, 64, 70, 150}) {
        for (const std::size_t first : {0, 1, 40, 63, 64, 65}) {
            std::vector<std::uint64_t> bits(all.phases.size() * words, ~std::uint64_t{0});
            all.scans.beginnings.find(all.kinds, kind_of, first, first + length, bits);
            for (std::size_t t = 0; t < kind_of.size(); ++t) {
                for (std::size_t p = 0; p < all.phases.size(); ++p) {
                    const bool made = t >= first && t < first + length, set = (bits[p * words + t / 64] >> (t % 64) & 1u) != 0;
                    REQUIRE(set == (!made || (whole[t] >> p & 1u) != 0));
                }
            }
        }
    }
}
