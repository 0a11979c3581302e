#include "extractor/measure_number.hpp"

#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "extractor/sentence.hpp"

namespace demarc {
namespace {

constexpr std::pair<std::string_view, double> vulgar_fractions[] = {{"½", 0.5}, {"¼", 0.25}, {"¾", 0.75}, {"⅓", 1.0 / 3}, {"⅔", 2.0 / 3},
                                                                    {"⅛", 0.125}, {"⅜", 0.375}, {"⅝", 0.625}, {"⅞", 0.875}};

class NumberReader {
public:
    NumberReader(const Workspace& ws, const RuleSet& rules, std::uint32_t last) : ws_(ws), rules_(rules), last_(last) {}

    std::optional<NumberReading> read(std::uint32_t at) {
        at_ = at;
        if (is_number(at_)) figures();
        else if (const auto part = vulgar(at_)) value_ = *part, ++at_;
        else if (!words()) return std::nullopt;
        return NumberReading{value_, at_};
    }

private:
    std::string_view text(std::uint32_t t) const { return t < last_ ? ws_.tokens[t].span().of(ws_.text) : std::string_view(); }
    bool is_number(std::uint32_t t) const { return t < last_ && ws_.tokens[t].kind == TokenKind::number; }
    bool glued(std::uint32_t t) const { return t < last_ && (ws_.tokens[t].predicates & shape::glued) != 0; }
    bool is_word(std::uint32_t t, std::string_view word) const {
        const std::string_view have = text(t);
        if (have.size() != word.size()) return false;
        for (std::size_t i = 0; i < word.size(); ++i) {
            if ((have[i] | 0x20) != word[i]) return false;
        }
        return true;
    }
    static double digits(std::string_view run) {
        double value = 0;
        std::from_chars(run.data(), run.data() + run.size(), value);
        return value;
    }
    std::optional<double> vulgar(std::uint32_t t) const {
        for (const auto& [mark, value] : vulgar_fractions) {
            if (text(t) == mark) return value;
        }
        return std::nullopt;
    }
    // "/" between two glued numbers, the second not 0.
    bool slashed(std::uint32_t t) const {
        return is_number(t) && text(t + 1) == "/" && glued(t + 1) && is_number(t + 2) && glued(t + 2) && digits(text(t + 2)) > 0;
    }

    void figures() {
        if (slashed(at_)) {
            value_ = digits(text(at_)) / digits(text(at_ + 2));
            at_ += 3;
            return;
        }
        std::string run(text(at_++));
        while (text(at_) == "," && glued(at_) && is_number(at_ + 1) && glued(at_ + 1) && text(at_ + 1).size() == 3) {
            run += text(at_ + 1);
            at_ += 2;
        }
        if ((text(at_) == "." || text(at_) == "·") && glued(at_) && is_number(at_ + 1) && glued(at_ + 1)) {
            run += '.';
            run += text(at_ + 1);
            at_ += 2;
        }
        value_ = digits(run);
        if (const auto part = vulgar(at_)) {
            value_ += *part;
            ++at_;
        } else if (slashed(at_)) {
            value_ += digits(text(at_)) / digits(text(at_ + 2));
            at_ += 3;
        } else if (text(at_) == "-" && glued(at_) && slashed(at_ + 1)) {
            value_ += digits(text(at_ + 1)) / digits(text(at_ + 3));
            at_ += 4;
        } else if (const double factor = multiplier(at_); factor > 0) {
            value_ *= factor;
            ++at_;
        }
        and_a_half();
    }

    double word_value(std::uint32_t t) const {
        if (t >= last_ || ws_.tokens[t].kind != TokenKind::word) return -1;
        const std::string_view canonical = token_canonical(ws_, rules_, t, "number_words");
        return canonical.empty() ? -1 : digits(canonical);
    }
    double multiplier(std::uint32_t t) const {
        const double value = word_value(t);
        return value >= 100 ? value : -1;
    }

    void and_a_half() {
        const std::uint32_t at = at_;
        std::uint32_t t = at_;
        if (text(t) == "-") ++t;
        if (!is_word(t, "and")) return;
        ++t;
        if (text(t) == "-") ++t;
        const bool three = is_word(t, "three");
        if (!is_word(t, "a") && !is_word(t, "one") && !three) return;
        ++t;
        if (text(t) == "-") ++t;
        if (is_word(t, "half")) value_ += 0.5;
        else if (is_word(t, "quarter") || is_word(t, "quarters")) value_ += three ? 0.75 : 0.25;
        else { at_ = at; return; }
        at_ = t + 1;
    }

    bool fraction_words() {
        std::uint32_t t = at_;
        double count = 1;
        if (is_word(t, "a") || is_word(t, "one")) ++t;
        else if (is_word(t, "three") || is_word(t, "two")) count = is_word(t, "three") ? 3 : 2, ++t;
        if (t > at_ && text(t) == "-") ++t;
        double part = 0;
        if (is_word(t, "half") && count == 1) part = 0.5;
        else if (is_word(t, "quarter") || is_word(t, "quarters") || is_word(t, "fourths")) part = 0.25;
        else if (t > at_ && (is_word(t, "third") || is_word(t, "thirds"))) part = 1.0 / 3;
        else return false;
        ++t;
        if (is_word(t, "of")) ++t;
        if (is_word(t, "a") || is_word(t, "an")) ++t;
        value_ = count * part;
        at_ = t;
        return true;
    }

    // Tens and units add up, hundred and above multiply: "two hundred and twenty-five thousand".
    bool words() {
        if (fraction_words()) return true;
        if (is_word(at_, "a") || is_word(at_, "an")) {
            value_ = 1;
            ++at_;
            if (is_word(at_, "dozen") || multiplier(at_) > 0) value_ = word_value(at_++);
            return true;
        }
        double total = 0, group = 0;
        bool any = false;
        while (at_ < last_) {
            std::uint32_t t = at_;
            if (any && text(t) == "-" && glued(t)) ++t;
            if (any && group >= 100 && is_word(t, "and")) ++t;
            const double value = word_value(t);
            if (value < 0) break;
            if (value >= 1000) {
                total += (group > 0 ? group : 1) * value;
                group = 0;
            } else if (value == 100) {
                group = (group > 0 ? group : 1) * 100;
            } else {
                const double below = group - 100 * static_cast<int>(group / 100);
                if (any && below > 0 && !(below >= 20 && value < 10)) break;  // "five ten" are two numbers
                group += value;
            }
            any = true;
            at_ = t + 1;
        }
        if (!any) return false;
        value_ = total + group;
        and_a_half();
        return true;
    }

    const Workspace& ws_;
    const RuleSet& rules_;
    std::uint32_t last_;
    std::uint32_t at_ = 0;
    double value_ = 0;
};

}  // namespace

std::optional<NumberReading> read_number(const Workspace& workspace, const RuleSet& rules, std::uint32_t first, std::uint32_t last) {
    return NumberReader(workspace, rules, last).read(first);
}

}  // namespace demarc
