#include "gazetteer/index_view.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/token_hash.hpp"

namespace demarc {

using namespace index_format;

namespace {

Error bad(std::string message) { return {ErrorCode::bad_data, std::move(message), ""}; }

constexpr std::array<std::size_t, section_count> entry_sizes = {
    sizeof(Slot), sizeof(PackedHit), sizeof(PackedRecord), sizeof(PackedName), sizeof(PackedStep), sizeof(GridEntry), sizeof(std::uint64_t), 1};
constexpr std::array<std::string_view, section_count> section_names = {"slots", "hits", "records", "names", "steps", "grid", "endings", "strings"};

}  // namespace

Result<IndexView> IndexView::of(std::span<const std::byte> bytes) {
    if (reinterpret_cast<std::uintptr_t>(bytes.data()) % 8 != 0) return bad("a gazetteer index must begin on an 8-byte boundary");
    if (bytes.size() < sizeof(Header)) return bad("a gazetteer index has a header of " + std::to_string(sizeof(Header)) + " bytes; this has " + std::to_string(bytes.size()));
    const auto& header = *reinterpret_cast<const Header*>(bytes.data());
    if (header.magic != magic) return bad("not a gazetteer index: it doesn't begin with DEMARCGZ");
    if (header.version != version) return bad("gazetteer index of version " + std::to_string(header.version) + "; this program reads version " + std::to_string(version));
    if (header.byte_order != byte_order) return bad("gazetteer index of another byte order; make it again on this machine");
    if (header.header_digest != token_hash({reinterpret_cast<const char*>(&header), sizeof(Header) - sizeof header.header_digest})) {
        return bad("the header of the gazetteer index is damaged (wrong digest)");
    }
    if (header.file_size != bytes.size()) {
        return bad("gazetteer index cut short or grown: " + std::to_string(bytes.size()) + " bytes, its header says " + std::to_string(header.file_size));
    }
    for (std::uint32_t i = 0; i < section_count; ++i) {
        const SectionEntry& entry = header.sections[i];
        if (entry.offset % 8 != 0 || entry.offset > bytes.size() || entry.size > bytes.size() - entry.offset || entry.size % entry_sizes[i] != 0) {
            return bad("section '" + std::string(section_names[i]) + "' of the gazetteer index lies outside the file or has a broken size");
        }
    }
    IndexView view;
    view.bytes_ = bytes;
    view.header_ = &header;
    return view;
}

Status IndexView::check() const {
    const std::string_view content(reinterpret_cast<const char*>(bytes_.data()) + sizeof(Header), bytes_.size() - sizeof(Header));
    if (token_hash(content) != header_->content_digest) return bad("the content of the gazetteer index is damaged (wrong digest)");
    const auto all_records = section<PackedRecord>(records);
    const auto all_steps = section<PackedStep>(steps);
    const std::size_t pool = section<char>(strings).size();
    const auto legal = [&](std::uint32_t offset) { return offset < pool && (offset == 0 || !string(offset).empty()); };
    for (const Slot& s : section<Slot>(slots)) {
        if (s.key != 0 && (s.hits_count & ~prefix_bit) != hits(s).size()) return bad("a key of the gazetteer index leads outside its hits");
    }
    for (const PackedHit& hit : section<PackedHit>(index_format::hits)) {
        if (hit.record >= all_records.size() || hit.name >= all_records[hit.record].names_count) return bad("a hit of the gazetteer index names no record");
    }
    for (const PackedRecord& r : all_records) {
        if (names(r).size() != r.names_count) return bad("a record of the gazetteer index leads outside the names");
        for (const std::uint32_t text : {r.id, r.name, r.kind, r.country, r.admin, r.family, r.given, r.source, r.roles}) {
            if (!legal(text)) return bad("a record of the gazetteer index leads outside the strings");
        }
    }
    for (const PackedName& n : section<PackedName>(index_format::names)) {
        if (!legal(n.text) || !legal(n.lang) || (n.step != none && n.step >= all_steps.size())) return bad("a name of the gazetteer index leads nowhere");
    }
    for (std::size_t i = 0; i < all_steps.size(); ++i) {
        if (!legal(all_steps[i].text) || !legal(all_steps[i].label) || (all_steps[i].parent != none && all_steps[i].parent >= i)) {
            return bad("a route of the gazetteer index leads nowhere");
        }
    }
    for (const GridEntry& entry : section<GridEntry>(grid)) {
        if (entry.record >= all_records.size()) return bad("a cell of the gazetteer index names no record");
    }
    return {};
}

Result<MappedFile> MappedFile::open(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return Error{errno == ENOENT ? ErrorCode::no_input : ErrorCode::io, std::string("cannot open the gazetteer index: ") + std::strerror(errno), path};
    struct stat status{};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) {
        ::close(descriptor);
        return Error{ErrorCode::bad_data, "a gazetteer index must be a regular file that is not empty", path};
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    const int reason = errno;
    ::close(descriptor);
    if (address == MAP_FAILED) return Error{ErrorCode::io, std::string("cannot map the gazetteer index: ") + std::strerror(reason), path};
    MappedFile file;
    file.bytes_ = {static_cast<const std::byte*>(address), size};
    return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
}
MappedFile::~MappedFile() {
    if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

}  // namespace demarc
