#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/mention.hpp"
#include "gazetteer/gazetteer.hpp"
#include "geo/geodesy.hpp"

namespace demarc {

/// What is known of a document before its places are.
struct ToponymOptions {
    std::string theatre;                             ///< for `why`; "" unknown
    std::optional<BoundingBox> theatre_bounds;
    std::vector<LonLat> known_positions;             ///< of the document's coordinates
    /// Position given beside the mention of the same index ("Kumsong (CT 7952)"); empty, or one per mention.
    std::vector<std::optional<LonLat>> beside;
    double accept = 0.5;                             ///< least probability of a reading that is taken, [0, 1]
    bool all_are_places = false;                     ///< the likeliest record is taken, however unlikely
    bool prominence = true;                          ///< rank speaks for a record
    bool from_neighbours = false;                    ///< a place without a record is put among the places named beside it: inferred, source "relation"
};

/// Gives the record of an index; Gazetteer::record in the program.
using RecordLookup = std::function<Record(std::uint32_t)>;

/// Decides which gazetteer record each place mention means. Reads candidates (record, score 0..1 of the name match, route: empty
/// where the spelling is attested) and PlaceValue::kind; writes for each place mention status, confidence, candidates (best first,
/// score = probability), why, location (point, precision of the record), PlaceValue and entity ("place:<record id>", or
/// "place:unresolved-<slug of the surface>" without location). Other mentions are left as they are.
///
/// Mentions of one spelling in a document are one decision. The log-odds of a candidate are the sum of:
///   3 * score; 3 * rank / 9; -0.7 for a record of a large gazetteer; kind word beside it: the same kind +1.5, akin +0.8, another -2; outside its years -2;
///   a spelling made by a romanisation route -1, +1 where the document's original language is the route's;
///   inside the theatre +2, outside -1; a region after a comma that holds it +4, that doesn't -1.5;
///   a coordinate beside it within 10 km +4, further than 50 km -2;
///   nearness to the other places, weighted by their own probability: up to 3.5 for the mean and 1.5 for the nearest, exp(-d / 200 km),
///   d from a region's edge;
///   the share of the other places in the same country, up to 1.5,
/// against "none of these" at 0.5 (+1.5 where the name is also a common word; 3 where no candidate is attested; up to +2 where the
/// document has two other places or more and no candidate lies near them). Four rounds of
/// softmax; readings within 25 km of the best count with it. A generated spelling is taken only if the original language or
/// a place within 300 km speaks for it. Below `accept` it stays unresolved: rather open than wrong.
/// Confidence is that probability, at most 0.95 for an attested and 0.85 for a generated spelling.
void resolve_toponyms(ExtractedDocument& document, const RecordLookup& record, const ToponymOptions& options);

}  // namespace demarc
