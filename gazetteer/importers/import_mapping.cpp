#include "gazetteer/importers/import_mapping.hpp"

#include <toml++/toml.h>

#include <functional>

namespace demarc {
namespace {

Error bad(const std::string& path, const toml::node& node, std::string message) { return {ErrorCode::bad_data, std::move(message), path + ":" + std::to_string(node.source().begin.line)}; }

std::vector<std::string> texts(const toml::node& node) {
    std::vector<std::string> out;
    if (const auto one = node.value<std::string>()) out.push_back(*one);
    if (const toml::array* list = node.as_array()) {
        for (const toml::node& item : *list) {
            if (const auto text = item.value<std::string>()) out.push_back(*text);
        }
    }
    return out;
}

Status read_name_column(const toml::node& node, const std::string& path, NameColumn& out) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return bad(path, node, "[[names]] must be a table");
    const std::map<std::string_view, std::string*> keys = {{"column", &out.column}, {"separator", &out.separator}, {"lang", &out.lang}, {"lang_column", &out.lang_column}, {"from", &out.from}, {"to", &out.to}};
    for (const auto& [key, value] : *table) {
        const auto known = keys.find(key.str());
        if (known == keys.end()) return bad(path, value, "unknown key '" + std::string(key.str()) + "' of names; allowed: column separator lang lang_column from to");
        const auto text = value.value<std::string>();
        if (!text) return bad(path, value, "'" + std::string(key.str()) + "' must be a text");
        *known->second = *text;
    }
    return out.column.empty() ? Status(bad(path, node, "names need a column")) : Status();
}

}  // namespace

Result<ImportMapping> parse_mapping(std::string_view text, const std::string& path) {
    toml::table root;
    try {
        root = toml::parse(text, path);
    } catch (const toml::parse_error& error) {
        return Error{ErrorCode::bad_data, std::string(error.description()), path + ":" + std::to_string(error.source().begin.line)};
    }
    ImportMapping out;
    const std::map<std::string_view, std::vector<std::string>*> lists = {
        {"requires", &out.requires_columns}, {"files", &out.files}, {"columns", &out.columns}, {"id", &out.id}, {"display", &out.display}, {"lon", &out.lon}, {"lat", &out.lat},
        {"point", &out.point}, {"country", &out.country}, {"admin", &out.admin}, {"population", &out.population}, {"from", &out.from}, {"to", &out.to},
        {"feature_class", &out.feature_class}, {"feature_code", &out.feature_code}, {"kind_word", &out.kind_word}};
    const std::map<std::string_view, std::string*> words = {{"name", &out.name}, {"source", &out.source}, {"id_prefix", &out.id_prefix}, {"kind", &out.kind_default}};
    const std::map<std::string_view, char> delimiters = {{"tab", '\t'}, {"comma", ','}, {"semicolon", ';'}, {"pipe", '|'}};
    for (const auto& [key_node, value] : root) {
        const std::string_view key = key_node.str();
        if (const auto list = lists.find(key); list != lists.end()) {
            *list->second = texts(value);
            if (list->second->empty()) return bad(path, value, "'" + std::string(key) + "' must be a text or a list of texts");
        } else if (const auto word = words.find(key); word != words.end()) {
            const auto own = value.value<std::string>();
            if (!own) return bad(path, value, "'" + std::string(key) + "' must be a text");
            *word->second = *own;
        } else if (key == "delimiter") {
            out.delimiters.clear();
            for (const std::string& name : texts(value)) {
                const auto known = delimiters.find(name);
                if (known == delimiters.end()) return bad(path, value, "delimiter '" + name + "'; allowed: tab comma semicolon pipe");
                out.delimiters += known->second;
            }
            if (out.delimiters.empty()) return bad(path, value, "'delimiter' must be a text or a list of texts");
            out.delimiter = out.delimiters.front();
        } else if (key == "role") {
            const std::string role = value.value_or(std::string());
            if (role != "places" && role != "names") return bad(path, value, "role '" + role + "'; allowed: places names");
            out.role = role == "places" ? ImportMapping::Role::places : ImportMapping::Role::names;
        } else if (key == "group") {
            out.group = value.value_or(false);
        } else if (key == "only" && value.is_table()) {
            for (const auto& [column, allowed] : *value.as_table()) out.only[std::string(column.str())] = texts(allowed);
        } else if (key == "country_names" && value.is_table()) {
            for (const auto& [from, to] : *value.as_table()) out.country_names[std::string(from.str())] = to.value_or(std::string());
        } else if (key == "names" && value.is_array()) {
            for (const toml::node& node : *value.as_array()) {
                NameColumn column;
                if (const Status status = read_name_column(node, path, column); !status) return status.error();
                out.names.push_back(std::move(column));
            }
        } else {
            return bad(path, value, "unknown key '" + std::string(key) +
                                        "'; allowed: name source role requires files columns delimiter id id_prefix display lon lat point country country_names admin population from to "
                                        "feature_class feature_code kind_word kind only group names");
        }
    }
    if (out.requires_columns.empty() && out.files.empty()) return Error{ErrorCode::bad_data, "a mapping needs 'requires' (columns that tell its tables) or 'files'", path};
    if (out.id.empty()) return Error{ErrorCode::bad_data, "a mapping needs 'id'", path};
    if (out.role == ImportMapping::Role::names && out.names.empty()) return Error{ErrorCode::bad_data, "a mapping of names needs [[names]]", path};
    if (out.role == ImportMapping::Role::places && out.point.empty() && (out.lon.empty() || out.lat.empty())) return Error{ErrorCode::bad_data, "a mapping of places needs 'lon' and 'lat', or 'point'", path};
    return out;
}

}  // namespace demarc
