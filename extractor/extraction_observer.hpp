#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "extractor/rule_engine.hpp"

namespace demarc {

/// Index of a mention that there is none of.
inline constexpr std::uint32_t no_mention = 0xFFFFFFFF;

/// Watches an extraction from within, for `demarc explain` and `demarc rules profile`. Without one an extraction pays nothing for it.
/// Calls come from the thread that extracts, in the order of the work.
class ExtractionObserver {
public:
    virtual ~ExtractionObserver() = default;
    /// A step of the extraction begins; the one before it has ended: "words" (tokens and look-ups), then each phase by its name, then "links".
    virtual void step(std::string_view name) { static_cast<void>(name); }
    /// The engine looks into a match of a rule: its captures, then what the rule makes of it.
    virtual void match_begins(const RuleSource& rule) { static_cast<void>(rule); }
    virtual void match_ends(const RuleSource& rule) { static_cast<void>(rule); }
    /// What became of a match, or of one of the mentions it would have made. `mention`: the mention made or amended, or the one in the way, as an
    /// index into Workspace::mentions; no_mention where there is none.
    virtual void fate(const RuleMatch& match, TokenRange range, MatchFate fate, std::uint32_t mention) {
        static_cast<void>(match), static_cast<void>(range), static_cast<void>(fate), static_cast<void>(mention);
    }
    /// Whether the matches that lost without being looked into are wanted, of a match that begins at this token. They cost extra.
    [[nodiscard]] virtual bool wants_losers(TokenRange range) const {
        static_cast<void>(range);
        return false;
    }
};

}  // namespace demarc
