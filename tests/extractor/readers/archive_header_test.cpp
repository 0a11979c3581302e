#include "extractor/readers/archive_header.hpp"

#include <algorithm>
#include <random>
#include <string>

#include "tests/catch.hpp"

namespace {

demarc::Document read(std::string text) {
    demarc::Document document;
    document.text = std::move(text);
    demarc::read_archive_header(document);
    return document;
}

const std::string archive_page = R"(
March 4, 1952 Ciphered Telegram No. 501 from Beijing, Zhou Enlai to Cde. Ivanov [Molotov]

Citation:

"Ciphered Telegram No. 501 from Beijing, Zhou Enlai to Cde. Ivanov [Molotov]", March 4, 1952, An Archive, RGASPI, f. 558, op. 11, d. 343, ll. 0007-0009. Translated by Jane Carter.

https://archive.example/document/501

Summary:

An invented telegram.

Original Language:

Russian

Contents:

Translation - English

CIPHERED TELEGRAM № 501

Copies:

N° 1 to Cde. Stalin N° 2 to Cde. Molotov

from [BEIJING] received at 1730 5 March 1952 Copy N° 2

[Stamp: SUBJECT TO RETURN to the II Unit 5 March 1952]

to Cde. IVANOV [Molotov]

The talks of 3 March brought nothing new. [Handwritten note: seen]
)";

}  // namespace

TEST_CASE("the header of an archive page fills the metadata") {
    const demarc::Document document = read(archive_page);
    const demarc::DocumentMetadata& m = document.metadata;
    CHECK(m.title == "March 4, 1952 Ciphered Telegram No. 501 from Beijing, Zhou Enlai to Cde. Ivanov [Molotov]");
    CHECK(m.citation.find("RGASPI") != std::string::npos);
    REQUIRE(m.date);
    CHECK(demarc::to_edtf(*m.date) == "1952-03-04");
    CHECK(m.date_source == "title");
    CHECK(m.sender == "Zhou Enlai");
    CHECK(m.recipients == std::vector<std::string>{"Cde. Ivanov [Molotov]"});
    CHECK(m.original_language == "ru");
    CHECK(m.language.empty());
    CHECK(m.archive_reference == "RGASPI, f. 558, op. 11, d. 343, ll. 0007-0009");
    CHECK(m.translator == "Jane Carter");
    CHECK(m.stamps == std::vector<std::string>{"SUBJECT TO RETURN to the II Unit 5 March 1952", "seen"});
    CHECK(m.copies == std::vector<std::string>{"N° 1 to Cde. Stalin N° 2 to Cde. Molotov"});
}

TEST_CASE("header spans are the title and the label blocks, sorted, apart, and nothing of the narrative") {
    const demarc::Document document = read(archive_page);
    const auto& spans = document.metadata.header_spans;
    REQUIRE(spans.size() == 6);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        CHECK(spans[i].begin < spans[i].end);
        CHECK(spans[i].end <= document.text.size());
        if (i > 0) CHECK(spans[i - 1].end < spans[i].begin);
    }
    CHECK(spans[0].of(document.text) == document.metadata.title);
    CHECK(spans[1].of(document.text).substr(0, 9) == "Citation:");
    CHECK(spans[3].of(document.text) == "Original Language:\n\nRussian");
    CHECK(spans[5].of(document.text) == "Copies:\n\nN° 1 to Cde. Stalin N° 2 to Cde. Molotov");
}

TEST_CASE("labels with their value on the line are read") {
    const auto m = read(
                       "Date: 1 July 1942\nFrom: Main Headquarters, Eighth Army\nTo: GHQ Middle East; War Office\nSubject: Intelligence summary\n"
                       "Language: English\nOriginal Archive: WO 169/3911\nTranslator: none\n\nThe enemy was stopped on 30 June 1942.\n")
                       .metadata;
    REQUIRE(m.date);
    CHECK(demarc::to_edtf(*m.date) == "1942-07-01");
    CHECK(m.date_source == "heading");
    CHECK(m.sender == "Main Headquarters, Eighth Army");
    CHECK(m.recipients == std::vector<std::string>{"GHQ Middle East", "War Office"});
    CHECK(m.title == "Intelligence summary");
    CHECK(m.language == "en");
    CHECK(m.archive_reference == "WO 169/3911");
    CHECK(m.header_spans.size() == 7);
}

