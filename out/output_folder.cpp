#include "out/output_folder.hpp"

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "out/sha256.hpp"

namespace demarc {
namespace fs = std::filesystem;

OutputFile::~OutputFile() {
    if (file_ >= 0) ::close(file_);
    if (!temporary_.empty()) std::remove(temporary_.c_str());
}

void OutputFile::write(std::string_view text) {
    if (text.size() >= block_size) return put_blocks(text);
    buffer_ += text;
    flush_if_full();
}

void OutputFile::put_blocks(std::string_view text) {
    const std::size_t size = (buffer_.size() + text.size()) / block_size * block_size, buffered = std::min(size, buffer_.size());
    put(std::string_view(buffer_).substr(0, buffered), text.substr(0, size - buffered));
    buffer_.erase(0, buffered);
    buffer_ += text.substr(size - buffered);
}

void OutputFile::put(std::string_view first, std::string_view second) {
    while (error_ == 0 && first.size() + second.size() > 0) {
        const iovec parts[] = {{const_cast<char*>(first.data()), first.size()}, {const_cast<char*>(second.data()), second.size()}};
        const ssize_t written = ::writev(file_, parts, 2);
        if (written > 0) {
            const std::size_t of_first = std::min(static_cast<std::size_t>(written), first.size());
            first.remove_prefix(of_first);
            second.remove_prefix(static_cast<std::size_t>(written) - of_first);
        } else if (written == 0) {
            error_ = EIO;
        } else if (errno != EINTR) {
            error_ = errno;
        }
    }
}

Status OutputFile::finish(bool sync) {
    put(buffer_, {});
    buffer_.clear();
    if (error_ == 0 && sync && ::fsync(file_) != 0) error_ = errno;
    if (::close(file_) != 0 && error_ == 0) error_ = errno;
    file_ = -1;
    if (error_ != 0) return Error{ErrorCode::io, "writing '" + name_ + "' failed: " + std::strerror(error_), ""};
    return {};
}

Result<std::unique_ptr<OutputFolder>> OutputFolder::create(const std::string& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error || !fs::is_directory(path)) {
        return Error{ErrorCode::cannot_create, "can't create output folder '" + path + "': " + (error ? error.message() : "a file of that name is there"), ""};
    }
    if (::access(path.c_str(), W_OK) != 0) return Error{ErrorCode::cannot_create, "can't write into output folder '" + path + "': " + std::strerror(errno), ""};
    return std::unique_ptr<OutputFolder>(new OutputFolder(path));
}

OutputFolder::~OutputFolder() = default;

Result<OutputFile*> OutputFolder::open(const std::string& name) {
    const fs::path target = fs::path(path_) / name;
    std::error_code ignored;
    fs::create_directories(target.parent_path(), ignored);
    const std::string temporary = (target.parent_path() / ("." + target.filename().string() + ".tmp-" + std::to_string(::getpid()))).string();
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) return Error{ErrorCode::cannot_create, "can't create '" + temporary + "': " + std::strerror(errno), ""};
    files_.push_back(std::make_unique<OutputFile>(target.string(), temporary, file));
    return files_.back().get();
}

Status OutputFolder::write_whole(const std::string& name, std::string_view text) {
    auto file = open(name);
    if (!file) return file.error();
    (*file)->buffer().assign(text);
    wrote_whole_ = true;
    Status status = (*file)->finish(false);
    std::string().swap((*file)->buffer());
    return status;
}

Status OutputFolder::commit() {
    // One sync for all small files: one each would cost milliseconds a document.
    if (wrote_whole_) {
        const int folder = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        const bool synced = folder >= 0 && ::syncfs(folder) == 0;
        const int reason = errno;
        if (folder >= 0) ::close(folder);
        if (!synced) return Error{ErrorCode::io, "can't sync '" + path_ + "': " + std::strerror(reason), ""};
    }
    for (const auto& file : files_) {
        if (file->file_ < 0) continue;
        if (auto status = file->finish(true); !status) return status;
    }
    for (const auto& file : files_) {
        if (file->temporary_.empty()) continue;
        if (std::rename(file->temporary_.c_str(), file->name_.c_str()) != 0) {
            return Error{ErrorCode::io, "can't rename to '" + file->name_ + "': " + std::strerror(errno), ""};
        }
        file->temporary_.clear();
    }
    return {};
}

namespace {

constexpr std::size_t longest_part = 200;  // file systems allow 255 bytes; the writer adds "." and ".tmp-PID" or ".txt"

std::string with_short_parts(const std::string& name, std::string_view id) {
    std::string out;
    for (std::size_t from = 0; from <= name.size();) {
        const std::size_t slash = std::min(name.find('/', from), name.size());
        const std::string_view part = std::string_view(name).substr(from, slash - from);
        if (part.size() <= longest_part) out += part;
        else (out += part.substr(0, longest_part - 17)) += "-" + sha256_hex(id).substr(0, 16);
        if (slash < name.size()) out += '/';
        from = slash + 1;
    }
    return out;
}

}  // namespace

std::string safe_file_name(std::string_view id) {
    std::string out;
    static constexpr char hex[] = "0123456789ABCDEF";
    for (std::size_t i = 0; i < id.size(); ++i) {
        const auto c = static_cast<unsigned char>(id[i]);
        const bool at_start = out.empty() || out.back() == '/';
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || (c == '.' && !at_start) || (c == '/' && !at_start);
        if (plain) out += static_cast<char>(c);
        else {
            out += '%';
            out += hex[c >> 4];
            out += hex[c & 15];
        }
    }
    return with_short_parts(out, id);
}

}  // namespace demarc
