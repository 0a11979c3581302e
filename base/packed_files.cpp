#include "base/packed_files.hpp"

#include <charconv>

namespace demarc {

std::vector<std::pair<std::string, std::string>> unpack_files(std::string_view block) {
    std::vector<std::pair<std::string, std::string>> files;
    while (!block.empty()) {
        const std::size_t path_end = block.find('\n');
        const std::size_t size_end = path_end == std::string_view::npos ? path_end : block.find('\n', path_end + 1);
        if (size_end == std::string_view::npos) break;
        std::size_t size = 0;
        const auto [end, error] = std::from_chars(block.data() + path_end + 1, block.data() + size_end, size);
        if (error != std::errc() || end != block.data() + size_end || size > block.size() - size_end - 1) break;
        files.emplace_back(block.substr(0, path_end), block.substr(size_end + 1, size));
        block.remove_prefix(size_end + 1 + size);
    }
    return files;
}

}  // namespace demarc
