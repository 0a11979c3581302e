// Any bytes, repaired to UTF-8: both kernels give the same tokens, in order, within the text.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/utf8.hpp"
#include "extractor/tokeniser.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::size_t replaced = 0;
    const std::string text = demarc::repair_utf8({reinterpret_cast<const char*>(data), size}, replaced);
    std::vector<demarc::Token> scalar, fast;
    demarc::tokenise_with(demarc::TokeniserKernel::scalar, text, scalar);
    demarc::tokenise(text, fast);
    if (scalar.size() != fast.size()) std::abort();
    std::uint32_t end = 0;
    for (std::size_t i = 0; i < scalar.size(); ++i) {
        if (scalar[i].begin != fast[i].begin || scalar[i].end != fast[i].end || scalar[i].hash != fast[i].hash || scalar[i].predicates != fast[i].predicates) std::abort();
        if (scalar[i].begin < end || scalar[i].end < scalar[i].begin || scalar[i].end > text.size()) std::abort();
        end = scalar[i].end;
    }
    return 0;
}
