#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace demarc {

/// A file of the output folder that is being written, in pieces that begin and end at multiples of 128 KB: systems keep a file's pages in larger units then. What goes over is buffered.
class OutputFile {
public:
    OutputFile(std::string name, std::string temporary, int file) : name_(std::move(name)), temporary_(std::move(temporary)), file_(file) {}
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void write(std::string_view text);
    /// Text that is written out once it is large enough; append to it freely, then call flush_if_full.
    [[nodiscard]] std::string& buffer() { return buffer_; }
    void flush_if_full() {
        if (buffer_.size() >= block_size) put_blocks({});
    }

private:
    friend class OutputFolder;
    static constexpr std::size_t block_size = 128 << 10;  // shorter pieces cost the system more, longer ones don't stay in the processor's cache
    // Writes out what is buffered and `text` after it up to the last multiple of block_size, and buffers the rest.
    void put_blocks(std::string_view text);
    void put(std::string_view first, std::string_view second);
    Status finish(bool sync);  ///< writes the rest, syncs, closes

    std::string name_, temporary_;
    int file_;  // -1: closed
    std::string buffer_;
    int error_ = 0;
};

/// The folder of a run. Every file is written under a temporary name (".NAME.tmp-PID") and renamed by commit() when it is whole; a run that
/// ends before leaves no file under a final name, and one that is destroyed removes its temporaries.
class OutputFolder {
public:
    /// Creates the folder and those above it. Errors: cannot_create, with the path and the system's reason.
    [[nodiscard]] static Result<std::unique_ptr<OutputFolder>> create(const std::string& path);
    ~OutputFolder();
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    /// Opens a file; `name` is relative, its folders are made. Errors: cannot_create.
    [[nodiscard]] Result<OutputFile*> open(const std::string& name);
    /// Writes a small file at once and closes it; commit() makes it final with the others. For folders of very many files, none of which
    /// stays open or in memory. Errors: cannot_create, io.
    [[nodiscard]] Status write_whole(const std::string& name, std::string_view text);
    /// Makes all files final, in the order in which they were opened. Errors: io; what was renamed before stays.
    [[nodiscard]] Status commit();
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    explicit OutputFolder(std::string path) : path_(std::move(path)) {}
    std::string path_;
    std::vector<std::unique_ptr<OutputFile>> files_;
    bool wrote_whole_ = false;
};

/// A document id as a file name: letters, digits, . _ - and / stay, anything else becomes %XX; ".." and a leading / can't occur. A part
/// between slashes that is too long for a file system (200 bytes) is cut and ends in a digest of the whole id.
[[nodiscard]] std::string safe_file_name(std::string_view id);

}  // namespace demarc
