#include "cli/gazetteer_fetch.hpp"

#include <curl/curl.h>
#include <dlfcn.h>
#include <minizip/unzip.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>

#include "cli/exit_code.hpp"

namespace demarc {
namespace {

namespace fs = std::filesystem;

constexpr long connect_seconds = 20, stalled_seconds = 60;
constexpr int exit_try_again = 75;

// libcurl's functions, taken when they are wanted: linked, the library would treble the time that every other command takes to start.
struct Curl {
    void* library = nullptr;
    decltype(&curl_easy_init) init = nullptr;
    decltype(&curl_easy_setopt) set = nullptr;
    decltype(&curl_easy_perform) perform = nullptr;
    decltype(&curl_easy_getinfo) get = nullptr;
    decltype(&curl_easy_cleanup) cleanup = nullptr;
    decltype(&curl_easy_strerror) message = nullptr;

    bool load() {
        library = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
        if (library == nullptr) return false;
        const auto take = [&](auto& function, const char* name) {
            function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, name));
            return function != nullptr;
        };
        return take(init, "curl_easy_init") && take(set, "curl_easy_setopt") && take(perform, "curl_easy_perform") && take(get, "curl_easy_getinfo") && take(cleanup, "curl_easy_cleanup") &&
               take(message, "curl_easy_strerror");
    }
};

struct Download {
    const Curl* curl = nullptr;
    CURL* handle = nullptr;
    std::FILE* file = nullptr;
    bool resumed = false, checked = false, failed = false;
};

std::size_t write_piece(char* data, std::size_t size, std::size_t count, void* user) {
    auto& download = *static_cast<Download*>(user);
    if (!download.checked) {
        download.checked = true;
        long code = 0;
        download.curl->get(download.handle, CURLINFO_RESPONSE_CODE, &code);
        // A server that knows no ranges sends the whole: what was there goes.
        if (download.resumed && code == 200 && (std::fflush(download.file) != 0 || std::freopen(nullptr, "wb", download.file) == nullptr)) download.failed = true;
    }
    return download.failed ? 0 : std::fwrite(data, size, count, download.file);
}

int fail(int code, const std::string& message) {
    std::fprintf(stderr, "demarc: %s\n", message.c_str());
    return code;
}

// The one text file of an archive, to `path`; its checksum is proved by minizip.
bool unpack(const std::string& archive, const std::string& wanted, const std::string& path) {
    std::unique_ptr<void, int (*)(unzFile)> zip(unzOpen64(archive.c_str()), unzClose);
    if (!zip || unzLocateFile(zip.get(), wanted.c_str(), 1) != UNZ_OK || unzOpenCurrentFile(zip.get()) != UNZ_OK) return false;
    const std::string temporary = path + ".new";
    std::ofstream out(temporary, std::ios::binary);
    std::array<char, 1 << 16> block{};
    int got = 0;
    while ((got = unzReadCurrentFile(zip.get(), block.data(), block.size())) > 0) out.write(block.data(), got);
    const bool whole = unzCloseCurrentFile(zip.get()) == UNZ_OK && got == 0;
    out.close();
    std::error_code error;
    if (whole && out) fs::rename(temporary, path, error);
    else fs::remove(temporary, error);
    return whole && out && !error;
}

