#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extractor/rule_set.hpp"
#include "extractor/workspace.hpp"

namespace demarc {

/// A rule that matched, with its captures. Valid during the callback only.
class RuleMatch {
public:
    struct Capture {
        std::string_view name;
        TokenRange tokens;  ///< empty for a capture of a text pattern that doesn't fall on tokens
        Span span;
    };

    RuleMatch(const RuleSource& rule, const Workspace& workspace, const Vocabulary& vocabulary) : rule_(&rule), workspace_(&workspace), vocabulary_(&vocabulary) {}

    [[nodiscard]] const RuleSource& rule() const { return *rule_; }
    [[nodiscard]] TokenRange tokens() const { return tokens_; }          ///< the whole match
    [[nodiscard]] bool has(std::string_view capture) const { return find(capture) != nullptr; }
    [[nodiscard]] std::string_view text(std::string_view capture) const;  ///< the capture's text as it stands; "" where absent
    [[nodiscard]] TokenRange range(std::string_view capture) const;       ///< its tokens; empty where absent
    /// Canonical form of a capture in a lexicon: canonical("month", "months") == "11". "" where absent or not in it.
    [[nodiscard]] std::string_view canonical(std::string_view capture, std::string_view lexicon) const;
    /// A key of the rule's `value`, with $name replaced by the capture's text and ${name:lexicon} by its canonical form. "" where absent.
    [[nodiscard]] std::string value(std::string_view key) const {
        for (const auto& [name, text_template] : rule_->value) {
            if (name == key) return filled(text_template);
        }
        return {};
    }
    /// Ranges of the mentions that the rule makes: captures mention, mention2, mention3 …; the whole match where there is none.
    void mention_ranges(std::vector<TokenRange>& ranges) const;
    [[nodiscard]] const Workspace& workspace() const { return *workspace_; }
    [[nodiscard]] std::span<const Capture> captures() const { return captures_; }

    /// The captures must outlive the match.
    void set(TokenRange tokens, std::span<const Capture> captures) {
        tokens_ = tokens;
        captures_ = captures;
    }

private:
    [[nodiscard]] const Capture* find(std::string_view name) const;
    [[nodiscard]] std::string filled(const std::string& text_template) const;

    const RuleSource* rule_;
    const Workspace* workspace_;
    const Vocabulary* vocabulary_;
    TokenRange tokens_;
    std::span<const Capture> captures_;
};

/// What became of a match of a rule.
enum class MatchFate : std::uint8_t {
    made,              ///< a mention
    amended,           ///< added to a mention that was there
    refusal_noted,     ///< a decision: never a mention of these words
    out_of_force,      ///< the rule doesn't speak of this document
    not_captured,      ///< its text pattern doesn't match here, or its captures don't
    in_the_way,        ///< a mention made before has some of the words
    forbidden,         ///< a decision says never
    nothing_to_amend,  ///< no mention of the rule's type has these words
    not_read,          ///< the words make no value
    outranked,         ///< another match from the same token was taken: a longer one, or of a rule that goes before
    overlapped,        ///< begins inside a match that was taken
};

class ExtractionObserver;

/// What the callback made of a match: `accepted`: go on behind `next` (a token); otherwise the next rule is tried, then the next token.
struct MatchOutcome {
    bool accepted = false;
    std::uint32_t next = 0;
};

/// Notes where rules of each phase may begin. Call after Workspace::load or load_next; run_phase does where it wasn't.
void begin_phases(const RuleSet& rules, Workspace& workspace);

/// Finds the matches of one phase, leftmost, then longest, then by priority, then by name; the callback may refuse each.
/// Time linear in the tokens. The workspace's symbols are overwritten.
/// A match has at most 256 tokens. Of a match that the callback refuses, shorter ones from the same token are offered next. The observer is
/// told of matches that aren't offered, and of when one is looked into; what the callback makes of them the callback must tell.
void run_phase(const RuleSet& rules, std::size_t phase, Workspace& workspace, const std::function<MatchOutcome(const RuleMatch&)>& on_match,
               ExtractionObserver* observer = nullptr);

}  // namespace demarc
