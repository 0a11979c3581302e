#include "gazetteer/name_routes.hpp"

#include <set>

#include "tests/gazetteer/index_fixture.hpp"

using namespace demarc;
using namespace demarc::test;

TEST_CASE("Kindzyo finds Kŭmsŏng and tells the way") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    const auto hits = probe(gazetteer, "Kindzyo");
    REQUIRE(hits.size() == 1);
    CHECK(gazetteer.record(hits[0].record).id == "kp-kumsong");
    CHECK(hits[0].kind == NameKind::generated);
    CHECK(gazetteer.names(hits[0].record)[hits[0].name].lang == "ru-Latn");
    CHECK(gazetteer.route(hits[0]) == std::vector<std::string>{"金城 Kŭmsŏng", "Kinjō (Japanese reading)", "Киндзё (Polivanov)", "Kindzyo (ё = yo)"});
}

TEST_CASE("spellings of people through Wade-Giles, Palladius and Soviet usage") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    const std::pair<const char*, const char*> rows[] = {
        {"P'eng Te-huai", "peng-dehuai"}, {"Peng Tehuai", "peng-dehuai"}, {"Peng Teh-huai", "peng-dehuai"}, {"Pen Dekhuai", "peng-dehuai"},
        {"Pyn De-khuai", "peng-dehuai"},  {"Dekhuai Pen", "peng-dehuai"}, {"Li K'e-nung", "li-kenong"},    {"Li Kenun", "li-kenong"},
        {"Mao Tsze-dun", "mao-zedong"},   {"Mao Tszedun", "mao-zedong"},  {"Kim Ir Sen", "kim-il-sung"},    {"Gim Il-seong", "kim-il-sung"},
        {"Kim Ilson", "kim-il-sung"},     {"Iosif Stalin", "joseph-stalin"},
    };
    for (const auto& [name, id] : rows) {
        CAPTURE(name);
        CHECK(found(gazetteer, name, MatchStage::generated) == id);
    }
}

TEST_CASE("spellings of places") {
    const Index index(sample_places, "");
    const Gazetteer gazetteer = index.open();
    const std::pair<const char*, const char*> rows[] = {{"Gaeseong", "kp-kaesong"}, {"Keson", "kp-kaesong"}, {"Kaidzyo", "kp-kaesong"},
                                                         {"Geumseong", "kp-kumsong"}, {"Kinzyo", "kp-kumsong"}, {"Shen'ian", "cn-shenyang"},
                                                         {"Sheniang", ""}, {"Kindzio", "kp-kumsong"}, {"Shenyan", "cn-shenyang"}};
    for (const auto& [name, id] : rows) {
        CAPTURE(name);
        CHECK(found(gazetteer, name, MatchStage::generated) == id);
    }
}

TEST_CASE("a postal display name leaves the way to the pinyin beside it") {
    const Index index("id\tname\tkind\tcountry\ten\nx\tKwangtung\tprovince\tCN\tGuangdong\n", "");
    const Gazetteer gazetteer = index.open();
    CHECK(found(gazetteer, "Kuang-tung", MatchStage::generated) == "x");
    CHECK(found(gazetteer, "Guandun", MatchStage::generated) == "x");
    CHECK(gazetteer.names(0).size() > 2);
}

