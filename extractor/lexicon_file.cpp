#include <algorithm>
#include <filesystem>

#include "base/utf8.hpp"
#include "extractor/rule_file.hpp"

namespace demarc {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

Status parse_lexicon_file(const RuleFile& file, LayerParts& parts) {
    LexiconSource lexicon;
    lexicon.path = parts.place(file, 0);
    lexicon.name = std::filesystem::path(file.path).stem().string();
    bool has_source = false;
    std::size_t number = 1;
    const auto bad = [&](std::string message) { return Error{ErrorCode::bad_data, std::move(message), parts.place(file, number)}; };
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    if (lexicon.name.empty() || !std::all_of(lexicon.name.begin(), lexicon.name.end(), plain)) {
        return bad("the name of a lexicon's file is its name: lower-case letters, digits and _ only, got '" + lexicon.name + "'");
    }
    number = 0;
    const std::size_t invalid = first_invalid_utf8(file.content);
    std::string_view rest = file.content;
    for (std::size_t at = 0; !rest.empty(); at = file.content.size() - rest.size()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++number;
        if (invalid < at + end) return bad("bytes that are no UTF-8");
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
        if (line.starts_with('#')) {
            has_source = has_source || line.find("source:") != std::string_view::npos;
            if (!trimmed(line.substr(1)).starts_with("mode:")) continue;
            const std::string_view mode = trimmed(trimmed(line.substr(1)).substr(5));
            if (mode == "extend") lexicon.mode = LexiconSource::Mode::extend;
            else if (mode == "replace") lexicon.mode = LexiconSource::Mode::replace;
            else if (mode == "remove") lexicon.mode = LexiconSource::Mode::remove;
            else return bad("mode '" + std::string(mode) + "' is unknown; allowed: extend replace remove");
            continue;
        }
        if (line.empty()) continue;
        std::vector<std::string> entry;
        for (std::size_t begin = 0; begin <= line.size();) {
            const std::size_t bar = std::min(line.find('|', begin), line.size());
            if (trimmed(line.substr(begin, bar - begin)).empty()) return bad("an empty variant; a line is canonical|variant|variant");
            entry.emplace_back(line.substr(begin, bar - begin));
            begin = bar + 1;
        }
        lexicon.entries.push_back(std::move(entry));
        lexicon.lines.push_back(static_cast<std::uint32_t>(number));
    }
    number = 1;
    if (!has_source) return bad("a lexicon must say where its words come from: '# source: …'");
    parts.sources.lexicons.push_back(std::move(lexicon));
    return {};
}

}  // namespace demarc
