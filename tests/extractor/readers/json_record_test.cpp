#include "extractor/readers/json_record.hpp"

#include <random>
#include <string>

#include "base/utf8.hpp"
#include "tests/catch.hpp"

namespace {

demarc::RecordReading read(std::string_view line) { return demarc::read_json_record(line, "notes.jsonl", "in/notes.jsonl", 7); }

std::string codes(const demarc::RecordReading& reading) {
    std::string all;
    for (const demarc::Problem& problem : reading.problems) {
        CHECK(problem.record == 7);
        CHECK_FALSE(problem.message.empty());
        all += (all.empty() ? "" : ",") + problem.code;
    }
    return all;
}

}  // namespace

TEST_CASE("a record's fields become the document") {
    const auto reading =
        read(R"({"id":"frus-1","text":"The line of contact.","title":"Note","date":"1951-11-27","lang":"en","source":"FRUS","more":{"a":[1]}})");
    REQUIRE(reading.document);
    CHECK(codes(reading).empty());
    CHECK(reading.document->id == "frus-1");
    CHECK(reading.document->path == "in/notes.jsonl");
    CHECK(reading.document->record == 7);
    CHECK(reading.document->text == "The line of contact.");
    CHECK(reading.document->metadata.title == "Note");
    CHECK(demarc::to_edtf(*reading.document->metadata.date) == "1951-11-27");
    CHECK(reading.document->metadata.date_source == "record");
    CHECK(reading.document->metadata.language == "en");
    CHECK(reading.document->metadata.source == "FRUS");
}

TEST_CASE("ids may be numbers, and a record without a usable one is named by its line") {
    CHECK(read(R"({"id":18446744073709551615,"text":"a"})").document->id == "18446744073709551615");
    CHECK(read(R"({"id":-3,"text":"a"})").document->id == "-3");
    for (const std::string& id : {std::string(), std::string(R"("id":"",)"), std::string(R"("id":null,)"), std::string(R"("id":[1],)"),
                                  R"("id":")" + std::string(201, 'x') + R"(",)"}) {
        CHECK(read("{" + id + R"("text":"a"})").document->id == "notes.jsonl#7");
    }
}

TEST_CASE("only fields of the record itself count, the last of a name wins") {
    const auto reading =
        read(R"({"meta":{"id":"inner","text":"inner"},"list":[{"text":"inner"}],"id":"outer","text":"first","text":"last","date":1951,"title":5})");
    REQUIRE(reading.document);
    CHECK(codes(reading).empty());
    CHECK(reading.document->id == "outer");
    CHECK(reading.document->text == "last");
    CHECK(demarc::to_edtf(*reading.document->metadata.date) == "1951");
    CHECK(reading.document->metadata.title.empty());
    CHECK(codes(read(R"({"text":"first","text":{"text":"inner"}})")) == "record_without_text");
    CHECK(codes(read(R"([{"text":"inner"}])")) == "bad_json");
}

TEST_CASE("escapes in the text are resolved, its white space stays") {
    CHECK(read(R"({"text":" 38\u00b019\u2032N\r\n\ud83d\uddfa\t"})").document->text == " 38°19′N\r\n🗺\t");
}

TEST_CASE("a record that can't be read says why and gives no document") {
    for (const char* line :
         {"{", "[]", "\"text\"", "nonsense", R"({"text":"a"} trailing)", R"({"text":"\ud800"})", "{'text':'a'}", "null", "{\"text\":\"a\"}{\"text\":\"b\"}"}) {
        INFO(line);
        const auto reading = read(line);
        CHECK_FALSE(reading.document);
        CHECK(codes(reading) == "bad_json");
    }
    const std::string deep = R"({"text":"a","x":)" + std::string(100, '[') + std::string(100, ']') + "}";
    CHECK(codes(read(deep)) == "bad_json");
    const std::string very_deep = R"({"text":"a","x":)" + std::string(200000, '[');
    CHECK(codes(read(very_deep)) == "bad_json");
    for (const char* line : {"{}", R"({"id":"x"})", R"({"text":""})", R"({"text":" \n\t"})", R"({"text":5})", R"({"text":null})", R"({"Text":"a"})"}) {
        INFO(line);
        const auto reading = read(line);
        CHECK_FALSE(reading.document);
        CHECK(codes(reading) == "record_without_text");
    }
    CHECK(read(R"({"id":"x"})").problems[0].document == "x");
}

