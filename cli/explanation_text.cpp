#include <string>
#include <string_view>
#include <utility>

#include "base/utf8.hpp"
#include "cli/explanation.hpp"

namespace demarc {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::pair<std::string_view, std::string_view> shape_words[] = {
    {"cap", "capitalised"}, {"caps", "in capitals"}, {"initial", "an initial"}, {"lower", "in lower case"}, {"uncased", "of a script without case"},
    {"roman", "a roman numeral"}, {"number", "a number"}, {"year_number", "could be a year"}, {"clock_number", "could be a time of day"},
    {"punct", "a mark"}, {"possessive", "a possessive"}, {"paragraph", "a new paragraph"}, {"line_start", "begins its line"},
    {"sentence_start", "begins its sentence"}, {"bracketed", "in brackets"}};

std::string quoted(const Json& text) {
    std::string out = "\"";
    for (const char c : text.get_ref<const std::string&>()) out += c == '\n' || c == '\r' || c == '\t' ? ' ' : static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
    return out + "\"";
}

std::string plain(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

class Writer {
public:
    std::string run(const Json& e) {
        line(0, e["doc"].get<std::string>() + ", characters " + e["start"].dump() + "-" + e["end"].dump() + ": " + quoted(e["text"]));
        line(0, "sentence: " + quoted(e["sentence"]));
        out_ += '\n';
        if (e["mention"].is_null()) {
            line(0, "No mention here.");
            for (const Json& word : e["words"]) line(1, quoted(word["text"]) + facts(word));
        } else {
            mention(e["mention"]);
            if (e.contains("candidates")) candidates(e["candidates"]);
            out_ += "\nFrom the words to the mention\n";
            tree(e["tree"], 1);
        }
        out_ += "\nRules that matched here, in the order in which they were tried\n";
        if (e["tried"].empty()) line(1, "none");
        std::string phase;
        for (const Json& step : e["tried"]) tried(step, phase);
        return std::move(out_);
    }

private:
    void line(int depth, const std::string& words) { out_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + words + "\n"; }

    void mention(const Json& m) {
        line(0, plain(m["type"]) + "  " + plain(m["id"]) + (m.contains("entity") ? "  = " + plain(m["entity"]) : std::string()));
        line(1, "status: " + plain(m["status"]) + ", confidence " + m["confidence"].dump() + (m.contains("editorial") ? ", an editor's words" : ""));
        for (const auto& [key, value] : m["value"].items()) line(1, key + ": " + plain(value));
        if (!m.contains("why")) return;
        line(1, "why:");
        for (const Json& why : m["why"]) line(2, plain(why));
    }

    void candidates(const Json& list) {
        line(1, "candidates:");
        for (const Json& one : list) {
            std::string words = one["score"].dump() + "  " + plain(one["name"]) + " (" + plain(one["id"]) + ")";
            if (one.contains("route")) words += " by " + route(one["route"]);
            line(2, words);
        }
    }

    static std::string route(const Json& steps) {
        std::string out;
        for (const Json& step : steps) out += (out.empty() ? "" : " > ") + plain(step);
        return out;
    }

    static std::string rule(const Json& r) { return plain(r["name"]) + (r.contains("where") ? " (" + plain(r["where"]) + ")" : " (from other mentions of the document)"); }

    void tree(const Json& node, int depth) {
        line(depth, plain(node["type"]) + " " + quoted(node["text"]));
        line(depth + 1, "by rule " + rule(node["rule"]) + (node.contains("phase") ? ", phase " + plain(node["phase"]) : ""));
        if (node["rule"].contains("why")) line(depth + 1, "because: " + plain(node["rule"]["why"]));
        if (node.contains("added_by")) {
            for (const Json& added : node["added_by"]) line(depth + 1, "added to by " + rule(added));
        }
        for (const Json& part : node["parts"]) {
            if (part.contains("captures")) {
                for (const Json& capture : part["captures"]) line(depth + 1, plain(capture["name"]) + " = " + quoted(capture["text"]));
            }
            if (part.contains("mention")) tree(part["mention"], depth + 2);
            else line(depth + 2, quoted(part["word"]["text"]) + facts(part["word"]));
        }
    }

    // ": capitalised; lexicon months: 11; place Kŭmsŏng"
    static std::string facts(const Json& word) {
        std::string out;
        const auto add = [&out](const std::string& fact) { out += (out.empty() ? ": " : "; ") + fact; };
        for (const Json& shape : word["shapes"]) {
            for (const auto& [name, words] : shape_words) {
                if (shape.get_ref<const std::string&>() == name) add(std::string(words));
            }
        }
        if (word.contains("lexicons")) {
            for (const Json& lexicon : word["lexicons"]) {
                add((lexicon.contains("words") ? quoted(lexicon["words"]) + " " : std::string()) + "in lexicon " + plain(lexicon["name"]) + " as " + quoted(lexicon["canonical"]));
            }
        }
        if (word.contains("gazetteer")) {
            for (const Json& name : word["gazetteer"]) {
                std::string found = quoted(name["text"]) + " names " + name["records"].dump() + " " + plain(name["of"]) + (name["records"] == 1 ? "" : "s") + ": ";
                bool first = true;
                for (const Json& hit : name["hits"]) {
                    found += (first ? "" : ", ") + plain(hit["name"]) + " (" + plain(hit["id"]) + (hit.contains("route") ? ", by " + route(hit["route"]) : "") + ")";
                    first = false;
                }
                add(found + (name["records"] > name["hits"].size() ? " …" : ""));
            }
        }
        return out;
    }

    void tried(const Json& step, std::string& phase) {
        if (plain(step["phase"]) != phase) {
            phase = plain(step["phase"]);
            line(1, "phase " + phase);
        }
        std::string words = plain(step["rule"]) + "  " + plain(step["type"]) + " " + quoted(step["text"]);
        if (step["match"] != step["text"]) words += " in " + quoted(step["match"]);
        words += "  " + plain(step["words"]);
        if (step.contains("mention") && step["fate"] == "in_the_way") words += " (" + plain(step["mention"]["type"]) + " " + quoted(step["mention"]["text"]) + ")";
        line(2, words);
    }

    std::string out_;
};

}  // namespace

std::string explanation_text(const Json& explanation) { return Writer().run(explanation); }

}  // namespace demarc
