#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "extractor/row_numbers.hpp"
#include "extractor/token_answers.hpp"
#include "extractor/vocabulary.hpp"

namespace demarc {

/// Numbers the tokens that no phase can tell apart: those that answer alike to all tests of all phases. A phase then knows a token by its kind, from one array. What a token looks like
/// (shape bits, flags, lexicons, places in entries of several tokens) is asked once. Kept by one thread from document to document.
class TokenKinds {
public:
    static constexpr std::size_t max_looks = 1 << 16, max_row_bytes = 64u << 20;

    using Role = TokenRole;

    /// Call before a document or a batch of documents: forgets all kinds where their looks grew past max_looks, their answers past max_row_bytes, or they belong to another vocabulary or
    /// other programs. `programs`: of all phases.
    void begin(std::span<const TokenProgram* const> programs, const Vocabulary& vocabulary);
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
    /// What tokens of a kind answer, as TokenAnswers; valid until the next begin().
    [[nodiscard]] std::span<const std::uint64_t> answers(std::uint32_t kind) const { return rows_.row(kind); }
    [[nodiscard]] std::span<const std::uint64_t> answers(std::uint32_t kind, std::size_t phase) const { return answers_->of_phase(answers(kind), phase); }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] std::size_t looks() const { return looks_.size(); }

private:
    static constexpr unsigned recent_bits = 10;
    static constexpr std::uint32_t no_group = 0xFFFFFFFF;
    struct Recent {
        std::uint64_t flags = 0;
        std::uint32_t shape = 0xFFFFFFFF, group = no_group;  // no token has this shape
        std::uint32_t kind = 0;
    };
    struct Look {
        std::uint64_t key = 0, flags = 0;
        std::uint32_t shape = 0, group = no_group;
        std::uint32_t roles_begin = 0, roles_count = 0;
        std::uint32_t kind = 0;
    };
    [[nodiscard]] std::uint32_t group_of(std::uint32_t entry) const { return entry == Vocabulary::none ? no_group : vocabulary_->group(entry); }
    void grow();

    const Vocabulary* vocabulary_ = nullptr;
    std::uint64_t vocabulary_identity_ = 0;
    std::uint32_t generation_ = 0;
    std::vector<const TokenProgram*> programs_;
    std::optional<TokenAnswers> answers_;
    RowNumbers<std::uint64_t> rows_;    // kinds by what they answer
    std::vector<Look> looks_;
    std::vector<Role> roles_;
    std::vector<std::uint32_t> slots_;  // look + 1; 0: empty
    std::vector<Recent> recent_;        // met of late, small enough to stay near
};

}  // namespace demarc
