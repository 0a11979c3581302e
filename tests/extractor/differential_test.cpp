#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <memory>
#include <string>
#include <vector>

#include "extractor/corpus.hpp"
#include "extractor/extractor.hpp"
#include "extractor/rule_engine.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/reference_engine.hpp"
#include "tests/extractor/test_gazetteer.hpp"
#include "tests/extractor/test_rules.hpp"

using namespace demarc;

namespace {

std::string line_of(const Workspace& ws, const RuleSource& rule, TokenRange range) {
    return rule.name + " " + std::to_string(range.first) + "-" + std::to_string(range.last) + " " + std::string(ws.text_of(range));
}

// What both engines are given to do with a match: mark it as a mention where its tokens are free, so that later phases see mentions.
bool take(Workspace& ws, const RuleSource& rule, TokenRange range) {
    if (rule.amend) return false;
    for (std::uint32_t t = range.first; t < range.last; ++t) {
        if (ws.mention_at[t] >= 0) return false;
    }
    auto mention = std::make_unique<Mention>();
    mention->type = rule.type;
    mention->span = ws.span_of(range);
    ws.add(std::move(mention), range);
    return true;
}

std::vector<std::string> fast(const RuleSet& rules, const Document& document, Workspace& ws) {
    std::vector<std::string> lines;
    ws.load(document, rules, test_gazetteer());
    for (std::size_t phase = 0; phase < rules.phases().size(); ++phase) {
        run_phase(rules, phase, ws, [&](const RuleMatch& match) {
            if (!match.rule().text.empty()) return MatchOutcome{};
            lines.push_back(line_of(ws, match.rule(), match.tokens()));
            return take(ws, match.rule(), match.tokens()) ? MatchOutcome{true, match.tokens().last} : MatchOutcome{};
        });
    }
    return lines;
}

std::vector<std::string> slow(const RuleSet& rules, const Document& document) {
    std::vector<std::string> lines;
    Workspace ws;
    ws.load(document, rules, test_gazetteer());
    for (std::size_t phase = 0; phase < rules.phases().size(); ++phase) {
        reference::run_phase(rules, phase, ws, [&](std::uint32_t index, TokenRange range) {
            const RuleSource& rule = *rules.phases()[phase].rules[index].source;
            if (!rule.text.empty()) return 0u;
            lines.push_back(line_of(ws, rule, range));
            return take(ws, rule, range) ? range.last : 0u;
        });
    }
    return lines;
}

void compare(const std::string& text, Workspace& kept, std::size_t& matches) {
    Document document;
    document.text = text;
    const auto quick = fast(test_rules(), document, kept);
    INFO(text);
    CHECK(quick == slow(test_rules(), document));
    matches += quick.size();
}

}  // namespace

TEST_CASE("the engine finds what the reference finds, on every corpus") {
    Workspace kept;  // as in a run: what the automata learned of one text serves the next
    std::size_t matches = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator("rules")) {
        if (entry.path().extension() != ".corpus") continue;
        std::ifstream in(entry.path(), std::ios::binary);
        const auto corpus = parse_corpus(entry.path().generic_string(), std::string(std::istreambuf_iterator<char>(in), {}));
        REQUIRE(corpus.ok());
        for (const CorpusBlock& block : corpus->blocks) compare(block.text, kept, matches);
    }
    CHECK(matches > 400);
}

TEST_CASE("documents in a batch give what they give one by one") {
    const Extractor extractor(test_rules(), test_gazetteer());
    std::vector<Document> documents;
    for (const auto& entry : std::filesystem::recursive_directory_iterator("docs/samples")) {
        std::ifstream in(entry.path(), std::ios::binary);
        if (!entry.is_regular_file() || documents.size() == 12) continue;
        documents.emplace_back();
        documents.back().id = entry.path().filename().string();
        documents.back().text.assign(std::istreambuf_iterator<char>(in), {});
    }
    REQUIRE(documents.size() >= 8);
    const auto told = [](const MentionList& mentions) {
        std::vector<std::string> lines;
        for (const Mention& mention : mentions) {
            lines.push_back(std::to_string(mention.span.begin) + "-" + std::to_string(mention.span.end) + " " + std::string(type_name(mention)) + " " + std::string(mention.rule) + " " + mention.entity);
            for (const std::string& step : mention.why) lines.back() += "; " + step;
        }
        return lines;
    };
    std::vector<Workspace> workspaces = batch_workspaces(documents.size());
    std::size_t mentions = 0;
    for (int turn = 0; turn < 2; ++turn) {  // the second time everything is known already
        const auto together = extractor.extract(documents, workspaces);
        REQUIRE(together.size() == documents.size());
        for (std::size_t i = 0; i < documents.size(); ++i) {
            Workspace own;
            INFO(documents[i].id);
            CHECK(told(together[i]) == told(extractor.extract(documents[i], own)));
            mentions += together[i].size();
        }
    }
    CHECK(mentions > 200);
    CHECK(extractor.extract(std::span<const Document>(), workspaces).empty());
}

TEST_CASE("the largest document of a batch goes into the same workspace, wherever it stands") {
    const Extractor extractor(test_rules(), test_gazetteer());
    std::vector<Workspace> workspaces = batch_workspaces(4);
    for (std::size_t large = 0; large < workspaces.size(); ++large) {
        std::vector<Document> documents(workspaces.size());
        for (std::size_t i = 0; i < documents.size(); ++i) {
            for (int n = 0; n < (i == large ? 200 : 1); ++n) documents[i].text += "Kim Il Sung went to Seoul. ";
        }
        const auto mentions = extractor.extract(documents, workspaces);
        CHECK(mentions[large].size() == 400);
        CHECK(mentions[(large + 1) % mentions.size()].size() == 2);
    }
    CHECK(workspaces[0].tokens.capacity() > 1000);
    for (std::size_t i = 1; i < workspaces.size(); ++i) CHECK(workspaces[i].tokens.capacity() < 100);
}

TEST_CASE("the engine finds what the reference finds, on random texts of the words that rules ask about") {
    std::vector<std::string> words = {"1951", "31", "0200", "2", "38", "Seoul", "Kim Il Sung", "Kaesong", "the", ",", ".", "(", ")", "[", "]", "\n\n", "\n", "-", "65th", "'s", "X", "A."};
    for (const LexiconSource& lexicon : test_rules().sources().lexicons) {
        for (std::size_t i = 0; i < lexicon.entries.size(); i += 7) words.push_back(lexicon.entries[i].front());
    }
    REQUIRE(words.size() > 300);
    std::mt19937 random(1951);
    Workspace kept;
    std::size_t matches = 0;
    for (int text = 0; text < 300; ++text) {
        std::string content;
        for (int word = 0; word < 40; ++word) {
            std::string next = words[random() % words.size()];
            if (random() % 3 == 0 && !next.empty() && next[0] >= 'a' && next[0] <= 'z') next[0] = static_cast<char>(next[0] - 32);
            content += next + (random() % 8 == 0 ? "" : " ");
        }
        compare(content, kept, matches);
    }
    CHECK(matches > 500);
}
