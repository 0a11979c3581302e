#include "extractor/rule_set.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "extractor/rule_program.hpp"

namespace demarc {
namespace {

constexpr std::int64_t text_memory = 8 << 20;  // one text pattern's program and states: more is refused when loading

std::uint64_t next_identity() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

Result<RuleSet::Rule> compile_rule(const RuleSource& source, RuleSet::Phase& phase, const RuleSources& sources, Vocabulary& vocabulary) {
    const auto refused = [&source](const Error& error) { return Error{error.code, "rule " + source.name + ": " + error.message, source.where}; };
    auto pattern = parse_token_pattern(source.tokens, sources.definitions);
    if (!pattern) return refused(pattern.error());
    if (auto status = phase.program.add(*pattern, vocabulary); !status) return refused(status.error());
    RuleSet::Rule rule;
    rule.source = &source;
    if (!source.text.empty()) {
        re2::RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(text_memory);
        rule.text = std::make_unique<re2::RE2>(source.text, options);
        if (!rule.text->ok()) return refused({ErrorCode::bad_data, "text pattern: " + rule.text->error(), ""});
    }
    return rule;
}

// Entries that the phase's tests can't tell apart share a class.
void classify_entries(RuleSet::Phase& phase, const Vocabulary& vocabulary) {
    std::set<std::uint16_t> wanted;
    for (const TokenTest& test : phase.program.tests) {
        wanted.insert(test.lexicon_all.begin(), test.lexicon_all.end());
        wanted.insert(test.lexicon_none.begin(), test.lexicon_none.end());
    }
    std::map<std::vector<std::uint16_t>, std::uint32_t> classes{{{}, 0}};
    phase.entry_class.resize(vocabulary.size());
    for (std::uint32_t i = 0; i < vocabulary.size(); ++i) {
        std::vector<std::uint16_t> seen;
        for (const std::uint16_t lexicon : vocabulary.entry(i).lexicons) {
            if (wanted.contains(lexicon)) seen.push_back(lexicon);
        }
        std::sort(seen.begin(), seen.end());
        phase.entry_class[i] = classes.try_emplace(std::move(seen), static_cast<std::uint32_t>(classes.size())).first->second;
    }
}

}  // namespace

struct RuleSet::State {
    RuleSources sources;
    Vocabulary vocabulary;
    std::vector<Phase> phases;
    std::uint64_t identity = next_identity();
};

RuleSet::RuleSet(std::unique_ptr<State> state) : state_(std::move(state)) {}
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;
RuleSet::~RuleSet() = default;
const Vocabulary& RuleSet::vocabulary() const { return state_->vocabulary; }
const std::vector<RuleSet::Phase>& RuleSet::phases() const { return state_->phases; }
std::size_t RuleSet::rule_count() const { return state_->sources.rules.size(); }
const RuleSources& RuleSet::sources() const { return state_->sources; }
const std::string& RuleSet::digest() const { return state_->sources.digest; }
std::uint64_t RuleSet::identity() const { return state_->identity; }

Result<RuleSet> RuleSet::compile(RuleSources sources) {
    auto state = std::make_unique<State>();
    state->sources = std::move(sources);
    for (const LexiconSource& lexicon : state->sources.lexicons) state->vocabulary.add_lexicon(lexicon);
    state->phases.resize(std::size(rule_phases));
    for (std::size_t p = 0; p < std::size(rule_phases); ++p) {
        Phase& phase = state->phases[p];
        phase.name = rule_phases[p];
        std::vector<const RuleSource*> order;
        for (const RuleSource& source : state->sources.rules) {
            if (source.phase == phase.name) order.push_back(&source);
        }
        std::sort(order.begin(), order.end(), [](const RuleSource* a, const RuleSource* b) { return a->priority != b->priority ? a->priority > b->priority : a->name < b->name; });
        for (const RuleSource* source : order) {
            auto rule = compile_rule(*source, phase, state->sources, state->vocabulary);
            if (!rule) return rule.error();
            phase.rules.push_back(std::move(*rule));
        }
    }
    state->vocabulary.finish();
    for (Phase& phase : state->phases) classify_entries(phase, state->vocabulary);
    return RuleSet(std::move(state));
}

}  // namespace demarc
