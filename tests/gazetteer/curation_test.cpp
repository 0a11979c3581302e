#include "gazetteer/curation.hpp"

#include "tests/gazetteer/index_fixture.hpp"

using namespace demarc;
using namespace demarc::test;

namespace {

Mention place(const std::string& entity, const std::string& name) {
    Mention mention;
    mention.type = MentionType::place;
    PlaceValue value;
    value.name = name;
    mention.value = std::move(value);
    mention.entity = entity;
    mention.status = Certainty::inferred;
    mention.confidence = 0.6;
    return mention;
}

ExtractedDocument document(const std::string& id, MentionList mentions) {
    ExtractedDocument out;
    out.document.id = id;
    out.mentions = std::move(mentions);
    return out;
}

std::string fault(const std::string& text) {
    Curation curation;
    const Status status = curation.add(text, "folder/own.curation");
    return status ? std::string("none") : status.error().text();
}

}  // namespace

TEST_CASE("decisions are applied in their order, a later one to what an earlier one made") {
    const Index index(sample_places, "");
    const Gazetteer gazetteer = index.open();
    Curation curation;
    REQUIRE(curation.add("# what the reader found\n"
                         "accept place:kp-kumsong      # seen on the map of 1951\n"
                         "reject place:unresolved-anson\r\n"
                         "split place:kp-kumsong place:kumsong-of-hwanghae in b.txt \"c d.txt\"\n"
                         "move place:kumsong-of-hwanghae 38.5 125.5 2000\n"
                         "rename place:kumsong-of-hwanghae Kŭmsŏng in Hwanghae\n"
                         "merge place:unresolved-kindzyo place:kp-kumsong\n",
                         "own.curation"));
    ExtractedDocument first = document("a.txt", {place("place:kp-kumsong", "Kŭmsŏng"), place("place:unresolved-anson", "Anson"), place("place:unresolved-kindzyo", "Kindzyo"), place("", "nothing")});
    curation.apply(first, gazetteer);
    CHECK(first.mentions[0].confidence == 1);
    CHECK(first.mentions[0].status == Certainty::attested);
    CHECK(first.mentions[0].entity == "place:kp-kumsong");
    CHECK(first.mentions[0].why.back() == "accepted (own.curation:2)");
    CHECK(first.mentions[1].entity.empty());
    CHECK(first.mentions[1].status == Certainty::unresolved);
    CHECK(first.mentions[2].entity == "place:kp-kumsong");
    CHECK(first.mentions[2].as<PlaceValue>().name == "Kŭmsŏng");
    CHECK(first.mentions[2].as<PlaceValue>().gazetteer_id == "kp-kumsong");
    CHECK(first.mentions[2].location->uncertainty_m >= 0);
    ExtractedDocument second = document("c d.txt", {place("place:kp-kumsong", "Kŭmsŏng")});
    curation.apply(second, gazetteer);
    CHECK(second.mentions[0].entity == "place:kumsong-of-hwanghae");
    CHECK(second.mentions[0].as<PlaceValue>().name == "Kŭmsŏng in Hwanghae");
    CHECK(std::get<LonLat>(second.mentions[0].location->geometry).lon == Approx(125.5));
    CHECK(second.mentions[0].location->uncertainty_m == 2000);
}

TEST_CASE("a moved or renamed record is so for whoever places by it") {
    const Index index(sample_places, "");
    const Gazetteer gazetteer = index.open();
    Curation curation;
    REQUIRE(curation.add("move place:kp-kumsong 38.5 127.7\nrename place:kp-kumsong Old Kŭmsŏng\n", "own.curation"));
    const Record record = curation.apply(gazetteer.record(gazetteer.find_id("kp-kumsong")));
    CHECK(record.position.lat == Approx(38.5));
    CHECK(record.precision_m == 500);
    CHECK(record.name == "Old Kŭmsŏng");
    CHECK(curation.digest() != Curation().digest());
}

TEST_CASE("a fault of a curation file names line, value and what is allowed") {
    CHECK(fault("\nhide place:x\n") ==
          "folder/own.curation:2: 'hide' is no decision; allowed: accept ID, reject ID, move ID LAT LON [METRES], rename ID NAME, merge ID ID, split ID ID in DOCUMENT");
    CHECK(fault("accept Kumsong") == "folder/own.curation:1: 'accept' needs an id as entities.jsonl has it, such as place:kp-kumsong");
    CHECK(fault("accept place:x why") == "folder/own.curation:1: 'why' stands behind the id; a reason stands behind #");
    CHECK(fault("move person:x 1 2") == "folder/own.curation:1: only a place can be moved; 'person:x' is none");
    CHECK(fault("move place:x 91 2") == "folder/own.curation:1: 'move' needs latitude (-90..90), longitude (-180..180) and, where known, metres of doubt");
    CHECK(fault("merge place:x person:y") == "folder/own.curation:1: 'place:x' and 'person:y' are of two types");
    CHECK(fault("split place:x place:y a.txt") == "folder/own.curation:1: 'split' needs documents: split ID ID in DOCUMENT …");
    CHECK(fault("rename place:x") == "folder/own.curation:1: 'rename' needs a name behind the id");
    CHECK(fault("split place:x place:y in \"a") == "folder/own.curation:1: a quote isn't closed");
}
