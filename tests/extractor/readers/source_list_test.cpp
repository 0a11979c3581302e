#include "extractor/readers/source_list.hpp"

#include <algorithm>
#include <filesystem>
#include <string>

#include "base/utf8.hpp"
#include "tests/extractor/readers/scratch_folder.hpp"

using demarc::InputFormat;

namespace {

struct Listing {
    std::vector<std::string> ids;
    std::vector<std::string> paths;
    std::vector<demarc::Problem> problems;
};

Listing list(const std::vector<std::string>& inputs, InputFormat format = InputFormat::automatic) {
    demarc::ProblemReporter reporter;
    const auto sources = demarc::list_sources(inputs, format, reporter);
    REQUIRE(sources.ok());
    Listing listing;
    for (const demarc::InputSource& source : *sources) {
        listing.ids.push_back(source.id);
        listing.paths.push_back(source.path);
    }
    listing.problems = reporter.take();
    return listing;
}

std::string refusal(const std::vector<std::string>& inputs) {
    demarc::ProblemReporter reporter;
    const auto sources = demarc::list_sources(inputs, InputFormat::automatic, reporter);
    REQUIRE_FALSE(sources.ok());
    CHECK(sources.error().code == demarc::ErrorCode::no_input);
    return sources.error().message;
}

}  // namespace

TEST_CASE("a folder is walked, its files named by their place in it") {
    const ScratchFolder folder;
    for (const char* name :
         {"b.txt", "a.md", "sub/deep/c.TXT", "records.jsonl", "more.ndjson", "README", ".hidden.txt", ".git/config.txt", "scan.pdf", "sub/map.png"})
        folder.write(name, "x");
    const Listing listing = list({folder.path()});
    CHECK(listing.ids == std::vector<std::string>{"README", "a.md", "b.txt", "more.ndjson", "records.jsonl", "sub/deep/c.TXT"});
    REQUIRE(listing.problems.size() == 2);
    CHECK(listing.problems[0].document == "scan.pdf");
    CHECK(listing.problems[1].document == "sub/map.png");
    for (const demarc::Problem& problem : listing.problems) {
        CHECK(problem.code == "skipped_file");
        CHECK(problem.level == demarc::ProblemLevel::notice);
    }
    CHECK(list({folder.path() + "/"}).ids == listing.ids);
    CHECK(list({folder.path() + "/sub/.."}).ids == listing.ids);
}

TEST_CASE("formats go by the ending unless one is wished") {
    const ScratchFolder folder;
    const std::vector<std::string> files = {folder.write("a.txt", "x"), folder.write("b.JSONL", "x"), folder.write("c.pdf", "x")};
    demarc::ProblemReporter reporter;
    const auto sources = demarc::list_sources(files, InputFormat::automatic, reporter);
    REQUIRE(sources.ok());
    REQUIRE(sources->size() == 3);  // a file that is named itself is taken, whatever its ending
    CHECK((*sources)[0].format == InputFormat::text);
    CHECK((*sources)[1].format == InputFormat::jsonl);
    CHECK((*sources)[2].format == InputFormat::text);
    const auto forced = demarc::list_sources(files, InputFormat::jsonl, reporter);
    REQUIRE(forced.ok());
    CHECK((*forced)[0].format == InputFormat::jsonl);
    const auto standard_input = demarc::list_sources({"-"}, InputFormat::automatic, reporter);
    REQUIRE(standard_input.ok());
    CHECK((*standard_input)[0].format == InputFormat::jsonl);
    CHECK(demarc::parse_input_format("jsonl") == InputFormat::jsonl);
    CHECK_FALSE(demarc::parse_input_format("pdf"));
}

TEST_CASE("the list is the same whatever the order of naming") {
    const ScratchFolder folder;
    std::vector<std::string> inputs = {folder.write("x/a.txt", "1"), folder.write("y/a.txt", "2"), folder.write("z/sub/a.txt", "3"),
                                       folder.write("b.txt", "4")};
    inputs.push_back(folder.path("z"));
    inputs.push_back(folder.path("x/../b.txt"));
    std::sort(inputs.begin(), inputs.end());
    const Listing expected = list(inputs);
    CHECK(expected.ids.size() == 4);
    while (std::next_permutation(inputs.begin(), inputs.end())) {
        const Listing listing = list(inputs);
        REQUIRE(listing.ids == expected.ids);
        REQUIRE(listing.paths == expected.paths);
    }
}

TEST_CASE("equal names from different inputs become the paths as named; a file reached twice is one") {
    const ScratchFolder folder;
    const std::string first = folder.write("x/a.txt", "1"), second = folder.write("y/a.txt", "2");
    CHECK(list({first, second}).ids == std::vector<std::string>{first, second});
    CHECK(list({first}).ids == std::vector<std::string>{"a.txt"});
    CHECK(list({first, first}).ids == std::vector<std::string>{"a.txt"});
    CHECK(list({folder.path(), first}).ids == std::vector<std::string>{"x/a.txt", "y/a.txt"});
}

TEST_CASE("what isn't there is named") {
    const ScratchFolder folder;
    CHECK(refusal({folder.path("gone.txt")}).find("gone.txt") != std::string::npos);
    CHECK_FALSE(refusal({}).empty());
    std::filesystem::create_directory(folder.path("empty"));
    CHECK(refusal({folder.path("empty")}).find("empty") != std::string::npos);
    folder.write("pictures/a.png", "x");
    CHECK(refusal({folder.path("pictures")}).find("pictures") != std::string::npos);
    CHECK(refusal({"caf\xE9"}).find("caf\uFFFD") != std::string::npos);
}

TEST_CASE("links to folders are not followed, so loops end") {
    const ScratchFolder folder;
    folder.write("a/one.txt", "x");
    std::filesystem::create_directory_symlink(folder.path(), folder.path("a/loop"));
    std::filesystem::create_symlink(folder.path("nowhere"), folder.path("a/dangling.txt"));
    CHECK(list({folder.path()}).ids == std::vector<std::string>{"a/one.txt"});
}

TEST_CASE("file names that aren't UTF-8 get ids that are") {
    const ScratchFolder folder;
    folder.write("caf\xE9.txt", "x");
    const Listing listing = list({folder.path()});
    REQUIRE(listing.ids.size() == 1);
    CHECK(listing.ids[0] == "caf\uFFFD.txt");
    CHECK(std::filesystem::exists(listing.paths[0]));
}
