#include "gazetteer/gazetteer.hpp"

#include <cstdio>
#include <random>

#include "base/token_hash.hpp"
#include "gazetteer/index_format.hpp"
#include "tests/gazetteer/index_fixture.hpp"

using namespace demarc;
using namespace demarc::test;

TEST_CASE("a record comes back as its row said") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    REQUIRE(gazetteer.verify().ok());
    REQUIRE(gazetteer.size() == 12);
    const std::uint32_t at = gazetteer.find_id("kp-kumsong");
    REQUIRE(at < gazetteer.size());
    const Record record = gazetteer.record(at);
    CHECK(record.id == "kp-kumsong");
    CHECK(record.name == "Kŭmsŏng");
    CHECK(record.kind == "town");
    CHECK(record.country == "KP");
    CHECK(record.rank == 4);
    CHECK(record.has_position);
    CHECK(record.position.lon == Approx(127.62).margin(1e-7));
    CHECK(record.position.lat == Approx(38.4127).margin(1e-7));
    CHECK(record.precision_m == 1000);
    CHECK_FALSE(record.ambiguous);
    CHECK(gazetteer.record(gazetteer.find_id("us-state-virginia")).ambiguous);
    CHECK(gazetteer.find_id("kp-nowhere") == gazetteer.size());
    const Record stalin = gazetteer.record(gazetteer.find_id("joseph-stalin"));
    CHECK(stalin.record_class == RecordClass::person);
    CHECK(stalin.from == 1878);
    CHECK(gazetteer.record(gazetteer.find_id("mao-zedong")).roles == "chairman@1949/1976");
    std::string languages;
    for (const RecordName& name : gazetteer.names(at)) {
        if (name.kind != NameKind::generated) languages += std::string(name.text) + "@" + std::string(name.lang) + " ";
    }
    CHECK(languages == "Kŭmsŏng@ko-Latn 금성@ko-Hang 金城@ko-Hani Kinjō@ja-Latn ");
}

TEST_CASE("probes tell exact names and proper prefixes") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    const Probe hill = gazetteer.probe(sequence_key({"hill"}));
    CHECK(hill.prefix);
    CHECK_FALSE(hill.found());
    const Probe whole = gazetteer.probe(sequence_key({"hill", "395"}));
    CHECK(whole.found());
    CHECK_FALSE(whole.prefix);
    const Probe mao = gazetteer.probe(sequence_key({"mao"}));
    CHECK(mao.prefix);
    CHECK(mao.found());
    CHECK_FALSE(gazetteer.probe(sequence_key({"hill", "396"})).found());
    CHECK_FALSE(gazetteer.probe(0).found());
    for (std::uint64_t home = 1; home < 0x10000; ++home) REQUIRE_FALSE(gazetteer.probe(home << 48).found());  // what entries that aren't in use are like, in every bucket
}

TEST_CASE("one name, many ways to write it") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    for (const char* name : {"Munsan-ni", "Munsan ni", "MUNSANNI", "Munsan-ri", "Munsan", "汶山里", "문산리", "Munsan-li"}) {
        CAPTURE(name);
        REQUIRE(probe(gazetteer, name).size() == 1);
        CHECK(gazetteer.record(probe(gazetteer, name)[0].record).id == "kr-munsan");
        CHECK(probe(gazetteer, name)[0].stage == MatchStage::attested);
    }
    // Rank 1 is too low for the bare name; search leaves the ending off only when nothing else is known.
    CHECK(probe(gazetteer, "Sindong").empty());
    CHECK(found(gazetteer, "Kŭmsŏng-ni", MatchStage::attested) == "kp-kumsong");
}

