#include "extractor/rule_file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "extractor/nearest_name.hpp"

namespace demarc {
namespace {

constexpr int most_priority = 1000;
constexpr std::size_t longest_name = 100;

Error bad(std::string where, std::string message) { return {ErrorCode::bad_data, std::move(message), std::move(where)}; }

std::string_view kind_of(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::table: return "a table";
        case toml::node_type::array: return "an array";
        case toml::node_type::string: return "a string";
        case toml::node_type::integer: return "a whole number";
        case toml::node_type::floating_point: return "a number with a fraction";
        case toml::node_type::boolean: return "true or false";
        default: return "a date or time";
    }
}

bool is_name(std::string_view name) {
    const auto inner = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && name.size() <= longest_name && name[0] >= 'a' && name[0] <= 'z' && std::all_of(name.begin(), name.end(), inner);
}

// Reads the keys of one table of a file; each takes care of its value's type.
class TableReader {
public:
    TableReader(const RuleFile& file, const LayerParts& parts, const toml::table& table, std::string what)
        : file_(file), parts_(parts), table_(table), what_(std::move(what)) {}

    [[nodiscard]] std::string where(const toml::node& node) const { return parts_.place(file_, node.source().begin.line); }
    [[nodiscard]] std::string where() const { return where(table_); }
    [[nodiscard]] Error fault(const toml::node& node, const std::string& message) const { return bad(where(node), what_ + ": " + message); }
    [[nodiscard]] Error fault(const std::string& message) const { return bad(where(), what_ + ": " + message); }
    void call(std::string what) { what_ = std::move(what); }

    [[nodiscard]] Status only(std::initializer_list<std::string_view> known) const {
        const std::vector<std::string_view> names(known);
        for (const auto& [key, node] : table_) {
            if (std::find(names.begin(), names.end(), key.str()) != names.end()) continue;
            std::string allowed;
            for (const std::string_view name : names) allowed += " " + std::string(name);
            return fault(node, "unknown key " + in_quotes(key.str()) + "; allowed:" + allowed + meant(key.str(), names));
        }
        return {};
    }
    Status read(std::string_view key, std::string& out) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return {};
        const auto text = node->value_exact<std::string>();
        if (!text) return wrong(*node, key, "a string");
        out = *text;
        return {};
    }
    Status read(std::string_view key, bool& out) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return {};
        const auto flag = node->value_exact<bool>();
        if (!flag) return wrong(*node, key, "true or false");
        out = *flag;
        return {};
    }
    Status read(std::string_view key, int& out, int low, int high) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return {};
        const auto number = node->value_exact<std::int64_t>();
        if (!number) return wrong(*node, key, "a whole number");
        if (*number < low || *number > high) {
            return fault(*node, in_quotes(key) + " is " + std::to_string(*number) + "; allowed are " + std::to_string(low) + " to " + std::to_string(high));
        }
        out = static_cast<int>(*number);
        return {};
    }
    // Calls use(item) for each item of an array.
    template <class Use>
    Status each(std::string_view key, Use use) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return {};
        const toml::array* array = node->as_array();
        if (array == nullptr) return wrong(*node, key, "an array of strings");
        for (const toml::node& item : *array) {
            if (Status status = use(item); !status) return status;
        }
        return {};
    }
    Status read(std::string_view key, std::vector<std::string>& out) const {
        return each(key, [&](const toml::node& item) -> Status {
            const auto text = item.value_exact<std::string>();
            if (!text) return fault(item, in_quotes(key) + " must hold strings only, got " + std::string(kind_of(item)));
            out.push_back(*text);
            return {};
        });
    }
    [[nodiscard]] Error wrong(const toml::node& node, std::string_view key, std::string_view wanted) const {
        return fault(node, in_quotes(key) + " must be " + std::string(wanted) + ", got " + std::string(kind_of(node)));
    }

private:
    const RuleFile& file_;
    const LayerParts& parts_;
    const toml::table& table_;
    std::string what_;
};

