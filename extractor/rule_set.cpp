#include "extractor/rule_set.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "extractor/rule_check.hpp"
#include "extractor/rule_program.hpp"
#include "extractor/rule_value.hpp"

namespace demarc {
namespace {

constexpr std::int64_t text_memory = 8 << 20;         // one text pattern's program and states: more is refused when loading
constexpr std::int64_t all_text_memory = 256 << 20;   // of all text patterns
constexpr std::size_t max_text_rules = 1024;          // each has a quarter of a megabyte at least
constexpr std::size_t max_text_pattern = 4096;        // bytes
constexpr std::size_t max_steps = 500'000;            // of all token patterns

// Compiles the rules of a run, one after another, within the budget of all.
class RuleCompiler {
public:
    RuleCompiler(const RuleSources& sources, Vocabulary& vocabulary) : sources_(sources), vocabulary_(vocabulary), check_(sources) {
        const auto has_text = [](const RuleSource& rule) { return !rule.text.empty(); };
        text_rules_ = static_cast<std::size_t>(std::count_if(sources.rules.begin(), sources.rules.end(), has_text));
    }

    // Those of the built-in rules alone were checked when the program was built.
    [[nodiscard]] Status check_definitions() const {
        const bool proven = sources_.layers == 1 && std::all_of(sources_.rules.begin(), sources_.rules.end(), [](const RuleSource& rule) { return rule.proven; });
        return proven ? Status() : check_.definitions();
    }

    Result<RuleSet::Rule> compile(const RuleSource& source, RuleSet::Phase& phase) {
        const auto fault = [&source](std::string_view key, const Error& error) { return Error{error.code, "rule " + source.name + ": " + error.message, source.where_of(key)}; };
        auto pattern = parse_token_pattern(source.tokens, sources_.definitions);
        if (!pattern) return fault("tokens", pattern.error());
        if (!source.proven) {
            if (auto status = check_.rule(source, *pattern); !status) return status.error();
        }
        const std::size_t before = phase.program.code.size();
        if (auto status = phase.program.add(*pattern, vocabulary_); !status) return fault("tokens", status.error());
        steps_ += phase.program.code.size() - before;
        if (steps_ > max_steps) return fault("tokens", {ErrorCode::bad_data, "with this rule the token patterns of all rules need more than 500,000 steps", ""});
        RuleSet::Rule rule;
        rule.source = &source;
        std::vector<std::string> captures = capture_names(*pattern);
        if (!source.text.empty()) {
            if (auto status = compile_text(source, rule); !status) return fault("text", status.error());
            captures.clear();  // a text rule's value comes from its text pattern
            if (source.proven) return rule;
            for (const auto& [index, name] : rule.text->get().CapturingGroupNames()) captures.push_back(name);
        }
        if (auto status = check_value(source, captures, sources_); !status) return status.error();
        return rule;
    }

private:
    Status compile_text(const RuleSource& source, RuleSet::Rule& rule) const {
        const auto bad = [](std::string message) { return Error{ErrorCode::bad_data, std::move(message), ""}; };
        if (text_rules_ > max_text_rules) return bad("more than 1,024 rules with a text pattern");
        if (source.text.size() > max_text_pattern) return bad("a text pattern of more than 4,096 bytes");
        const std::int64_t memory = std::min(text_memory, all_text_memory / static_cast<std::int64_t>(std::max<std::size_t>(1, text_rules_)));
        rule.text = std::make_unique<TextPattern>(source.text, memory);
        if (!source.proven && !rule.text->get().ok()) return bad("text pattern: " + rule.text->get().error());
        return {};
    }

    const RuleSources& sources_;
    Vocabulary& vocabulary_;
    RuleCheck check_;
    std::size_t text_rules_ = 0, steps_ = 0;
};

}  // namespace

std::uint64_t RuleSet::State::next_identity() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

RuleSet::RuleSet(std::unique_ptr<State> state) : state_(std::move(state)) {
    for (const Phase& phase : state_->phases) state_->programs.push_back(&phase.program);
}
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;
RuleSet::~RuleSet() = default;
const Vocabulary& RuleSet::vocabulary() const { return state_->vocabulary; }
const std::vector<RuleSet::Phase>& RuleSet::phases() const { return state_->phases; }
std::span<const TokenProgram* const> RuleSet::programs() const { return state_->programs; }
std::size_t RuleSet::rule_count() const { return state_->sources.rules.size(); }
const RuleSources& RuleSet::sources() const { return state_->sources; }
const LexiconSource* RuleSet::table(std::string_view lexicon) const {
    for (const LexiconSource& source : state_->sources.lexicons) {
        if (source.name == lexicon) return &source;
    }
    return nullptr;
}
const std::string& RuleSet::digest() const { return state_->sources.digest; }
std::uint64_t RuleSet::identity() const { return state_->identity; }

Result<RuleSet> RuleSet::compile(RuleSources sources) {
    auto state = std::make_unique<State>();
    state->sources = std::move(sources);
    for (const LexiconSource& lexicon : state->sources.lexicons) state->vocabulary.add_lexicon(lexicon);
    for (const DeclaredKind& kind : state->sources.kinds) state->vocabulary.add_kind(kind.name);
    RuleCompiler compiler(state->sources, state->vocabulary);
    if (auto status = compiler.check_definitions(); !status) return status.error();
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
            auto rule = compiler.compile(*source, phase);
            if (!rule) return rule.error();
            phase.decisions += source->decision != RuleSource::Decision::none;
            phase.rules.push_back(std::move(*rule));
        }
    }
    if (!state->vocabulary.finish()) return Error{ErrorCode::bad_data, "more than 16,777,214 words, or two that can't be told apart", ""};
    return RuleSet(std::move(state));
}

}  // namespace demarc