TEST_CASE("hangul by the published tables") {
    const auto as = [](const char* word, const char* system) { return project_routes().romanise_hangul(word, system); };
    // Examples of the Revised Romanization's own notice (2000), article 3.1, and of McCune and Reischauer.
    const std::tuple<const char*, const char*, const char*> rows[] = {
        {"백마", "rr", "baeng-ma"}, {"종로", "rr", "jong-no"}, {"왕십리", "rr", "wang-sim-ni"}, {"별내", "rr", "byeol-lae"}, {"신라", "rr", "sil-la"},
        {"독립문", "rr", "dong-nim-mun"}, {"설악", "rr", "seo-rak"}, {"구미", "rr", "gu-mi"}, {"옥천", "rr", "ok-cheon"},
        {"호법", "rr", "ho-beop"}, {"한밭", "rr", "han-bat"}, {"합덕", "rr", "hap-deok"}, {"울릉", "rr", "ul-leung"}, {"대관령", "rr", "dae-gwal-lyeong"},
        {"금성", "mr", "kŭm-sŏng"}, {"개성", "mr", "kae-sŏng"}, {"판문점", "mr", "p'an-mun-jŏm"}, {"평양", "mr", "p'yŏng-yang"}, {"청진", "mr", "ch'ŏng-jin"},
        {"부산", "mr", "pu-san"}, {"신림", "mr", "sil-lim"}, {"압록강", "mr", "am-nok-kang"}, {"독립문", "mr", "tong-nim-mun"}, {"북한", "mr", "puk-han"},
        {"남포", "dprk", "nam-pho"}, {"청진", "kontsevich", "чхон-джин"}, {"청진", "soviet_maps", "чон-дин"}, {"정상진", "soviet", "тен-сан-дин"},
    };
    for (const auto& [word, system, expected] : rows) {
        CAPTURE(word, system);
        CHECK(as(word, system) == expected);
    }
    CHECK(as("Kaesong", "mr").empty());
    CHECK(as("개城", "mr").empty());
    CHECK(as("금성", "klingon").empty());
}

TEST_CASE("a hangul name alone is found under its spellings, the ending parted") {
    const Index index("id\tname\tkind\tcountry\thang\nx\tX\tvillage\tKR\t문산리\n", "");
    const Gazetteer gazetteer = index.open();
    for (const char* name : {"Munsan-ni", "Munsan-ri", "Munsanni", "Mun-san-ni", "Munsan-li"}) {
        CAPTURE(name);
        CHECK(found(gazetteer, name, MatchStage::generated) == "x");
    }
}

TEST_CASE("guards: no short generated key, no more than 200 names, none twice") {
    for (const SourceRecord& record : records_of(sample_places, sample_people)) {
        std::set<std::vector<std::string>> seen;
        std::size_t generated = 0;
        for (const SourceName& name : record.names) {
            const bool fresh = seen.insert(name_tokens(name.text)).second;
            if (name.kind != NameKind::generated) continue;
            ++generated;
            CAPTURE(record.id, name.text);
            CHECK(fresh);
            CHECK(joined_tokens(name_tokens(name.text)).size() >= 5);
            CHECK(name.route.size() >= 2);
            CHECK(name.route.back().text == name.text);
        }
        CHECK(generated <= 200);
    }
}

TEST_CASE("a bad route says where it is and what is allowed") {
    const auto error = [](const std::string& toml) {
        const auto loaded = NameRoutes::load({{"routes.toml", toml}, {"t.tsv", "from\ta\nx\ty\n"}});
        return loaded.ok() ? std::string("ok") : loaded.error().text();
    };
    const std::string head = "[[route]]\nname = 'r'\nfrom = 'main'\nlang = 'x'\ncost = 0.1\n";
    CHECK(error(head + "stages = [[{table = 't.tsv', system = 'a', label = 'l'}]]\n") == "ok");
    CHECK(error(head + "stages = [[{table = 't.tsv', system = 'b', label = 'l'}]]\n").find("no system 'b'") != std::string::npos);
    CHECK(error(head + "stages = [[{table = 'u.tsv', system = 'a', label = 'l'}]]\n").find("no table 'u.tsv'") != std::string::npos);
    CHECK(error(head + "stages = [[{kind = 'magic', label = 'l'}]]\n").find("allowed: letters") != std::string::npos);
    CHECK(error(head + "colour = 1\nstages = [[{table = 't.tsv', system = 'a', label = 'l'}]]\n").find("unknown key 'colour'") != std::string::npos);
    CHECK(error(head).find("needs stages") != std::string::npos);
    CHECK(error("[[route]\n").find("routes.toml:1") != std::string::npos);
    CHECK_FALSE(NameRoutes::load({}).ok());
}
