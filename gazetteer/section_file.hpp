#pragma once
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "gazetteer/index_format.hpp"

namespace demarc {

/// Digest of a section's bytes: its pieces of 1 MiB hashed one after another, so that it can be made while they are written.
class SectionDigest {
public:
    void add(const char* data, std::size_t size);  ///< `size` is 1 MiB but for the last piece
    [[nodiscard]] std::uint64_t value() const { return value_; }
    [[nodiscard]] static std::uint64_t of(const char* data, std::size_t size);

    static constexpr std::size_t piece = std::size_t{1} << 20;

private:
    std::uint64_t value_ = 0x6a09e667f3bcc908ull;
};

/// Writes an index file section by section under another name and gives it its own when all is there: a reader never sees half a file.
class SectionFile {
public:
    /// Errors: cannot_create.
    [[nodiscard]] static Result<SectionFile> create(const std::string& path);
    SectionFile(SectionFile&&) noexcept = default;
    SectionFile& operator=(SectionFile&&) noexcept = default;
    ~SectionFile();

    void begin(index_format::Section section);
    void add(const void* data, std::size_t size);
    void end();
    /// Writes the header, whose sections and digests it fills in, and renames. Errors: io.
    [[nodiscard]] Status finish(index_format::Header& header);

private:
    SectionFile() = default;
    void flush();

    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::string path_, temporary_;
    std::unique_ptr<std::FILE, Close> file_;
    index_format::SectionEntry sections_[index_format::section_count] = {};
    index_format::Section current_ = index_format::buckets;
    std::uint64_t written_ = 0;
    std::string buffer_;
    SectionDigest digest_;
    bool failed_ = false;
};

}  // namespace demarc
