#include "gazetteer/name_routes.hpp"

#include <algorithm>
#include <set>
#include <toml++/toml.h>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/packed_files.hpp"
#include "base/utf8.hpp"
#include "gazetteer/fold.hpp"
#include "gazetteer/name_tokens.hpp"
#include "gazetteer/source_table.hpp"

namespace demarc {
namespace {

constexpr std::size_t max_generated = 200, min_letters = 5, min_letters_rarer = 6, min_letters_rarer_person = 8;
constexpr int max_rank = 2;         // of readings together
constexpr float rank_cost = 0.15f;  // of each rank
constexpr std::size_t syllable_bytes = 3;  // of a hangul syllable in UTF-8
constexpr std::string_view hangul_vowels = "hangul_vowels.tsv";

Error bad(std::string where, std::string message) { return {ErrorCode::bad_data, std::move(message), std::move(where)}; }

std::string lower(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (c == U'’' || c == U'ʼ' || c == U'‘') out += '\'';
        else append_code_point(out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
    }
    return out;
}

// Latin spellings lose their marks but keep word limits and apostrophes; ü stays, as pinyin tells it from u.
std::string plain_latin(std::string_view text) {
    std::string out;
    const std::string small = lower(text);
    for (std::size_t at = 0; at < small.size();) {
        const std::size_t begin = at;
        const char32_t c = next_code_point(small, at);
        if (c == U' ' || c == U'-' || c == U'\'' || c == U'ü') out.append(small, begin, at - begin);
        else out += fold_token(std::string_view(small).substr(begin, at - begin));
    }
    return out;
}

// "kim il-sŏng" -> "Kim Il-sŏng": a capital at the begin and after a space.
std::string title(std::string_view text) {
    std::string out;
    bool up = true;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        append_code_point(out, up ? static_cast<char32_t>(u_totitle(static_cast<UChar32>(c))) : c);
        up = c == U' ';
    }
    return out;
}

bool is_han(const SourceName& name) { return name.kind == NameKind::native && name.lang.ends_with("-Hani"); }

// What a route begins with: the record's name, a native spelling before it.
std::string origin(const SourceRecord& record) {
    for (const bool han : {true, false}) {
        for (const SourceName& name : record.names) {
            if (han ? is_han(name) : name.lang == "ko-Hang") return name.text + " " + record.name;
        }
    }
    return record.name;
}

}  // namespace

std::vector<NameRuleFile> name_rule_files(std::string_view block) {
    std::vector<NameRuleFile> files;
    for (auto& [path, content] : unpack_files(block)) files.push_back({path.substr(path.rfind('/') + 1), std::move(content)});
    return files;
}

Result<NameRoutes> NameRoutes::load(const std::vector<NameRuleFile>& files) {
    NameRoutes out;
    const NameRuleFile* routes = nullptr;
    const NameRuleFile* vowels = nullptr;
    for (const NameRuleFile& file : files) {
        if (file.path == "routes.toml") routes = &file;
        if (file.path == hangul_vowels) vowels = &file;
    }
    if (routes == nullptr) return bad("rules/names", "routes.toml is missing");
    for (const NameRuleFile& file : files) {
        const std::string where = "rules/names/" + file.path;
        if (file.path == "endings.tsv") {
            if (const Status status = out.read_endings(file); !status) return status.error();
        } else if (file.path.starts_with("hangul_") && file.path != hangul_vowels) {
            if (vowels == nullptr) return bad(where, "hangul_vowels.tsv is missing beside it");
            const std::string system = file.path.substr(7, file.path.size() - 11);
            auto table = HangulRomanisation::parse(file.content, where, vowels->content, "rules/names/hangul_vowels.tsv", system);
            if (!table) return table.error();
            out.hangul_.emplace(system, std::move(*table));
        } else if (file.path == "readings.tsv") {
            auto readings = HanReadings::parse(file.content, where);
            if (!readings) return readings.error();
            out.readings_ = std::move(*readings);
        } else if (file.path.ends_with(".tsv") && file.path != hangul_vowels) {
            auto table = TransliterationTable::parse(file.content, where);
            if (!table) return table.error();
            out.tables_.emplace(file.path, std::move(*table));
        }
    }
    if (const Status status = out.read_routes(*routes); !status) return status.error();
    return out;
}

