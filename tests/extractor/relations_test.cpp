#include "extractor/relations.hpp"

#include <string>
#include <vector>

#include "extractor/extractor.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/test_gazetteer.hpp"
#include "tests/extractor/test_rules.hpp"

using namespace demarc;

namespace {

using Lines = std::vector<std::string>;

MentionList extract(const Document& document) {
    Workspace workspace;
    return Extractor(test_rules(), test_gazetteer()).extract(document, workspace);
}

Document document_of(std::string text) {
    Document document;
    document.id = "d";
    document.text = std::move(text);
    document.metadata.date = CivilDate{1951, 5, 10};
    document.metadata.date_source = "record";
    return document;
}

// "24th Division at Suwon 1951-05-03"
Lines relations(const std::string& text) {
    const Document document = document_of(text);
    const auto mentions = extract(document);
    Lines lines;
    for (const Mention& mention : mentions) {
        for (const Relation& relation : mention.relations) {
            lines.push_back(std::string(mention.span.of(document.text)) + " " + relation.kind + " " + std::string(mentions[relation.target].span.of(document.text)) +
                            (relation.when.empty() ? "" : " " + relation.when));
        }
    }
    return lines;
}

Lines unit_entities(const std::string& text) {
    Lines lines;
    for (const Mention& mention : extract(document_of(text))) {
        if (mention.type == MentionType::military_unit) lines.push_back(mention.entity);
    }
    return lines;
}

}  // namespace

TEST_CASE("where units were and went, with the date that stands by") {
    CHECK(relations("The 24th Division was at Suwon on 3 May.") == Lines{"24th Division at Suwon 1951-05-03"});
    CHECK(relations("On 3 May the 24th Division was still in Suwon.") == Lines{"24th Division at Suwon 1951-05-03"});
    CHECK(relations("The 24th Division withdrew south to Suwon.") == Lines{"24th Division moved_to Suwon"});
    CHECK(relations("The 1st Marine Division lay near Suwon.") == Lines{"1st Marine Division at near Suwon"});
}

TEST_CASE("what units held, took and lost") {
    CHECK(relations("The 24th Division held Suwon until 3 May.") == Lines{"24th Division held Suwon 1951-05-03"});
    CHECK(relations("The 1st Marine Division had captured Seoul on 2 May 1951.") == Lines{"1st Marine Division took Seoul 1951-05-02"});
    CHECK(relations("Seoul was taken by the KPA 4th Division on 2 May.") == Lines{"KPA 4th Division took Seoul 1951-05-02"});
    CHECK(relations("Seoul fell to the KPA 4th Division.") == Lines{"KPA 4th Division took Seoul"});
    CHECK(relations("The 24th Division abandoned Suwon.") == Lines{"24th Division lost Suwon"});
    CHECK(relations("The 5th RCT was attached to the 24th Division on 3 May.") == Lines{"5th RCT attached_to 24th Division 1951-05-03"});
}

TEST_CASE("what is denied, intended or doubted is no relation") {
    CHECK(relations("The 24th Division was not at Suwon.").empty());
    CHECK(relations("The 24th Division would hold Suwon until 3 May.").empty());
    CHECK(relations("The 24th Division was ordered to Suwon.").empty());
    CHECK(relations("The 24th Division failed to take Suwon.").empty());
    CHECK(relations("The 24th Division took men and guns to Suwon.").empty());
    CHECK(relations("Suwon was not taken by the 24th Division.").empty());
    CHECK(relations("If Suwon could be taken by the 24th Division, all was won.").empty());
}

TEST_CASE("the sender of a document sent it to its recipients on its date") {
    Document document = document_of("To Cde. Kim Il Sung. Colonel James Murray spoke to Mao Zedong.");
    document.metadata.sender = "Mao Zedong";
    document.metadata.recipients = {"Kim Il Sung"};
    const auto mentions = extract(document);
    Lines lines;
    for (const Mention& mention : mentions) {
        for (const Relation& relation : mention.relations) lines.push_back(mention.entity + " " + relation.kind + " " + mentions[relation.target].entity + " " + relation.when);
    }
    CHECK(lines == Lines{"person:mao-zedong sent_to person:kim-il-sung 1951-05-10"});
}

TEST_CASE("a unit that says less is the one unit of the document that says more") {
    CHECK(unit_entities("US 31st Division came. The 31st Division left.") == Lines{"unit:us-31st-division", "unit:us-31st-division"});
    CHECK(unit_entities("The 31st Division left the 31st Infantry Division's guns.") == Lines{"unit:31st-infantry-division", "unit:31st-infantry-division"});
    CHECK(unit_entities("Company B, 31st Division, left. The ROK 31st Division stayed.") ==
          Lines{"unit:b-company-of-31st-division", "unit:kr-31st-division"});
}

TEST_CASE("a company without its regiment is one of its document alone") {
    CHECK(unit_entities("Company B left.") == Lines{"unit:b-company-in-d"});
    CHECK(unit_entities("The 2d Bn, 65th Inf, and the 72d Tank Battalion left.") == Lines{"unit:2nd-battalion-of-65th-infantry-regiment", "unit:72nd-armour-battalion"});
}

TEST_CASE("two units that would fit leave a unit alone") {
    CHECK(unit_entities("ROK 31st Division, KPA 31st Division. The 31st Division left.") == Lines{"unit:kr-31st-division", "unit:kp-31st-division", "unit:31st-division"});
    CHECK(unit_entities("The 31st Marine Division and the 31st Division met.") == Lines{"unit:31st-marine-division", "unit:31st-division"});
    CHECK(unit_entities("The ROK III Corps and the US 3rd Division met the 3rd Corps.") == Lines{"unit:kr-3rd-corps", "unit:us-3rd-division", "unit:kr-3rd-corps"});
}
