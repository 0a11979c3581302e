#include "extractor/rule_set.hpp"

#include <algorithm>
#include <set>

#include "extractor/predicates.hpp"
#include "extractor/rule_program.hpp"
#include "extractor/token.hpp"

namespace demarc {
namespace {

constexpr std::int64_t union_memory = 256 << 20;  // DFA states of a phase; RE2 flushes its cache when full
constexpr std::int64_t rule_memory = 8 << 20;     // one rule's program: more is refused when loading

// What a phase's rules ask about.
struct Wanted {
    std::uint32_t shapes = 0;
    std::uint64_t flags = 0;
    std::set<std::uint16_t> lexicons;
};

void want_span(Wanted& wanted, std::uint64_t begin, std::uint64_t inside, std::uint64_t last) { wanted.flags |= begin | inside | last; }

Status collect(const PatternNode& node, Vocabulary& vocabulary, Wanted& wanted) {
    for (const PatternConjunction& conjunction : node.atom) {
        for (const PatternTerm& term : conjunction) {
            if (term.kind == PatternTerm::Kind::literal) {
                wanted.lexicons.insert(vocabulary.add_literal(term.text));
            } else if (term.kind == PatternTerm::Kind::mention) {
                const auto type = parse_mention_type(term.text);
                if (!type) return Error{ErrorCode::bad_data, "'{@" + term.text + "}' names no mention type", ""};
                want_span(wanted, flag::mention_begin(*type), flag::mention_inside(*type), flag::mention_last(*type));
            } else if (const auto bit = shape_predicate(term.text)) {
                wanted.shapes |= *bit;
            } else if (const auto gaz = gazetteer_predicate(term.text)) {
                if (gaz->person) want_span(wanted, flag::person_begin, flag::person_inside, flag::person_last);
                else want_span(wanted, flag::place_begin, flag::place_inside, flag::place_last);
                wanted.flags |= gaz->class_bit;
            } else if (const auto flag_bit = flag_predicate(term.text)) {
                wanted.flags |= *flag_bit;
            } else if (const auto lexicon = vocabulary.lexicon_id(term.text); lexicon != 0xFFFF) {
                wanted.lexicons.insert(lexicon);
            } else {
                return Error{ErrorCode::bad_data, "'{" + term.text + "}' is no predicate, gazetteer class, lexicon or definition", ""};
            }
        }
    }
    for (const PatternNode& child : node.children) {
        if (auto status = collect(child, vocabulary, wanted); !status) return status;
    }
    return {};
}

// Letters in ascending order: single bytes first, then pairs. '<' and '>' are the token marks.
class LetterSource {
public:
    Letter next() {
        if (single_ < 0xC0) {
            do ++single_;
            while (single_ == '<' || single_ == '>' || single_ == '\n' || single_ == '\r');
            if (single_ < 0xC0) return static_cast<Letter>(single_);
        }
        const int pair = pair_++;
        if (pair >= 32 * 32) return 0;
        return static_cast<Letter>(((0xC0 + pair / 32) << 8) | (0xE0 + pair % 32));
    }

private:
    int single_ = 0;
    int pair_ = 0;
};

Status assign_letters(const Wanted& wanted, const Vocabulary& vocabulary, Alphabet& alphabet) {
    LetterSource source;
    Letter letter = 1;
    for (int bit = 0; bit < 32; ++bit) {
        if ((wanted.shapes >> bit) & 1u) alphabet.shapes.emplace_back(1u << bit, letter = source.next());
    }
    for (int bit = 0; bit < 64; ++bit) {
        if ((wanted.flags >> bit) & 1ull) alphabet.flags.emplace_back(1ull << bit, letter = source.next());
    }
    for (const std::uint16_t lexicon : wanted.lexicons) {
        if (!vocabulary.multi_token(lexicon)) continue;
        SpanLetters& letters = alphabet.lexicons[lexicon];
        letters.begin = source.next();
        letters.inside = source.next();
        letters.last = letter = source.next();
    }
    for (const std::uint16_t lexicon : wanted.lexicons) alphabet.lexicons[lexicon].single = letter = source.next();
    alphabet.shape_mask = wanted.shapes;
    alphabet.flag_mask = wanted.flags;
    if (letter == 0) return Error{ErrorCode::bad_data, "a phase asks about more than 1,200 words and predicates", ""};
    return {};
}

}  // namespace

struct RuleSet::State {
    RuleSources sources;
    Vocabulary vocabulary;
    std::vector<Phase> phases;
    std::size_t rules = 0;
};

RuleSet::RuleSet(std::unique_ptr<State> state) : state_(std::move(state)) {}
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;
RuleSet::~RuleSet() = default;
const Vocabulary& RuleSet::vocabulary() const { return state_->vocabulary; }
const std::vector<RuleSet::Phase>& RuleSet::phases() const { return state_->phases; }
std::size_t RuleSet::rule_count() const { return state_->rules; }
const RuleSources& RuleSet::sources() const { return state_->sources; }
const std::string& RuleSet::digest() const { return state_->sources.digest; }

const re2::RE2& RuleSet::Rule::matcher() const {
    std::call_once(once_, [this] {
        re2::RE2::Options options;
        options.set_encoding(re2::RE2::Options::EncodingLatin1);
        options.set_log_errors(false);
        options.set_max_mem(rule_memory);
        matcher_ = std::make_unique<re2::RE2>(encoded, options);
    });
    return *matcher_;
}

Result<RuleSet> RuleSet::compile(RuleSources sources) {
    auto state = std::make_unique<State>();
    state->sources = std::move(sources);
    for (const LexiconSource& lexicon : state->sources.lexicons) state->vocabulary.add_lexicon(lexicon);
    state->rules = state->sources.rules.size();

    std::vector<Wanted> wanted(std::size(rule_phases));
    state->phases.resize(std::size(rule_phases));
    for (std::size_t p = 0; p < std::size(rule_phases); ++p) {
        Phase& phase = state->phases[p];
        phase.name = rule_phases[p];
        for (const RuleSource& source : state->sources.rules) {
            if (source.phase != phase.name) continue;
            auto pattern = parse_token_pattern(source.tokens, state->sources.definitions);
            if (!pattern) return Error{pattern.error().code, "rule " + source.name + ": " + pattern.error().message, source.where};
            auto rule = std::make_unique<Rule>();
            rule->source = &source;
            rule->pattern = std::move(*pattern);
            if (auto status = collect(rule->pattern, state->vocabulary, wanted[p]); !status) {
                return Error{status.error().code, "rule " + source.name + ": " + status.error().message, source.where};
            }
            if (!source.text.empty()) {
                re2::RE2::Options options;
                options.set_log_errors(false);
                options.set_max_mem(rule_memory);
                rule->text = std::make_unique<re2::RE2>(source.text, options);
                if (!rule->text->ok()) return Error{ErrorCode::bad_data, "rule " + source.name + ": text pattern: " + rule->text->error(), source.where};
            }
            phase.rules.push_back(std::move(rule));
        }
        std::sort(phase.rules.begin(), phase.rules.end(), [](const auto& a, const auto& b) {
            if (a->source->priority != b->source->priority) return a->source->priority > b->source->priority;
            return a->source->name < b->source->name;
        });
    }
    state->vocabulary.finish();

    for (std::size_t p = 0; p < state->phases.size(); ++p) {
        Phase& phase = state->phases[p];
        if (auto status = assign_letters(wanted[p], state->vocabulary, phase.alphabet); !status) return status.error();
        phase.entry_letters.resize(state->vocabulary.size());
        for (std::uint32_t i = 0; i < state->vocabulary.size(); ++i) {
            const auto begin = static_cast<std::uint32_t>(phase.letters.size());
            std::vector<Letter> letters;
            for (const std::uint16_t lexicon : state->vocabulary.entry(i).lexicons) {
                const auto found = phase.alphabet.lexicons.find(lexicon);
                if (found != phase.alphabet.lexicons.end()) letters.push_back(found->second.single);
            }
            std::sort(letters.begin(), letters.end());
            for (const Letter letter : letters) append_letter(phase.letters, letter);
            phase.entry_letters[i] = {begin, static_cast<std::uint32_t>(phase.letters.size())};
        }
        if (phase.rules.empty()) continue;

        re2::RE2::Options options;
        options.set_encoding(re2::RE2::Options::EncodingLatin1);
        options.set_log_errors(false);
        options.set_longest_match(true);
        options.set_never_capture(true);
        options.set_max_mem(union_memory);
        phase.which = std::make_unique<re2::RE2::Set>(options, re2::RE2::ANCHOR_BOTH);
        std::string all;
        for (const auto& rule : phase.rules) {
            auto plain = encode_pattern(rule->pattern, phase.alphabet, state->vocabulary, false);
            auto named = encode_pattern(rule->pattern, phase.alphabet, state->vocabulary, true);
            if (!plain) return Error{plain.error().code, "rule " + rule->source->name + ": " + plain.error().message, rule->source->where};
            if (!named) return Error{named.error().code, "rule " + rule->source->name + ": " + named.error().message, rule->source->where};
            rule->encoded = std::move(*named);
            std::string error;
            if (phase.which->Add(*plain, &error) < 0) return Error{ErrorCode::bad_data, "rule " + rule->source->name + ": " + error, rule->source->where};
            if (!all.empty()) all += '|';
            all += *plain;
        }
        if (!phase.which->Compile()) return Error{ErrorCode::bad_data, "phase " + std::string(phase.name) + ": its rules are over the memory budget", ""};
        phase.all = std::make_unique<re2::RE2>(all, options);
        if (!phase.all->ok()) return Error{ErrorCode::bad_data, "phase " + std::string(phase.name) + ": " + phase.all->error(), ""};
    }
    return RuleSet(std::move(state));
}

}  // namespace demarc
