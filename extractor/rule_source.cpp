#include "extractor/rule_source.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/token_hash.hpp"
#include "extractor/nearest_name.hpp"
#include "extractor/rule_file.hpp"
#include "gazetteer/fold.hpp"

namespace demarc {
namespace {

Error bad(const std::string& where, std::string message) { return {ErrorCode::bad_data, std::move(message), where}; }

void extend_digest(std::uint64_t& digest, const RuleFile& file) {
    digest = extend_sequence(extend_sequence(digest, token_hash(file.path)), token_hash(file.content));
}

std::string hex(std::uint64_t digest) {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(digest));
    return text;
}

// Joins what each folder brings to what is there.
class Joiner {
public:
    Status add(LayerParts parts, std::size_t layer, bool proven) {
        layer_ = layer;
        proven_ = proven;
        if (auto status = kinds(parts.sources); !status) return status;
        if (auto status = definitions(parts.sources); !status) return status;
        if (auto status = switch_off(parts.off); !status) return status;
        if (auto status = rules(parts.sources); !status) return status;
        return lexicons(parts.sources);
    }

    Result<RuleSources> finish() {
        for (RuleSource& rule : out_.rules) {
            if (auto status = resolve_type(rule); !status) return status.error();
        }
        for (const LexiconSource& lexicon : out_.lexicons) {
            const auto known = out_.definition_where.find(lexicon.name);
            if (known != out_.definition_where.end()) return bad(known->second, "definition " + in_quotes(lexicon.name) + ": this name is taken by the lexicon " + lexicon.path);
        }
        if (auto status = decisions_agree(); !status) return status.error();
        return std::move(out_);
    }

private:
    Status kinds(RuleSources& more) {
        for (std::size_t i = 0; i < more.kinds.size(); ++i) {
            for (std::size_t k = 0; k < out_.kinds.size(); ++k) {
                if (out_.kinds[k].name == more.kinds[i].name) return bad(more.kind_where[i], "kind " + in_quotes(more.kinds[i].name) + " is given twice, first at " + out_.kind_where[k]);
            }
            if (out_.kinds.size() == RuleLimits::kinds) return bad(more.kind_where[i], "more than 64 kinds");
            out_.kinds.push_back(std::move(more.kinds[i]));
            out_.kind_where.push_back(std::move(more.kind_where[i]));
        }
        return {};
    }

    Status definitions(RuleSources& more) {
        for (auto& [name, pattern] : more.definitions) {
            const std::string& where = more.definition_where[name];
            if (out_.definitions.size() == RuleLimits::definitions) return bad(where, "more than 10,000 definitions");
            if (!out_.definitions.emplace(name, std::move(pattern)).second) return bad(where, "definition " + in_quotes(name) + " is given twice, first at " + out_.definition_where[name]);
            out_.definition_where.emplace(name, where);
        }
        return {};
    }

    std::vector<std::string_view> rule_names() const {
        std::vector<std::string_view> names;
        for (const RuleSource& rule : out_.rules) names.push_back(rule.name);
        return names;
    }

    Status switch_off(const std::vector<SwitchedOff>& off) {
        if (off.size() > RuleLimits::switched_off) return bad(off.back().where, "more than 10,000 rules to switch off");
        for (const SwitchedOff& one : off) {
            const std::string_view name = one.name;
            const bool all = name.size() > 2 && name.ends_with(".*");
            const auto meant_by = [&](const RuleSource& rule) { return all ? rule.name.starts_with(name.substr(0, name.size() - 1)) : rule.name == name; };
            if (std::erase_if(out_.rules, meant_by) == 0) {
                return bad(one.where, "'off' names " + in_quotes(name) + ", and no earlier folder has such a rule" + meant(name, rule_names()));
            }
        }
        return {};
    }

    Status rules(RuleSources& more) {
        for (RuleSource& rule : more.rules) {
            rule.layer = layer_;
            rule.proven = proven_;
            const auto earlier = !names_.contains(rule.name) ? out_.rules.end() : std::find_if(out_.rules.begin(), out_.rules.end(), [&](const RuleSource& other) { return other.name == rule.name; });
            if (rule.replaces) {
                if (earlier == out_.rules.end() || earlier->layer == layer_) {
                    return bad(rule.where_of("override"), "rule " + rule.name + ": 'override', and no earlier folder has a rule of this name" + meant(rule.name, rule_names()));
                }
                *earlier = std::move(rule);
                continue;
            }
            if (earlier != out_.rules.end()) {
                return bad(rule.where_of("name"), "rule name " + in_quotes(rule.name) + " is given twice, first at " + earlier->where +
                                                      (earlier->layer < layer_ ? "; a rule that takes its place says override = true" : ""));
            }
            if (out_.rules.size() == RuleLimits::rules) return bad(rule.where, "more than 20,000 rules");
            names_.insert(rule.name);
            out_.rules.push_back(std::move(rule));
        }
        return {};
    }