TEST_CASE("a number of any size, and nesting up to the limit, are JSON") {
    CHECK(read(R"({"text":"a","n":123456789012345678901234567890,"m":[1e300,-0.0]})").document->text == "a");
    CHECK(read(R"({"id":123456789012345678901234567890,"text":"a"})").document->id == "notes.jsonl#7");
    for (const int depth : {62, 63, 64}) {
        INFO(depth);
        const auto reading = read(R"({"text":"a","x":)" + std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']') + "}");
        CHECK(codes(reading) == (depth < 64 ? "" : "bad_json"));
    }
}

TEST_CASE("ill-formed bytes in a line are repaired and told") {
    const auto reading = read("{\"id\":\"x\",\"text\":\"caf\xE9\"}");
    REQUIRE(reading.document);
    CHECK(reading.document->text == "caf\uFFFD");
    CHECK(codes(reading) == "invalid_utf8");
    CHECK(reading.problems[0].document == "x");
}

TEST_CASE("ill-formed bytes are found wherever they stand in a line") {
    const std::string valid = R"({"id":"x","text":"Kaesong, 개성, 27 July 1953: the armistice is signed","note":"판문점"})";
    for (const std::string bytes : {"\xFF", "\xC3", "\x80", "\xED\xA0\x80", "\xC0\xAF", "\xF4\x90\x80\x80", "\xE2\x82"}) {
        for (std::size_t at = valid.find("Kaesong"); at < valid.find(" signed"); ++at) {
            const auto reading = read(std::string(valid).insert(at, bytes));
            REQUIRE(reading.document);
            REQUIRE(codes(reading) == "invalid_utf8");
            REQUIRE(demarc::first_invalid_utf8(reading.document->text) == reading.document->text.size());
        }
        CHECK(codes(read(std::string(valid).insert(valid.find("점"), bytes))) == "invalid_utf8");  // in a field that isn't wanted
    }
}

TEST_CASE("dates of records are EDTF") {
    struct {
        const char* date;
        const char* anchor;
    } const cases[] = {{"1951", "1951"},
                       {"1951-11", "1951-11"},
                       {"1951-11-01T17:30", "1951-11-01T17:30"},
                       {"1951-11-01~", "1951-11-01"},
                       {"1951-11-01/1951-11-03", "1951-11"},
                       {"1951-10-30/1951-11-03", "1951"},
                       {"[1951-11-01,1951-11-02]", "1951-11"},
                       {"1951-22", "1951"},
                       {"1951-11-01/..", "1951"},
                       {"../1951-11-01", "1951"}};
    for (const auto& c : cases) {
        INFO(c.date);
        const auto date = demarc::anchor_date(c.date);
        REQUIRE(date);
        CHECK(demarc::to_edtf(*date) == c.anchor);
    }
    for (const char* date : {"", "195X", "1951/1953", "November 1951", "1951-13", "../.."}) {
        INFO(date);
        CHECK_FALSE(demarc::anchor_date(date));
    }
    const auto reading = read(R"({"text":"a","date":"1 Nov 1951"})");
    REQUIRE(reading.document);
    CHECK_FALSE(reading.document->metadata.date);
    CHECK(codes(reading) == "bad_date");
}

TEST_CASE("languages are tags or English names") {
    CHECK(read(R"({"text":"a","lang":"zh-Hant"})").document->metadata.language == "zh-Hant");
    CHECK(read(R"({"text":"a","lang":"Russian"})").document->metadata.language == "ru");
    CHECK(read(R"({"text":"a","lang":"<script>"})").document->metadata.language.empty());
    CHECK(read(R"({"text":"a","lang":7})").document->metadata.language.empty());
}

TEST_CASE("any line gives a document or a problem, in valid UTF-8") {
    std::mt19937 random(11);
    const std::string parts[] = {"{",        "}", "\"text\"",          "\"id\"", ":", ",", "\"", "\\u", "d800", "é", "\xC3", "漢", "[", "]", "1951", "null",
                                 "\"date\"", "x", std::string(59, 'y')};
    for (int round = 0; round < 5000; ++round) {
        std::string line;
        for (std::size_t left = random() % 14; left > 0; --left) line += parts[random() % std::size(parts)];
        const auto reading = read(line);
        REQUIRE((reading.document || !reading.problems.empty()));
        for (const demarc::Problem& problem : reading.problems) REQUIRE(demarc::first_invalid_utf8(problem.message) == problem.message.size());
    }
}
