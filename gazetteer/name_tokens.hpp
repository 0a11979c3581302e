#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace demarc {

/// The folded tokens of a name, cut as the extractor cuts text: words are runs of letters with inner apostrophes, runs of
/// ASCII digits are tokens of their own, everything else only separates.
/// "P'yŏnggang-ni" -> {"pyonggang", "ni"}, "Hill 395" -> {"hill", "395"}, "金城" -> {"金城"}, "—" -> {}.
[[nodiscard]] std::vector<std::string> name_tokens(std::string_view name);

/// The same tokens without a string for each: as one word, and where in it they end.
class JoinedName {
public:
    static constexpr std::size_t max_bytes = 256;
    explicit JoinedName(std::string_view name);  ///< max_bytes at most; no tokens of a longer one
    [[nodiscard]] std::size_t size() const { return size_; }  ///< tokens
    [[nodiscard]] std::string_view token(std::size_t index) const { return joined(index + 1).substr(index == 0 ? 0 : ends_[index - 1]); }
    [[nodiscard]] const std::string& word() const { return word_; }
    /// Of the first `count` tokens, one at least: the word that they make, and sequence_key.
    [[nodiscard]] std::string_view joined(std::size_t count) const { return std::string_view(word_).substr(0, ends_[count - 1]); }
    [[nodiscard]] std::uint64_t key(std::size_t count) const;

private:
    [[nodiscard]] bool take_ascii(std::string_view name);
    std::string word_;
    std::size_t size_ = 0;
    std::array<std::uint16_t, max_bytes> ends_;  // not zeroed: of the first size_ tokens. Folding makes eighteen bytes of one at most
};

/// Key of a token sequence (base/token_hash.hpp); 0 for an empty one.
[[nodiscard]] std::uint64_t sequence_key(const std::vector<std::string>& tokens);

/// The tokens as one word: {"munsan", "ni"} -> "munsanni".
[[nodiscard]] std::string joined_tokens(const std::vector<std::string>& tokens);

}  // namespace demarc
