#include "extractor/readers/source_list.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>

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
        if (path.filename().string().starts_with('.')) {
            if (it->is_directory()) it.disable_recursion_pending();
            continue;
        }
        std::error_code ignored;
        if (!it->is_regular_file(ignored)) continue;
        const std::string id = path.lexically_relative(folder).generic_string();
        if (!is_document(path)) {
            problems.report({id, ProblemLevel::notice, "skipped_file", "a file of this kind is not read: '" + path.extension().string() + "'; read are .txt .text .md .jsonl .ndjson", {}, {}});
            continue;
        }
        sources.push_back({id, path.string(), format_of(path, format)});
        ++found;
    }
    if (error) return Error{ErrorCode::io, "can't walk folder '" + folder + "': " + error.message(), ""};
    if (found == 0) return Error{ErrorCode::no_input, "folder '" + folder + "' holds no document (.txt .text .md .jsonl .ndjson)", ""};
    return {};
}

}  // namespace

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
        if (!fs::exists(status)) return Error{ErrorCode::no_input, "no such file or folder: '" + input + "'", ""};
        if (fs::is_directory(status)) {
            if (auto walked = walk(input, format, sources, problems); !walked) return walked.error();
        } else {
            sources.push_back({fs::path(input).filename().string(), input, format_of(input, format)});
        }
    }
    // The same file named twice is one source.
    const auto by_path = [](const InputSource& a, const InputSource& b) { return a.path < b.path; };
    std::stable_sort(sources.begin(), sources.end(), by_path);
    sources.erase(std::unique(sources.begin(), sources.end(), [](const InputSource& a, const InputSource& b) { return a.path == b.path; }), sources.end());
    std::map<std::string, int> uses;
    for (const InputSource& source : sources) ++uses[source.id];
    for (InputSource& source : sources) {
        if (uses[source.id] > 1) source.id = source.path;
    }
    std::sort(sources.begin(), sources.end(), [](const InputSource& a, const InputSource& b) { return a.id < b.id; });
    return sources;
}

}  // namespace demarc