Status NameRoutes::read_endings(const NameRuleFile& file) {
    const auto table = SourceTable::parse(file.content, "rules/names/" + file.path, {"endings"}, {"endings"});
    if (!table) return table.error();
    for (const SourceTable::Row& row : table->rows()) {
        std::vector<std::string> group;
        const std::string_view cell = table->field(row, "endings");
        for (std::size_t at = 0; at <= cell.size();) {
            const std::size_t end = std::min(cell.find('|', at), cell.size());
            group.push_back(fold_token(cell.substr(at, end - at)));
            at = end + 1;
        }
        std::sort(group.begin(), group.end());
        group.erase(std::unique(group.begin(), group.end()), group.end());
        endings_.push_back(std::move(group));
    }
    return {};
}

Status NameRoutes::read_routes(const NameRuleFile& file) {
    const std::string path = "rules/names/" + file.path;
    toml::table root;
    try {
        root = toml::parse(file.content, path);
    } catch (const toml::parse_error& error) {
        return bad(path + ":" + std::to_string(error.source().begin.line), std::string(error.description()));
    }
    const toml::array* list = root["route"].as_array();
    if (list == nullptr) return bad(path, "no [[route]]");
    for (const toml::node& node : *list) {
        const std::string where = path + ":" + std::to_string(node.source().begin.line);
        const toml::table* table = node.as_table();
        if (table == nullptr) return bad(where, "[[route]] must be a table");
        static const std::set<std::string_view> keys = {"name", "class", "from", "start", "stages", "lang", "cost", "countries", "since", "until", "why", "unless"};
        for (const auto& [key, value] : *table) {
            if (!keys.contains(key.str())) return bad(where, "unknown key '" + std::string(key.str()) + "'; allowed: name class from start stages lang cost countries since until unless why");
        }
        Route route;
        route.name = (*table)["name"].value_or(std::string());
        route.from = (*table)["from"].value_or(std::string());
        route.start_label = (*table)["start"].value_or(std::string());
        route.lang = (*table)["lang"].value_or(std::string());
        route.unless = (*table)["unless"].value_or(std::string());
        route.cost = (*table)["cost"].value_or(-1.0f);
        route.since = (*table)["since"].value_or(std::int16_t{0});
        route.until = (*table)["until"].value_or(std::int16_t{0});
        const std::string record_class = (*table)["class"].value_or(std::string("place"));
        if (record_class != "place" && record_class != "person") return bad(where, "class '" + record_class + "'; allowed: place, person");
        route.record_class = record_class == "place" ? RecordClass::place : RecordClass::person;
        if (route.name.empty() || route.from.empty() || route.lang.empty()) return bad(where, "a route needs name, from and lang");
        if (!(route.cost >= 0 && route.cost <= 1)) return bad(where, "route " + route.name + ": cost must be a number 0..1");
        if (const toml::array* countries = (*table)["countries"].as_array()) {
            for (const toml::node& country : *countries) route.countries.push_back(country.value_or(std::string()));
        }
        const toml::array* stages = (*table)["stages"].as_array();
        if (stages == nullptr || stages->empty()) return bad(where, "route " + route.name + " needs stages: [[{kind, table, system, label}, …], …]");
        for (const toml::node& stage_node : *stages) {
            const toml::array* options = stage_node.as_array();
            if (options == nullptr || options->empty()) return bad(where, "route " + route.name + ": a stage is a list of steps");
            std::vector<Step> stage;
            for (const toml::node& option : *options) {
                const toml::table* entry = option.as_table();
                if (entry == nullptr) return bad(where, "route " + route.name + ": a step is {kind, table, system, label}");
                Step step;
                const std::string kind = (*entry)["kind"].value_or(std::string("letters"));
                step.table = (*entry)["table"].value_or(std::string());
                step.system = (*entry)["system"].value_or(std::string());
                step.label = (*entry)["label"].value_or(std::string());
                if (kind == "hangul") {
                    step.kind = Step::Kind::hangul;
                    if (!hangul_.contains(step.system)) return bad(where, "route " + route.name + ": no table hangul_" + step.system + ".tsv");
                } else if (kind == "reading") {
                    step.kind = Step::Kind::reading;
                    if (step.system != "ja" && step.system != "ko" && step.system != "zh") return bad(where, "route " + route.name + ": readings of '" + step.system + "'; allowed: ja, ko, zh");
                } else if (kind == "letters" || kind == "syllables") {
                    step.kind = kind == "letters" ? Step::Kind::letters : Step::Kind::syllables;
                    const auto known = tables_.find(step.table);
                    if (known == tables_.end()) return bad(where, "route " + route.name + ": no table '" + step.table + "' in rules/names");
                    if (!known->second.has_system(step.system)) return bad(where, "route " + route.name + ": no system '" + step.system + "' in " + step.table);
                } else {
                    return bad(where, "route " + route.name + ": kind '" + kind + "'; allowed: letters, syllables, hangul, reading");
                }
                if (step.label.empty()) return bad(where, "route " + route.name + ": a step needs a label");
                stage.push_back(std::move(step));
            }
            route.stages.push_back(std::move(stage));
        }
        routes_.push_back(std::move(route));
    }
    return {};
}

