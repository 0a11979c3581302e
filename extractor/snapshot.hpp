#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace demarc {

/// Writes values one behind the other, in the byte order of the machine: for data that is compiled with the program and read by the same one.
class SnapshotWriter {
public:
    template <class T> void value(T value) {
        static_assert(std::has_unique_object_representations_v<T>, "no padding: the same input must give the same bytes");
        out_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    template <class T> void block(const std::vector<T>& values) {
        static_assert(std::has_unique_object_representations_v<T>);
        value(static_cast<std::uint64_t>(values.size()));
        out_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    }
    void string(std::string_view text) {
        value(static_cast<std::uint64_t>(text.size()));
        out_ += text;
    }
    void strings(const std::vector<std::string>& texts) {
        value(static_cast<std::uint64_t>(texts.size()));
        for (const std::string& text : texts) string(text);
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string out_;
};

/// Reads what SnapshotWriter wrote. Past the end, or where a size can't be, everything is empty from there on and good() is false.
class SnapshotReader {
public:
    explicit SnapshotReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    template <class T> void value(T& out) {
        if (const std::byte* from = take(sizeof out)) std::memcpy(&out, from, sizeof out);
        else out = T{};
    }
    template <class T> void block(std::vector<T>& out) {
        const std::uint64_t count = size(sizeof(T));
        out.resize(static_cast<std::size_t>(count));
        if (const std::byte* from = take(static_cast<std::size_t>(count) * sizeof(T)); from != nullptr && count > 0) std::memcpy(out.data(), from, out.size() * sizeof(T));
    }
    void string(std::string& out) {
        const std::uint64_t count = size(1);
        const std::byte* from = take(static_cast<std::size_t>(count));
        out.assign(from == nullptr ? "" : reinterpret_cast<const char*>(from), from == nullptr ? 0 : static_cast<std::size_t>(count));
    }
    void strings(std::vector<std::string>& out) {
        out.resize(static_cast<std::size_t>(size(sizeof(std::uint64_t))));
        for (std::string& text : out) string(text);
    }
    /// A count of things of at least `least` bytes each: 0 where the bytes left can't hold so many.
    [[nodiscard]] std::uint64_t size(std::size_t least) {
        std::uint64_t count = 0;
        value(count);
        if (count <= bytes_.size() / least) return count;
        good_ = false;
        return 0;
    }
    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] bool at_end() const { return bytes_.empty(); }

private:
    const std::byte* take(std::size_t count) {
        if (!good_ || count > bytes_.size()) {
            good_ = false;
            return nullptr;
        }
        const std::byte* from = bytes_.data();
        bytes_ = bytes_.subspan(count);
        return from;
    }

    std::span<const std::byte> bytes_;
    bool good_ = true;
};

}  // namespace demarc
