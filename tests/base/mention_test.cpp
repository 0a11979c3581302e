#include "base/mention.hpp"

#include "tests/catch.hpp"

using demarc::MentionType;

TEST_CASE("types of mentions have the names of the output and are read back") {
    const std::pair<MentionType, const char*> names[] = {{MentionType::person, "person"},
                                                         {MentionType::organisation, "organisation"},
                                                         {MentionType::military_unit, "military_unit"},
                                                         {MentionType::date, "date"},
                                                         {MentionType::measure, "measure"},
                                                         {MentionType::place, "place"},
                                                         {MentionType::area, "area"},
                                                         {MentionType::line, "line"},
                                                         {MentionType::coordinate, "coordinate"},
                                                         {MentionType::document_ref, "document_ref"}};
    for (const auto& [type, name] : names) {
        CHECK(demarc::to_string(type) == name);
        CHECK(demarc::parse_mention_type(name) == type);
    }
    for (const char* name : {"", "Person", "persons", "unit"}) CHECK_FALSE(demarc::parse_mention_type(name));
    CHECK(demarc::to_string(demarc::Certainty::attested) == "attested");
    CHECK(demarc::to_string(demarc::Certainty::inferred) == "inferred");
    CHECK(demarc::to_string(demarc::Certainty::unresolved) == "unresolved");
}

TEST_CASE("the alternative of a mention's value is that of its type") {
    static_assert(std::variant_size_v<demarc::MentionValue> == demarc::known_type_count + 1);
    CHECK(demarc::MentionValue(demarc::PersonValue{}).index() == static_cast<std::size_t>(MentionType::person));
    CHECK(demarc::MentionValue(demarc::UnitValue{}).index() == static_cast<std::size_t>(MentionType::military_unit));
    CHECK(demarc::MentionValue(demarc::DateValue{}).index() == static_cast<std::size_t>(MentionType::date));
    CHECK(demarc::MentionValue(demarc::PlaceValue{}).index() == static_cast<std::size_t>(MentionType::place));
    CHECK(demarc::MentionValue(demarc::LineValue{}).index() == static_cast<std::size_t>(MentionType::line));
    CHECK(demarc::MentionValue(demarc::ReferenceValue{}).index() == static_cast<std::size_t>(MentionType::document_ref));
}

TEST_CASE("a mention's id is its document's and its index") {
    demarc::Document document;
    document.id = "25465.txt";
    CHECK(demarc::mention_id(document, 31) == "25465.txt#m31");
}
