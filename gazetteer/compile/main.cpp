// demarc_compile_gazetteer OUTPUT NAMES_PACK TABLE...: compiles tables of places (in a folder "places") and people
// (in a folder "people") with packed name routes into one index. Prints nothing when all is well, but the cross-checks with --check.
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
    CommonWords common;
    while (arguments.size() > 1 && (arguments[0] == "--common-words" || arguments[0] == "--dictionary")) {
        const Status status = arguments[0] == "--dictionary" ? read_dictionary(arguments[1], common) : read_word_list(arguments[1], common);
        if (!status) return fail(status.error());
        arguments.erase(arguments.begin(), arguments.begin() + 2);
    }
    if (arguments.size() < 2) {
        std::fprintf(stderr, "usage: demarc_compile_gazetteer [--check] [--common-words FILE | --dictionary FILE]... OUTPUT NAMES_PACK TABLE...\n");
        return 2;
    }
    const auto routes = NameRoutes::load(name_rule_files(read_file(arguments[1])));
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
    for (SourceRecord& record : records) routes->expand(record, &common);
    auto builder = IndexBuilder::create(arguments[0], routes->endings());
    if (!builder) return fail(builder.error());
    builder->attribute("demarc's own tables, with points of GeoNames (CC BY 4.0)");
    builder->attribute("Readings of Han characters: Unihan database, Copyright Unicode, Inc.");
    for (const SourceRecord& record : records) {
        if (const Status status = builder->add(record); !status) return fail(status.error());
    }
    if (const auto done = builder->finish(); !done) return fail(done.error());
    const auto opened = Gazetteer::open(arguments[0]);
    if (!opened) return fail(opened.error());
    if (const Status status = opened->verify(); !status) return fail(status.error());
    return 0;
}
