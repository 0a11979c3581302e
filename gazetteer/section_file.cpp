#include "gazetteer/section_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/token_hash.hpp"

namespace demarc {

using namespace index_format;

void SectionDigest::add(const char* data, std::size_t size) { value_ = mix_hash(value_ ^ token_hash({data, size}), 0x9fb21c651e98df25ull); }

std::uint64_t SectionDigest::of(const char* data, std::size_t size) {
    SectionDigest digest;
    for (std::size_t at = 0; at < size; at += piece) digest.add(data + at, std::min(piece, size - at));
    return digest.value();
}

Result<SectionFile> SectionFile::create(const std::string& path) {
    SectionFile out;
    out.path_ = path;
    out.temporary_ = path + ".new";
    out.file_.reset(std::fopen(out.temporary_.c_str(), "wb"));
    if (!out.file_) return Error{ErrorCode::cannot_create, std::string("the index can't be written: ") + std::strerror(errno), path};
    const Header empty{};
    out.failed_ = std::fwrite(&empty, sizeof empty, 1, out.file_.get()) != 1;
    out.written_ = sizeof empty;
    return out;
}

SectionFile::~SectionFile() {
    if (!file_) return;
    file_.reset();
    std::error_code ignored;
    std::filesystem::remove(temporary_, ignored);
}

void SectionFile::begin(Section section) {
    const std::string padding((section_alignment - written_ % section_alignment) % section_alignment, '\0');
    failed_ = failed_ || std::fwrite(padding.data(), 1, padding.size(), file_.get()) != padding.size();
    written_ += padding.size();
    current_ = section;
    sections_[section] = {written_, 0, 0};
    digest_ = {};
}

void SectionFile::add(const void* data, std::size_t size) {
    const char* bytes = static_cast<const char*>(data);
    while (size > 0) {
        const std::size_t part = std::min(size, SectionDigest::piece - buffer_.size());
        buffer_.append(bytes, part);
        bytes += part;
        size -= part;
        if (buffer_.size() == SectionDigest::piece) flush();
    }
}

void SectionFile::flush() {
    if (buffer_.empty()) return;
    digest_.add(buffer_.data(), buffer_.size());
    failed_ = failed_ || std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size();
    written_ += buffer_.size();
    buffer_.clear();
}

void SectionFile::end() {
    flush();
    sections_[current_].size = written_ - sections_[current_].offset;
    sections_[current_].digest = digest_.value();
}

Status SectionFile::finish(Header& header) {
    std::uint64_t content = 0;
    for (std::uint32_t i = 0; i < section_count; ++i) {
        header.sections[i] = sections_[i];
        content = mix_hash(content ^ sections_[i].digest, 0x8ebc6af09c88c6e3ull);
    }
    header.content_digest = content;
    header.file_size = written_;
    header.header_digest = token_hash({reinterpret_cast<const char*>(&header), sizeof(Header) - sizeof header.header_digest});
    failed_ = failed_ || std::fseek(file_.get(), 0, SEEK_SET) != 0 || std::fwrite(&header, sizeof header, 1, file_.get()) != 1;
    failed_ = std::fclose(file_.release()) != 0 || failed_;
    std::error_code error;
    if (!failed_) std::filesystem::rename(temporary_, path_, error);
    if (!failed_ && !error) return {};
    std::error_code ignored;
    std::filesystem::remove(temporary_, ignored);
    return Error{ErrorCode::io, "the index can't be written whole; is the disk full?", path_};
}

}  // namespace demarc