    Status lexicons(RuleSources& more) {
        for (LexiconSource& lexicon : more.lexicons) {
            const auto earlier = std::find_if(out_.lexicons.begin(), out_.lexicons.end(), [&](const LexiconSource& other) { return other.name == lexicon.name; });
            if (lexicon.mode == LexiconSource::Mode::define) {
                if (earlier != out_.lexicons.end()) {
                    return bad(lexicon.path + ":1", "lexicon " + in_quotes(lexicon.name) + " is given twice, first at " + earlier->path + ":1" + "; a file that changes it says '# mode: extend', 'replace' or 'remove'");
                }
                if (out_.lexicons.size() == RuleLimits::lexicons) return bad(lexicon.path + ":1", "more than 10,000 lexicons");
                out_.lexicons.push_back(std::move(lexicon));
                continue;
            }
            if (earlier == out_.lexicons.end()) {
                std::vector<std::string_view> names;
                for (const LexiconSource& other : out_.lexicons) names.push_back(other.name);
                return bad(lexicon.path + ":1", "there is no lexicon " + in_quotes(lexicon.name) + " yet that this file could change" + meant(lexicon.name, names));
            }
            if (lexicon.mode == LexiconSource::Mode::remove) {
                if (auto status = remove_entries(*earlier, lexicon); !status) return status;
            } else if (lexicon.mode == LexiconSource::Mode::replace) {
                earlier->entries = std::move(lexicon.entries);
            } else {
                earlier->entries.insert(earlier->entries.end(), std::make_move_iterator(lexicon.entries.begin()), std::make_move_iterator(lexicon.entries.end()));
            }
        }
        return {};
    }

    // Takes variants out; an entry whose canonical form goes, goes whole.
    static Status remove_entries(LexiconSource& lexicon, const LexiconSource& gone) {
        std::unordered_map<std::string, bool> met;  // folded word -> whether the lexicon holds it
        for (const auto& entry : gone.entries) {
            for (const std::string& word : entry) met.emplace(fold_token(word), false);
        }
        const auto is_gone = [&met](const std::string& variant) {
            const auto word = met.find(fold_token(variant));
            if (word != met.end()) word->second = true;
            return word != met.end();
        };
        for (auto& entry : lexicon.entries) {
            const bool whole = is_gone(entry.front());
            std::erase_if(entry, is_gone);
            if (whole) entry.clear();
        }
        std::erase_if(lexicon.entries, [](const auto& entry) { return entry.empty(); });
        for (std::size_t i = 0; i < gone.entries.size(); ++i) {
            for (const std::string& word : gone.entries[i]) {
                if (!met[fold_token(word)]) return bad(gone.path + ":" + std::to_string(gone.lines[i]), "lexicon " + in_quotes(lexicon.name) + " doesn't hold " + in_quotes(word));
            }
        }
        return {};
    }

    Status resolve_type(RuleSource& rule) const {
        if (const auto type = parse_mention_type(rule.type_name)) {
            rule.type = *type;
            return {};
        }
        if (rule.decision == RuleSource::Decision::never && rule.type_name == "any") return {};
        std::vector<std::string_view> names;
        for (std::size_t i = 0; i < known_type_count; ++i) names.push_back(to_string(static_cast<MentionType>(i)));
        for (const DeclaredKind& kind : out_.kinds) {
            if (kind.name == rule.type_name) {
                rule.type = MentionType::declared;
                return {};
            }
            names.push_back(kind.name);
        }
        std::string allowed;
        for (const std::string_view name : names) allowed += " " + std::string(name);
        return bad(rule.where_of("type"), "rule " + rule.name + ": type " + in_quotes(rule.type_name) + " is not a mention type; allowed:" + allowed + "; a new one is declared as [[kind]]" +
                                              meant(rule.type_name, names));
    }

