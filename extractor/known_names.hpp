#pragma once
#include <array>
#include <cstdint>
#include <unordered_set>
#include <vector>

#include "gazetteer/gazetteer.hpp"

namespace demarc {

/// What the gazetteer said of names that were met of late, one a thread: texts name the same things again and again, and a large gazetteer lies in no cache.
/// 4,096 keys, the last of each slot stays; what it answers is what the gazetteer would.
class KnownNames {
public:
    /// The records of a key, of one class.
    struct Of {
        bool known = false;
        std::uint64_t classes = 0;  ///< flag bits (extractor/predicates.hpp), without `ambiguous`
        bool ambiguous = false;     ///< every record that decides is ambiguous
        bool imported = false;      ///< only large gazetteers have it
        std::vector<Hit> hits;
    };
    struct Name {
        std::uint64_t key = 0;
        Probe probe;
        bool place = false, person = false;  ///< some record is one
        bool counted = false;                ///< these two are known
        Of of_place, of_person;
    };

    /// Forgets everything where the gazetteer is another than last time.
    void begin(const Gazetteer& gazetteer) {
        if (gazetteer_ == gazetteer.identity()) return;
        gazetteer_ = gazetteer.identity();
        names_.assign(std::size_t{1} << bits, {});
        strangers_[0].clear(), strangers_[1].clear();
    }
    /// Spellings of people that a search to a stage found nothing for, by token_hash of their bytes; at most 65,536 are remembered.
    [[nodiscard]] bool stranger(MatchStage stage, std::uint64_t spelling) const { return strangers_[stage == MatchStage::edit].contains(spelling); }
    void add_stranger(MatchStage stage, std::uint64_t spelling) {
        std::unordered_set<std::uint64_t>& set = strangers_[stage == MatchStage::edit];
        if (set.size() >= most_strangers) set.clear();
        set.insert(spelling);
    }
    /// `key` is not 0. Valid until the next call.
    [[nodiscard]] Name& find(const Gazetteer& gazetteer, std::uint64_t key) {
        Name& name = names_[static_cast<std::size_t>((key * 0x9e3779b97f4a7c15ull) >> (64 - bits))];
        if (name.key != key) {
            name.key = key;
            name.probe = gazetteer.probe(key);
            name.counted = name.of_place.known = name.of_person.known = false;
        }
        return name;
    }

private:
    static constexpr unsigned bits = 12;
    static constexpr std::size_t most_strangers = 65'536;
    std::array<std::unordered_set<std::uint64_t>, 2> strangers_;
    std::uint64_t gazetteer_ = 0;
    std::vector<Name> names_;
};

}  // namespace demarc