TEST_CASE("line ends of any system make no difference") {
    std::string dos;
    for (const char c : archive_page) dos += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const auto unix_metadata = read(archive_page).metadata, dos_metadata = read(dos).metadata;
    CHECK(dos_metadata.title == unix_metadata.title);
    CHECK(dos_metadata.citation == unix_metadata.citation);
    CHECK(dos_metadata.archive_reference == unix_metadata.archive_reference);
    CHECK(dos_metadata.recipients == unix_metadata.recipients);
    CHECK(dos_metadata.header_spans.size() == unix_metadata.header_spans.size());
}

TEST_CASE("the date comes from the best place that has one") {
    const auto date = [](const std::string& text) {
        const auto m = read(text).metadata;
        return (m.date ? demarc::to_edtf(*m.date) : "none") + " " + m.date_source;
    };
    CHECK(date("Report\n\nCitation:\n\n\"Report\", 3 May 1952, RG 319.\n\nWritten on 9 May 1952.\n") == "1952-05-03 citation");
    CHECK(date("[Translation.]\nSt. Petersburg, July 10, 1861.\nSir: From the beginning\n") == "1861-07-10 heading");
    CHECK(date("HEADQUARTERS I CORPS\nG-3 SITUATION REPORT NO. 318\n061800I Oct 51\n") == "1951-10-06 heading");
    const std::string prose(200, 'x');
    CHECK(date("GENEVA, July 19, 1954 " + prose + "\n") == "1954-07-19 heading");
    CHECK(date(prose + " on 19 July 1954 " + prose + "\n") == "none ");
    CHECK(date(std::string(45, '\n') + "Geneva, July 19, 1954\n") == "1954-07-19 heading");
    std::string late;
    for (int i = 0; i < 45; ++i) late += "a line\n";
    CHECK(date(late + "Geneva, July 19, 1954\n") == "none ");
}

TEST_CASE("fields that a record has set stay, the others are filled") {
    demarc::Document document;
    document.text = archive_page;
    document.metadata.title = "Its own title";
    document.metadata.date = demarc::CivilDate{1950, 1, 2, -1, -1};
    document.metadata.date_source = "record";
    document.metadata.original_language = "zh";
    demarc::read_archive_header(document);
    CHECK(document.metadata.title == "Its own title");
    CHECK(demarc::to_edtf(*document.metadata.date) == "1950-01-02");
    CHECK(document.metadata.date_source == "record");
    CHECK(document.metadata.original_language == "zh");
    CHECK(document.metadata.translator == "Jane Carter");
}

TEST_CASE("a plain text yields only what it clearly has") {
    const auto m = read("The enemy attacked at dawn and was thrown back. We hold the ridge.\nNothing else: the line is quiet.\n").metadata;
    CHECK(m.title.empty());
    CHECK(m.citation.empty());
    CHECK_FALSE(m.date);
    CHECK(m.date_source.empty());
    CHECK(m.sender.empty());
    CHECK(m.recipients.empty());
    CHECK(m.archive_reference.empty());
    CHECK(m.header_spans.empty());
    CHECK(read("\n \n\t\n").metadata.title.empty());
    CHECK(read("").metadata.title.empty());
}

TEST_CASE("a first line that stands alone is the title; a dateline isn't one") {
    CHECK(read("WAR DIARY of a battalion\n\nQuiet.\n").metadata.title == "WAR DIARY of a battalion");
    CHECK(read("Geneva, July 19, 1954\n\nMEMORANDUM ON THE LINE\n\nMr. Eden said so.\n").metadata.title == "MEMORANDUM ON THE LINE");
    CHECK(read("Geneva, July 19, 1954\n\nMr. Eden said so.\n").metadata.title.empty());
    CHECK(read("They attacked at dawn.\n\nNothing more.\n").metadata.title.empty());
    CHECK(read("A line of several\nthat runs on\n").metadata.title.empty());
}

