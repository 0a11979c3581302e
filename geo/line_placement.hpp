#pragma once
#include <optional>
#include <string>

#include "base/mention.hpp"
#include "geo/geodesy.hpp"
#include "geo/line_course.hpp"
#include "geo/reference_lines.hpp"

namespace demarc {

/// What the lines of one document are placed by.
struct LineContext {
    const ReferenceLines* lines = nullptr;  ///< must be given
    std::string theatre;                    ///< "" unknown: no reference line is taken
    std::optional<BoundingBox> bounds;      ///< of the theatre: how far a parallel is drawn
    std::string date;                       ///< EDTF of the document, "" unknown; LineValue::when goes before it
    bool interpolate = false;               ///< a front between two dated states is drawn between them (geo/line_interpolation.hpp)
    const CoastLookup* coast = nullptr;     ///< may be absent: no line follows a coast then
};

/// Gives geometry, entity, parts and reasons to the line mentions of a document whose places and coordinates are placed.
///   offset_m            boundaries on one or both sides of the anchor line, or of the front of the date, with the strip as parts
///   parallel            reference line of that name, else drawn across the theatre
///   a name              reference line of that name in the theatre
///   legs                drawn from stage to stage (geo/line_course.hpp)
///   a line as anchor    its geometry
///   front_line, line_of_contact, battle_line   reference line of the date, near in time where none holds it
///   demarcation_line, boundary_line, armistice_line, ceasefire_line   the same, only where its dates hold and nothing is proposed
/// What none of these places keeps no geometry, status unresolved where the text speaks of an actual line, and a reason.
/// Entities: "line:<reference id>"; "line:<kind>-<name>"; "line:<kind>-<date or document id>"; constructed ones from their anchors.
void place_lines(ExtractedDocument& document, const LineContext& context);

}  // namespace demarc
