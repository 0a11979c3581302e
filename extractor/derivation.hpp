#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extractor/extraction_observer.hpp"

namespace demarc {

/// A rule that matched words of a place in the text, and what became of it.
struct DerivationStep {
    struct Capture {
        std::string name;
        TokenRange tokens;
    };
    std::string phase;
    const RuleSource* rule = nullptr;  ///< valid as long as the RuleSet
    TokenRange match;                  ///< the whole match, context too
    TokenRange range;                  ///< the words of the mention
    std::vector<Capture> captures;
    MatchFate fate = MatchFate::made;
    std::uint32_t mention = no_mention;  ///< index into Workspace::mentions
};

/// Keeps what rules made of the words of one place in a document: for `demarc explain`.
class Derivation : public ExtractionObserver {
public:
    /// `place`: bytes of the document. Steps of matches that touch it are kept, at most max_steps.
    explicit Derivation(const Workspace& workspace, Span place) : workspace_(workspace), place_(place) {}
    static constexpr std::size_t max_steps = 100'000;

    void step(std::string_view name) override { phase_ = name; }
    void fate(const RuleMatch& match, TokenRange range, MatchFate fate, std::uint32_t mention) override;
    [[nodiscard]] bool wants_losers(TokenRange range) const override { return touches(range); }

    [[nodiscard]] const std::vector<DerivationStep>& steps() const { return steps_; }  ///< in the order of the work
    /// The step that made a mention (an index into Workspace::mentions), or null: mentions of the links have none.
    [[nodiscard]] const DerivationStep* maker(std::uint32_t mention) const;

private:
    [[nodiscard]] bool touches(TokenRange range) const { return !range.empty() && workspace_.span_of(range).overlaps(place_); }

    const Workspace& workspace_;
    Span place_;
    std::string phase_;
    std::vector<DerivationStep> steps_;
};

/// What the look-ups found of one token.
struct WordFacts {
    struct Lexicon {
        std::string_view name;
        std::string_view canonical;  ///< of the entry
        TokenRange tokens;           ///< of the entry: several where it has several words
    };
    struct Name {
        TokenRange tokens;
        std::vector<Hit> hits;  ///< as the gazetteer gave them
        bool person = false;
    };
    std::vector<std::string_view> shapes;  ///< names of its shape predicates
    std::vector<Lexicon> lexicons;         ///< by name
    std::vector<Name> names;               ///< of the gazetteer, that hold the token
};
/// After an extraction with this workspace; views are valid until its next load.
[[nodiscard]] WordFacts facts_of(const Workspace& workspace, const Vocabulary& vocabulary, std::uint32_t token);

/// "made", "lost: …": what a step came to, for people.
[[nodiscard]] std::string_view words_of(MatchFate fate);
/// The name of a fate in JSON: "made", "in_the_way" …
[[nodiscard]] std::string_view to_string(MatchFate fate);

}  // namespace demarc
