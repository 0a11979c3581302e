// Changes bytes of a whole index, header and section table too (whose digest is made right again, or nothing would be read behind it): it is refused, or answers without
// leading astray. Input: patches of 4 bytes position and 1 byte value; a first byte that is odd patches the header alone.
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/token_hash.hpp"
#include "gazetteer/embedded.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/index_format.hpp"

using namespace demarc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto good = embedded_gazetteer();
    static std::vector<std::uint64_t> words;
    words.assign((good.size() + 7) / 8, 0);
    auto* bytes = reinterpret_cast<char*>(words.data());
    std::memcpy(bytes, good.data(), good.size());
    const bool header_alone = size > 0 && (data[0] & 1) != 0;
    for (std::size_t at = 1; at + 5 <= size; at += 5) {
        std::uint32_t position = 0;
        std::memcpy(&position, data + at, sizeof position);
        bytes[position % (header_alone ? sizeof(index_format::Header) : good.size())] = static_cast<char>(data[at + 4]);
    }
    auto& header = *reinterpret_cast<index_format::Header*>(bytes);
    header.header_digest = token_hash({bytes, sizeof(index_format::Header) - sizeof header.header_digest});
    const auto opened = Gazetteer::from_memory({reinterpret_cast<const std::byte*>(bytes), good.size()});
    if (!opened) return 0;
    for (const char* name : {"Kindzyo", "Munsan-ni", "Filippov", "Kim II Sung", "San Antonio", "金城", "Fillipov"}) {
        for (const Hit& hit : opened->search(name)) {
            static_cast<void>(opened->route(hit));
            static_cast<void>(opened->names(hit.record));
            static_cast<void>(opened->record(hit.record));
        }
    }
    for (std::uint32_t i = 0; i < opened->size(); i += 97) static_cast<void>(opened->record(i)), static_cast<void>(opened->names(i));
    static_cast<void>(opened->near({127, 38}, 1e5, 100));
    static_cast<void>(opened->find_id("kp-kumsong"));
    static_cast<void>(opened->attribution());
    static_cast<void>(opened->verify());
    return 0;
}
