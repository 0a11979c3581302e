#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/token_hash.hpp"
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
        Of of_place, of_person;
    };

    /// Forgets everything where the gazetteer is another than last time.
    void begin(const Gazetteer& gazetteer) {
        if (gazetteer_ == gazetteer.identity()) return;
        gazetteer_ = gazetteer.identity();
        names_.assign(std::size_t{1} << bits, {});
        asked_.assign(std::size_t{1} << bits, {});
        forget_strangers();
    }
    /// Spellings of people that a search to a stage, ocr or edit, found nothing for; up to 255 bytes long. At most 65,536 are remembered, of those whose hashes
    /// lead to one cache line the last eight, and all are forgotten when their texts have become a megabyte.
    [[nodiscard]] bool stranger(MatchStage stage, std::string_view spelling) const {
        const std::uint64_t hash = token_hash(spelling);
        return find(of_stage(stage, hash), spelling, strangers_[hash >> (64 - stranger_bits)]) != nullptr;
    }
    void add_stranger(MatchStage stage, std::string_view spelling) {
        if (spelling.size() > longest_spelling) return;
        const std::uint64_t hash = token_hash(spelling);
        const Stranger* other = find(of_stage(stage == MatchStage::edit ? MatchStage::ocr : MatchStage::edit, hash), spelling, strangers_[hash >> (64 - stranger_bits)]);
        const std::uint32_t text = other != nullptr ? other->text : keep(spelling);
        auto& line = strangers_[hash >> (64 - stranger_bits)].searches;
        std::shift_right(line.begin(), line.end(), 1);
        line.front() = {of_stage(stage, hash), text};
    }
    /// What is known of a key at one look.
    struct Answer {
        bool place = false, person = false;  ///< some record of the name is one
        bool prefix = false;                 ///< some longer name begins with it
    };
    /// `key` is not 0.
    [[nodiscard]] Answer find(const Gazetteer& gazetteer, std::uint64_t key) {
        Asked& asked = asked_[slot_of(key)];
        if (asked.key != key) [[unlikely]] asked = {key, ask(gazetteer, key)};
        return asked.answer;
    }
    /// The name of a key that find() says some record bears; valid until the next call.
    [[nodiscard]] Name& name(const Gazetteer& gazetteer, std::uint64_t key) {
        (void)find(gazetteer, key);  // another may have come to its slot
        return names_[slot_of(key)];
    }

private:
    static constexpr unsigned bits = 12;
    [[nodiscard]] static std::size_t slot_of(std::uint64_t key) { return static_cast<std::size_t>((key * 0x9e3779b97f4a7c15ull) >> (64 - bits)); }
    [[nodiscard]] Answer ask(const Gazetteer& gazetteer, std::uint64_t key) {
        const Probe probe = gazetteer.probe(key);
        Answer answer{false, false, probe.prefix};
        if (!probe.found()) return answer;
        Name& name = names_[slot_of(key)];
        name.probe = probe;
        name.of_place.known = name.of_person.known = false;
        hits_.clear();
        gazetteer.hits(probe, hits_);
        for (const Hit& hit : hits_) (gazetteer.record_class(hit.record) == RecordClass::place ? answer.place : answer.person) = true;
        return answer;
    }
    static constexpr unsigned stranger_bits = 13;
    static constexpr std::size_t longest_spelling = 255, most_texts = 1 << 20;
    struct Stranger {
        std::uint32_t stage_hash = 0;  // the stage in its last bit
        std::uint32_t text = 0;        // where its size and its bytes stand in texts_; 0: free
    };
    struct alignas(64) StrangerLine {
        std::array<Stranger, 8> searches{};
    };
    // Both stages of a spelling lie in one line: who asks for the one has fetched the other.
    [[nodiscard]] static std::uint32_t of_stage(MatchStage stage, std::uint64_t hash) { return (static_cast<std::uint32_t>(hash) | 1u) ^ (stage == MatchStage::edit ? 1u : 0u); }
    // Other spellings may have the hash.
    [[nodiscard]] const Stranger* find(std::uint32_t stage_hash, std::string_view spelling, const StrangerLine& line) const {
        for (const Stranger& known : line.searches) {
            if (known.stage_hash != stage_hash || known.text == 0) continue;
            const std::string_view text(texts_.data() + known.text + 1, static_cast<unsigned char>(texts_[known.text]));
            if (text == spelling) return &known;
        }
        return nullptr;
    }
    // Where a spelling stands from now on.
    std::uint32_t keep(std::string_view spelling) {
        if (texts_.size() + spelling.size() > most_texts) forget_strangers();
        const std::size_t at = texts_.size();
        texts_ += static_cast<char>(spelling.size());
        texts_ += spelling;
        return static_cast<std::uint32_t>(at);
    }
    void forget_strangers() {
        strangers_.assign(std::size_t{1} << stranger_bits, {});
        texts_.assign(1, '\0');
    }
    std::vector<StrangerLine> strangers_;
    std::string texts_;
    std::uint64_t gazetteer_ = 0;
    // Most words of a text are no names: what says so lies close together.
    struct Asked {
        std::uint64_t key = 0;
        Answer answer;
    };
    std::vector<Asked> asked_;
    std::vector<Hit> hits_;  // of one name, while it is asked for
    std::vector<Name> names_;
};

}  // namespace demarc
