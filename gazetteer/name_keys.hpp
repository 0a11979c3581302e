#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gazetteer/builder.hpp"

namespace demarc {

/// A key under which a name is found, or that only begins a longer one.
struct NameKey {
    std::uint64_t key = 0;
    std::uint32_t check = 0;   ///< a second hash of the same words: two sequences with one key differ in it
    bool prefix = false;       ///< a proper prefix of a sequence, no hit
    bool family = false;       ///< the family name alone
    std::uint8_t cost = 0;     ///< hundredths
};

/// The keys of names (docs/gazetteer.md, Keys): sequences with their prefixes, joined words, other endings, names without their ending, the two orders of a person's name.
class NameKeys {
public:
    explicit NameKeys(const EndingGroups& endings);

    /// Appends the keys of a name of a record.
    void of(const SourceRecord& record, const SourceName& name, std::vector<NameKey>& out);
    /// Keeps the similarity keys of the names that come from now on.
    void keep_similarity_keys() { keeps_similarity_keys_ = true; }
    /// The filter of those kept; empty where none were. Call once, after the last name.
    [[nodiscard]] std::vector<std::uint64_t> make_similarity_filter();

    /// Token hashes of all generic endings, sorted.
    [[nodiscard]] std::vector<std::uint64_t> ending_hashes() const;

private:
    using Tokens = std::vector<std::string>;
    struct Target;
    void add(const Target& target, const Tokens& tokens, float cost, bool family);
    void of_place(const Target& target);
    void of_person(const Target& target);

    std::map<std::string, std::vector<std::string>, std::less<>> endings_;
    bool keeps_similarity_keys_ = false;
    std::vector<std::uint64_t> similarity_keys_;
};

}  // namespace demarc
