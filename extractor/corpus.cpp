#include "extractor/corpus.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace demarc {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string place_of(const std::string& path, std::size_t line) { return path + ":" + std::to_string(line); }

class CorpusParser {
public:
    CorpusParser(std::string path, std::string_view content, std::span<const DeclaredKind> kinds) : content_(content), kinds_(kinds) { corpus_.path = std::move(path); }

    Result<Corpus> parse() {
        while (!content_.empty()) {
            const std::size_t end = content_.find('\n');
            std::string_view line = content_.substr(0, end);
            content_.remove_prefix(end == std::string_view::npos ? content_.size() : end + 1);
            if (line.ends_with('\r')) line.remove_suffix(1);
            ++number_;
            if (auto status = take(line); !status) return status.error();
        }
        if (auto status = close(); !status) return status.error();
        if (!has_source_) return fail(1, "a corpus must say where its texts come from: '# source: …'");
        return std::move(corpus_);
    }

private:
    Error fail(std::size_t line, std::string message) const { return {ErrorCode::bad_data, std::move(message), place_of(corpus_.path, line)}; }

    Status take(std::string_view line) {
        if (line.starts_with('#')) return comment(line);
        if (trimmed(line).empty()) return close();
        if (line.starts_with("text:")) {
            if (auto status = close(); !status) return status;
            block_ = CorpusBlock{};
            block_->line = number_;
            block_->reference = reference_;
            block_->text = trimmed(line.substr(5));
            in_text_ = true;
            return {};
        }
        if (!block_) return fail(number_, "'" + std::string(line) + "' stands outside a block; a block begins with 'text:'");
        if (line.starts_with("  ") && in_text_) {
            const std::string_view more = line.substr(2);
            block_->text += '\n';
            if (more != "¶") block_->text += more;
            return {};
        }
        in_text_ = false;
        if (line.starts_with("ref:")) return read_reference(trimmed(line.substr(4)), block_->reference);
        if (line.starts_with("none:")) return none(line.substr(5));
        return expectation(line);
    }

    Status comment(std::string_view line) {
        if (line.find("source:") != std::string_view::npos) has_source_ = true;
        const std::size_t at = line.find("ref:");
        if (at == std::string_view::npos) return {};
        std::string_view date = trimmed(line.substr(at + 4));
        date = date.substr(0, date.find(' '));
        return read_reference(date, reference_);
    }

    Status read_reference(std::string_view text, std::optional<CivilDate>& date) const {
        if (text == "none") {
            date.reset();
            return {};
        }
        date = parse_civil_date(text);
        if (!date) return fail(number_, "ref '" + std::string(text) + "' is no date like 1951-10-31, nor 'none'");
        return {};
    }

    bool is_type(std::string_view name) const {
        return parse_mention_type(name).has_value() || std::any_of(kinds_.begin(), kinds_.end(), [&](const DeclaredKind& kind) { return kind.name == name; });
    }

    Status none(std::string_view kinds) {
        while (!kinds.empty()) {
            const std::size_t comma = kinds.find(',');
            const std::string_view name = trimmed(kinds.substr(0, comma));
            if (!is_type(name)) return fail(number_, "'" + std::string(name) + "' is no mention type");
            block_->none.emplace_back(name);
            kinds.remove_prefix(comma == std::string_view::npos ? kinds.size() : comma + 1);
        }
        return {};
    }

