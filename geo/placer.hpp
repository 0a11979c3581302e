#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/mention.hpp"
#include "base/problem.hpp"
#include "gazetteer/gazetteer.hpp"
#include "geo/coast.hpp"
#include "geo/geodesy.hpp"
#include "geo/reference_lines.hpp"
#include "geo/toponym_resolution.hpp"

namespace demarc {

/// What a user may fix for a run.
struct PlacingOptions {
    std::string theatre;                        ///< as in the reference lines ("korea"); "": worked out for each document
    std::optional<BoundingBox> theatre_bounds;  ///< places within go before others; of the theatre's lines + 100 km where not given
    double area_range_m = 30'000;               ///< reach of "south of X" where the text gives none
    double accept = 0.5;                        ///< least probability of a place that is taken
    bool all_are_places = false;                ///< the mentions are known to be places: the likeliest record is taken, however unlikely
    bool prominence = true;                     ///< rank speaks for a record
    LandLookup land;                            ///< may be empty: no area is cut at the coast and no line follows it
    bool interpolate_lines = false;             ///< a front between two dated states is drawn between them
    bool from_neighbours = false;               ///< a place without a record is put, unsurely, among the places named beside it
};

/// Places a document on the earth: coordinates, then places, then lines, then areas (docs/geometry.md). What it says is settled when it is made:
/// `place` may run in several threads at once. Gazetteer and lines must outlive it.
class Placer {
public:
    Placer(const Gazetteer& gazetteer, const ReferenceLines& lines, PlacingOptions options);
    /// The same with records from elsewhere.
    Placer(RecordLookup record, const ReferenceLines& lines, PlacingOptions options);

    /// Fills in location, entity, parts, status, confidence and why of place, coordinate, line and area mentions; leaves the
    /// others as they are. Reads candidates, anchors and values from the extractor. Appends to `problems`, level notice:
    ///   coordinate_disagrees  a place and the coordinate beside it are more than 5 km apart
    ///   side_disagrees, line_disagrees   what geo/line_checks.hpp finds
    void place(ExtractedDocument& document, std::vector<Problem>& problems) const;
    /// The same for documents that don't depend on each other, each step for all of them before the next: faster, since its code stays in the processor's cache.
    /// `problems`: a list for each document.
    void place(std::span<ExtractedDocument> documents, std::span<std::vector<Problem>> problems) const;

private:
    void place_points(ExtractedDocument& document, std::vector<Problem>& problems) const;
    void place_lines_and_areas(ExtractedDocument& document, std::vector<Problem>& problems) const;

    RecordLookup record_;
    const ReferenceLines& lines_;
    PlacingOptions options_;
    std::shared_ptr<const DryAreas> dry_;  // none without land
};

}  // namespace demarc