std::string NameRoutes::romanise_hangul(std::string_view word, std::string_view system) const {
    const auto table = hangul_.find(system);
    if (table == hangul_.end()) return {};
    const auto pieces = table->second.pieces(word);
    std::string out;
    if (pieces) {
        for (const std::string& piece : *pieces) out += (out.empty() ? "" : "-") + piece;
    }
    return out;
}

std::vector<NameRoutes::Spelling> NameRoutes::apply(const Step& step, const std::string& text, bool person) const {
    std::vector<Spelling> out;
    if (step.kind == Step::Kind::reading) {
        for (HanReadings::Reading& reading : readings_.read(text, step.system, !person)) out.push_back({std::move(reading.text), reading.rank});
        return out;
    }
    if (step.kind != Step::Kind::hangul) {
        const TransliterationTable& table = tables_.find(step.table)->second;
        const bool letters = step.kind == Step::Kind::letters;
        auto rewritten = letters ? table.letters(text, step.system) : table.syllables(text, step.system);
        // A table without long vowels reads them as short ones.
        if (!rewritten && letters) rewritten = table.letters(plain_latin(text), step.system);
        if (rewritten) out.push_back({std::move(*rewritten), 0});
        return out;
    }
    const HangulRomanisation& system = hangul_.find(step.system)->second;
    const auto join = [](std::string& into, const std::vector<std::string>& parts, std::string_view between) {
        for (std::size_t i = 0; i < parts.size(); ++i) into.append(i == 0 ? "" : between).append(parts[i]);
    };
    std::string parted, ending_parted;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string_view word = std::string_view(text).substr(at, end - at);
        const auto pieces = system.pieces(word);
        if (!pieces || pieces->empty()) return out;
        if (at > 0) parted += ' ', ending_parted += ' ';
        at = end + 1;
        join(parted, *pieces, "-");
        // A generic ending keeps its own form behind a hyphen ("Munsan-ri"); the groups of endings make -ni and -li of it.
        const std::size_t stem = word.size() - std::min(word.size(), syllable_bytes);
        const auto ending = system.pieces(word.substr(stem));
        const std::string folded = fold_token(ending->front());
        const bool generic = stem > 0 && std::any_of(endings_.begin(), endings_.end(), [&](const auto& g) { return std::find(g.begin(), g.end(), folded) != g.end(); });
        join(ending_parted, generic ? *system.pieces(word.substr(0, stem)) : *pieces, "");
        if (generic) ending_parted += "-" + ending->front();
    }
    // "Mun-san-ni" and "Munsan-ri"; a person's given name only parted, since its joined form is a key of it anyway.
    if (!person && ending_parted != parted) out.push_back({ending_parted, 0});
    out.push_back({parted, 0});
    return out;
}