TEST_CASE("people: both orders, parted and joined, family name, cover name") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    for (const char* name : {"Mao Zedong", "MAO ZEDONG", "Zedong Mao", "Mao Tse-tung", "Mao Tsetung", "毛澤東"}) {
        CAPTURE(name);
        REQUIRE(probe(gazetteer, name).size() == 1);
        CHECK(gazetteer.record(probe(gazetteer, name)[0].record).id == "mao-zedong");
        CHECK_FALSE(probe(gazetteer, name)[0].family_only);
    }
    CHECK(found(gazetteer, "Kim Ilsung") == "kim-il-sung");
    const auto family = probe(gazetteer, "Stalin");
    REQUIRE(family.size() == 1);
    CHECK(family[0].family_only);
    CHECK(family[0].cost == Approx(0.5));
    CHECK_FALSE(probe(gazetteer, "J. V. Stalin")[0].family_only);
    const auto cover = probe(gazetteer, "FILIPPOV");
    REQUIRE(cover.size() == 1);
    CHECK(cover[0].kind == NameKind::cover);
    const RecordName name = gazetteer.names(cover[0].record)[cover[0].name];
    CHECK(name.text == "Filippov");
    CHECK(name.from == 1949);
    CHECK(name.to == 1953);
    CHECK(gazetteer.route(cover[0]).empty());
}

