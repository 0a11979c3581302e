#include "gazetteer/described.hpp"

#include <algorithm>

namespace demarc {
namespace {

struct Describe {
    Described operator()(const PersonValue& v) const { return {.name = v.name}; }
    Described operator()(const OrganisationValue& v) const { return {.name = v.name, .kind = v.kind}; }
    Described operator()(const UnitValue& v) const { return {.name = v.designation, .kind = v.echelon, .country = v.nation, .sidc = v.sidc}; }
    Described operator()(const DateValue& v) const { return {.name = v.edtf}; }
    Described operator()(const MeasureValue& v) const { return {.kind = v.dimension}; }
    Described operator()(const PlaceValue& v) const { return {.name = v.name, .kind = v.kind}; }
    Described operator()(const AreaValue& v) const { return {.kind = v.relation}; }
    Described operator()(const LineValue& v) const {
        return {.name = v.name, .kind = v.kind, .side = v.offset_side, .state = v.state, .proposed_by = v.proposed_by, .offset_m = v.offset_m};
    }
    Described operator()(const CoordinateValue& v) const { return {.kind = v.system}; }
    Described operator()(const ReferenceValue& v) const { return {.kind = v.kind}; }
    Described operator()(const DeclaredValue& v) const {
        const auto kind = std::find_if(v.fields.begin(), v.fields.end(), [](const auto& field) { return field.first == "kind"; });
        return {.name = v.name, .kind = kind == v.fields.end() ? std::string() : kind->second, .declared = v.kind};
    }
};

}  // namespace

Described describe(const MentionValue& value) { return std::visit(Describe{}, value); }

const std::string* when_of(const MentionValue& value) {
    if (const auto* date = std::get_if<DateValue>(&value)) return &date->edtf;
    if (const auto* line = std::get_if<LineValue>(&value)) return &line->when;
    return nullptr;
}

}  // namespace demarc
