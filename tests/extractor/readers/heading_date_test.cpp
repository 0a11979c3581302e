#include "extractor/readers/heading_date.hpp"

#include <string>
#include <vector>

#include "tests/catch.hpp"

TEST_CASE("complete dates of headings are read in all their forms") {
    struct {
        const char* text;
        const char* edtf;
        const char* surface;
    } const cases[] = {{"from [BEIJING] received at 1730 1 November 1951 Copy N° 2", "1951-11-01", "1 November 1951"},
                       {"Washington, November 27, 1951—3:15 p.m.", "1951-11-27", "November 27, 1951"},
                       {"St. Petersburg, July 10, 1861.", "1861-07-10", "July 10, 1861"},
                       {"Pittsburg Landing, Tenn., April 9th, 1862", "1862-04-09", "April 9th, 1862"},
                       {"Starobelsk, 24.11.1942, 2100 hours", "1942-11-24", "24.11.1942"},
                       {"den 3. 8. 1914", "1914-08-03", "3. 8. 1914"},
                       {"1953-07-27", "1953-07-27", "1953-07-27"},
                       {"061800I Oct 51", "1951-10-06", "06"},
                       {"282400 Feb 1951", "1951-02-28", "28"},
                       {"on the 27th day of July, 1953.", "1953-07-27", "27th day of July, 1953"},
                       {"22d Nov. 1951", "1951-11-22", "22d Nov. 1951"},
                       {"NIGHT OF 1 NOVEMBER 1951", "1951-11-01", "1 NOVEMBER 1951"},
                       {"11 \nNovember\u00A01918", "1918-11-11", nullptr},
                       {"29 February 1952", "1952-02-29", "29 February 1952"},
                       {"31 November 1951, then 2 December 1951", "1951-12-02", "2 December 1951"},
                       {"No. 31, November 1, 1951", "1951-11-01", "November 1, 1951"},
                       {"of July 1 1916 and 2 July 1916", "1916-07-01", "July 1 1916"}};
    for (const auto& c : cases) {
        INFO(c.text);
        const auto found = demarc::first_full_date(c.text);
        REQUIRE(found);
        CHECK(demarc::to_edtf(found->date) == c.edtf);
        const std::string text = c.text;
        REQUIRE(found->begin < found->end);
        REQUIRE(found->end <= text.size());
        if (c.surface != nullptr) CHECK(text.substr(found->begin, std::string(c.surface).size()) == c.surface);
    }
}

TEST_CASE("what is no complete date is none") {
    for (const char* text : {"", "November 1951", "1 November", "11/1/1951", "31 November 1951", "29 February 1951", "Dismay 12, 1951", "12 May 4512",
                             "1 November 19511", "0 May 1951", "1951-13-01", "1951-02-30", "32.1.1951", "CT 454385", "900/3783shs", "f. 558, op. 11, d. 342"}) {
        INFO(text);
        CHECK_FALSE(demarc::first_full_date(text));
    }
}

TEST_CASE("a date is found whatever stands around it and whatever its parts are joined by") {
    // Most lines are told to be without a date before the pattern is tried: none that it finds may be lost.
    const std::string gaps[] = {" ", "\t", "\n", "  ", "\u00A0", " \u00A0"};
    const std::string around[] = {"", " ", "x ", "— ", "(", "\u00A0", "1950 ", "12 ", "à ", "12345 ", "1234-", ", "};
    for (const std::string& gap : gaps) {
        std::vector<std::string> dates = {"1951-11-01", "1.11.1951", "1. 11. 1951"};
        for (const std::string month : {"November", "nov", "NOV.", "Nov"}) {
            for (const std::string day : {"1", "01", "1st", "1d", "1.", "1st day of", "1 of"}) {
                for (const std::string comma : {"", ","}) dates.push_back(day + gap + month + comma + gap + "1951");
            }
            for (const std::string day : {"1", "01", "1st", "1,", "1st,", "1d,"}) dates.push_back(month + gap + day + gap + "1951");
            for (const std::string group : {"011800", "019999", "010000Z"}) {
                for (const std::string year : {"51", "1951"}) dates.push_back(group + gap + month + gap + year);
            }
        }
        for (const std::string& date : dates) {
            for (const std::string& before : around) {
                for (const std::string after : {"", ".", ", x", " 3:15", "\u00A0"}) {
                    const std::string text = before == "1234-" ? date + " " + before + after : before + date + after;
                    INFO(text);
                    const auto found = demarc::first_full_date(text);
                    REQUIRE(found);
                    CHECK(demarc::to_edtf(found->date) == "1951-11-01");
                }
            }
        }
    }
    CHECK(demarc::first_full_date("1 Auguſt 1951"));  // case-insensitive s of the pattern
}
