#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/token_hash.hpp"
#include "extractor/rule_source.hpp"
#include "extractor/snapshot.hpp"
#include "extractor/token.hpp"

namespace demarc {

/// Every word that some rule or lexicon asks about, and the entries of several tokens, under the sequence keys of
/// base/token_hash.hpp. One probe a token; no string is compared on the way.
class Vocabulary {
public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    static constexpr std::uint16_t no_lexicon = 0xFFFF;
    static constexpr std::size_t max_lexicons = 60'000;  ///< with literals and declared kinds
    static constexpr unsigned entry_bits = 24;
    static constexpr std::uint64_t max_entries = (1u << entry_bits) - 1;
    /// Lexicons that hold a sequence, and its canonical form in each of these (an index of canonical forms).
    struct Entry {
        std::span<const std::uint16_t> lexicons;
        std::span<const std::uint32_t> canonical;
    };

    /// Adds a lexicon; returns its id. `multi_token` tells later whether it has entries of several tokens.
    std::uint16_t add_lexicon(const LexiconSource& lexicon);
    /// Adds a lexicon of one word that is written in a pattern. The same word gives the same id; no_lexicon past max_lexicons.
    std::uint16_t add_literal(std::string_view token);
    /// Adds a declared kind as "@name": a lexicon without entries whose places in the text are the kind's mentions.
    std::uint16_t add_kind(std::string_view name);
    /// Builds the table; call once, after all adds. False where there are more than 16,777,214 entries, or two of one key (nobody will meet them).
    [[nodiscard]] bool finish();

    [[nodiscard]] std::uint32_t find(std::uint64_t key) const {  ///< entry index or none
        if ((filter_[(key >> 6) & filter_mask_] >> (key & 63) & 1u) == 0) return none;
        for (std::size_t slot = static_cast<std::size_t>(key) & mask_; slots_[slot] != 0; slot = (slot + 1) & mask_) {
            if ((slots_[slot] ^ key) >> entry_bits == 0) return static_cast<std::uint32_t>(slots_[slot] & max_entries) - 1;
        }
        return none;
    }
    [[nodiscard]] Entry entry(std::uint32_t index) const {
        const std::uint32_t begin = first_[index], count = first_[index + 1] - begin;
        return {std::span(lexicons_).subspan(begin, count), std::span(canonical_).subspan(begin, count)};
    }
    /// Number of an entry's group: the same for entries of the same lexicons.
    [[nodiscard]] std::uint32_t group(std::uint32_t index) const { return groups_[index] >> 1; }
    /// Whether a longer entry begins with this sequence.
    [[nodiscard]] bool prefix(std::uint32_t index) const { return (groups_[index] & 1u) != 0; }
    [[nodiscard]] std::size_t size() const { return groups_.size(); }
    [[nodiscard]] std::uint64_t identity() const { return identity_; }  ///< differs between any two finished vocabularies of a process
    [[nodiscard]] std::uint16_t lexicon_id(std::string_view name) const;  ///< no_lexicon where there is none; O(1)
    [[nodiscard]] std::string_view lexicon_name(std::uint16_t lexicon) const { return names_[lexicon]; }  ///< literals begin with ", declared kinds with @
    [[nodiscard]] bool multi_token(std::uint16_t lexicon) const { return multi_[lexicon] != 0; }
    /// Canonical form of a sequence in a lexicon; empty where it isn't in it.
    [[nodiscard]] std::string_view canonical(std::uint16_t lexicon, std::uint64_t key) const;
    /// The same for the entry that find() gave.
    [[nodiscard]] std::string_view canonical_of(std::uint32_t entry, std::uint16_t lexicon) const;
    /// The same for the lexicon of a name. An entry is in few lexicons: their names are compared sooner than one is looked up among all, and first by what they end in.
    [[nodiscard]] std::string_view canonical_in(std::uint32_t entry, std::string_view lexicon) const;

    /// For compiled rules (extractor/snapshot.hpp): what finish() made, and that read back.
    void write(SnapshotWriter& out) const;
    [[nodiscard]] bool read(SnapshotReader& in);

private:
    // A slot of the table: the key's upper bits, below them entry + 1; 0: free. The lower bits of a key say where it is looked for: what is left of it is told apart by 40 bits and a
    // place, and two keys of the vocabulary itself by all (finish()).
    struct Unfinished {
        std::uint64_t key = 0;
        bool prefix = false;
        std::vector<std::uint16_t> lexicons;
        std::vector<std::uint32_t> canonical;
    };
    [[nodiscard]] std::string_view form(std::uint32_t index) const { return std::string_view(forms_).substr(form_begin_[index], form_begin_[index + 1] - form_begin_[index]); }
    Unfinished& entry_for(std::uint64_t key);
    void add_sequence(std::uint16_t lexicon, std::string_view text, std::string_view canonical);
    void begin_use();

    std::vector<Unfinished> unfinished_;                       // while building, as is
    std::unordered_map<std::uint64_t, std::uint32_t> index_;   // this
    // By entry, flat, so that a program's start copies a few blocks instead of making thousands of lists.
    std::vector<std::uint32_t> first_;  // where its lists begin in these two; one more than entries
    std::vector<std::uint16_t> lexicons_;
    std::vector<std::uint32_t> canonical_;
    std::vector<std::uint32_t> groups_;  // group << 1 | prefix
    std::vector<std::uint64_t> slots_;
    std::size_t mask_ = 0;
    std::vector<std::uint64_t> filter_;  // a bit for each key, so that most words that no rule asks about cost one look into a small table
    std::size_t filter_mask_ = 0;
    std::uint64_t identity_ = 0;
    std::vector<std::string> names_;
    std::vector<std::uint64_t> name_ends_;  // of each name its length and last bytes
    struct NameHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const { return static_cast<std::size_t>(token_hash(name)); }
    };
    std::unordered_map<std::string, std::uint16_t, NameHash, std::equal_to<>> id_of_;
    std::vector<std::uint8_t> multi_;
    std::string forms_;                      // canonical forms, one behind the other
    std::vector<std::uint32_t> form_begin_;  // one more than forms
};

/// True for a punctuation token that a sequence key leaves out between two words: a hyphen, or a point glued to a word of up to four letters.
[[nodiscard]] bool joins_sequence(std::string_view text, const std::vector<Token>& tokens, std::size_t index);

}  // namespace demarc