    Status expectation(std::string_view line) {
        CorpusExpectation wanted;
        wanted.line = number_;
        if (line.starts_with("todo:")) {
            wanted.known_gap = true;
            line = trimmed(line.substr(5));
        }
        const std::size_t colon = line.find(':');
        const std::string_view name = trimmed(line.substr(0, colon));
        if (colon == std::string_view::npos || !is_type(name)) return fail(number_, "'" + std::string(line) + "': allowed are text, ref, none, todo and mention types");
        wanted.type = name;
        std::string_view rest = trimmed(line.substr(colon + 1));
        if (!rest.starts_with('"')) return fail(number_, "the surface must stand in quotes, got '" + std::string(rest) + "'");
        rest.remove_prefix(1);
        // The arrow is looked for behind a closing quote, so that a surface may hold both.
        std::size_t arrow = rest.rfind("->");
        while (arrow != std::string_view::npos && rest.substr(0, arrow).find('"') == std::string_view::npos) arrow = std::string_view::npos;
        const std::string_view quoted = rest.substr(0, arrow);
        const std::size_t close_quote = quoted.rfind('"');
        if (close_quote == std::string_view::npos) return fail(number_, "a surface without its closing quote");
        wanted.surface = quoted.substr(0, close_quote);
        if (wanted.surface.empty()) return fail(number_, "an empty surface");
        const std::string_view mark = trimmed(quoted.substr(close_quote + 1));
        if (!mark.empty()) {
            const auto [end, error] = std::from_chars(mark.data() + 1, mark.data() + mark.size(), wanted.occurrence);
            if (mark[0] != '#' || error != std::errc() || end != mark.data() + mark.size() || wanted.occurrence < 1) {
                return fail(number_, "expected '#2' or '-> value' after the surface, got '" + std::string(mark) + "'");
            }
        }
        if (arrow != std::string_view::npos) wanted.value = trimmed(rest.substr(arrow + 2));
        block_->expectations.push_back(std::move(wanted));
        return {};
    }

    // Surfaces are looked for when the block is whole, since the text is whole only then.
    Status close() {
        in_text_ = false;
        if (!block_) return {};
        if (block_->expectations.empty() && block_->none.empty()) return fail(block_->line, "a block that expects nothing");
        for (const CorpusExpectation& wanted : block_->expectations) {
            const std::size_t first = block_->text.find(wanted.surface);
            if (first == std::string::npos) return fail(wanted.line, "the text doesn't hold '" + wanted.surface + "'");
            if (wanted.occurrence == 0 && block_->text.find(wanted.surface, first + 1) != std::string::npos) {
                return fail(wanted.line, "the text holds '" + wanted.surface + "' more than once; say which with #n");
            }
        }
        corpus_.blocks.push_back(std::move(*block_));
        block_.reset();
        return {};
    }

    std::string_view content_;
    std::span<const DeclaredKind> kinds_;
    Corpus corpus_;
    std::optional<CorpusBlock> block_;
    std::optional<CivilDate> reference_;
    bool in_text_ = false;
    bool has_source_ = false;
    std::size_t number_ = 0;
};

std::string plain_number(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.10g", value);
    return text;
}

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

struct CorpusValue {
    std::string operator()(const PersonValue& v) const { return v.name; }
    std::string operator()(const OrganisationValue& v) const { return v.name; }
    std::string operator()(const UnitValue& v) const {
        std::string parent = or_dash(v.parent);
        std::replace(parent.begin(), parent.end(), ' ', '_');
        return or_dash(v.number) + " " + or_dash(v.echelon) + " " + or_dash(v.branch) + " " + or_dash(v.nation) + " " + or_dash(v.sidc) + " " + parent;
    }
    std::string operator()(const DateValue& v) const { return v.edtf.empty() ? v.timex_value : v.edtf; }
    std::string operator()(const MeasureValue& v) const {
        std::string out;
        if (v.value) out = plain_number(*v.value);
        else if (v.low || v.high) out = (v.low ? plain_number(*v.low) : "") + ".." + (v.high ? plain_number(*v.high) : "");
        return out + " " + v.unit;
    }
    std::string operator()(const PlaceValue& v) const { return v.name; }
    std::string operator()(const AreaValue& v) const { return v.relation; }
    std::string operator()(const LineValue& v) const {
        return or_dash(v.kind) + " " + or_dash(v.state) + " " + (v.offset_m ? plain_number(*v.offset_m) : "-");
    }
    std::string operator()(const CoordinateValue& v) const { return v.system; }
    std::string operator()(const ReferenceValue& v) const { return v.kind; }
    std::string operator()(const DeclaredValue& v) const {
        std::string out = v.name;
        for (const auto& [field, value] : v.fields) out += "; " + field + " " + value;
        return out;
    }
};

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string described(const Mention& mention, std::string_view text) {
    return std::string(type_name(mention)) + " " + quoted(mention.span.of(text)) + " -> " + corpus_value(mention) + " (" + std::string(mention.rule) + ")";
}