// Between « and » stands something, neither is alone, and they don't nest.
bool marks_pair(std::string_view text) {
    bool open = false;
    for (std::size_t i = 0, begin = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("«")) {
            if (open) return false;
            open = true;
            begin = i + 2;
        } else if (text.substr(i).starts_with("»")) {
            if (!open || i == begin) return false;
            open = false;
        }
    }
    return !open;
}

Status read_examples(const TableReader& reader, RuleSource& rule) {
    const auto take = [&](const toml::node& item) -> Status {
        RuleExample example;
        if (const toml::table* table = item.as_table()) {
            for (const auto& [key, node] : *table) {
                const auto text = node.value_exact<std::string>();
                if (!text || (key.str() != "text" && key.str() != "value")) return reader.fault(item, "an example is a string or { text = \"…\", value = \"…\" }");
                (key.str() == "text" ? example.text : example.value) = *text;
            }
        } else if (const auto text = item.value_exact<std::string>()) {
            example.text = *text;
        } else {
            return reader.fault(item, "an example is a string or { text = \"…\", value = \"…\" }");
        }
        if (example.text.empty()) return reader.fault(item, "an empty example");
        if (!marks_pair(example.text)) return reader.fault(item, "example " + in_quotes(example.text) + ": « and » must come in pairs, with the mention between them");
        rule.examples.push_back(std::move(example));
        return {};
    };
    if (auto status = reader.each("examples", take); !status) return status;
    if (auto status = reader.read("not", rule.counter_examples); !status) return status;
    if (rule.examples.empty()) return reader.fault("needs 'examples': at least one text in which it finds something");
    if (rule.counter_examples.empty()) return reader.fault("needs 'not': at least one text, as alike as can be, in which it finds nothing");
    for (const std::string& text : rule.counter_examples) {
        if (text.empty()) return reader.fault("an empty text in 'not'");
        if (text.find("«") != std::string::npos) return reader.fault("'not' entry " + in_quotes(text) + " holds «: nothing is to be found in it");
    }
    return {};
}

Status read_value(const TableReader& reader, const toml::table& table, RuleSource& rule) {
    const toml::node* node = table.get("value");
    if (node == nullptr) return {};
    const toml::table* value = node->as_table();
    if (value == nullptr) return reader.wrong(*node, "value", "a table: { key = \"…\" }");
    for (const auto& [key, item] : *value) {
        std::string text;
        if (const auto s = item.value_exact<std::string>()) text = *s;
        else if (const auto flag = item.value_exact<bool>()) text = *flag ? "true" : "false";
        else if (const auto number = item.value_exact<std::int64_t>()) text = std::to_string(*number);
        else return reader.fault(item, "value " + in_quotes(key.str()) + " must be a string, a whole number or true/false, got " + std::string(kind_of(item)));
        rule.key_where.emplace_back("value." + std::string(key.str()), reader.where(item));
        rule.value.emplace_back(std::string(key.str()), std::move(text));
    }
    std::sort(rule.value.begin(), rule.value.end());
    return {};
}