TEST_CASE("archive references end where they end") {
    const auto reference = [](const std::string& citation) { return read("A title\n\nCitation:\n\n" + citation + "\n\nText.\n").metadata.archive_reference; };
    CHECK(reference("APRF, fond 45, opis 1, delo 342, listy 5-6, 9. Obtained by") == "APRF, fond 45, opis 1, delo 342, listy 5-6, 9");
    CHECK(reference("TsAMO, f. 5a, op. 918795, d. 122, l. 12") == "TsAMO, f. 5a, op. 918795, d. 122, l. 12");
    CHECK(reference("The National Archives, WO 281/1166. Crown copyright") == "WO 281/1166");
    CHECK(reference("A book, page 12").empty());
}

TEST_CASE("languages have codes") {
    CHECK(demarc::language_code("Russian") == "ru");
    CHECK(demarc::language_code(" chinese (Mandarin)") == "zh");
    CHECK(demarc::language_code("Korean and Russian") == "ko");
    CHECK(demarc::language_code("Klingon").empty());
    CHECK(demarc::language_code("").empty());
}

TEST_CASE("no text breaks the reader, and its spans stay inside") {
    const std::string parts[] = {"Citation:",
                                 "\n",
                                 "\n\n",
                                 "Date: ",
                                 "To:",
                                 " to ",
                                 "[Stamp: ",
                                 "]",
                                 "1 November 1951",
                                 "From: ",
                                 "Mao Zedong",
                                 ":",
                                 "f. 558, op. 11",
                                 "Translated by ",
                                 "é",
                                 "…",
                                 "\r",
                                 "Copies:",
                                 "Telegram",
                                 " from ",
                                 "(",
                                 "The General",
                                 std::string(5000, 'x'),
                                 std::string(300, '\n')};
    std::mt19937 random(342);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (std::size_t left = random() % 30; left > 0; --left) text += parts[random() % std::size(parts)];
        const auto document = read(text);
        REQUIRE(document.text == text);
        for (std::size_t i = 0; i < document.metadata.header_spans.size(); ++i) {
            const auto span = document.metadata.header_spans[i];
            REQUIRE(span.begin <= span.end);
            REQUIRE(span.end <= text.size());
            if (i > 0) REQUIRE(document.metadata.header_spans[i - 1].end <= span.begin);
        }
        REQUIRE(document.metadata.citation.size() <= 4000);
    }
}

TEST_CASE("stamps and what was written by hand, and brackets that are neither") {
    const auto stamps_of = [](const std::string& text) { return read("A line.\n" + text + " and more").metadata.stamps; };
    const std::string many(400, 'a');
    std::string letters;
    for (int i = 0; i < 400; ++i) letters += "ж";
    struct {
        std::string text, stamp;
    } const cases[] = {{"[Stamp:x]", "x"},
                       {"[STAMP: a: b]", "a: b"},
                       {"[stamp:  two\nlines ]", "two\nlines"},
                       {"[Seal: a [b]", "a [b"},
                       {"[[seal: x]]", "x"},
                       {"[Handwritten: seen]", "seen"},
                       {"[handwritten by Stalin, in red pencil: no]", "no"},
                       {"[handwritten" + std::string(40, '-') + ": yes]", "yes"},
                       {"[Stamp: ]", ""},
                       {"[Stamp: " + many + "]", many},
                       {"[Stamp: " + letters + "]", letters}};
    for (const auto& c : cases) {
        INFO(c.text);
        CHECK(stamps_of(c.text) == std::vector<std::string>{c.stamp});
    }
    for (const std::string& text : {std::string("[Stamp:]"), std::string("[stamp : x]"), std::string("[Stamps: x]"), std::string("[sTamp: x]"), std::string("[HANDWRITTEN: x]"), std::string("[Stamp] x: y]"), std::string("[Stamp: x"),
                                    "[handwritten" + std::string(41, '-') + ": no]", "[Stamp: " + many + "a]", "[Stamp: " + letters + "ж]", std::string("["), std::string("[handwritten")}) {
        INFO(text);
        CHECK(stamps_of(text).empty());
    }
}