// Byte span of the n-th occurrence; an empty span where there are fewer.
Span find_surface(std::string_view text, const CorpusExpectation& wanted) {
    std::size_t at = text.find(wanted.surface);
    for (int n = 1; n < wanted.occurrence && at != std::string_view::npos; ++n) at = text.find(wanted.surface, at + 1);
    if (at == std::string_view::npos) return {};
    return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + wanted.surface.size())};
}

class BlockCheck {
public:
    BlockCheck(const Corpus& corpus, const CorpusBlock& block, const MentionList& mentions, CorpusReport& report)
        : corpus_(corpus), block_(block), mentions_(mentions), report_(report), used_(mentions.size(), false) {}

    void run() {
        for (const CorpusExpectation& wanted : block_.expectations) expect(wanted);
        for (std::size_t i = 0; i < mentions_.size(); ++i) {
            if (!used_[i] && is_named(type_name(mentions_[i]))) fail(block_.line, "not expected: " + described(mentions_[i], block_.text));
        }
    }

private:
    bool is_named(std::string_view type) const {
        if (std::find(block_.none.begin(), block_.none.end(), type) != block_.none.end()) return true;
        return std::any_of(block_.expectations.begin(), block_.expectations.end(), [&](const auto& e) { return e.type == type; });
    }

    void fail(std::size_t line, std::string message) { report_.failures.push_back({place_of(corpus_.path, line), std::move(message)}); }

    void expect(const CorpusExpectation& wanted) {
        ++report_.expectations;
        report_.known_gaps += wanted.known_gap;
        const Span span = find_surface(block_.text, wanted);
        if (span.empty()) return fail(wanted.line, "the text doesn't hold " + quoted(wanted.surface) + " that often");
        std::string problem = "not found: ";
        for (std::size_t i = 0; i < mentions_.size(); ++i) {
            const Mention& mention = mentions_[i];
            if (used_[i] || type_name(mention) != wanted.type || !mention.span.overlaps(span)) continue;
            if (!(mention.span == span)) {
                problem += "(instead: " + described(mention, block_.text) + ") ";
                if (wanted.known_gap) used_[i] = true;  // a half-found gap is one gap, not a false find beside it
                continue;
            }
            used_[i] = true;
            if (wanted.value.empty() || meets_corpus_value(mention, wanted.value)) {
                if (wanted.known_gap) fail(wanted.line, "passes now, take 'todo:' away: " + described(mention, block_.text));
                return;
            }
            problem = "value " + corpus_value(mention) + " of ";
        }
        if (!wanted.known_gap) fail(wanted.line, problem + wanted.type + " " + quoted(wanted.surface) + (wanted.value.empty() ? "" : " -> " + wanted.value));
    }

    const Corpus& corpus_;
    const CorpusBlock& block_;
    const MentionList& mentions_;
    CorpusReport& report_;
    std::vector<bool> used_;
};

// An example without its « and », and the byte spans between them; the whole text where there are none.
std::string unmark(std::string_view example, std::vector<Span>& spans) {
    static constexpr std::string_view open = "«", close = "»";
    std::string text;
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < example.size();) {
        if (example.substr(i).starts_with(open)) {
            begin = static_cast<std::uint32_t>(text.size());
            i += open.size();
        } else if (example.substr(i).starts_with(close)) {
            spans.push_back({begin, static_cast<std::uint32_t>(text.size())});
            i += close.size();
        } else {
            text += example[i++];
        }
    }
    if (spans.empty()) spans.push_back({0, static_cast<std::uint32_t>(text.size())});
    return text;
}

// Spans of the mentions of one text that a rule made or amended.
std::vector<Span> spans_by_rule(const RuleSource& rule, const MentionList& mentions, const Workspace& workspace) {
    std::vector<Span> spans;
    if (rule.amend) {
        for (const Amendment& amendment : workspace.amendments) {
            if (amendment.rule == rule.name) spans.push_back(amendment.span);
        }
        return spans;
    }
    for (const Mention& mention : mentions) {
        if (mention.rule == rule.name && mention.type == rule.type) spans.push_back(mention.span);
    }
    return spans;
}

