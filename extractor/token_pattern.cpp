#include "extractor/token_pattern.hpp"

#include <algorithm>
#include <cctype>

#include "extractor/tokeniser.hpp"

namespace demarc {
namespace {

constexpr int max_depth = 32;
constexpr int max_repeat = 50;
constexpr std::size_t max_parts = 20'000;  // with all definitions put in

bool name_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; }

class Parser {
public:
    Parser(std::string_view text, const PatternDefinitions& definitions) : text_(text), definitions_(definitions) {}
    // For the definition `name` that stands in `outer`.
    Parser(std::string_view text, std::string_view name, const Parser& outer)
        : text_(text), definitions_(outer.definitions_), outer_(&outer), name_(name), depth_(outer.depth_), parts_(outer.parts_) {}

    Result<PatternNode> parse() {
        auto node = alternatives();
        if (!node) return node;
        skip_space();
        if (at_ != text_.size()) return fail("unexpected '" + word_here() + "'");
        return node;
    }

private:
    Error fail(std::string what) const {
        // A long pattern is cut to what lies about the fault, at whole characters.
        constexpr std::size_t reach = 60;
        const auto inner_byte = [this](std::size_t at) { return at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80; };
        std::size_t begin = at_ > reach ? at_ - reach : 0, end = std::min(text_.size(), at_ + reach);
        while (inner_byte(begin)) ++begin;
        while (inner_byte(end)) ++end;
        const std::string shown = (begin > 0 ? "…" : "") + std::string(text_.substr(begin, end - begin)) + (end < text_.size() ? "…" : "");
        return {ErrorCode::bad_data, std::move(what) + " at offset " + std::to_string(at_) + " of pattern '" + shown + "'", ""};
    }
    std::string word_here() const { return std::string(text_.substr(at_, std::min(text_.find(' ', at_), at_ + 24) - at_)); }
    void skip_space() {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    }
    bool take(char c) {
        skip_space();
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    std::string name() {
        skip_space();
        const std::size_t begin = at_;
        while (at_ < text_.size() && name_char(text_[at_])) ++at_;
        return std::string(text_.substr(begin, at_ - begin));
    }

    Result<PatternNode> alternatives() {
        if (++depth_ > max_depth) return fail("groups are nested deeper than 32");
        PatternNode node{PatternNode::Kind::alternatives, {}, {}, {}, 1, 1};
        do {
            auto branch = sequence();
            if (!branch) return branch;
            node.children.push_back(std::move(*branch));
        } while (take('|'));
        --depth_;
        if (node.children.size() == 1) return std::move(node.children.front());
        return node;
    }

    Result<PatternNode> sequence() {
        PatternNode node{PatternNode::Kind::sequence, {}, {}, {}, 1, 1};
        while (true) {
            skip_space();
            if (at_ >= text_.size() || text_[at_] == '|' || text_[at_] == ')') break;
            auto item = primary();
            if (!item) return item;
            auto repeated = quantifier(std::move(*item));
            if (!repeated) return repeated;
            node.children.push_back(std::move(*repeated));
        }
        if (node.children.empty()) return fail("an empty alternative or group");
        return node;
    }

    Result<PatternNode> quantifier(PatternNode item) {
        if (at_ >= text_.size()) return item;
        int low = 1, high = 1;
        switch (text_[at_]) {
            case '?': low = 0; ++at_; break;
            case '*': low = 0; high = -1; ++at_; break;
            case '+': high = -1; ++at_; break;
            case '{': {
                if (at_ + 1 >= text_.size() || std::isdigit(static_cast<unsigned char>(text_[at_ + 1])) == 0) return item;
                ++at_;
                low = number();
                high = low;
                if (take(',')) high = number();
                if (!take('}')) return fail("expected '}' after a repetition");
                if (low > high || high < 1 || high > max_repeat) return fail("a repetition must be {m,n} with m <= n <= 50");
                break;
            }
            default: return item;
        }
        PatternNode node{PatternNode::Kind::repeat, {}, {}, {}, low, high};
        node.children.push_back(std::move(item));
        return node;
    }

    int number() {
        int value = 0;
        while (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0 && value < 1000) value = value * 10 + (text_[at_++] - '0');
        return value;
    }

    Result<PatternNode> primary() {
        if (++*parts_ > max_parts) return fail("more than 20,000 parts, with all definitions put in");
        switch (text_[at_]) {
            case '"': return literal();
            case '{': ++at_; return braces();
            case '(': {
                ++at_;
                PatternNode group{PatternNode::Kind::group, {}, {}, {}, 1, 1};
                if (text_.substr(at_).starts_with("?<")) {
                    at_ += 2;
                    group.name = name();
                    if (group.name.empty() || group.name.find('.') != std::string::npos || !take('>')) return fail("a named capture is (?<name> …)");
                }
                auto inner = alternatives();
                if (!inner) return inner;
                if (!take(')')) return fail("expected ')'");
                group.children.push_back(std::move(*inner));
                return group;
            }
            default: return fail("expected \"words\", {atom} or (group), got '" + word_here() + "'");
        }
    }

    Result<std::string> quoted() {
        ++at_;
        const std::size_t end = text_.find('"', at_);
        if (end == std::string_view::npos) return fail("a literal without its closing quote");
        std::string words(text_.substr(at_, end - at_));
        at_ = end + 1;
        return words;
    }

    static PatternNode literal_atom(std::string token) {
        PatternNode atom{PatternNode::Kind::atom, {}, {}, {}, 1, 1};
        atom.atom = {{{PatternTerm::Kind::literal, false, std::move(token)}}};
        return atom;
    }

    Result<PatternNode> literal() {
        auto words = quoted();
        if (!words) return words.error();
        std::vector<Token> tokens;
        tokenise(*words, tokens);
        if (tokens.empty()) return fail("an empty literal");
        PatternNode node{PatternNode::Kind::sequence, {}, {}, {}, 1, 1};
        for (const Token& token : tokens) node.children.push_back(literal_atom(std::string(token.span().of(*words))));
        if (node.children.size() == 1) return std::move(node.children.front());
        return node;
    }

    Result<PatternNode> braces() {
        PatternNode atom{PatternNode::Kind::atom, {}, {}, {}, 1, 1};
        do {
            PatternConjunction conjunction;
            do {
                PatternTerm term;
                term.negated = take('!');
                skip_space();
                if (at_ < text_.size() && text_[at_] == '"') {
                    auto words = quoted();
                    if (!words) return words.error();
                    term.kind = PatternTerm::Kind::literal;
                    term.text = *words;
                    std::vector<Token> tokens;
                    tokenise(term.text, tokens);
                    if (tokens.empty()) return fail("an empty literal");
                } else {
                    if (take('@')) term.kind = PatternTerm::Kind::mention;
                    term.text = name();
                }
                if (term.text.empty()) return fail("expected a name in braces");
                if (term.kind == PatternTerm::Kind::predicate && std::isdigit(static_cast<unsigned char>(term.text[0])) != 0) return fail("a repetition {" + term.text + "} that stands behind none or another repetition; put what it repeats in ( )");
                conjunction.push_back(std::move(term));
            } while (take('&'));
            atom.atom.push_back(std::move(conjunction));
        } while (take('|'));
        if (!take('}')) return fail("expected '}'");
        if (atom.atom.size() == 1 && atom.atom[0].size() == 1 && !atom.atom[0][0].negated && atom.atom[0][0].kind == PatternTerm::Kind::predicate) {
            const auto definition = definitions_.find(atom.atom[0][0].text);
            if (definition != definitions_.end()) {
                for (const Parser* parser = this; parser != nullptr; parser = parser->outer_) {
                    if (parser->name_ == definition->first) return fail("definition '" + definition->first + "' uses itself");
                }
                auto inner = Parser(definition->second, definition->first, *this).parse();
                if (!inner) {
                    // The innermost definition is the one to look at.
                    const std::string& message = inner.error().message;
                    return Error{ErrorCode::bad_data, message.starts_with("in definition") ? message : "in definition '" + definition->first + "': " + message, ""};
                }
                PatternNode group{PatternNode::Kind::group, {}, {}, {}, 1, 1};
                group.children.push_back(std::move(*inner));
                return group;
            }
        }
        return atom;
    }

    std::string_view text_;
    const PatternDefinitions& definitions_;
    const Parser* outer_ = nullptr;
    std::string_view name_;  // of the definition that is read, empty for a rule's pattern
    int depth_ = 0;
    std::size_t own_parts_ = 0;
    std::size_t* parts_ = &own_parts_;  // of the rule's pattern, shared with its definitions
    std::size_t at_ = 0;
};

void collect_names(const PatternNode& node, std::vector<std::string>& names) {
    if (!node.name.empty() && std::find(names.begin(), names.end(), node.name) == names.end()) names.push_back(node.name);
    for (const PatternNode& child : node.children) collect_names(child, names);
}

}  // namespace

Result<PatternNode> parse_token_pattern(std::string_view pattern, const PatternDefinitions& definitions) {
    return Parser(pattern, definitions).parse();
}

std::vector<std::string> capture_names(const PatternNode& node) {
    std::vector<std::string> names;
    collect_names(node, names);
    return names;
}

}  // namespace demarc
