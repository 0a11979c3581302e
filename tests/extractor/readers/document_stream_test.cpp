#include "extractor/readers/document_stream.hpp"

#include <string>

#include "base/utf8.hpp"
#include "tests/extractor/readers/scratch_folder.hpp"

using namespace std::string_literals;

namespace {

struct Run {
    std::vector<demarc::Document> documents;
    std::vector<demarc::Problem> problems;
    std::uint64_t bytes = 0;

    [[nodiscard]] std::vector<std::string> ids() const {
        std::vector<std::string> all;
        for (const demarc::Document& document : documents) all.push_back(document.id);
        return all;
    }
    // "code@document#record"
    [[nodiscard]] std::vector<std::string> troubles() const {
        std::vector<std::string> all;
        for (const demarc::Problem& problem : problems)
            all.push_back(problem.code + "@" + problem.document + (problem.record ? "#" + std::to_string(*problem.record) : ""));
        return all;
    }
};

Run run(const std::vector<std::string>& inputs, demarc::ReadOptions options = {}) {
    demarc::ProblemReporter reporter;
    auto sources = demarc::list_sources(inputs, demarc::InputFormat::automatic, reporter);
    REQUIRE(sources.ok());
    demarc::DocumentStream stream(std::move(*sources), std::move(options), reporter);
    Run result;
    while (auto document = stream.next()) result.documents.push_back(std::move(*document));
    CHECK_FALSE(stream.next());
    result.bytes = stream.bytes_read();
    result.problems = reporter.take();
    return result;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("files become documents in order, and bad ones don't end the batch") {
    const ScratchFolder folder;
    folder.write("a.txt", "Quiet on the Imjin.\r\n");
    folder.write("b.txt", "");
    folder.write("c.txt", " \n\t\r\n");
    folder.write("d.txt", "\xEF\xBB\xBF");
    folder.write("e.txt", "%PDF-1.4");
    folder.write("f.txt", "Élysée, Orléans, Épinal, Besançon, caf\xE9.");
    folder.write("g.txt", "38\xB0 north");
    const Run result = run({folder.path()});
    CHECK(result.ids() == Texts{"a.txt", "f.txt", "g.txt"});
    CHECK(result.troubles() == Texts{"empty_file@b.txt", "empty_file@c.txt", "empty_file@d.txt", "not_text@e.txt", "invalid_utf8@f.txt", "encoding_detected@g.txt"});
    REQUIRE(result.documents.size() == 3);
    CHECK(result.documents[0].problems == 0);
    CHECK(result.documents[1].problems == 1);
    CHECK(result.documents[0].text == "Quiet on the Imjin.\r\n");
    CHECK(result.documents[0].encoding == "UTF-8");
    CHECK(result.documents[0].path == folder.path("a.txt"));
    CHECK(result.documents[0].record == 0);
    CHECK(result.documents[1].text == "Élysée, Orléans, Épinal, Besançon, caf\uFFFD.");
    CHECK(result.documents[2].text == "38° north");
    CHECK(result.documents[2].encoding == "windows-1252");
}

TEST_CASE("a file that can't be opened is a problem") {
    demarc::ProblemReporter reporter;
    demarc::DocumentStream stream(
        {{"gone.txt", "/nonexistent/gone.txt", demarc::InputFormat::text}, {"gone.jsonl", "/nonexistent/gone.jsonl", demarc::InputFormat::jsonl}}, {},
        reporter);
    CHECK_FALSE(stream.next());
    const auto problems = reporter.take();
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].code == "unreadable");
    CHECK(problems[1].code == "unreadable");
}

TEST_CASE("sizes are bounded, a file at the limit passes") {
    const ScratchFolder folder;
    const std::string at_limit = folder.write("at.txt", std::string(1000, 'a')), over = folder.write("over.txt", std::string(1001, 'a'));
    const std::string records = folder.write("r.jsonl", "{\"id\":\"1\",\"text\":\"" + std::string(2000, 'a') + "\"}\n{\"id\":\"2\",\"text\":\"b\"}\n" + std::string(400'000, 'a') + "\n\n" + std::string(300'000, 'a'));
    demarc::ReadOptions options;
    options.limit_bytes = 1000;
    const Run result = run({at_limit, over, records}, options);
    CHECK(result.ids() == Texts{"at.txt", "2"});
    CHECK(result.troubles() == Texts{"too_large@over.txt", "too_large@r.jsonl#1", "too_large@r.jsonl#3", "too_large@r.jsonl#5"});
}

TEST_CASE("a text of several megabytes is read whole") {
    const ScratchFolder folder;
    std::string text;
    while (text.size() < 5'000'000) text += "The line of contact " + std::to_string(text.size()) + ".\n";
    const Run result = run({folder.write("large.txt", text), folder.write("small.txt", "after it")});
    REQUIRE(result.documents.size() == 2);
    CHECK(result.documents[0].text == text);
    CHECK(result.documents[1].text == "after it");
    CHECK(result.bytes == text.size() + 8);
}