TEST_CASE("search goes from the sure to the doubtful and stops") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    const auto stage = [&](const char* name) {
        const auto hits = gazetteer.search(name);
        REQUIRE_FALSE(hits.empty());
        return hits[0].stage;
    };
    CHECK(stage("Kaesong") == MatchStage::attested);
    CHECK(stage("Gaeseong") == MatchStage::generated);
    CHECK(stage("Kim II Sung") == MatchStage::ocr);
    CHECK(found(gazetteer, "Kim II Sung") == "kim-il-sung");
    CHECK(stage("Fillipov") == MatchStage::edit);
    CHECK(found(gazetteer, "Fillipov") == "joseph-stalin");
    CHECK(found(gazetteer, "Shenyeng") == "cn-shenyang");
    CHECK(found(gazetteer, "Kim II Sung", MatchStage::generated).empty());
    CHECK(found(gazetteer, "Fillipov", MatchStage::ocr).empty());
    CHECK(gazetteer.search_people("Fillipov", MatchStage::edit, MatchStage::edit).size() == gazetteer.search_people("Fillipov").size());
    CHECK(gazetteer.search_people("Kim II Sung", MatchStage::ocr, MatchStage::edit).empty());
    // The first and the last of the words that are tried, and some between them.
    for (const char* name : {"Pang Dehuai", "Peng Dekuai", "Peng Dehuae", "PPeng Dehuai", "Peng Deehuai", "Peng Dehuaii"}) {
        CHECK(found(gazetteer, name) == "peng-dehuai");
    }
    // Two confusions cost more than 0.5; six letters are too few to guess.
    CHECK(found(gazetteer, "Shemyong", MatchStage::edit).empty());
    CHECK(found(gazetteer, "Mukdan").empty());
    CHECK(found(gazetteer, "").empty());
    CHECK(found(gazetteer, std::string(100'000, 'a')).empty());
}

TEST_CASE("near: ordered, bounded, over the antimeridian") {
    const Index index(
        "id\tname\tkind\tlon\tlat\nea\tEast\ttown\t179.9\t0\nwe\tWest\ttown\t-179.9\t0\npo\tPole\tstation\t-80\t89.9\nnone\tNowhere\ttown\n", "");
    const Gazetteer gazetteer = index.open();
    const auto ids = [&](LonLat at, double radius, std::size_t limit = 10) {
        std::string out;
        for (const std::uint32_t i : gazetteer.near(at, radius, limit)) out += std::string(gazetteer.record(i).id) + " ";
        return out;
    };
    CHECK(ids({179.95, 0}, 30'000) == "ea we ");
    CHECK(ids({-179.95, 0}, 30'000) == "we ea ");
    CHECK(ids({-179.95, 0}, 30'000, 1) == "we ");
    CHECK(ids({100, 89.9}, 50'000) == "po ");
    CHECK(ids({100, 0}, 30'000).empty());
    CHECK(ids({0, 0}, 3e7) == "po ea we ");
    CHECK(ids({0, 0}, -1).empty());
    CHECK_FALSE(gazetteer.record(gazetteer.find_id("none")).has_position);

    const Index korea(sample_places, "");
    const Gazetteer places = korea.open();
    const auto around = places.near({126.5547, 37.9708}, 30'000, 5);
    REQUIRE(around.size() == 3);
    CHECK(places.record(around[0]).id == "kp-kaesong");
    CHECK(places.record(around[1]).id == "kr-paju-sindong");
}

TEST_CASE("a damaged index is refused or harmless") {
    const Index whole(sample_places, sample_people);
    const std::string good(reinterpret_cast<const char*>(whole.bytes().data()), whole.bytes().size());
    const auto& header = *reinterpret_cast<const index_format::Header*>(good.data());
    std::vector<std::size_t> cuts = {0, 7, sizeof(index_format::Header) - 1, sizeof(index_format::Header), good.size() - 1};
    for (const auto& section : header.sections) cuts.insert(cuts.end(), {section.offset, section.offset + section.size / 2});
    for (const std::size_t cut : cuts) {
        CAPTURE(cut);
        const Index part(good.substr(0, cut));
        const auto opened = Gazetteer::from_memory(part.bytes());
        REQUIRE_FALSE(opened.ok());
        CHECK(opened.error().code == ErrorCode::bad_data);
    }
    std::string other = good;
    other[8] = 99;
    CHECK(Gazetteer::from_memory(Index(other).bytes()).error().message.find("version 99") != std::string::npos);
    std::mt19937 random(1951);
    for (int round = 0; round < 400; ++round) {
        std::string bad = good;
        for (int i = 0; i < 40; ++i) bad[sizeof(index_format::Header) + random() % (bad.size() - sizeof(index_format::Header))] = static_cast<char>(random());
        // In every other round the section table too, its digest made right again.
        if (round % 2 == 1) {
            for (int i = 0; i < 3; ++i) bad[random() % sizeof(index_format::Header)] = static_cast<char>(random());
            auto& broken = *reinterpret_cast<index_format::Header*>(bad.data());
            broken.header_digest = token_hash({bad.data(), sizeof(index_format::Header) - sizeof broken.header_digest});
        }
        const Index damaged(bad);
        const auto opened = Gazetteer::from_memory(damaged.bytes());
        if (round % 2 == 1 && !opened.ok()) continue;
        REQUIRE(opened.ok());
        CHECK_FALSE(opened->verify().ok());
        for (const char* name : {"Kindzyo", "Munsan-ni", "Filippov", "Kim II Sung", "Fillipov"}) {
            for (const Hit& hit : opened->search(name)) (void)opened->route(hit);
        }
        for (std::uint32_t i = 0; i < opened->size(); ++i) (void)opened->record(i), (void)opened->names(i);
        (void)opened->near({127, 38}, 1e5, 100);
        (void)opened->find_id("kp-kumsong");
    }
}

TEST_CASE("a file is mapped; what is missing or foreign is said") {
    const Index index(sample_places, "");
    const auto path = std::filesystem::temp_directory_path() / ("demarc_gazetteer_test_" + std::to_string(std::random_device{}()) + ".gaz");
    {
        std::ofstream out(path, std::ios::binary);
        out.write(reinterpret_cast<const char*>(index.bytes().data()), static_cast<std::streamsize>(index.bytes().size()));
    }
    {
        auto opened = Gazetteer::open(path.string());
        REQUIRE(opened.ok());
        Gazetteer moved = std::move(*opened);
        CHECK(found(moved, "Mukden") == "cn-shenyang");
        CHECK(moved.digest() == index.open().digest());
    }
    { std::ofstream(path) << "{\"type\": \"FeatureCollection\"}" << std::string(300, ' '); }
    CHECK(Gazetteer::open(path.string()).error().code == ErrorCode::bad_data);
    std::filesystem::remove(path);
    CHECK(Gazetteer::open(path.string()).error().code == ErrorCode::no_input);
}
