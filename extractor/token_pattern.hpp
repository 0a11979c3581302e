#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace demarc {

/// A regular expression over tokens, as rules write it (docs/rules.md).
///
///   {name}              a token for which the predicate, lexicon or gazetteer class `name` holds; or a definition, put in its place
///   {@date}             the tokens of a mention of an earlier phase
///   {cap & !month}      conjunction and negation;  {cap | caps} alternatives
///   {"line" & cap}      a word in a conjunction
///   "north of"          words, case folded; punctuation as itself
///   ( … )  (?<day> … )  group, named capture
///   a b   a | b   a? a* a+ a{2,3}
///
/// ILLEGAL: an empty group or literal, {m,n} with n < m or n > 50, nesting deeper than 32, numbered captures, more than 20,000 parts with
/// all definitions put in. Names are checked by RuleCheck.
struct PatternTerm {
    enum class Kind : std::uint8_t { predicate, literal, mention } kind = Kind::predicate;
    bool negated = false;
    std::string text;  ///< predicate or lexicon name, mention type, or one literal token
};
using PatternConjunction = std::vector<PatternTerm>;

struct PatternNode {
    enum class Kind : std::uint8_t { atom, sequence, alternatives, group, repeat } kind = Kind::sequence;
    std::vector<PatternConjunction> atom;  ///< atom: any of these conjunctions
    std::vector<PatternNode> children;
    std::string name;                      ///< group: capture name, empty for none
    int low = 1, high = 1;                 ///< repeat: bounds; high -1: no bound
};

/// Definitions: name -> pattern, put in place of {name} when it stands alone in its braces.
using PatternDefinitions = std::map<std::string, std::string, std::less<>>;

/// Parses a pattern. Errors: bad_data; the message quotes the offending part and says what is allowed.
[[nodiscard]] Result<PatternNode> parse_token_pattern(std::string_view pattern, const PatternDefinitions& definitions);

/// Names of the captures in a pattern, in order of first appearance.
[[nodiscard]] std::vector<std::string> capture_names(const PatternNode& node);

}  // namespace demarc
