// Token patterns as RE2 text over the letters of a phase.
#include <algorithm>
#include <cstdio>

#include "extractor/predicates.hpp"
#include "extractor/rule_program.hpp"

namespace demarc {
namespace {

std::string byte_escape(unsigned value) {
    char text[8];
    std::snprintf(text, sizeof text, "\\x%02x", value & 0xFFu);
    return text;
}

std::string letter_pattern(Letter letter) {
    return letter > 0xFF ? byte_escape(letter >> 8) + byte_escape(letter & 0xFFu) : byte_escape(letter);
}

// Zero or more letters, none of which is excluded.
std::string filler(std::vector<Letter> excluded) {
    std::sort(excluded.begin(), excluded.end());
    std::string singles, pairs;
    for (std::size_t i = 0; i < excluded.size();) {
        if (excluded[i] <= 0xFF) {
            singles += byte_escape(excluded[i++]);
            continue;
        }
        const unsigned lead = excluded[i] >> 8u;
        singles += byte_escape(lead);
        std::string trails;
        for (; i < excluded.size() && (excluded[i] >> 8u) == lead; ++i) trails += byte_escape(excluded[i] & 0xFFu);
        pairs += "|" + byte_escape(lead) + "[^<>" + trails + "]";
    }
    if (pairs.empty()) return "[^<>" + singles + "]*";
    return "(?:[^<>" + singles + "]" + pairs + ")*";
}

std::string token_pattern(std::vector<Letter> wanted, const std::vector<Letter>& excluded) {
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    const std::string gap = filler(excluded);
    std::string out = "<" + gap;
    for (const Letter letter : wanted) out += letter_pattern(letter) + gap;
    return out + ">";
}

std::string span_pattern(const SpanLetters& span, std::vector<Letter> wanted, std::vector<Letter> excluded) {
    std::vector<Letter> first = wanted;
    first.push_back(span.begin);
    std::vector<Letter> whole = first;
    whole.push_back(span.last);
    std::vector<Letter> open = excluded;
    open.push_back(span.last);
    return "(?:" + token_pattern(whole, excluded) + "|" + token_pattern(first, open) + "(?:" + token_pattern({span.inside}, {span.last}) + ")*" +
           token_pattern({span.inside, span.last}, {}) + ")";
}

class Encoder {
public:
    Encoder(const Alphabet& alphabet, const Vocabulary& vocabulary, bool named) : alphabet_(alphabet), vocabulary_(vocabulary), named_(named) {}

    Result<std::string> node(const PatternNode& node) const {
        switch (node.kind) {
            case PatternNode::Kind::atom: return atom(node);
            case PatternNode::Kind::sequence: return joined(node, "");
            case PatternNode::Kind::alternatives: {
                auto inner = joined(node, "|");
                if (!inner) return inner;
                return "(?:" + *inner + ")";
            }
            case PatternNode::Kind::group: {
                auto inner = joined(node, "");
                if (!inner) return inner;
                return (named_ && !node.name.empty() ? "(?P<" + node.name + ">" : "(?:") + *inner + ")";
            }
            case PatternNode::Kind::repeat: {
                auto inner = joined(node, "");
                if (!inner) return inner;
                std::string out = "(?:" + *inner + ")";
                if (node.low == 0 && node.high == 1) return out + "?";
                if (node.low == 0 && node.high < 0) return out + "*";
                if (node.low == 1 && node.high < 0) return out + "+";
                return out + "{" + std::to_string(node.low) + "," + std::to_string(node.high) + "}";
            }
        }
        return std::string();
    }

private:
    Result<std::string> joined(const PatternNode& parent, std::string_view separator) const {
        std::string out;
        for (std::size_t i = 0; i < parent.children.size(); ++i) {
            auto part = node(parent.children[i]);
            if (!part) return part;
            if (i > 0) out += separator;
            out += *part;
        }
        return out;
    }

