#include "gazetteer/importers/gdal_source.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "gazetteer/importers/places_json.hpp"

extern char** environ;

namespace demarc {
namespace {

// Standard output of a program, as an istream that reads while it writes.
class PipeBuffer : public std::streambuf {
public:
    explicit PipeBuffer(int descriptor) : descriptor_(descriptor) {}
    ~PipeBuffer() override { ::close(descriptor_); }
    PipeBuffer(const PipeBuffer&) = delete;
    PipeBuffer& operator=(const PipeBuffer&) = delete;

protected:
    int_type underflow() override {
        ssize_t got = 0;
        do {
            got = ::read(descriptor_, block_.data(), block_.size());
        } while (got < 0 && errno == EINTR);
        if (got <= 0) return traits_type::eof();
        setg(block_.data(), block_.data(), block_.data() + got);
        return traits_type::to_int_type(block_[0]);
    }

private:
    int descriptor_;
    std::array<char, 1 << 16> block_{};
};

}  // namespace

bool is_gdal_source(const std::string& path) {
    constexpr std::array<std::string_view, 10> endings = {".shp", ".gpkg", ".kml", ".kmz", ".fgb", ".gml", ".gdb", ".tab", ".mif", ".sqlite"};
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return path.ends_with(ending); });
}

Status read_gdal(const std::string& path, const ImportOptions& options, const ExtraNames& extra, ImportReport& report, const UseRecord& use) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return Error{ErrorCode::io, "no pipe can be made", path};
    std::string messages = (std::filesystem::temp_directory_path() / "demarc-gdal-XXXXXX").string();
    const int errors = ::mkstemp(messages.data());
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    if (errors >= 0) posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
    // Each word is one argument: no shell reads the file's name. "--" isn't understood by ogr2ogr, so a name that begins with - gets ./ before it.
    const std::string source = path.starts_with('-') ? "./" + path : path;
    const std::array<const char*, 10> words = {"ogr2ogr", "-f", "GeoJSONSeq", "-t_srs", "EPSG:4326", "/vsistdout/", source.c_str(), "-lco", "COORDINATE_PRECISION=6", nullptr};
    pid_t child = 0;
    const int failed = ::posix_spawnp(&child, words[0], &actions, nullptr, const_cast<char* const*>(words.data()), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    PipeBuffer buffer(ends[0]);
    const auto said = [&] {
        std::ifstream in(messages);
        std::string text((std::istreambuf_iterator<char>(in)), {});
        if (errors >= 0) ::close(errors), ::unlink(messages.c_str());
        return text.substr(0, std::min(text.find('\n'), std::size_t{300}));
    };
    if (failed != 0) {
        said();
        return Error{ErrorCode::missing_part, "needs GDAL's program ogr2ogr (Debian package gdal-bin), which isn't there", path};
    }
    std::istream in(&buffer);
    read_places_json(in, path, PlacesJson::features, options, extra, report, use, true);
    int status = 0;
    ::waitpid(child, &status, 0);
    const std::string message = said();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return Error{ErrorCode::bad_data, "ogr2ogr can't read it: " + message, path};
    return {};
}

}  // namespace demarc