const Mention* mention_over(Span span, const RuleSource& rule, const MentionList& mentions) {
    const auto it = std::find_if(mentions.begin(), mentions.end(), [&](const Mention& mention) { return mention.span == span && mention.type == rule.type; });
    return it == mentions.end() ? nullptr : &*it;
}

}  // namespace

Result<Corpus> parse_corpus(std::string path, std::string_view content, std::span<const DeclaredKind> kinds) {
    return CorpusParser(std::move(path), content, kinds).parse();
}

std::string corpus_value(const Mention& mention) { return std::visit(CorpusValue{}, mention.value); }

bool meets_corpus_value(const Mention& mention, std::string_view wanted) {
    std::string value = corpus_value(mention);
    if (mention.type == MentionType::declared) {
        std::string_view name = wanted.substr(0, wanted.find(';'));
        if (trimmed(name) != mention.as<DeclaredValue>().name) return false;
        for (wanted.remove_prefix(name.size()); !wanted.empty(); wanted.remove_prefix(name.size())) {
            wanted.remove_prefix(1);
            name = wanted.substr(0, wanted.find(';'));
            if ((value + ";").find("; " + std::string(trimmed(name)) + ";") == std::string::npos) return false;
        }
        return true;
    }
    if (mention.type != MentionType::military_unit && mention.type != MentionType::line) return value == wanted;
    std::string_view rest = value;
    wanted = trimmed(wanted);
    while (!wanted.empty()) {
        const std::string_view word = wanted.substr(0, wanted.find(' '));
        const std::string_view ours = rest.substr(0, rest.find(' '));
        if (ours.empty() || (word != "*" && word != ours)) return false;
        wanted = trimmed(wanted.substr(word.size()));
        rest = trimmed(rest.substr(ours.size()));
    }
    return true;
}

void run_corpus(const Corpus& corpus, const Extractor& extractor, Workspace& workspace, CorpusReport& report) {
    for (const CorpusBlock& block : corpus.blocks) {
        Document document;
        document.id = place_of(corpus.path, block.line);
        document.text = block.text;
        document.metadata.date = block.reference;
        if (block.reference) document.metadata.date_source = "record";
        const MentionList mentions = extractor.extract(document, workspace);
        ++report.blocks;
        BlockCheck(corpus, block, mentions, report).run();
    }
}

void check_examples(const RuleSet& rules, const Extractor& extractor, Workspace& workspace, CorpusReport& report, std::size_t layer) {
    for (const RuleSource& rule : rules.sources().rules) {
        if (rule.layer < layer) continue;
        const auto fail = [&](const std::string& text, const std::string& message) {
            report.failures.push_back({rule.where, "rule " + rule.name + ", " + quoted(text) + ": " + message});
        };
        for (const auto& [example, value] : rule.examples) {
            ++report.examples;
            std::vector<Span> wanted;
            Document document;
            document.id = rule.name;
            document.text = unmark(example, wanted);
            const MentionList mentions = extractor.extract(document, workspace);
            const std::vector<Span> found = spans_by_rule(rule, mentions, workspace);
            for (const Span span : wanted) {
                if (std::find(found.begin(), found.end(), span) != found.end()) {
                    const Mention* mention = mention_over(span, rule, mentions);
                    if (!value.empty() && mention != nullptr && !meets_corpus_value(*mention, value)) fail(example, "value " + quoted(corpus_value(*mention)) + " instead of " + quoted(value));
                    continue;
                }
                std::string instead;
                for (const Mention& mention : mentions) {
                    if (mention.span.overlaps(span)) instead += "; there is " + described(mention, document.text);
                }
                fail(example, "no mention by this rule over " + quoted(span.of(document.text)) + instead);
            }
        }
        for (const std::string& text : rule.counter_examples) {
            ++report.examples;
            Document document;
            document.id = rule.name;
            document.text = text;
            const MentionList mentions = extractor.extract(document, workspace);
            for (const Span span : spans_by_rule(rule, mentions, workspace)) fail(text, "'not' entry, but the rule finds " + quoted(span.of(text)));
        }
    }
}

}  // namespace demarc
