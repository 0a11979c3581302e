#pragma once
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "extractor/hash_index.hpp"

namespace demarc {

/// What link_people writes down of the people of one document. Nothing of it is known of the next one, but its memory is kept: a document has a few people, and would pay
/// for a block of memory for each of these.
struct PeopleTables {
    struct Person {
        std::uint32_t mention;
        std::uint32_t begin;                   // byte of the text
        std::uint32_t first_word, word_count;  // of words and word_tokens
        std::uint64_t spelling;                // key of the words: people who have another have another name
        bool known;
        std::uint32_t first_bearer = 0;        // first of the people with the same name
    };
    /// One decision a spelling: later mentions follow the first.
    struct Decision {
        bool made = false;
        std::optional<std::uint32_t> linked;  // the first mention of the spelling, where that was
    };

    std::vector<Person> people;
    std::vector<std::uint64_t> words;                      // of the people, one behind the other: token_hash of the folded words
    std::vector<std::uint32_t> word_tokens;                // and the tokens that these are
    std::vector<std::pair<std::uint64_t, std::uint32_t>> spellings;  // of people, with who bears them
    HashIndex full_names;                                  // first token -> mention
    HashIndex families, first_names, signatories;          // token -> mentions that introduce it
    RareHashes parts;                                      // all of these tokens
    std::vector<std::uint32_t> again;                      // tokens that may be one of them
    HashIndex by_family, known_with;                       // family name -> people; word -> known people who bear it
    std::vector<Decision> decisions;                       // by first bearer

    void clear() {
        people.clear(), words.clear(), word_tokens.clear(), again.clear(), parts.clear();
        for (HashIndex* index : {&full_names, &families, &first_names, &signatories, &by_family, &known_with}) index->clear();
    }
};

}  // namespace demarc
