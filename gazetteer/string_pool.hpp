#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace demarc {

/// The strings of an index, each once: 2 bytes length and UTF-8. Offset 0 is the empty string. Memory: the strings and 4 bytes a slot of a table at most 0.7 full.
class StringPool {
public:
    StringPool();
    /// Offset of the text, cut to 65,535 bytes; added where it isn't there. 0 once `full`.
    std::uint32_t add(std::string_view text);
    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    [[nodiscard]] bool full() const { return full_; }  ///< more than 4 GiB were asked for

private:
    [[nodiscard]] std::string_view at(std::uint32_t offset) const;
    [[nodiscard]] std::size_t slot_of(std::string_view text) const;
    void grow();

    std::string bytes_;
    std::vector<std::uint32_t> slots_;  ///< offsets + 1; 0: free
    std::size_t count_ = 0;
    bool full_ = false;
};

}  // namespace demarc