TEST_CASE("records of a JSONL file are read one by one, past bad ones") {
    const ScratchFolder folder;
    const std::string file = folder.write("r.jsonl",
                                          "\xEF\xBB\xBF{\"id\":\"one\",\"text\":\"first\"}\r\n"
                                          "\n"
                                          "not json\n"
                                          "{\"id\":\"no text\"}\n"
                                          "{\"text\":\"without id\"}\n"
                                          "{\"id\":\"one\",\"text\":\"again\"}\n"
                                          "{\"id\":\"one\",\"text\":\"and again\"}\n"
                                          "{\"id\":\"last\",\"text\":\"no line end\"}");
    const Run result = run({file});
    CHECK(result.ids() == Texts{"one", "r.jsonl#5", "one-2", "one-3", "last"});
    CHECK(result.troubles() == Texts{"record_without_text@no text#4", "duplicate_id@one-2#6", "duplicate_id@one-3#7", "bad_json@r.jsonl#3"});
    for (const demarc::Document& document : result.documents) CHECK(document.problems == (document.id.starts_with("one-") ? 1 : 0));
    CHECK(result.documents[0].record == 1);
    CHECK(result.documents[4].record == 8);
    CHECK(result.documents[4].text == "no line end");
}

TEST_CASE("records larger than the read buffer, and lines across its edges, come out whole") {
    const ScratchFolder folder;
    std::string content;
    std::vector<std::string> texts;
    for (const std::size_t size : {1000u, 1048000u, 30u, 3000000u, 7u, 524288u, 524288u, 5u}) {
        texts.push_back(std::string(size, static_cast<char>('a' + texts.size())));
        content += "{\"text\":\"" + texts.back() + "\"}\n";
    }
    const Run result = run({folder.write("r.jsonl", content)});
    REQUIRE(result.documents.size() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) CHECK(result.documents[i].text == texts[i]);
    CHECK(result.bytes == content.size());
    CHECK(result.problems.empty());
}

TEST_CASE("a JSONL file that is something else is one problem, an empty one too") {
    const ScratchFolder folder;
    std::string utf16 = "\xFF\xFE";
    for (const char c : "{\"text\":\"a\"}\n"s) utf16 += c, utf16 += '\0';
    const Run result = run({folder.write("a.jsonl", "PK\x03\x04\n\n\n"), folder.write("b.jsonl", utf16), folder.write("c.jsonl", ""),
                            folder.write("d.jsonl", "\n \n"), folder.write("e.jsonl", "{\"text\":\"still read\"}\n")});
    CHECK(result.ids() == Texts{"e.jsonl#1"});
    CHECK(result.troubles() == Texts{"not_text@a.jsonl", "not_text@b.jsonl", "empty_file@c.jsonl", "empty_file@d.jsonl"});
}

TEST_CASE("what a record says goes before the header, the header before the options") {
    const ScratchFolder folder;
    demarc::ReadOptions options;
    options.date = demarc::CivilDate{1950, 1, 1, -1, -1};
    options.original_language = "ru";
    const Run result = run({folder.write("r.jsonl", R"({"id":"a","date":"1952-05","text":"Geneva, July 19, 1954\n\nOriginal Language: French\n\nThe line."})"
                                                    "\n"
                                                    R"({"id":"b","text":"Geneva, July 19, 1954\n\nThe line."})"
                                                    "\n"
                                                    R"({"id":"c","text":"The line."})")},
                           options);
    REQUIRE(result.documents.size() == 3);
    const auto told = [&](std::size_t i) {
        const auto& m = result.documents[i].metadata;
        return demarc::to_edtf(*m.date) + " " + m.date_source + " " + m.original_language;
    };
    CHECK(told(0) == "1952-05 record fr");
    CHECK(told(1) == "1954-07-19 heading ru");
    CHECK(told(2) == "1950-01-01 --date ru");
}

TEST_CASE("file names that aren't UTF-8 give documents and problems that are") {
    const ScratchFolder folder;
    folder.write("caf\xE9.txt", "A text.");
    folder.write("na\xEFve.txt", "");
    const Run result = run({folder.path()});
    REQUIRE(result.documents.size() == 1);
    CHECK(result.documents[0].text == "A text.");
    for (const std::string& name : {result.documents[0].id, result.documents[0].path, result.problems.at(0).document, result.problems.at(0).message}) {
        CHECK(demarc::first_invalid_utf8(name) == name.size());
    }
}

TEST_CASE("headers may be read after all texts, in any order") {
    const ScratchFolder folder;
    const std::string text = "Geneva, July 19, 1954\n\nTelegram from Gromyko to Zhou Enlai\n\nThe text.";
    const std::string first = folder.write("a.txt", text), second = folder.write("b.txt", "No date at all.");
    demarc::ReadOptions options;
    options.date = demarc::CivilDate{1951, 7, 0};
    options.original_language = "ru";
    const Run whole = run({first, second}, options);
    demarc::ProblemReporter reporter;
    auto sources = demarc::list_sources({first, second}, demarc::InputFormat::automatic, reporter);
    REQUIRE(sources.ok());
    demarc::DocumentStream stream(std::move(*sources), options, reporter);
    std::vector<demarc::Document> documents;
    while (auto document = stream.next_text()) {
        CHECK_FALSE(document->metadata.date);
        CHECK(document->metadata.title.empty());
        documents.push_back(std::move(*document));
    }
    REQUIRE(documents.size() == 2);
    for (const std::size_t i : {1, 0}) {
        stream.read_header(documents[i]);
        const demarc::DocumentMetadata &apart = documents[i].metadata, &at_once = whole.documents[i].metadata;
        CHECK(apart.date == at_once.date);
        CHECK(apart.date_source == at_once.date_source);
        CHECK(apart.title == at_once.title);
        CHECK(apart.sender == at_once.sender);
        CHECK(apart.original_language == "ru");
    }
    CHECK(documents[0].metadata.date_source == "heading");
    CHECK(documents[0].metadata.sender == "Gromyko");
    CHECK(documents[1].metadata.date_source == "--date");
}
