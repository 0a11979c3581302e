#include "gazetteer/source_table.hpp"

#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("columns are found by name, and may be missing") {
    const auto read = read_places("# source: test\n\nname\tkind\tid\tzh\nKaesŏng\tcity\tkp-kaesong\tKaicheng|開城\r\n", "p.tsv");
    REQUIRE(read.ok());
    REQUIRE(read->size() == 1);
    const SourceRecord& record = read->front();
    CHECK(record.id == "kp-kaesong");
    CHECK_FALSE(record.position.has_value());
    REQUIRE(record.names.size() == 3);
    CHECK(record.names[1].lang == "zh-Latn");
    CHECK(record.names[2].lang == "zh-Hani");
    CHECK(record.names[2].kind == NameKind::native);
    CHECK(record.where == "p.tsv:4");
}

TEST_CASE("a bad row says where it is and what is allowed") {
    const std::string header = "id\tname\tkind\tcountry\tlon\tlat\tprecision_m\tfrom\tto\trank\n";
    const std::pair<const char*, const char*> rows[] = {
        {"Kaesong\tX\tcity", "a-z"},           {"a\t\tcity", "needs a name"},           {"a\tX\tcity\tKorea", "two capital letters"},
        {"a\tX\tcity\tKP\t127", "go together"}, {"a\tX\tcity\tKP\t127\t91", "-90..90"},  {"a\tX\tcity\tKP\tx\t1", "degrees"},
        {"a\tX\tcity\tKP\t127\tnan", "-90..90"}, {"a\tX\tcity\tKP\t\t\t-5", "metres"},    {"a\tX\tcity\tKP\t\t\t\t19x", "whole number"},
        {"a\tX\tcity\tKP\t\t\t\t\t\t10", "0..9"}, {"a\tX\tcity\tKP\t\t\t\t\t\t1\textra", "the header has"},
    };
    for (const auto& [row, allowed] : rows) {
        CAPTURE(row);
        const auto read = read_places(header + row + "\n", "p.tsv");
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().where == "p.tsv:2");
        CHECK(read.error().message.find(allowed) != std::string::npos);
    }
    CHECK(read_places("id\tname\tkind\tcolour\n", "p.tsv").error().message.find("'colour'") != std::string::npos);
    CHECK(read_places("id\tname\n", "p.tsv").error().message.find("'kind' is missing") != std::string::npos);
    CHECK_FALSE(read_places("", "p.tsv").ok());
    CHECK(read_people("id\tname\torder\nx\tX\tlast\n", "q.tsv").error().message.find("family_first") != std::string::npos);
    CHECK(read_people("id\tname\tcover\nx\tX\tFilippov@war\n", "q.tsv").error().message.find("Filippov@war") != std::string::npos);
}
