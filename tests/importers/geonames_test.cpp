#include "gazetteer/importers/geonames.hpp"

#include <sstream>
#include <vector>

#include "tests/gazetteer/index_fixture.hpp"

using namespace demarc;
using namespace demarc::test;

namespace {

// A row of a GeoNames dump.
std::string row(const std::string& id, const std::string& name, const std::string& alternates, const std::string& lat, const std::string& lon, const std::string& feature,
                const std::string& country, const std::string& admin1, const std::string& population) {
    return id + "\t" + name + "\t" + name + "\t" + alternates + "\t" + lat + "\t" + lon + "\t" + feature.substr(0, 1) + "\t" + feature.substr(2) + "\t" + country + "\t\t" + admin1 +
           "\t\t\t\t" + population + "\t\t12\tAmerica/Chicago\t2020-01-01\n";
}

struct Read {
    std::vector<SourceRecord> records;
    ImportReport report;
};

Read read(const std::string& text, const std::unordered_set<std::string>& words = {}, const std::unordered_set<std::string>& ids = {}) {
    Read out;
    std::istringstream in(text);
    read_geonames(in, "US.txt", {&words, &ids}, {}, out.report, [&](SourceRecord&& record) { out.records.push_back(std::move(record)); });
    return out;
}

std::string names(const SourceRecord& record) {
    std::string out;
    for (const SourceName& name : record.names) out += (out.empty() ? "" : "|") + name.text;
    return out;
}

}  // namespace

TEST_CASE("a GeoNames row becomes a record") {
    const Read all = read(row("5814916", "Walla Walla", "ALW,Uolla Uolla,Уолла-Уолла,Walla-Walla City", "46.06458", "-118.34302", "P.PPLA2", "US", "WA", "32237"));
    REQUIRE(all.records.size() == 1);
    const SourceRecord& record = all.records[0];
    CHECK(record.id == "geonames-5814916");
    CHECK(record.name == "Walla Walla");
    CHECK(record.kind == "town");
    CHECK(record.country == "US");
    CHECK(record.admin == "Washington");
    CHECK(record.source == "GeoNames (CC BY 4.0)");
    CHECK(record.position->lat == Approx(46.06458));
    CHECK(record.position->lon == Approx(-118.34302));
    CHECK(record.rank == 4);
    CHECK(record.imported);
    CHECK_FALSE(record.ambiguous);
    CHECK(names(record) == "Walla Walla|Uolla Uolla|Walla-Walla City");  // no code, no other script
    CHECK(all.report.rows == 1);
    CHECK(all.report.taken == 1);
}

TEST_CASE("names that are common words make a record ambiguous, or are left out") {
    const Read all = read(row("1", "Reading", "Redding Town,Leading", "51.4", "-0.9", "P.PPLA2", "GB", "ENG", "200000"), {"reading", "leading"});
    REQUIRE(all.records.size() == 1);
    CHECK(all.records[0].ambiguous);
    CHECK(names(all.records[0]) == "Reading|Redding Town");
    CHECK(all.report.left.at("a name is left out: a common word") == 1);
}

TEST_CASE("the feature says the kind, the population the rank") {
    const Read all = read(row("1", "Aville", "", "1", "1", "P.PPLC", "FR", "", "0") + row("2", "Bville", "", "1", "1", "P.PPL", "FR", "", "900") + row("3", "Big Creek", "", "1", "1", "H.STM", "US", "KY", "0") +
                          row("4", "Round Hill", "", "1", "1", "T.HLL", "US", "KY", "0") + row("5", "Cville", "", "1", "1", "P.PPL", "FR", "", "6000000"));
    REQUIRE(all.records.size() == 5);
    CHECK(all.records[0].kind == "capital");
    CHECK(all.records[1].kind == "village");
    CHECK(all.records[2].kind == "river");
    CHECK(all.records[2].admin == "Kentucky");
    CHECK(all.records[3].kind == "hill");
    CHECK(all.records[4].kind == "city");
    CHECK(all.records[4].rank == 8);
    CHECK(rank_of_population(0) == 0);
    CHECK(rank_of_population(1999) == 1);
    CHECK(rank_of_population(2000) == 2);
}