void NameRoutes::run(const Route& route, SourceRecord& record, std::vector<std::string>& seen, const CommonWords* common) const {
    const bool person = record.record_class == RecordClass::person;
    struct Start {
        std::string shown, family, given;  // given empty: one name in `family`
    };
    std::vector<Start> starts;
    if (route.from == "main") {
        if (person && !record.given.empty()) starts.push_back({record.name, plain_latin(record.family), plain_latin(record.given)});
        else if (!person) starts.push_back({record.name, plain_latin(record.name), ""});
    } else {
        for (const SourceName& name : record.names) {
            if (name.lang != route.from || name.kind == NameKind::generated || name.kind == NameKind::cover) continue;
            const bool native = name.kind == NameKind::native;
            const std::string text = native ? lower(name.text) : plain_latin(name.text);
            const std::size_t space = text.find(' ');
            const bool hangul = name.lang == "ko-Hang";
            if (!person) starts.push_back({name.text, text, ""});
            else if (hangul && space == std::string::npos && text.size() > syllable_bytes) starts.push_back({name.text, text.substr(0, syllable_bytes), text.substr(syllable_bytes)});
            else if (name.lang.ends_with("-Hani")) starts.push_back({name.text, text.substr(0, han_family_bytes(text)), text.substr(han_family_bytes(text))});
            else if (space != std::string::npos) starts.push_back({name.text, text.substr(0, space), text.substr(space + 1)});
        }
    }
    for (const Start& start : starts) {
        struct Form {
            std::string family, given;
            std::vector<RouteStep> steps;
            int rank = 0;
        };
        const auto text_of = [](const Form& form) { return title(form.given.empty() ? form.family : form.family + " " + form.given); };
        std::vector<Form> forms(1);
        forms[0].family = start.family;
        forms[0].given = start.given;
        forms[0].steps.push_back({origin(record), ""});
        if (!route.start_label.empty()) forms[0].steps.push_back({start.shown, route.start_label});
        for (const auto& stage : route.stages) {
            std::vector<Form> next;
            for (const Form& form : forms) {
                for (const Step& step : stage) {
                    const auto families = apply(step, form.family, person);
                    const auto givens = form.given.empty() ? std::vector<Spelling>{{}} : apply(step, form.given, person);
                    for (const Spelling& family : families) {
                        for (const Spelling& given : givens) {
                            const int rank = family.rank + given.rank;
                            if (form.rank + rank > max_rank) continue;
                            Form made{family.text, given.text, form.steps, form.rank + rank};
                            made.steps.push_back({text_of(made), rank == 0 ? step.label : step.label + ", a rarer one"});
                            next.push_back(std::move(made));
                        }
                    }
                }
            }
            forms = std::move(next);
            std::stable_sort(forms.begin(), forms.end(), [](const Form& a, const Form& b) { return a.rank < b.rank; });
        }
        for (const Form& form : forms) {
            if (seen.size() >= max_generated) return;
            SourceName name;
            name.text = text_of(form);
            const std::vector<std::string> tokens = name_tokens(name.text);
            const std::string joined = joined_tokens(tokens);
            if (count_code_points(joined) < (form.rank == 0 ? min_letters : person ? min_letters_rarer_person : min_letters_rarer)) continue;
            // A word, given or family name is met a thousand times for each time it means this ("Hogan", "Anson").
            if (common != nullptr && common->contains(joined)) continue;
            std::string sequence;
            for (const std::string& token : tokens) sequence += token + " ";
            if (std::find(seen.begin(), seen.end(), sequence) != seen.end()) continue;
            seen.push_back(sequence);
            name.lang = route.lang;
            name.kind = NameKind::generated;
            name.cost = route.cost + static_cast<float>(form.rank) * rank_cost;
            name.from = route.since;
            name.to = route.until;
            name.route = form.steps;
            if (person) {
                name.family = title(form.family);
                name.given = title(form.given);
            }
            record.names.push_back(std::move(name));
        }
    }
}

void NameRoutes::expand(SourceRecord& record, const CommonWords* common) const {
    std::vector<std::string> seen;
    std::set<std::string> own;
    for (const SourceName& name : record.names) {
        std::string sequence;
        for (const std::string& token : name_tokens(name.text)) sequence += token + " ";
        if (own.insert(sequence).second) seen.push_back(sequence);
    }
    for (const Route& route : routes_) {
        if (route.record_class != record.record_class) continue;
        if (!route.unless.empty() && std::any_of(record.names.begin(), record.names.end(), [&](const SourceName& n) { return n.kind != NameKind::generated && n.lang == route.unless; })) continue;
        const bool here = route.countries.empty() || std::find(route.countries.begin(), route.countries.end(), record.country) != route.countries.end();
        if (here) run(route, record, seen, common);
    }
}

}  // namespace demarc