bool is_plain_name(const std::string& item) {
    return !item.empty() && item.size() < 64 && std::all_of(item.begin(), item.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

// Fetches one archive into `partial`, going on where an earlier call stopped. 0 done, -1 what is there is current, else an exit code.
int download(const Curl& curl, const std::string& address, const std::string& partial, const std::string& target) {
    std::error_code error;
    Download state;
    state.curl = &curl;
    const std::uintmax_t there = fs::exists(partial, error) ? fs::file_size(partial, error) : 0;
    state.resumed = there > 0;
    state.file = std::fopen(partial.c_str(), "ab");
    if (state.file == nullptr) return fail(exit_cannot_create, partial + ": can't be written");
    const std::unique_ptr<CURL, decltype(curl.cleanup)> handle(curl.init(), curl.cleanup);
    state.handle = handle.get();
    curl.set(handle.get(), CURLOPT_URL, address.c_str());
    curl.set(handle.get(), CURLOPT_FOLLOWLOCATION, 1L);
    curl.set(handle.get(), CURLOPT_MAXREDIRS, 5L);
    curl.set(handle.get(), CURLOPT_FAILONERROR, 1L);
    curl.set(handle.get(), CURLOPT_NOSIGNAL, 1L);
    curl.set(handle.get(), CURLOPT_CONNECTTIMEOUT, connect_seconds);
    curl.set(handle.get(), CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl.set(handle.get(), CURLOPT_LOW_SPEED_TIME, stalled_seconds);
    curl.set(handle.get(), CURLOPT_USERAGENT, "demarc");
    curl.set(handle.get(), CURLOPT_WRITEFUNCTION, &write_piece);
    curl.set(handle.get(), CURLOPT_WRITEDATA, &state);
    curl.set(handle.get(), CURLOPT_RESUME_FROM_LARGE, static_cast<curl_off_t>(there));
    if (there == 0 && fs::exists(target, error)) {
        const auto written = std::chrono::file_clock::to_sys(fs::last_write_time(target, error));
        curl.set(handle.get(), CURLOPT_TIMECONDITION, static_cast<long>(CURL_TIMECOND_IFMODSINCE));
        curl.set(handle.get(), CURLOPT_TIMEVALUE, static_cast<long>(std::chrono::system_clock::to_time_t(std::chrono::time_point_cast<std::chrono::system_clock::duration>(written))));
    }
    const CURLcode result = curl.perform(handle.get());
    long code = 0, unmet = 0;
    curl.get(handle.get(), CURLINFO_RESPONSE_CODE, &code);
    curl.get(handle.get(), CURLINFO_CONDITION_UNMET, &unmet);
    const bool closed = std::fclose(state.file) == 0;
    if (result == CURLE_OK && (unmet != 0 || code == 304)) {
        fs::remove(partial, error);
        return -1;
    }
    // All was there already, only unpacking was missing.
    if (result == CURLE_HTTP_RETURNED_ERROR && code == 416) return 0;
    if (result == CURLE_HTTP_RETURNED_ERROR && code >= 400 && code < 500) {
        fs::remove(partial, error);
        return fail(exit_no_input, address + ": the server has no such file (" + std::to_string(code) + ")");
    }
    if (state.failed || !closed || result == CURLE_WRITE_ERROR) return fail(exit_io, partial + ": can't be written; is the disk full?");
    if (result != CURLE_OK) return fail(exit_try_again, address + ": " + curl.message(result) + "; what came is kept, call again to go on");
    return 0;
}

}  // namespace

int fetch_gazetteer(const GazetteerFetchOptions& options) {
    if (options.source != "geonames") return fail(exit_usage, "'" + options.source + "' can't be fetched; allowed: geonames");
    for (const std::string& item : options.items) {
        if (!is_plain_name(item)) return fail(exit_usage, "'" + item + "' names no dump; allowed: country codes (KP) and names of dump files without .zip (cities500, allCountries, alternateNamesV2)");
    }
    Curl curl;
    if (!curl.load()) return fail(exit_missing_part, "fetching needs libcurl (Debian package libcurl4), which isn't there");
    std::error_code error;
    fs::create_directories(options.folder, error);
    for (const std::string& item : options.items) {
        const std::string target = options.folder + "/" + item + ".txt", partial = options.folder + "/" + item + ".zip.part";
        const int code = download(curl, options.address + "/" + item + ".zip", partial, target);
        if (code == -1) {
            if (!options.quiet) std::printf("%s: current\n", target.c_str());
            continue;
        }
        if (code != 0) return code;
        if (!unpack(partial, item + ".txt", target)) {
            fs::remove(partial, error);
            return fail(exit_bad_data, options.address + "/" + item + ".zip: what came is no whole archive with " + item + ".txt in it");
        }
        fs::remove(partial, error);
        if (!options.quiet) std::printf("%s: %.1f MB (GeoNames, CC BY 4.0)\n", target.c_str(), static_cast<double>(fs::file_size(target, error)) / 1e6);
    }
    return exit_done;
}

}  // namespace demarc
