#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/document.hpp"
#include "base/geometry.hpp"
#include "base/mention_list.hpp"
#include "base/rare_list.hpp"
#include "base/span.hpp"

namespace demarc {

/// What a mention is; the order is that of docs/output.md and of MentionValue's alternatives.
/// `declared`: of a kind that a rule file declares ("ship"); DeclaredValue says which.
enum class MentionType : std::uint8_t {
    person, organisation, military_unit, date, measure, place, area, line, coordinate, document_ref, declared
};
inline constexpr std::size_t known_type_count = 10;  ///< types without `declared`
[[nodiscard]] std::string_view to_string(MentionType type);
/// "person" … "document_ref"; nullopt for anything else, "declared" too: no text names that type.
[[nodiscard]] std::optional<MentionType> parse_mention_type(std::string_view name);

/// How sure the reading is: written in the text, concluded from it, or left open.
enum class Certainty : std::uint8_t { attested, inferred, unresolved };
[[nodiscard]] std::string_view to_string(Certainty certainty);

// Values, one struct a type. Empty string, nullopt, NaN-free: unknown is absent in the output.
struct PersonValue {
    std::string name;   ///< full name as far as known
    std::string title;  ///< "Cde.", "Ambassador"
    std::string rank;   ///< "Colonel"
    std::string role;   ///< sender, recipient, translator, decipherer, printer, verifier … or an office
    bool alias = false; ///< the surface is a cover name
};
struct OrganisationValue {
    std::string name;
    std::string kind;  ///< government, party, ministry, archive, alliance, delegation …
};
/// A unit of which another is a part; it need not be mentioned by itself.
struct UnitSuperior {
    std::string entity;       ///< "unit:65th-infantry-regiment"
    std::string designation, echelon, nation, sidc;
};
struct UnitValue {
    std::string designation;  ///< normalised designation
    std::string number;       ///< "65", "IV"
    std::string echelon;      ///< squad platoon company battalion regiment brigade division corps army army_group front …
    std::string branch;       ///< infantry, armour, artillery, marine, cavalry, air, naval …
    std::string nation;       ///< ISO 3166 alpha-2, SU Soviet Union, KP, KR, CN …
    std::string parent;
    std::string sidc;         ///< 20 digits, APP-6D
    std::vector<UnitSuperior> superiors = {};  ///< nearest first; parent is the first one's words
};
struct DateValue {
    std::string edtf;         ///< ISO 8601-2 / EDTF
    std::string timex_type;   ///< DATE TIME DURATION SET
    std::string timex_value;  ///< TIMEX3
    std::string earliest;     ///< YYYY-MM-DD
    std::string latest;       ///< YYYY-MM-DD
    std::string anchor;       ///< what an incomplete date was completed from, as words
    std::string zone;         ///< "Z", "+09:00"; empty: local, unknown
};
struct MeasureValue {
    std::optional<double> value, low, high;  ///< value, or low and high
    std::string unit;       ///< UCUM
    std::string dimension;  ///< length area speed mass volume temperature angle percentage …
    std::optional<double> value_si;
    std::optional<double> low_si, high_si;
    std::string si_unit;
    bool approximate = false;
};
struct PlaceValue {
    std::string name;
    std::string kind;
    std::string gazetteer_id;
};
struct AreaValue {
    std::string relation;  ///< area_of near north_of south_of east_of west_of north_east_of … between distance_from zone part_of
    std::optional<double> distance_m;
    std::optional<double> bearing_deg;  ///< clockwise from north
};
/// One stage of a line that a text describes, in the text's order.
struct LineLeg {
    enum class Role : std::uint8_t {
        through,  ///< the line goes through the anchor; where that is a river, over it
        along,    ///< follows the anchor (a river, a coast, another line) to the next stage
        mouth,    ///< through the mouth of a river
        source,   ///< through the head of a river
        coast,    ///< follows the coast to the next stage; without an anchor
    };
    Role role = Role::through;
    std::uint32_t anchor = 0;  ///< index of the mention, as in Mention::anchors
    std::optional<double> distance_m, bearing_deg;  ///< "a point 5 miles north of" the anchor
};
struct LineValue {
    std::string kind;         ///< front_line demarcation_line boundary_line withdrawal_boundary parallel phase_line river border described_line …
    std::string name;         ///< proper name ("Line Kansas"), "38" for a parallel
    std::optional<double> offset_m;
    std::string offset_side;  ///< both north south east west; empty where offset_m is absent
    std::string proposed_by;
    std::string state;        ///< actual proposed hypothetical former
    std::string when;         ///< EDTF
    std::vector<LineLeg> legs = {};  ///< of a line described by its points
};
struct CoordinateValue {
    std::string system;  ///< latlon utm mgrs grid_bessel …
    std::string datum;   ///< "WGS 84", "Tokyo"
    std::optional<double> lon, lat;  ///< degrees WGS 84
    double precision_m = -1;
};
struct ReferenceValue {
    std::string kind;  ///< telegram archive_reference registration file report url copy
    std::vector<std::pair<std::string, std::string>> parts;  ///< in the text's order
};
struct DeclaredValue {
    std::string kind;  ///< name of the declared kind
    std::string name;
    std::vector<std::pair<std::string, std::string>> fields;  ///< without empty ones, in the order of the declaration
};
using MentionValue = std::variant<PersonValue, OrganisationValue, UnitValue, DateValue, MeasureValue, PlaceValue, AreaValue,
                                  LineValue, CoordinateValue, ReferenceValue, DeclaredValue>;

/// A kind of mention that a rule file declares ([[kind]] in docs/rules.md).
struct DeclaredKind {
    std::string name;    ///< lower-case letters, digits, _: the type in every output
    std::string label;   ///< for people: "ship"
    std::string colour;  ///< "#rrggbb"
    std::vector<std::string> fields;  ///< of the value, besides its name
};

/// A gazetteer record that a mention may mean.
struct Candidate {
    std::uint32_t record = 0;  ///< index in the gazetteer (Gazetteer::record)
    float score = 0;           ///< 0..1, filled in by whoever decides
    std::string id, name;      ///< of the record, for the output
    std::vector<std::string> route;  ///< steps from the record's name to the surface; empty where attested
};

/// A geometry derived from a mention beside its own: the two boundaries and the strip of "two kilometres on each side".
struct ConstructedPart {
    std::string suffix;  ///< appended to the entity id: "north" "south" "strip"
    MentionType type = MentionType::line;
    std::string kind, name, side;
    Location location;
};

/// What a text says of two of its mentions, the one that holds the relation first: a unit `at` a place, a person who `sent_to` another.
struct Relation {
    std::string kind;           ///< at moved_to held took lost attached_to sent_to proposed
    std::uint32_t target = 0;   ///< index of the other mention
    std::optional<std::uint32_t> date;  ///< index of the date that the text gives
    std::string when;           ///< EDTF: that date's, or the document's for what the document itself does; empty unknown
    std::string rule;           ///< name of the rule; empty: from the document's heading
};

/// One mention of one thing in one document. What is asked of all mentions stands together, next to the value's alternative; most have no location.
struct Mention {
    std::optional<Location> location;
    MentionValue value;                   ///< alternative index == type
    MentionType type = MentionType::place;
    Certainty status = Certainty::attested;
    bool editorial = false;               ///< stands in an editor's or translator's brackets
    bool decided = false;                 ///< a user's decision file says so: nothing overrules it
    Span span;                            ///< bytes of the document's text
    double confidence = 1;                ///< 0..1
    RareList<Relation> relations;         ///< in the order in which they were found
    RareList<ConstructedPart> parts;
    std::vector<std::uint32_t> anchors;   ///< indices of other mentions of the document, in order
    std::string_view rule;                ///< "kind.topic" of the rule that made it; valid as long as the RuleSet
    std::string entity;                   ///< entity id "type:slug", stable from run to run; empty: none
    std::vector<Candidate> candidates;    ///< best first; the chosen one is first when status isn't unresolved
    std::vector<std::string> why;

    template <class V> [[nodiscard]] V& as() { return std::get<V>(value); }
    template <class V> [[nodiscard]] const V& as() const { return std::get<V>(value); }
};

/// Name of a mention's type in every output: "person" …, or the declared kind.
[[nodiscard]] std::string_view type_name(const Mention& mention);

/// A document with what was found in it: mentions sorted by begin, then longest first; they nest and do not cross.
struct ExtractedDocument {
    Document document;
    MentionList mentions;
};

/// "25465.txt#m31": document id and 0-based index in ExtractedDocument::mentions.
[[nodiscard]] std::string mention_id(const Document& document, std::size_t index);

}  // namespace demarc