Status read_rule(const RuleFile& file, const LayerParts& parts, const toml::table& table, const std::string& default_phase, RuleSource& rule) {
    TableReader reader(file, parts, table, "a rule");
    rule.where = reader.where();
    for (const auto& [key, node] : table) rule.key_where.emplace_back(std::string(key.str()), reader.where(node));
    if (auto status = reader.read("name", rule.name); !status) return status;
    const std::size_t dot = rule.name.find('.');
    if (dot == std::string::npos || !is_name(std::string_view(rule.name).substr(0, dot)) || !is_name(std::string_view(rule.name).substr(dot + 1))) {
        return reader.fault("needs a name 'kind.topic' of lower-case letters, digits and _, got " + in_quotes(rule.name));
    }
    if (rule.name.starts_with("decisions.")) return reader.fault("names that begin with 'decisions.' belong to decision files, got " + in_quotes(rule.name));
    reader.call("rule " + rule.name);
    if (auto status = reader.only({"name", "type", "tokens", "text", "value", "examples", "not", "why", "phase", "priority", "since", "until", "amend", "override", "ascii"}); !status) return status;
    rule.phase = default_phase;
    for (const auto& [key, out] : {std::pair<std::string_view, std::string&>{"phase", rule.phase}, {"type", rule.type_name}, {"tokens", rule.tokens}, {"text", rule.text}, {"why", rule.why}}) {
        if (auto status = reader.read(key, out); !status) return status;
    }
    if (std::find(std::begin(rule_phases), std::end(rule_phases), rule.phase) == std::end(rule_phases)) {
        std::string allowed;
        for (const std::string_view phase : rule_phases) allowed += " " + std::string(phase);
        const std::string message = rule.phase.empty() ? std::string("says no phase, and neither does its file") : "phase " + in_quotes(rule.phase) + " is unknown";
        return bad(rule.where_of("phase"), "rule " + rule.name + ": " + message + "; allowed:" + allowed + meant(rule.phase, {std::begin(rule_phases), std::end(rule_phases)}));
    }
    if (rule.type_name.empty()) return reader.fault("needs a 'type': what its mentions are");
    if (rule.tokens.empty()) return reader.fault("needs a 'tokens' pattern");
    if (!rule.text.empty() && rule.phase != "text") return bad(rule.where_of("text"), "rule " + rule.name + ": a 'text' pattern belongs to phase text, not to " + rule.phase);
    if (rule.text.empty() && rule.phase == "text") return reader.fault("a rule of phase text needs a 'text' pattern");
    if (auto status = reader.read("priority", rule.priority, -most_priority, most_priority); !status) return status;
    if (auto status = reader.read("since", rule.since, 1, 2100); !status) return status;
    if (auto status = reader.read("until", rule.until, 1, 2100); !status) return status;
    if (rule.since != 0 && rule.until != 0 && rule.since > rule.until) {
        return bad(rule.where_of("since"), "rule " + rule.name + ": since " + std::to_string(rule.since) + " lies behind until " + std::to_string(rule.until));
    }
    if (auto status = reader.read("amend", rule.amend); !status) return status;
    if (auto status = reader.read("override", rule.replaces); !status) return status;
    if (auto status = reader.read("ascii", rule.ascii); !status) return status;
    if (rule.ascii && rule.text.empty()) return bad(rule.where_of("ascii"), "rule " + rule.name + ": 'ascii' speaks of a 'text' pattern, and there is none");
    if (auto status = read_value(reader, table, rule); !status) return status;
    return read_examples(reader, rule);
}

