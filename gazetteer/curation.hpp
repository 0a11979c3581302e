#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/entity.hpp"
#include "base/mention.hpp"
#include "base/result.hpp"
#include "gazetteer/gazetteer.hpp"

namespace demarc {

/// A historian's corrections of what a run gathers, kept as text beside the documents and applied at every run (docs/gazetteer.md, Curation). A line a decision:
///     accept ID                        it is right: confidence 1, attested
///     reject ID                        no such thing: its mentions stay, without an entity
///     move   ID LAT LON [METRES]       it lies there; lines and areas made of a record of the gazetteer follow
///     rename ID NAME …                 its name in every output
///     merge  ID ID                     the first is the second
///     split  ID ID in DOCUMENT …       in these documents it is another
/// IDs are those of entities.jsonl ("place:kp-kumsong"); words are parted by blanks, a document with blanks stands in double quotes, # begins a comment. A decision sees what the ones
/// before it made: what was split off can be moved.
class Curation {
public:
    /// Adds the decisions of a file to those before. Errors: bad_data with file and line.
    [[nodiscard]] Status add(std::string_view text, const std::string& path);
    [[nodiscard]] bool empty() const { return decisions_.empty(); }

    /// A record of the gazetteer as the decisions have it: elsewhere, under another name.
    [[nodiscard]] Record apply(Record record) const;
    /// Applies the rest to a placed document. `gazetteer` holds the records that merged entities may be.
    void apply(ExtractedDocument& document, const Gazetteer& gazetteer) const;
    /// The name of a gathered entity, which comes from its record.
    void apply(Entity& entity) const;
    /// Hex digest of all files read, for run.json.
    [[nodiscard]] std::string digest() const;

private:
    enum class Verb : std::uint8_t { accept, reject, move, rename, merge, split };
    struct Decision {
        Verb verb = Verb::accept;
        std::string other;                ///< merge, split: the other id; rename: the name
        LonLat position;
        double precision_m = 0;
        std::set<std::string> documents;  ///< split
        std::string where;                ///< file:line, without the folder
    };
    void apply(const Decision& decision, Mention& mention, const Gazetteer& gazetteer) const;

    std::vector<Decision> decisions_;  ///< in the order of the files
    std::map<std::string, std::vector<std::size_t>, std::less<>> by_id_;
    std::map<std::string, LonLat, std::less<>> moved_;         ///< gazetteer id -> where it lies
    std::map<std::string, std::pair<std::string, double>, std::less<>> named_;  ///< gazetteer id -> name; precision of the moved
    std::uint64_t digest_ = 0;
};

}  // namespace demarc
