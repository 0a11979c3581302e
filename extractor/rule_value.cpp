#include "extractor/rule_value.hpp"

#include <algorithm>
#include <array>

#include "extractor/nearest_name.hpp"

namespace demarc {
namespace {

bool name_char(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

std::string list_of(const std::vector<std::string_view>& names) {
    std::string out;
    for (const std::string_view name : names) out += " " + std::string(name);
    return out;
}

const std::array<std::vector<ValueKey>, known_type_count>& all_keys() {
    static const std::vector<std::string_view> flag = {"true", "false"};
    static const std::array<std::vector<ValueKey>, known_type_count> keys = {{
        {{"name", {}}, {"title", {}}, {"rank", {}}, {"role", {}}, {"alias", flag}, {"last", flag}, {"clock", flag}, {"relation", {"sent_to", "proposed"}}},
        {{"kind", {}}, {"words", {}}, {"relation", {"proposed"}}},
        {{"relation", {"at", "moved_to", "held", "took", "lost", "attached_to", "proposed"}}, {"form", {"named", "stroke"}}, {"echelon", {}}, {"branch", {}}, {"nation", {}}, {"number", {}}, {"parent", {}}},
        {{"form", {"calendar", "clock", "year", "years", "numeric", "group", "duration", "decade", "century", "era", "set", "offset", "noon", "holiday", "weekday_of_month"}, true}},
        {{"unit", {}, true}},
        {{"kind", {}}, {"name", {}}, {"record", {}}},
        {{"relation", {}, true}},
        {{"kind", {}, true}, {"form", {"follows", "described", "offset", "pronoun", "named"}}},
        {{"system", {"latlon", "mgrs", "utm", "grid", "grid_numeric"}, true}},
        {{"kind", {}, true}},
    }};
    return keys;
}

std::vector<ValueKey> keys_of(const RuleSource& rule, const RuleSources& sources) {
    if (rule.type != MentionType::declared) {
        const auto keys = value_keys(rule.type);
        return {keys.begin(), keys.end()};
    }
    std::vector<ValueKey> keys{{"name", {}}};
    for (const DeclaredKind& kind : sources.kinds) {
        if (kind.name != rule.type_name) continue;
        for (const std::string& field : kind.fields) keys.push_back({field, {}});
    }
    return keys;
}

}  // namespace

std::span<const ValueKey> value_keys(MentionType type) {
    if (type == MentionType::declared) return {};
    return all_keys()[static_cast<std::size_t>(type)];
}

Result<std::vector<TemplatePart>> parse_template(std::string_view text) {
    std::vector<TemplatePart> parts;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '$') {
            const std::size_t end = std::min(text.find('$', at), text.size());
            parts.push_back({text.substr(at, end - at), {}, {}});
            at = end;
            continue;
        }
        const bool braces = at + 1 < text.size() && text[at + 1] == '{';
        const std::size_t begin = at + (braces ? 2 : 1);
        std::size_t end = begin;
        while (end < text.size() && name_char(text[end])) ++end;
        TemplatePart part{{}, text.substr(begin, end - begin), {}};
        if (braces && end < text.size() && text[end] == ':') {
            const std::size_t lexicon = ++end;
            while (end < text.size() && name_char(text[end])) ++end;
            part.lexicon = text.substr(lexicon, end - lexicon);
            if (part.lexicon.empty()) part.capture = {};
        }
        if (part.capture.empty() || (braces && (end >= text.size() || text[end] != '}'))) {
            return Error{ErrorCode::bad_data, "template " + in_quotes(text) + ": a $ begins $name, ${name} or ${name:lexicon}", ""};
        }
        parts.push_back(part);
        at = end + (braces ? 1 : 0);
    }
    return parts;
}

Status check_value(const RuleSource& rule, const std::vector<std::string>& captures, const RuleSources& sources) {
    if (rule.decision != RuleSource::Decision::none) return {};  // its value was made when its file was read
    const std::vector<ValueKey> keys = keys_of(rule, sources);
    std::vector<std::string_view> names;
    for (const ValueKey& key : keys) names.push_back(key.name);
    for (const auto& given : rule.value) {
        const std::string &name = given.first, &text = given.second;  // Clang's lambdas don't capture structured bindings
        const auto fault = [&rule, key = "value." + name](const std::string& message) {
            return Error{ErrorCode::bad_data, "rule " + rule.name + ": " + message, rule.where_of(key)};
        };
        const auto key = std::find_if(keys.begin(), keys.end(), [&](const ValueKey& known) { return known.name == name; });
        if (key == keys.end()) return fault("a value of type " + rule.type_name + " has no key " + in_quotes(name) + "; allowed:" + list_of(names) + meant(name, names));
        const auto parts = parse_template(text);
        if (!parts) return fault(parts.error().message);
        const bool plain = std::all_of(parts->begin(), parts->end(), [](const TemplatePart& part) { return part.capture.empty(); });
        if (plain && !key->allowed.empty() && std::find(key->allowed.begin(), key->allowed.end(), text) == key->allowed.end()) {
            return fault("value " + in_quotes(name) + " is " + in_quotes(text) + "; allowed:" + list_of(key->allowed) + meant(text, key->allowed));
        }
        for (const TemplatePart& part : *parts) {
            if (!part.capture.empty() && std::find(captures.begin(), captures.end(), part.capture) == captures.end()) {
                return fault("value " + in_quotes(name) + " asks for a capture " + in_quotes(part.capture) + " that the pattern doesn't have" + meant(part.capture, {captures.begin(), captures.end()}));
            }
            if (part.lexicon.empty()) continue;
            std::vector<std::string_view> lexicons;
            for (const LexiconSource& lexicon : sources.lexicons) lexicons.push_back(lexicon.name);
            if (std::find(lexicons.begin(), lexicons.end(), part.lexicon) == lexicons.end()) {
                return fault("value " + in_quotes(name) + " asks for a lexicon " + in_quotes(part.lexicon) + " that isn't there" + meant(part.lexicon, lexicons));
            }
        }
    }
    for (const ValueKey& key : keys) {
        const bool given = std::any_of(rule.value.begin(), rule.value.end(), [&](const auto& pair) { return pair.first == key.name; });
        if (key.needed && !given && !rule.amend) {
            std::string message = "rule " + rule.name + ": a rule of type " + rule.type_name + " needs value = { " + std::string(key.name) + " = \"…\" }";
            if (!key.allowed.empty()) message += "; allowed:" + list_of(key.allowed);
            return Error{ErrorCode::bad_data, std::move(message), rule.where};
        }
    }
    return {};
}

}  // namespace demarc
