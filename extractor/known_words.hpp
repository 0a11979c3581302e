#pragma once
#include <cstdint>
#include <vector>

#include "extractor/known_names.hpp"
#include "extractor/token.hpp"
#include "extractor/token_kinds.hpp"
#include "extractor/vocabulary.hpp"

namespace demarc {

/// What vocabulary, gazetteer and TokenKinds say of words that were met of late, one a thread: half of a text is a few thousand words, and
/// the tables of all words lie in no near cache. 16,384 words, the last of each slot stays.
class KnownWords {
public:
    /// Longer entries of the vocabulary begin with a word; or it is written as a name may be, and is a place's name, a person's, or what longer ones begin with.
    static constexpr std::uint32_t begins_entry = 1, place = 2, person = 4, begins_name = 8, any_name = place | person | begins_name;
    struct Word {
        std::uint64_t key = 0;                ///< of hash and shape; 0 none
        std::uint32_t kind = 0;               ///< of such a token without flags and roles
        std::uint32_t uses : 4 = 0;           ///< bits, as below
        std::uint32_t behind_entry : 28 = 0;  ///< entry + 1; 0: none. Vocabularies have fewer
        [[nodiscard]] std::uint32_t entry() const { return behind_entry - 1u; }
    };
    static_assert(Vocabulary::max_entries < 1u << 28 && Vocabulary::none + 1 == 0);

    /// Call before a batch of documents, after TokenKinds::begin: forgets all words where what is known of them may be another than last time.
    void begin(const Vocabulary& vocabulary, const Gazetteer& gazetteer, const TokenKinds& kinds) {
        if (vocabulary_ == vocabulary.identity() && gazetteer_ == gazetteer.identity() && generation_ == kinds.generation() && !words_.empty()) return;
        vocabulary_ = vocabulary.identity();
        gazetteer_ = gazetteer.identity();
        generation_ = kinds.generation();
        words_.assign(std::size_t{1} << bits, {});
    }
    /// Valid until the next call.
    [[nodiscard]] const Word& find(const Token& token, const Vocabulary& vocabulary, const Gazetteer& gazetteer, KnownNames& names, TokenKinds& kinds) {
        // Hashes are mixed well: the product takes the shape to all bits, and no two of some thousand words meet.
        const std::uint64_t key = token.hash ^ token.predicates * 0x9e3779b97f4a7c15ull;
        Word& word = words_[static_cast<std::size_t>(key >> (64 - bits))];
        if (word.key != key) [[unlikely]] word = ask(key, token, vocabulary, gazetteer, names, kinds);
        return word;
    }

private:
    [[gnu::noinline]] static Word ask(std::uint64_t key, const Token& token, const Vocabulary& vocabulary, const Gazetteer& gazetteer, KnownNames& names, TokenKinds& kinds) {
        const std::uint32_t entry = token.kind != TokenKind::paragraph ? vocabulary.find(token.hash) : Vocabulary::none;
        Word word;
        word.key = key;
        word.kind = kinds.find(token.predicates, 0, entry);
        std::uint32_t uses = entry != Vocabulary::none && vocabulary.prefix(entry) ? begins_entry : 0;
        word.behind_entry = (entry + 1) & 0xFFFFFFF;
        constexpr std::uint32_t name_start = shape::cap | shape::caps | shape::initial | shape::uncased;
        if ((token.predicates & name_start) != 0) {
            const KnownNames::Answer answer = names.find(gazetteer, token.hash);
            uses |= (answer.place ? place : 0) | (answer.person ? person : 0) | (answer.prefix ? begins_name : 0);
        }
        word.uses = uses & 15u;
        return word;
    }

    static constexpr unsigned bits = 14;
    std::uint64_t vocabulary_ = 0, gazetteer_ = 0;
    std::uint32_t generation_ = 0;
    std::vector<Word> words_;
};

}  // namespace demarc
