#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "extractor/measure_number.hpp"
#include "extractor/resolvers.hpp"
#include "extractor/sentence.hpp"

namespace demarc {
namespace {

constexpr double zero_celsius = 273.15;          // kelvin
constexpr double zero_fahrenheit = 255.3722222;  // kelvin: 273.15 - 32 / 1.8

/// A line of rules/measures/unit_values.txt.
struct UnitLine {
    std::string_view ucum, dimension, si_unit;
    double factor = 0;
};

bool find_unit(const RuleSet& rules, std::string_view name, UnitLine& out) {
    const LexiconSource* table = rules.table("unit_values");
    if (table == nullptr) return false;
    for (const auto& entry : table->entries) {
        if (entry.size() < 5 || entry[0] != name) continue;
        out = {entry[1], entry[2], entry[4], std::atof(entry[3].c_str())};
        return true;
    }
    return false;
}

double to_si(double value, const UnitLine& unit) {
    if (unit.ucum == "Cel") return value + zero_celsius;
    if (unit.ucum == "[degF]") return value * unit.factor + zero_fahrenheit;
    return value * unit.factor;
}

std::string_view text_at(const Workspace& ws, std::uint32_t token) {
    return token < ws.tokens.size() ? ws.tokens[token].span().of(ws.text) : std::string_view();
}

// Money, corps names and figures that belong to what stands before them.
bool refused(const Workspace& ws, TokenRange range, std::string_view unit) {
    const std::string_view before = range.first > 0 ? text_at(ws, range.first - 1) : std::string_view();
    const std::string_view after = text_at(ws, range.last);
    if (before == "£" || before == "$" || before == "№") return true;
    if (range.first > 1 && (ws.tokens[range.first].predicates & shape::glued) != 0 && (before == "." || before == "," || before == "/" || before == ":") &&
        ws.tokens[range.first - 2].kind == TokenKind::number) return true;
    if (unit == "pound" && (after == "sterling" || after == "Sterling" || after == "reward")) return true;
    const Token& last = ws.tokens[range.last - 1];
    return unit == "league" && (last.predicates & shape::cap) != 0;
}

}  // namespace

bool resolve_measure(const RuleMatch& match, TokenRange range, const ResolveContext& context, Mention& mention) {
    const Workspace& ws = context.workspace;
    const std::string name = match.value("unit");
    UnitLine unit;
    if (!find_unit(context.rules, name, unit) || refused(ws, range, name)) return false;
    const TokenRange unit_tokens = match.has("unit") ? match.range("unit") : match.range("symbol");

    std::vector<double> numbers;
    bool negative = false;
    for (std::uint32_t t = range.first; t < unit_tokens.first && numbers.size() < 2;) {
        if (text_at(ws, t) == "−" || (t == range.first && text_at(ws, t) == "-")) negative = true;
        if (const auto number = read_number(ws, context.rules, t, unit_tokens.first)) {
            numbers.push_back(negative ? -number->value : number->value);
            negative = false;
            t = number->next;
        } else {
            ++t;
        }
    }
    if (numbers.empty()) return false;

    auto& value = mention.as<MeasureValue>();
    value.unit = unit.ucum;
    value.dimension = unit.dimension;
    value.si_unit = unit.si_unit;
    if (numbers.size() == 1) {
        value.value = numbers[0];
        value.value_si = to_si(numbers[0], unit);
    } else {
        // "three or four hundred yards": the hundred belongs to both.
        if (numbers[0] < 10 && numbers[1] >= 100 && numbers[1] / 100 < 10) numbers[0] *= numbers[1] >= 1000 ? 1000 : 100;
        value.low = numbers[0];
        value.high = numbers[1];
        value.low_si = to_si(numbers[0], unit);
        value.high_si = to_si(numbers[1], unit);
    }
    if (range.first > 0) {
        std::uint32_t before = range.first - 1;
        if (text_at(ws, before) == "of" && before > 0) --before;
        value.approximate = !token_canonical(ws, context.rules, before, "approximate_words").empty();
    }
    if (name == "ton") mention.why.push_back("a ton without more is taken as the short ton of 2,000 pounds");
    return true;
}

}  // namespace demarc
