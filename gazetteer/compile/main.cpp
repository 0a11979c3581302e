// demarc_compile_gazetteer OUTPUT RULES_NAMES_DIRECTORY TABLE...: compiles tables of places (in a folder "places") and people
// (in a folder "people") with the name routes into one index. Prints nothing when all is well, but the cross-checks with --check.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "gazetteer/builder.hpp"
#include "gazetteer/fold.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/name_routes.hpp"
#include "gazetteer/source_table.hpp"

namespace {

namespace fs = std::filesystem;
using namespace demarc;

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

int fail(const Error& error) {
    std::fprintf(stderr, "%s\n", error.text().c_str());
    return 1;
}

// Hand-made romanisations that differ from what the published tables make of the hangul beside them.
void cross_check(const std::vector<SourceRecord>& records, const NameRoutes& routes) {
    for (const SourceRecord& record : records) {
        if (record.record_class != RecordClass::place) continue;
        std::vector<std::string> given;
        for (const SourceName& name : record.names) {
            if (name.lang == "ko-Latn") given.push_back(fold_token(name.text));
        }
        for (const SourceName& name : record.names) {
            if (name.lang != "ko-Hang" || given.empty()) continue;
            for (const char* system : {"mr", "rr"}) {
                const std::string made = routes.romanise_hangul(name.text, system);
                if (made.empty() || std::find(given.begin(), given.end(), fold_token(made)) != given.end()) continue;
                std::printf("%s: %s %s is %s in %s, which no ko-Latn name is\n", record.where.c_str(), record.id.c_str(), name.text.c_str(), made.c_str(), system);
            }
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> arguments(argv + 1, argv + argc);
    const bool check = !arguments.empty() && arguments.front() == "--check";
    if (check) arguments.erase(arguments.begin());
    if (arguments.size() < 2) {
        std::fprintf(stderr, "usage: demarc_compile_gazetteer [--check] OUTPUT RULES_NAMES_DIRECTORY TABLE...\n");
        return 2;
    }
    std::vector<NameRuleFile> rule_files;
    for (const fs::directory_entry& entry : fs::directory_iterator(arguments[1])) {
        if (entry.is_regular_file()) rule_files.push_back({entry.path().filename().string(), read_file(entry.path())});
    }
    std::sort(rule_files.begin(), rule_files.end(), [](const NameRuleFile& a, const NameRuleFile& b) { return a.path < b.path; });
    const auto routes = NameRoutes::load(rule_files);
    if (!routes) return fail(routes.error());

    std::vector<SourceRecord> records;
    std::sort(arguments.begin() + 2, arguments.end());
    for (std::size_t i = 2; i < arguments.size(); ++i) {
        const fs::path path = arguments[i];
        const std::string folder = path.parent_path().filename().string();
        if (folder != "places" && folder != "people") return fail({ErrorCode::bad_data, "a table lies in a folder 'places' or 'people', not '" + folder + "'", path.string()});
        const std::string shown = "gazetteer/data/" + folder + "/" + path.filename().string();
        const std::string text = read_file(path);
        auto read = folder == "places" ? read_places(text, shown) : read_people(text, shown);
        if (!read) return fail(read.error());
        std::move(read->begin(), read->end(), std::back_inserter(records));
    }
    if (check) cross_check(records, *routes);
    for (SourceRecord& record : records) routes->expand(record);
    const auto index = build_index(std::move(records), routes->endings());
    if (!index) return fail(index.error());
    std::ofstream out(arguments[0], std::ios::binary);
    out.write(index->data(), static_cast<std::streamsize>(index->size()));
    out.close();
    if (!out) return fail({ErrorCode::cannot_create, "cannot write the index", arguments[0]});
    const auto opened = Gazetteer::open(arguments[0]);
    if (!opened) return fail(opened.error());
    if (const Status status = opened->verify(); !status) return fail(status.error());
    return 0;
}
