#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/mention.hpp"

namespace demarc {

/// orbat.json: the units of a run as a scenario of ORBAT Mapper (its JSON format, version 2.0.0, which later versions of that program read and raise): a side a
/// nation, units under the units that they are parts of, and their positions over time.
///
/// A position is a `state` with time `t`, from a relation at, moved_to, held or took to a mention with a geometry: the point, or the middle of an area's
/// box. Its time is the relation's date, else the document's; without either the first position is the unit's own `location`. A larger unit that is only
/// named as such ("2d Bn, 65th Inf") stands in the tree, too. Of several larger units the one named most often is taken. The symbol of a unit that has no code of
/// its own is the empty land unit. Nothing is written that the texts don't say: sides have the identity "pending".
class Orbat {
public:
    /// Takes a document's units; call in the order of the documents, which decides where words differ.
    void add(const ExtractedDocument& document);
    /// Appends the whole file. O(units x depth + positions).
    void write(std::string& out) const;

    struct State {
        std::string time;   ///< ISO 8601, UTC; empty unknown
        std::string title, quote, document;
        std::optional<LonLat> location;
    };
    struct Unit {
        std::string name, nation, sidc;
        std::map<std::string, std::size_t> parents;  ///< entity -> how often it was named as the larger unit
        std::vector<State> states;
    };

private:
    Unit& unit(const std::string& entity, std::string_view name, std::string_view nation, std::string_view sidc);
    std::map<std::string, Unit> units_;  // by entity
    std::string first_day_;
};

}  // namespace demarc
