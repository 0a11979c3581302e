#include "extractor/readers/source_list.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <tuple>

#include "base/utf8.hpp"

namespace demarc {
namespace fs = std::filesystem;
namespace {

std::string extension(const fs::path& path) {
    std::string text = path.extension().string();
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

InputFormat format_of(const fs::path& path, InputFormat wanted) {
    if (wanted != InputFormat::automatic) return wanted;
    const std::string ending = extension(path);
    return ending == ".jsonl" || ending == ".ndjson" ? InputFormat::jsonl : InputFormat::text;
}

constexpr const char* kinds = ".txt .text .md .asc .jsonl .ndjson";

bool is_document(const fs::path& path) {
    const std::string ending = extension(path);
    return ending.empty() || ending == ".txt" || ending == ".text" || ending == ".md" || ending == ".asc" || ending == ".jsonl" || ending == ".ndjson";
}

Status walk(const std::string& folder, InputFormat format, std::vector<InputSource>& sources, ProblemReporter& problems) {
    std::error_code error;
    std::size_t found = 0;
    auto it = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        const fs::path& path = it->path();
        std::error_code ignored;
        if (path.filename().string().starts_with('.')) {
            if (it->is_directory(ignored)) it.disable_recursion_pending();
            continue;
        }
        if (!it->is_regular_file(ignored)) continue;
        const std::string id = valid_text(path.lexically_relative(folder).generic_string());
        if (!is_document(path)) {
            problems.report(
                {id,
                 ProblemLevel::notice,
                 "skipped_file",
                 "a file of this kind is not read: '" + valid_text(path.extension().string()) + "'; read are " + kinds + " and files without an ending",
                 {},
                 {}});
            continue;
        }
        sources.push_back({id, path.string(), format_of(path, format)});
        ++found;
    }
    if (error) return Error{ErrorCode::io, "can't walk folder '" + valid_text(folder) + "': " + error.message(), ""};
    if (found == 0) return Error{ErrorCode::no_input, "folder '" + valid_text(folder) + "' holds no document (" + std::string(kinds) + ")", ""};
    return {};
}

// A file that is named twice, or beside its folder, is one source; the longer id tells more. Ties go by id and path: the order of naming has no say.
void drop_repeats(std::vector<InputSource>& sources) {
    struct Placed {
        std::string place;
        InputSource source;
    };
    std::vector<Placed> placed;
    placed.reserve(sources.size());
    for (InputSource& source : sources) placed.push_back({fs::path(source.path).lexically_normal().string(), std::move(source)});
    std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
        const std::size_t a_size = a.source.id.size(), b_size = b.source.id.size();
        return std::tie(a.place, b_size, a.source.id, a.source.path) < std::tie(b.place, a_size, b.source.id, b.source.path);
    });
    placed.erase(std::unique(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) { return a.place == b.place; }), placed.end());
    sources.clear();
    for (Placed& p : placed) sources.push_back(std::move(p.source));
}

}  // namespace

std::string valid_text(std::string_view name) {
    std::size_t replaced = 0;
    return first_invalid_utf8(name) == name.size() ? std::string(name) : repair_utf8(name, replaced);
}

std::optional<InputFormat> parse_input_format(std::string_view name) {
    if (name == "auto") return InputFormat::automatic;
    if (name == "text") return InputFormat::text;
    if (name == "jsonl") return InputFormat::jsonl;
    return std::nullopt;
}

Result<std::vector<InputSource>> list_sources(const std::vector<std::string>& inputs, InputFormat format, ProblemReporter& problems) {
    if (inputs.empty()) return Error{ErrorCode::no_input, "no input is named: give files, folders, or - for JSONL on standard input", ""};
    std::vector<InputSource> sources;
    for (const std::string& input : inputs) {
        if (input == "-") {
            sources.push_back({"-", "-", format == InputFormat::automatic ? InputFormat::jsonl : format});
            continue;
        }
        std::error_code error;
        const fs::file_status status = fs::status(input, error);
        if (!fs::exists(status)) return Error{ErrorCode::no_input, "no such file or folder: '" + valid_text(input) + "'", ""};
        if (fs::is_directory(status)) {
            if (auto walked = walk(input, format, sources, problems); !walked) return walked.error();
        } else {
            sources.push_back({valid_text(fs::path(input).filename().string()), input, format_of(input, format)});
        }
    }
    drop_repeats(sources);
    std::map<std::string, int> uses;
    for (const InputSource& source : sources) ++uses[source.id];
    for (InputSource& source : sources) {
        if (uses[source.id] > 1) source.id = valid_text(source.path);
    }
    std::sort(sources.begin(), sources.end(), [](const InputSource& a, const InputSource& b) { return std::tie(a.id, a.path) < std::tie(b.id, b.path); });
    return sources;
}

}  // namespace demarc