TEST_CASE("bad rows are counted and left, the others taken") {
    const Read all = read("\xEF\xBB\xBF" + row("1", "Good", "", "1", "1", "P.PPL", "FR", "", "900") + "1\ttoo few\n" + row("2", "North", "", "91", "1", "P.PPL", "FR", "", "") +
                              row("3", "Nowhere", "", "", "", "P.PPL", "FR", "", "") + row("4", "Null", "", "0", "0", "P.PPL", "FR", "", "") + row("x", "No id", "", "1", "1", "P.PPL", "FR", "", "") +
                              row("5", "", "", "1", "1", "P.PPL", "FR", "", "") + row("6", "Grand Hotel", "", "1", "1", "S.HTL", "FR", "", "") + row("7", "Known", "", "1", "1", "P.PPL", "FR", "", "") +
                              row("8", "B\xFF" "ad", "", "1", "1", "P.PPL", "FR", "", "") + "\r\n" + row("9", "Last", "", "-1", "-179.5", "P.PPL", "FR", "", "12"),
                          {}, {"geonames-7"});
    REQUIRE(all.records.size() == 2);
    CHECK(all.records[1].name == "Last");
    CHECK(all.report.rows == 11);
    CHECK(all.report.taken == 2);
    CHECK(all.report.left == std::map<std::string, std::uint64_t>{{"not 19 columns", 1}, {"no position", 2}, {"position 0, 0", 1}, {"no id", 1}, {"no name", 1}, {"feature S.HTL", 1}, {"known already", 1},
                                                                  {"not UTF-8", 1}});
    CHECK(all.report.examples.front() == "US.txt:2: not 19 columns");
}

TEST_CASE("two indices are one gazetteer, the first going before") {
    const Index own(sample_places, "");
    Read all = read(row("11", "Kaesong", "", "-10", "20", "P.PPL", "AO", "", "300000") + row("12", "Farthest End", "", "-10.1", "20", "P.PPL", "AO", "", "300"));
    const auto bytes = build_index(std::move(all.records), {});
    REQUIRE(bytes);
    std::vector<std::uint64_t> aligned((bytes->size() + 7) / 8);
    std::memcpy(aligned.data(), bytes->data(), bytes->size());
    const std::span<const std::byte> far(reinterpret_cast<const std::byte*>(aligned.data()), bytes->size());
    std::vector<Gazetteer> parts;
    parts.push_back(own.open());
    const std::size_t first = parts[0].size();
    const std::string digest = parts[0].digest();
    auto second = Gazetteer::from_memory(far);
    REQUIRE(second);
    parts.push_back(std::move(*second));
    const auto both = Gazetteer::join(std::move(parts));
    REQUIRE(both);
    CHECK(both->size() == first + 2);
    CHECK(both->verify().ok());
    CHECK(both->digest().starts_with(digest + "+"));
    const auto hits = both->search("Kaesong");
    REQUIRE(hits.size() == 2);
    CHECK(both->record(hits[0].record).rank >= both->record(hits[1].record).rank);
    const std::uint32_t end = both->find_id("geonames-12");
    REQUIRE(end >= first);
    CHECK(both->record(end).name == "Farthest End");
    CHECK(both->record(end).imported);
    CHECK(both->imported(end));
    CHECK_FALSE(both->imported(0));
    CHECK(both->record(both->find_id("kp-kumsong")).name == "Kŭmsŏng");
    CHECK(both->find_id("geonames-13") == both->size());
    CHECK(both->probe(sequence_key({"farthest"})).prefix);
    CHECK(both->names(end).front().text == "Farthest End");
    CHECK(both->near({20, -10.1}, 30'000, 5) == std::vector<std::uint32_t>{end, both->find_id("geonames-11")});
    CHECK(both->near({20, -10.1}, 30'000, 5) == std::vector<std::uint32_t>{end, static_cast<std::uint32_t>(both->find_id("geonames-11"))});
}