    Result<std::string> atom(const PatternNode& node) const {
        std::string out;
        for (const PatternConjunction& terms : node.atom) {
            auto part = conjunction(terms);
            if (!part) return part;
            if (!out.empty()) out += '|';
            out += *part;
        }
        return "(?:" + out + ")";
    }

    Result<std::string> conjunction(const PatternConjunction& terms) const {
        std::vector<Letter> wanted, excluded;
        SpanLetters span;
        bool has_span = false;
        const auto take_span = [&](const SpanLetters& letters, const PatternTerm& term) -> Status {
            if (term.negated) {
                for (const Letter letter : {letters.single, letters.begin, letters.inside}) {
                    if (letter != 0) excluded.push_back(letter);
                }
                return {};
            }
            if (has_span && span.begin != letters.begin) {
                return Error{ErrorCode::bad_data, "two things of several tokens in one atom ('" + term.text + "')", ""};
            }
            has_span = true;
            span = letters;
            return {};
        };
        const auto flags = [&](std::uint64_t begin, std::uint64_t inside, std::uint64_t last) {
            return SpanLetters{0, alphabet_.flag_letter(begin), alphabet_.flag_letter(inside), alphabet_.flag_letter(last)};
        };
        for (const PatternTerm& term : terms) {
            Status status;
            if (term.kind == PatternTerm::Kind::mention) {
                const auto type = *parse_mention_type(term.text);
                status = take_span(flags(flag::mention_begin(type), flag::mention_inside(type), flag::mention_last(type)), term);
            } else if (const auto gaz = term.kind == PatternTerm::Kind::predicate ? gazetteer_predicate(term.text) : std::nullopt) {
                if (gaz->class_bit != 0 && term.negated) {
                    excluded.push_back(alphabet_.flag_letter(gaz->class_bit));
                    continue;
                }
                if (gaz->class_bit != 0) wanted.push_back(alphabet_.flag_letter(gaz->class_bit));
                status = gaz->person ? take_span(flags(flag::person_begin, flag::person_inside, flag::person_last), term)
                                     : take_span(flags(flag::place_begin, flag::place_inside, flag::place_last), term);
            } else if (const auto shape = term.kind == PatternTerm::Kind::predicate ? shape_predicate(term.text) : std::nullopt) {
                (term.negated ? excluded : wanted).push_back(alphabet_.shape_letter(*shape));
            } else if (const auto bit = term.kind == PatternTerm::Kind::predicate ? flag_predicate(term.text) : std::nullopt) {
                (term.negated ? excluded : wanted).push_back(alphabet_.flag_letter(*bit));
            } else {
                const auto lexicon = vocabulary_.lexicon_id(term.kind == PatternTerm::Kind::literal ? "\"" + term.text : term.text);
                const SpanLetters& letters = alphabet_.lexicons.at(lexicon);
                if (letters.begin == 0) (term.negated ? excluded : wanted).push_back(letters.single);
                else status = take_span(letters, term);
            }
            if (!status) return status.error();
        }
        if (!has_span) return token_pattern(wanted, excluded);
        std::string out = span_pattern(span, wanted, excluded);
        if (span.single != 0) {
            wanted.push_back(span.single);
            out = "(?:" + token_pattern(wanted, excluded) + "|" + out + ")";
        }
        return out;
    }

    const Alphabet& alphabet_;
    const Vocabulary& vocabulary_;
    bool named_;
};

}  // namespace

Letter Alphabet::shape_letter(std::uint32_t bit) const {
    for (const auto& [known, letter] : shapes) {
        if (known == bit) return letter;
    }
    return 0;
}

Letter Alphabet::flag_letter(std::uint64_t bit) const {
    for (const auto& [known, letter] : flags) {
        if (known == bit) return letter;
    }
    return 0;
}

Result<std::string> encode_pattern(const PatternNode& node, const Alphabet& alphabet, const Vocabulary& vocabulary, bool named) {
    return Encoder(alphabet, vocabulary, named).node(node);
}

}  // namespace demarc
