#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/utf8.hpp"
#include "extractor/rule_file.hpp"
#include "extractor/tokeniser.hpp"

namespace demarc {
namespace {

constexpr int decision_priority = 1'000'000;  // before every rule
constexpr std::size_t most_tokens = 32;

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// Words as a token pattern: a capital of the decision must be one in the text, a small letter may be either.
std::string pattern_of(std::string_view words) {
    std::vector<Token> tokens;
    tokenise(words, tokens);
    std::string pattern;
    for (const Token& token : tokens) {
        const bool capital = (token.predicates & (shape::cap | shape::caps | shape::initial)) != 0;
        const std::string text(token.span().of(words));
        pattern += (pattern.empty() ? "" : " ") + (capital ? "{\"" + text + "\" & !lower}" : "\"" + text + "\"");
    }
    return pattern;
}

class DecisionParser {
public:
    DecisionParser(const RuleFile& file, LayerParts& parts) : file_(file), parts_(parts), topic_(std::filesystem::path(file.path).stem().string()) {}

    Status parse() {
        const std::size_t invalid = first_invalid_utf8(file_.content);
        std::string_view rest = file_.content;
        for (std::size_t at = 0; !rest.empty(); at = file_.content.size() - rest.size()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            const std::string_view line = trimmed(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            ++number_;
            if (invalid < at + end) return bad("bytes that are no UTF-8");
            if (auto status = take(line); !status) return status;
        }
        return {};
    }

private:
    Error bad(std::string message) const { return {ErrorCode::bad_data, std::move(message), parts_.place(file_, number_)}; }

    Status take(std::string_view line) {
        if (line.empty() || line.starts_with('#')) return {};
        const std::size_t colon = line.find(':');
        const std::string_view head = trimmed(line.substr(0, colon));
        const std::string_view body = colon == std::string_view::npos ? std::string_view() : trimmed(line.substr(colon + 1));
        if (head == "document") return read_document(body);
        if (head == "years") return read_years(body);
        const std::size_t blank = head.find(' ');
        const std::string_view verb = head.substr(0, blank);
        if (colon == std::string_view::npos || blank == std::string_view::npos || (verb != "never" && verb != "always")) {
            return bad("'" + std::string(line) + "' is no decision; allowed: 'never TYPE: words', 'always TYPE: words', 'always TYPE: words = name', 'document: ID', 'years: 1950-1953'");
        }
        return read_decision(verb == "always", trimmed(head.substr(blank)), body);
    }

    Status read_document(std::string_view id) {
        if (id.empty()) return bad("'document:' names no document; 'document: all' ends what holds for one alone");
        document_ = id == "all" ? std::string() : std::string(id);
        return {};
    }

    Status read_years(std::string_view years) {
        since_ = until_ = 0;
        if (years == "all") return {};
        const std::size_t dash = years.find('-');
        const auto year = [](std::string_view text, int& out) {
            if (text.empty()) return true;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
            return error == std::errc() && end == text.data() + text.size() && out >= 1 && out <= 2100;
        };
        const bool one = dash == std::string_view::npos;
        if (!year(trimmed(years.substr(0, dash)), since_) || (!one && !year(trimmed(years.substr(dash + 1)), until_)) || years.size() < 2) {
            return bad("years '" + std::string(years) + "'; allowed: 1951, 1950-1953, 1950-, -1953, all");
        }
        if (one) until_ = since_;
        if (since_ != 0 && until_ != 0 && since_ > until_) return bad("years '" + std::string(years) + "' end before they begin");
        return {};
    }

    Status read_decision(bool always, std::string_view type, std::string_view body) {
        if (body.find('"') != std::string_view::npos || body.find('$') != std::string_view::npos) return bad("a decision can't hold \" or $; write the words alone");
        RuleSource rule;
        if (const std::size_t reason = body.find(" # "); reason != std::string_view::npos) {
            rule.why = trimmed(body.substr(reason + 3));
            body = trimmed(body.substr(0, reason));
        }
        rule.decision = always ? RuleSource::Decision::always : RuleSource::Decision::never;
        if (always) {
            static constexpr std::string_view forced[] = {"person", "organisation", "military_unit", "place"};
            if (type == "any" || (parse_mention_type(type) && std::find(std::begin(forced), std::end(forced), type) == std::end(forced))) {
                return bad("'always " + std::string(type) + "': allowed are person, organisation, military_unit, place and declared kinds; for others write a rule");
            }
            if (body.ends_with(" =")) return bad("no name behind '='");
            if (const std::size_t equals = body.find(" = "); equals != std::string_view::npos) {
                if (auto status = read_meaning(type, trimmed(body.substr(equals + 3)), rule); !status) return status;
                body = trimmed(body.substr(0, equals));
            }
        } else if (body.find(" = ") != std::string_view::npos) {
            return bad("'never' takes no ' = '");
        }
        if (auto status = read_words(body, rule); !status) return status;
        rule.name = "decisions." + topic_ + "." + std::to_string(number_);
        rule.phase = rule_phases[0];
        rule.type_name = type;
        rule.priority = decision_priority;
        rule.since = since_;
        rule.until = until_;
        rule.document = document_;
        rule.where = parts_.place(file_, number_);
        parts_.sources.rules.push_back(std::move(rule));
        return {};
    }

    Status read_meaning(std::string_view type, std::string_view meaning, RuleSource& rule) const {
        if (!meaning.starts_with('[')) {
            rule.value.emplace_back("name", std::string(meaning));
            return {};
        }
        if (type != "place" || !meaning.ends_with(']') || meaning.size() < 3) return bad("'" + std::string(meaning) + "': [id] names a place of the gazetteer, for places only");
        rule.value.emplace_back("record", std::string(meaning.substr(1, meaning.size() - 2)));
        return {};
    }

    Status read_words(std::string_view body, RuleSource& rule) const {
        static constexpr std::string_view open = "«", close = "»";
        const std::size_t begin = body.find(open), end = body.find(close);
        std::string_view before, words = body, after;
        if (begin != std::string_view::npos || end != std::string_view::npos) {
            if (begin == std::string_view::npos || end == std::string_view::npos || end < begin || body.find(open, begin + 1) != std::string_view::npos ||
                body.find(close, end + 1) != std::string_view::npos) {
                return bad("one « and one » mark the words that are meant among others");
            }
            before = body.substr(0, begin);
            words = body.substr(begin + open.size(), end - begin - open.size());
            after = body.substr(end + close.size());
        }
        std::vector<Token> tokens;
        tokenise(body, tokens);
        if (tokens.size() > most_tokens) return bad("a decision of more than 32 words");
        const std::string pattern = pattern_of(words);
        if (pattern.empty()) return bad("no words: 'never TYPE: words' or 'always TYPE: words = name'");
        rule.tokens = pattern_of(before) + " (?<mention>" + pattern + ") " + pattern_of(after);
        return {};
    }

    const RuleFile& file_;
    LayerParts& parts_;
    std::string topic_, document_;
    int since_ = 0, until_ = 0;
    std::size_t number_ = 0;
};

}  // namespace

Status parse_decision_file(const RuleFile& file, LayerParts& parts) { return DecisionParser(file, parts).parse(); }

}  // namespace demarc
