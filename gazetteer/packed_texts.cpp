#include "gazetteer/packed_texts.hpp"

#include <cstring>

namespace demarc {

std::uint32_t PackedTexts::number(std::size_t index) const {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes_.get() + index * sizeof value, sizeof value);
    return value;
}

void PackedTexts::assign(std::span<const std::string_view> texts) {
    while (!texts.empty() && texts.back().empty()) texts = texts.first(texts.size() - 1);
    if (texts.empty()) {
        bytes_.reset();
        return;
    }
    std::size_t size = head_bytes(texts.size());
    for (const std::string_view text : texts) size += text.size();
    std::unique_ptr<char[]> bytes(new char[size]);
    const auto put = [&bytes](std::size_t index, std::size_t value) {
        const auto number = static_cast<std::uint32_t>(value);
        std::memcpy(bytes.get() + index * sizeof number, &number, sizeof number);
    };
    put(0, texts.size());
    std::size_t at = head_bytes(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (!texts[i].empty()) std::memcpy(bytes.get() + at, texts[i].data(), texts[i].size());
        put(i + 1, at += texts[i].size());
    }
    bytes_ = std::move(bytes);
}

std::vector<std::string> PackedTexts::from(std::size_t index) const {
    std::vector<std::string> out;
    if (index >= size()) return out;
    out.reserve(size() - index);
    for (; index < size(); ++index) out.emplace_back((*this)[index]);
    return out;
}

}  // namespace demarc
