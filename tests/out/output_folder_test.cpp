#include "out/output_folder.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/catch.hpp"

using namespace demarc;
namespace fs = std::filesystem;

namespace {

class Scratch {
public:
    Scratch() : path_(fs::temp_directory_path() / ("demarc-out-" + std::to_string(::getpid()) + "-" + std::to_string(++count_))) { fs::create_directories(path_); }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }

private:
    fs::path path_;
    static inline int count_ = 0;
};

std::set<std::string> files_in(const std::string& path) {
    std::set<std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
        if (entry.is_regular_file()) out.insert(fs::relative(entry.path(), path).string());
    }
    return out;
}

std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("files get their names when the run is whole", "[output_folder]") {
    const Scratch scratch;
    auto folder = OutputFolder::create(scratch / "a/b");
    REQUIRE(folder.ok());
    auto file = (*folder)->open("mentions.jsonl");
    REQUIRE(file.ok());
    (*file)->write(std::string(3u << 20, 'x'));
    (*file)->write("end");
    REQUIRE((*folder)->write_whole("text/one.txt", "one").ok());
    CHECK(files_in(scratch / "a/b") ==
          std::set<std::string>{".mentions.jsonl.tmp-" + std::to_string(::getpid()), "text/.one.txt.tmp-" + std::to_string(::getpid())});
    REQUIRE((*folder)->commit().ok());
    CHECK(files_in(scratch / "a/b") == std::set<std::string>{"mentions.jsonl", "text/one.txt"});
    CHECK(content(scratch / "a/b/mentions.jsonl").size() == (3u << 20) + 3);
    CHECK(content(scratch / "a/b/text/one.txt") == "one");
}

TEST_CASE("pieces of any size follow each other", "[output_folder]") {
    const Scratch scratch;
    auto folder = OutputFolder::create(scratch / "");
    REQUIRE(folder.ok());
    auto file = (*folder)->open("mentions.jsonl");
    REQUIRE(file.ok());
    std::string expected;
    for (const std::size_t size : {1u, 65535u, 65536u, 0u, 65537u, 10u, 200000u, 131071u, 70000u, 300000u, 900000u, 7u, 131072u, 5u}) {
        const std::string piece(size, static_cast<char>('a' + expected.size() % 26));
        expected += piece;
        if (size % 2 == 0) {
            (*file)->write(piece);
        } else {
            (*file)->buffer() += piece;
            (*file)->flush_if_full();
        }
        CHECK((*file)->buffer().size() < 131072);
    }
    REQUIRE((*folder)->commit().ok());
    CHECK(content(scratch / "mentions.jsonl") == expected);
}

TEST_CASE("a run that ends early leaves nothing, and what was there stays", "[output_folder]") {
    const Scratch scratch;
    std::ofstream(scratch / "run.json") << "old";
    {
        auto folder = OutputFolder::create(scratch / "");
        REQUIRE(folder.ok());
        auto file = (*folder)->open("run.json");
        REQUIRE(file.ok());
        (*file)->write("half");
    }
    CHECK(files_in(scratch / "") == std::set<std::string>{"run.json"});
    CHECK(content(scratch / "run.json") == "old");
}

TEST_CASE("a killed run leaves no file under a final name", "[output_folder]") {
    const Scratch scratch;
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        auto folder = OutputFolder::create(scratch / "");
        auto file = (*folder)->open("features.geojson");
        (*file)->write(std::string(2u << 20, 'x'));
        (void)(*folder)->write_whole("text/a.txt", "a").ok();
        ::raise(SIGKILL);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    const auto left = files_in(scratch / "");
    CHECK(left.size() == 2);
    for (const std::string& name : left) CHECK(fs::path(name).filename().string().front() == '.');
}

TEST_CASE("more files than may be open at a time", "[output_folder]") {
    const Scratch scratch;
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    rlimit few = before;
    few.rlim_cur = 32;
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
    auto folder = OutputFolder::create(scratch / "");
    bool all = folder.ok();
    for (int i = 0; i < 200 && all; ++i) all = (*folder)->write_whole("text/" + std::to_string(i), "x").ok();
    all = all && (*folder)->commit().ok();
    ::setrlimit(RLIMIT_NOFILE, &before);
    CHECK(all);
    CHECK(files_in(scratch / "").size() == 200);
}

TEST_CASE("trouble names the path and the reason", "[output_folder]") {
    const Scratch scratch;
    std::ofstream(scratch / "file") << "x";
    const auto folder = OutputFolder::create(scratch / "file");
    REQUIRE(!folder.ok());
    CHECK(folder.error().code == ErrorCode::cannot_create);
    CHECK(folder.error().message.find(scratch / "file") != std::string::npos);
    const auto below = OutputFolder::create(scratch / "file/below");
    REQUIRE(!below.ok());
    CHECK(below.error().message.find("Not a directory") != std::string::npos);
}

TEST_CASE("a full disk is an error, not a short file", "[output_folder]") {
    const Scratch scratch;
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    rlimit small = before;
    small.rlim_cur = 4096;
    const auto handler = ::signal(SIGXFSZ, SIG_IGN);
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    auto folder = OutputFolder::create(scratch / "");
    auto file = (*folder)->open("mentions.jsonl");
    (*file)->write(std::string(100000, 'x'));
    const Status status = (*folder)->commit();
    ::setrlimit(RLIMIT_FSIZE, &before);
    ::signal(SIGXFSZ, handler);
    REQUIRE(!status.ok());
    CHECK(status.error().code == ErrorCode::io);
    CHECK(status.error().message.find("mentions.jsonl") != std::string::npos);
    CHECK(!fs::exists(scratch / "mentions.jsonl"));
}

TEST_CASE("document ids become file names that stay inside", "[output_folder]") {
    CHECK(safe_file_name("25465.txt") == "25465.txt");
    CHECK(safe_file_name("a/b c.txt") == "a/b%20c.txt");
    CHECK(safe_file_name("../../etc/passwd") == "%2E./%2E./etc/passwd");
    CHECK(safe_file_name("/etc/passwd") == "%2Fetc/passwd");
    CHECK(safe_file_name("a//b") == "a/%2Fb");
    CHECK(safe_file_name(".hidden") == "%2Ehidden");
    CHECK(safe_file_name("개") == "%EA%B0%9C");
    CHECK(safe_file_name("a%20b") == "a%2520b");
    CHECK(safe_file_name(std::string_view("a\0b", 3)) == "a%00b");
    const std::string one = safe_file_name(std::string(300, 'a') + "1"), two = safe_file_name(std::string(300, 'a') + "2");
    CHECK(one.size() == 200);
    CHECK(one != two);
}
