#include "gazetteer/transliteration_table.hpp"

#include "tests/catch.hpp"

using namespace demarc;

TEST_CASE("letters: longest match, ends of words, marks kept apart") {
    const auto table = TransliterationTable::parse("from\ta\tb\nк\tk\t\nх\tkh\th\nкх\tq\t\n^е\tye\te\nе\te\t\nь\t-\t\nй$\t!\t?\nй\ty\t\n", "t.tsv");
    REQUIRE(table.ok());
    CHECK(table->letters("екх", "a") == "yeq");
    CHECK(table->letters("еке-ех", "b") == "eke-eh");
    CHECK(table->letters("кьй", "a") == "k!");
    CHECK(table->letters("кйк", "b") == "kyk");
    CHECK_FALSE(table->letters("щ", "a").has_value());
    CHECK_FALSE(table->letters("к", "c").has_value());
}

TEST_CASE("pinyin is cut into syllables") {
    const auto table = TransliterationTable::parse("from\tw\nxi\thsi\nan\tan\nxian\thsien\nfan\tfan\nfang\tfang\ngan\tkan\nke\tk'o\nken\tk'en\nnong\tnung\nen\ten\nlai\tlai\n", "t.tsv");
    REQUIRE(table.ok());
    CHECK(table->syllables("xian", "w") == "hsien");
    CHECK(table->syllables("xi'an", "w") == "hsi-an");
    CHECK(table->syllables("fangan", "w") == "fan-kan");
    CHECK(table->syllables("kenong", "w") == "k'o-nung");
    CHECK(table->syllables("enlai xian", "w") == "en-lai hsien");
    CHECK_FALSE(table->syllables("mukden", "w").has_value());
}

TEST_CASE("a table that says two things is refused") {
    CHECK(TransliterationTable::parse("from\ta\nx\ty\nx\tz\n", "t.tsv").error().where == "t.tsv:3");
    CHECK_FALSE(TransliterationTable::parse("from\nx\n", "t.tsv").ok());
    CHECK_FALSE(TransliterationTable::parse("", "t.tsv").ok());
}