    // One decision for the same words in the same documents.
    Status decisions_agree() const {
        std::map<std::tuple<std::string_view, std::string_view, int, int>, std::vector<const RuleSource*>> known;
        for (const RuleSource& rule : out_.rules) {
            if (rule.decision == RuleSource::Decision::none) continue;
            auto& same = known[{rule.tokens, rule.document, rule.since, rule.until}];
            for (const RuleSource* other : same) {
                const bool never = rule.decision == RuleSource::Decision::never, other_never = other->decision == RuleSource::Decision::never;
                const bool same_type = rule.type_name == other->type_name || rule.type_name == "any" || other->type_name == "any";
                if (same_type || (!never && !other_never)) return bad(rule.where, "these words are decided already, at " + other->where);
            }
            same.push_back(&rule);
        }
        return {};
    }

    RuleSources out_;
    std::set<std::string, std::less<>> names_;  // ever given: most rules need no search
    std::size_t layer_ = 0;
    bool proven_ = false;
};

}  // namespace

std::string LayerParts::place(const RuleFile& file, std::size_t line) const {
    std::string out = folder.empty() ? file.path : (std::filesystem::path(folder) / file.path).generic_string();
    if (line != 0) out += ":" + std::to_string(line);
    return out;
}

const std::string& RuleSource::where_of(std::string_view key) const {
    const auto known = std::find_if(key_where.begin(), key_where.end(), [&](const auto& pair) { return pair.first == key; });
    return known == key_where.end() ? where : known->second;
}

Result<RuleSources> parse_rule_layers(const std::vector<RuleLayer>& layers) {
    Joiner joiner;
    std::uint64_t digest = token_hash_seed;
    std::size_t bytes = 0, count = 0;
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        std::vector<const RuleFile*> sorted;
        for (const RuleFile& file : layers[layer].files) sorted.push_back(&file);
        std::sort(sorted.begin(), sorted.end(), [](const RuleFile* a, const RuleFile* b) { return a->path < b->path; });
        LayerParts parts;
        parts.folder = layers[layer].folder;
        if (layer > 0) digest = extend_sequence(digest, layer);
        for (const RuleFile* file : sorted) {
            if (file->path.starts_with("names/")) continue;  // romanisation routes belong to the gazetteer
            bytes += file->content.size();
            if (file->content.size() > RuleLimits::file_bytes) return bad(parts.place(*file, 0), "a file of more than 8 MB");
            if (bytes > RuleLimits::all_bytes) return bad(parts.place(*file, 0), "more than 64 MB of rule files");
            if (++count > RuleLimits::files) return bad(parts.place(*file, 0), "more than 10,000 rule files");
            Status status;
            if (file->path.ends_with(".toml")) status = parse_rule_file(*file, parts);
            else if (file->path.ends_with(".txt")) status = parse_lexicon_file(*file, parts);
            else if (file->path.ends_with(".decisions")) status = parse_decision_file(*file, parts);
            if (!status) return status.error();
            extend_digest(digest, *file);
        }
        if (auto status = joiner.add(std::move(parts), layer, layers[layer].proven); !status) return status.error();
    }
    auto sources = joiner.finish();
    if (!sources) return sources;
    sources->digest = hex(digest);
    sources->layers = layers.size();
    return sources;
}

Result<RuleSources> parse_rule_files(const std::vector<RuleFile>& files) { return parse_rule_layers({{"", files}}); }

Result<std::vector<RuleFile>> read_rule_folder(const std::string& folder) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::is_directory(folder, error)) return Error{ErrorCode::no_input, "no rule folder '" + folder + "'", ""};
    std::vector<RuleFile> files;
    for (auto it = fs::recursive_directory_iterator(folder, error); !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        std::error_code unknown;
        if (!it->is_regular_file(unknown)) continue;
        const std::string shown = it->path().generic_string();
        if (files.size() == RuleLimits::files) return bad(shown, "more than 10,000 files in a rule folder");
        if (it->file_size(unknown) > RuleLimits::file_bytes && !unknown) return bad(shown, "a file of more than 8 MB in a rule folder");
        std::ifstream in(it->path(), std::ios::binary);
        std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        if (!in) return Error{ErrorCode::io, "can't read rule file '" + shown + "'", ""};
        files.push_back({fs::relative(it->path(), folder).generic_string(), std::move(content)});
    }
    if (error) return Error{ErrorCode::io, "can't walk rule folder '" + folder + "': " + error.message(), ""};
    std::sort(files.begin(), files.end(), [](const RuleFile& a, const RuleFile& b) { return a.path < b.path; });
    return files;
}

}  // namespace demarc
