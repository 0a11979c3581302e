#include "gazetteer/index_view.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include <unicode/uchar.h>

#include "base/token_hash.hpp"
#include "gazetteer/name_tokens.hpp"
#include "gazetteer/section_file.hpp"

namespace demarc {

using namespace index_format;

namespace {

Error bad(std::string message) { return {ErrorCode::bad_data, std::move(message), ""}; }

constexpr std::uint32_t max_longest_probe = 1024;
constexpr std::array<std::size_t, section_count> entry_sizes = {sizeof(Bucket), sizeof(PackedHit), sizeof(PackedRecord), sizeof(PackedDetails), sizeof(PackedName), sizeof(PackedNameDetails),
                                                                sizeof(PackedStep), 4, 4, sizeof(std::uint64_t), 4, 1, sizeof(std::uint64_t)};
constexpr std::array<std::string_view, section_count> section_names = {"buckets", "hits", "records", "details", "names", "name_details", "steps", "grid", "places", "endings", "codes", "strings", "similarity"};

}  // namespace

Result<IndexView> IndexView::of(std::span<const std::byte> bytes) {
    if (reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(Header) != 0) return bad("a gazetteer index must begin on an 8-byte boundary");
    // Magic and version first: an index of another version has a header of another size.
    constexpr std::size_t beginning = sizeof(Header::magic) + sizeof(Header::version);
    if (bytes.size() >= beginning) {
        std::uint32_t file_version = 0;
        if (std::memcmp(bytes.data(), magic.data(), magic.size()) != 0) return bad("not a gazetteer index: it doesn't begin with DEMARCGZ");
        std::memcpy(&file_version, bytes.data() + magic.size(), sizeof file_version);
        if (file_version != version) {
            return bad("gazetteer index of version " + std::to_string(file_version) + "; this program reads version " + std::to_string(version) + ": build it anew with `demarc gazetteer build`");
        }
    }
    if (bytes.size() < sizeof(Header)) return bad("a gazetteer index has a header of " + std::to_string(sizeof(Header)) + " bytes; this has " + std::to_string(bytes.size()));
    const auto& header = *reinterpret_cast<const Header*>(bytes.data());
    if (header.byte_order != byte_order) return bad("gazetteer index of another byte order; make it again on this machine");
    if (header.header_digest != token_hash({reinterpret_cast<const char*>(&header), sizeof(Header) - sizeof header.header_digest})) {
        return bad("the header of the gazetteer index is damaged (wrong digest)");
    }
    if (header.key_check != key_check()) return bad("gazetteer index whose names were folded or hashed in another way: build it anew with `demarc gazetteer build`");
    if (header.file_size != bytes.size()) {
        return bad("gazetteer index cut short or grown: " + std::to_string(bytes.size()) + " bytes, its header says " + std::to_string(header.file_size));
    }
    for (std::uint32_t i = 0; i < section_count; ++i) {
        const SectionEntry& entry = header.sections[i];
        if (entry.offset % alignof(std::uint64_t) != 0 || entry.offset > bytes.size() || entry.size > bytes.size() - entry.offset || entry.size % entry_sizes[i] != 0) {
            return bad("section '" + std::string(section_names[i]) + "' of the gazetteer index lies outside the file or has a broken size");
        }
    }
    // More than any table of ours needs: a look-up of a damaged one ends soon.
    if (header.longest_probe > max_longest_probe) return bad("the key table of the gazetteer index asks for " + std::to_string(header.longest_probe) + " buckets a look-up");
    IndexView view;
    view.bytes_ = bytes;
    view.header_ = &header;
    return view;
}

PackedNameDetails IndexView::details_of_name(std::uint32_t name) const {
    const auto all = section<PackedNameDetails>(index_format::name_details);
    const auto it = std::lower_bound(all.begin(), all.end(), name, [](const PackedNameDetails& d, std::uint32_t wanted) { return d.name < wanted; });
    return it != all.end() && it->name == name ? *it : PackedNameDetails{name, none, 0, 0};
}

Status IndexView::check() const {
    for (std::uint32_t i = 0; i < section_count; ++i) {
        const SectionEntry& entry = header_->sections[i];
        if (SectionDigest::of(reinterpret_cast<const char*>(bytes_.data()) + entry.offset, entry.size) != entry.digest) {
            return bad("section '" + std::string(section_names[i]) + "' of the gazetteer index is damaged (wrong digest)");
        }
    }
    const auto all_records = section<PackedRecord>(index_format::records);
    const auto all_names = section<PackedName>(index_format::names);
    const auto all_steps = section<PackedStep>(index_format::steps);
    const auto all_codes = section<std::uint32_t>(index_format::codes);
    const std::size_t pool = section<char>(strings).size();
    const auto legal = [&](std::uint32_t offset) { return offset < pool && (offset == 0 || !string(offset).empty()); };
    for (const Bucket& bucket : section<Bucket>(index_format::buckets)) {
        if (bucket.used > Bucket::capacity) return bad("a bucket of the gazetteer index holds more than it can");
        for (int e = 0; e < bucket.used; ++e) {
            std::uint32_t met = 0;
            const std::uint64_t found = static_cast<std::uint64_t>(bucket.count[e]) << 32 | bucket.value[e];
            each_hit(found, [&](const PackedHit& hit) { met += hit.name < all_names.size(); });
            if (met != hit_count(found)) return bad("a key of the gazetteer index leads outside its hits");
        }
    }
    for (const PackedHit& hit : section<PackedHit>(index_format::hits)) {
        if (hit.name >= all_names.size()) return bad("a hit of the gazetteer index names no name");
    }
    for (const PackedRecord& r : all_records) {
        if (names(r).size() != r.names_count || r.names_count == 0) return bad("a record of the gazetteer index leads outside the names");
        if (!legal(r.id) || !legal(r.admin) || r.kind >= all_codes.size() || r.country >= all_codes.size() || details(r) == nullptr) return bad("a record of the gazetteer index leads nowhere");
    }
    for (const PackedDetails& d : section<PackedDetails>(index_format::details)) {
        if (!legal(d.family) || !legal(d.given) || !legal(d.source) || !legal(d.roles)) return bad("details of the gazetteer index lead outside the strings");
    }
    for (const PackedName& n : all_names) {
        if (!legal(n.text) || n.lang >= all_codes.size() || n.record >= all_records.size()) return bad("a name of the gazetteer index leads nowhere");
    }
    for (const PackedNameDetails& d : section<PackedNameDetails>(index_format::name_details)) {
        if (d.name >= all_names.size() || (d.step != none && d.step >= all_steps.size())) return bad("details of a name of the gazetteer index lead nowhere");
    }
    for (std::size_t i = 0; i < all_steps.size(); ++i) {
        if (!legal(all_steps[i].text) || !legal(all_steps[i].label) || (all_steps[i].parent != none && all_steps[i].parent >= i)) {
            return bad("a route of the gazetteer index leads nowhere");
        }
    }
    for (const std::uint32_t record : section<std::uint32_t>(index_format::places)) {
        if (record >= all_records.size()) return bad("a cell of the gazetteer index names no record");
    }
    return {};
}

std::uint64_t key_check() {
    static const std::uint64_t value = sequence_key(name_tokens("Kŭmsŏng-ni 金城 Đà 38"));
    return value;
}

std::uint16_t unicode_version() {
    UVersionInfo version_info;
    u_getUnicodeVersion(version_info);
    return static_cast<std::uint16_t>(version_info[0] * 256 + version_info[1]);
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