bool is_colour(std::string_view colour) {
    return colour.size() == 7 && colour[0] == '#' && colour.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

Status read_kind(const RuleFile& file, const LayerParts& parts, const toml::table& table, DeclaredKind& kind) {
    TableReader reader(file, parts, table, "a kind");
    if (auto status = reader.read("name", kind.name); !status) return status;
    if (!is_name(kind.name)) return reader.fault("needs a name of lower-case letters, digits and _, got " + in_quotes(kind.name));
    reader.call("kind " + kind.name);
    static constexpr std::string_view taken[] = {"declared", "any", "unit", "text", "ref", "none", "todo"};
    if (parse_mention_type(kind.name) || std::find(std::begin(taken), std::end(taken), kind.name) != std::end(taken)) return reader.fault("this name is taken");
    if (auto status = reader.only({"name", "label", "colour", "fields"}); !status) return status;
    kind.label = kind.name;
    std::replace(kind.label.begin(), kind.label.end(), '_', ' ');
    kind.colour = "#0e7490";
    if (auto status = reader.read("label", kind.label); !status) return status;
    if (kind.label.empty() || kind.label.size() > longest_name) return reader.fault("'label' must have 1 to 100 bytes");
    if (auto status = reader.read("colour", kind.colour); !status) return status;
    if (!is_colour(kind.colour)) return reader.fault("'colour' must be like \"#0e7490\", got " + in_quotes(kind.colour));
    if (auto status = reader.read("fields", kind.fields); !status) return status;
    for (auto field = kind.fields.begin(); field != kind.fields.end(); ++field) {
        if (!is_name(*field) || *field == "name") return reader.fault("field " + in_quotes(*field) + " must be of lower-case letters, digits and _, and 'name' is always there");
        if (std::find(kind.fields.begin(), field, *field) != field) return reader.fault("field " + in_quotes(*field) + " is given twice");
    }
    return {};
}

// Calls use(table) for each table of an array of tables.
template <class Use>
Status each_table(const TableReader& reader, const toml::table& root, std::string_view key, Use use) {
    const toml::node* node = root.get(key);
    if (node == nullptr) return {};
    const toml::array* array = node->as_array();
    const std::string wanted = "written as [[" + std::string(key) + "]]";
    if (array == nullptr) return reader.wrong(*node, key, wanted);
    for (const toml::node& item : *array) {
        const toml::table* table = item.as_table();
        if (table == nullptr) return reader.wrong(item, key, wanted);
        if (Status status = use(*table); !status) return status;
    }
    return {};
}

Status read_definitions(const TableReader& reader, const toml::table& root, RuleSources& sources) {
    const toml::node* node = root.get("define");
    if (node == nullptr) return {};
    const toml::table* define = node->as_table();
    if (define == nullptr) return reader.wrong(*node, "define", "written as [define]");
    for (const auto& [key, item] : *define) {
        const std::string name(key.str());
        const auto pattern = item.value_exact<std::string>();
        if (!is_name(name)) return bad(reader.where(item), "definition " + in_quotes(name) + ": a name is of lower-case letters, digits and _");
        if (!pattern) return bad(reader.where(item), "definition " + in_quotes(name) + " must be a string, got " + std::string(kind_of(item)));
        const auto [known, added] = sources.definitions.emplace(name, *pattern);
        if (!added) return bad(reader.where(item), "definition " + in_quotes(name) + " is given twice, first at " + sources.definition_where[name]);
        sources.definition_where.emplace(name, reader.where(item));
    }
    return {};
}

}  // namespace

Status parse_rule_file(const RuleFile& file, LayerParts& parts) {
    toml::table root;
    try {
        root = toml::parse(file.content, file.path);
    } catch (const toml::parse_error& error) {
        std::string message = "no TOML: " + std::string(error.description());
        if (message.find("escape sequence") != std::string::npos) message += "; a pattern stands in single quotes, which leave \\ as it is";
        return bad(parts.place(file, error.source().begin.line), message);
    }
    RuleSources& sources = parts.sources;
    const TableReader reader(file, parts, root, "this file");
    if (auto status = reader.only({"phase", "define", "kind", "rule", "off"}); !status) return status;
    std::string phase;
    if (auto status = reader.read("phase", phase); !status) return status;
    if (auto status = read_definitions(reader, root, sources); !status) return status;
    const auto take_off = [&](const toml::node& item) -> Status {
        const auto name = item.value_exact<std::string>();
        if (!name) return reader.fault(item, "'off' must hold strings only, got " + std::string(kind_of(item)));
        parts.off.push_back({*name, reader.where(item)});
        return {};
    };
    if (auto status = reader.each("off", take_off); !status) return status;
    const auto take_kind = [&](const toml::table& table) -> Status {
        DeclaredKind kind;
        if (auto status = read_kind(file, parts, table, kind); !status) return status;
        sources.kinds.push_back(std::move(kind));
        sources.kind_where.push_back(reader.where(table));
        return {};
    };
    if (auto status = each_table(reader, root, "kind", take_kind); !status) return status;
    return each_table(reader, root, "rule", [&](const toml::table& table) -> Status {
        RuleSource rule;
        if (auto status = read_rule(file, parts, table, phase, rule); !status) return status;
        sources.rules.push_back(std::move(rule));
        return {};
    });
}

}  // namespace demarc
