#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
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
        asked_.assign(std::size_t{1} << bits, {});
        strangers_.assign(std::size_t{1} << stranger_bits, {});
    }
    /// Spellings of people that a search to a stage, ocr or edit, found nothing for, by token_hash of their bytes; at most 65,536 are remembered, of those that
    /// share a cache line the last eight.
    [[nodiscard]] bool stranger(MatchStage stage, std::uint64_t spelling) const {
        const auto& line = strangers_[spelling >> (64 - stranger_bits)].searches;
        return std::find(line.begin(), line.end(), of_stage(stage, spelling)) != line.end();
    }
    void add_stranger(MatchStage stage, std::uint64_t spelling) {
        auto& line = strangers_[spelling >> (64 - stranger_bits)].searches;
        std::shift_right(line.begin(), line.end(), 1);
        line.front() = of_stage(stage, spelling);
    }
    /// What is known of a key at one look; `name` only where it is found. `key` is not 0; `name` is valid until the next call.
    struct Answer {
        Name* name = nullptr;  ///< null: no record bears the name
        bool prefix = false;   ///< some longer name begins with it
    };
    [[nodiscard]] Answer find(const Gazetteer& gazetteer, std::uint64_t key) {
        const auto slot = static_cast<std::size_t>((key * 0x9e3779b97f4a7c15ull) >> (64 - bits));
        Asked& asked = asked_[slot];
        if (asked.key != key) {
            const Probe probe = gazetteer.probe(key);
            asked = {key, probe.found(), probe.prefix};
            if (asked.found) {
                Name& name = names_[slot];
                name.probe = probe;
                name.counted = name.of_place.known = name.of_person.known = false;
            }
        }
        return {asked.found ? &names_[slot] : nullptr, asked.prefix};
    }

private:
    static constexpr unsigned bits = 12;
    static constexpr unsigned stranger_bits = 13;
    struct alignas(64) StrangerLine {
        std::array<std::uint64_t, 8> searches{};  // 0: free
    };
    // Both stages of a spelling lie in one line: who asks for the one has fetched the other.
    [[nodiscard]] static std::uint64_t of_stage(MatchStage stage, std::uint64_t spelling) { return (spelling | 1u) ^ (stage == MatchStage::edit ? 1u : 0u); }
    std::vector<StrangerLine> strangers_;
    std::uint64_t gazetteer_ = 0;
    // Most words of a text are no names: what says so lies close together.
    struct Asked {
        std::uint64_t key = 0;
        bool found = false, prefix = false;
    };
    std::vector<Asked> asked_;
    std::vector<Name> names_;
};

}  // namespace demarc
