#include "extractor/rule_check.hpp"

#include <algorithm>

#include "extractor/nearest_name.hpp"
#include "extractor/predicates.hpp"
#include "extractor/token_program.hpp"

namespace demarc {
namespace {

Error bad(std::string message) { return {ErrorCode::bad_data, std::move(message), ""}; }

// Captures of a pattern; an error where one name may be captured twice in one match.
Result<std::vector<std::string>> captures_of(const PatternNode& node) {
    std::vector<std::string> all;
    for (const PatternNode& child : node.children) {
        auto more = captures_of(child);
        if (!more) return more;
        for (std::string& name : *more) {
            const bool known = std::find(all.begin(), all.end(), name) != all.end();
            if (known && node.kind != PatternNode::Kind::alternatives) return bad("capture " + in_quotes(name) + " stands twice in one sequence; a name may come again in another alternative only");
            if (!known) all.push_back(std::move(name));
        }
    }
    if (node.name.empty()) return all;
    if (std::find(all.begin(), all.end(), node.name) != all.end()) return bad("capture " + in_quotes(node.name) + " stands inside itself");
    all.push_back(node.name);
    return all;
}

std::size_t parts_of(const PatternNode& node) {
    std::size_t parts = 1;
    for (const PatternNode& child : node.children) parts += parts_of(child);
    return parts;
}

Status check_capture_name(std::string_view name) {
    if (!name.starts_with("mention")) return {};
    const std::string_view number = name.substr(7);
    if (number.size() <= 1 && number.find_first_not_of("23456789") == std::string_view::npos) return {};
    return bad("capture " + in_quotes(name) + ": names that begin with 'mention' are kept for what becomes a mention; allowed: mention mention2 … mention9");
}

}  // namespace

RuleCheck::RuleCheck(const RuleSources& sources) : sources_(sources) {
    for (const auto name : predicate_names()) names_.push_back(name);
    for (const LexiconSource& lexicon : sources.lexicons) names_.push_back(lexicon.name);
    for (const auto& [name, pattern] : sources.definitions) names_.push_back(name);
    for (std::size_t i = 0; i < known_type_count; ++i) types_.push_back(to_string(static_cast<MentionType>(i)));
    for (const DeclaredKind& kind : sources.kinds) types_.push_back(kind.name);
    std::sort(names_.begin(), names_.end());
    std::sort(types_.begin(), types_.end());
}

Status RuleCheck::term(const PatternTerm& term, bool alone) const {
    if (term.kind == PatternTerm::Kind::literal) return {};
    if (term.kind == PatternTerm::Kind::mention) {
        if (std::binary_search(types_.begin(), types_.end(), term.text)) return {};
        return bad("'{@" + term.text + "}' names no mention type" + meant(term.text, types_));
    }
    if (!alone && sources_.definitions.contains(term.text)) return bad(in_quotes(term.text) + " is a definition and must stand alone in its braces: {" + term.text + "}");
    if (std::binary_search(names_.begin(), names_.end(), term.text)) return {};
    return bad("'{" + term.text + "}' is no predicate, gazetteer class, lexicon or definition" + meant(term.text, names_));
}

Status RuleCheck::names(const PatternNode& node) const {
    for (const PatternConjunction& conjunction : node.atom) {
        const bool alone = node.atom.size() == 1 && conjunction.size() == 1 && !conjunction.front().negated;
        for (const PatternTerm& one : conjunction) {
            if (auto status = term(one, alone); !status) return status;
        }
    }
    for (const PatternNode& child : node.children) {
        if (auto status = names(child); !status) return status;
    }
    return {};
}

Status RuleCheck::definitions() const {
    const auto predicates = predicate_names();
    for (const auto& [name, where] : sources_.definition_where) {
        if (std::find(predicates.begin(), predicates.end(), name) != predicates.end()) return Error{ErrorCode::bad_data, "definition " + in_quotes(name) + ": this name is taken by a predicate", where};
    }
    std::size_t parts = 0;
    for (const auto& [name, where] : sources_.definition_where) {
        const auto parsed = parse_token_pattern("{" + name + "}", sources_.definitions);
        if (!parsed) return Error{parsed.error().code, parsed.error().message, where};
        if ((parts += parts_of(*parsed)) > RuleLimits::definition_parts) return Error{ErrorCode::bad_data, "all definitions together have more than 1,000,000 parts", where};
        if (auto status = names(*parsed); !status) return Error{status.error().code, "in definition " + in_quotes(name) + ": " + status.error().message, where};
    }
    return {};
}

Status RuleCheck::rule(const RuleSource& rule, const PatternNode& pattern) const {
    const auto fault = [&rule](std::string_view key, const std::string& message) { return Error{ErrorCode::bad_data, "rule " + rule.name + ": " + message, rule.where_of(key)}; };
    if (auto status = names(pattern); !status) return fault("tokens", status.error().message);
    const auto captures = captures_of(pattern);
    if (!captures) return fault("tokens", captures.error().message);
    for (const std::string& name : *captures) {
        if (auto status = check_capture_name(name); !status) return fault("tokens", status.error().message);
    }
    const std::string_view narrow = ascii_class(rule.text);
    if (!narrow.empty() && !rule.ascii) {
        return fault("text", "the text pattern's '" + std::string(narrow) + "' sees ASCII only; write \\pL, \\pN or \\p{Zs}, or say ascii = true where it is meant so");
    }
    return {};
}

std::string_view ascii_class(std::string_view pattern) {
    for (std::size_t i = 0; i + 1 < pattern.size(); ++i) {
        if (pattern[i] == '\\') {
            if (pattern[i + 1] == 'Q') {
                const std::size_t end = pattern.find("\\E", i);
                if (end == std::string_view::npos) return {};
                i = end + 1;
                continue;
            }
            if (std::string_view("bBdDwWsS").find(pattern[i + 1]) != std::string_view::npos) return pattern.substr(i, 2);
            ++i;
        } else if (pattern.substr(i).starts_with("[:")) {
            const std::size_t end = pattern.find(":]", i);
            if (end != std::string_view::npos && end - i < 12) return pattern.substr(i, end + 2 - i);
        }
    }
    return {};
}

}  // namespace demarc
