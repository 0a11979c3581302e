#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace demarc {

/// A few texts in one piece of memory, for what is kept by the thousand and mostly empty: 8 bytes, and 4 for each text up to the last one that isn't empty. Texts of at most 4 GiB - 1 together.
class PackedTexts {
public:
    /// In place of those before, which may be among the new ones. Views that were given out become invalid.
    void assign(std::span<const std::string_view> texts);
    [[nodiscard]] bool empty() const { return bytes_ == nullptr; }
    /// Up to the last one that isn't empty.
    [[nodiscard]] std::size_t size() const { return empty() ? 0 : number(0); }
    /// The text of a number; empty where there is none.
    [[nodiscard]] std::string_view operator[](std::size_t index) const {
        if (index >= size()) return {};
        const std::size_t begin = index == 0 ? head_bytes(size()) : number(index), end = number(index + 1);
        return {bytes_.get() + begin, end - begin};
    }
    /// The texts from a number on.
    [[nodiscard]] std::vector<std::string> from(std::size_t index) const;

private:
    // Before the texts: their count, and where each one ends.
    static std::size_t head_bytes(std::size_t count) { return (count + 1) * sizeof(std::uint32_t); }
    [[nodiscard]] std::uint32_t number(std::size_t index) const;

    std::unique_ptr<char[]> bytes_;
};

}  // namespace demarc
