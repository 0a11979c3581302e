#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "extractor/vocabulary.hpp"

namespace demarc {

/// Numbers the tokens that no phase can tell apart: same shape bits, same flags, in the same lexicons, same place in entries of several
/// tokens. A phase then knows a token by its kind, from one array. Kept by one thread from document to document; at most max_kinds.
class TokenKinds {
public:
    static constexpr std::size_t max_kinds = 1 << 16;

    /// Place of a token in an entry of several tokens.
    struct Role {
        std::uint16_t lexicon = 0;
        std::uint16_t place = 0;  ///< 0 first, 1 inside or last, 2 last
        friend auto operator<=>(const Role&, const Role&) = default;
    };
    struct Kind {
        std::uint64_t flags = 0;
        std::uint32_t shape = 0;
        std::uint32_t entry = Vocabulary::none;  ///< a vocabulary entry that stands for all of the same lexicons
        std::uint32_t roles_begin = 0, roles_count = 0;
        std::uint64_t key = 0;
    };

    /// Call before a document: forgets all kinds where they grew past their bound or belong to another vocabulary.
    void begin(const Vocabulary& vocabulary);
    /// Differs after each time that all kinds were forgotten.
    [[nodiscard]] std::uint32_t generation() const { return generation_; }

    /// Kind of a token; `roles` sorted, without repeats. O(1) but for tokens with roles.
    [[nodiscard]] std::uint32_t find(std::uint32_t shape, std::uint64_t flags, std::uint32_t entry, std::span<const Role> roles);
    /// The same for a token without roles.
    [[nodiscard]] std::uint32_t find(std::uint32_t shape, std::uint64_t flags, std::uint32_t entry) {
        const std::uint32_t group = group_of(entry);
        const std::uint64_t mixed = (flags ^ (static_cast<std::uint64_t>(group) << 32 | shape)) * 0x9e3779b97f4a7c15ull;
        Recent& recent = recent_[static_cast<std::size_t>(mixed >> (64 - recent_bits))];
        if (recent.flags != flags || recent.shape != shape || recent.group != group) recent = {flags, shape, group, find(shape, flags, entry, {})};
        return recent.kind;
    }
    [[nodiscard]] const Kind& kind(std::uint32_t index) const { return kinds_[index]; }
    [[nodiscard]] std::span<const Role> roles(const Kind& kind) const { return std::span(roles_).subspan(kind.roles_begin, kind.roles_count); }
    [[nodiscard]] std::size_t size() const { return kinds_.size(); }

private:
    static constexpr unsigned recent_bits = 10;
    static constexpr std::uint32_t no_group = 0xFFFFFFFF;
    struct Recent {
        std::uint64_t flags = 0;
        std::uint32_t shape = 0xFFFFFFFF, group = no_group;  // no token has this shape
        std::uint32_t kind = 0;
    };
    [[nodiscard]] std::uint32_t group_of(std::uint32_t entry) const { return entry == Vocabulary::none ? no_group : vocabulary_->group(entry); }
    void grow();

    const Vocabulary* vocabulary_ = nullptr;
    std::uint64_t vocabulary_identity_ = 0;
    std::uint32_t generation_ = 0;
    std::vector<Kind> kinds_;
    std::vector<Role> roles_;
    std::vector<std::uint32_t> slots_;  // kind + 1; 0: empty
    std::vector<Recent> recent_;        // met of late, small enough to stay near
};

}  // namespace demarc
