#include "extractor/readers/document_parties.hpp"

#include "tests/catch.hpp"

namespace {

demarc::DocumentMetadata parties(std::string title, const std::vector<std::string_view>& lines = {}) {
    demarc::DocumentMetadata metadata;
    metadata.title = std::move(title);
    demarc::read_parties(lines, metadata);
    return metadata;
}

}  // namespace

TEST_CASE("titles say who writes to whom") {
    struct {
        const char* title;
        const char* sender;
        const char* recipient;
    } const cases[] = {
        {"November 1, 1951 Ciphered Telegram No. 25465 from Beijing, Mao Zedong to Cde. Filippov [Stalin]", "Mao Zedong", "Cde. Filippov [Stalin]"},
        {"Ciphered Telegram No. 4012 from Mao Zedong to Filippov [Stalin]", "Mao Zedong", "Filippov [Stalin]"},
        {"Letter, Kim Il Sung to the Chinese Government", "Kim Il Sung", "Chinese Government"},
        {"Memorandum by the Assistant Secretary of State to the Secretary of State", "Assistant Secretary of State", "Secretary of State"},
        {"Message from Zhou Enlai to Peng Dehuai, 3 May 1952", "Zhou Enlai", "Peng Dehuai"},
        {"Note of Georges Bidault to Anthony Eden. Geneva, 3 May 1954", "Georges Bidault", "Anthony Eden"},
        {"Cable from Élysée to Général Salan", "Élysée", "Général Salan"}};
    for (const auto& c : cases) {
        INFO(c.title);
        const auto metadata = parties(c.title);
        CHECK(metadata.sender == c.sender);
        REQUIRE(metadata.recipients.size() == 1);
        CHECK(metadata.recipients[0] == c.recipient);
    }
}

TEST_CASE("a heading line says it as well, a way from place to place doesn't") {
    const auto letter = parties("", {"[Translation.]", "Prince Gortchacow to Mr. De Stoeckl.", "St. Petersburg, July 10, 1861."});
    CHECK(letter.sender == "Prince Gortchacow");
    CHECK(letter.recipients == std::vector<std::string>{"Mr. De Stoeckl"});
    const auto cable = parties("", {"795.00/6–2550: Telegram", "The Ambassador in Korea (Muccio) to the Secretary of State"});
    CHECK(cable.sender == "Ambassador in Korea (Muccio)");
    CHECK(cable.recipients == std::vector<std::string>{"Secretary of State"});
    const auto command = parties("", {"The Commander in Chief, Far East (Ridgway) to the Joint Chiefs of Staff"});
    CHECK(command.sender == "Commander in Chief, Far East (Ridgway)");
    CHECK(command.recipients == std::vector<std::string>{"Joint Chiefs of Staff"});
    const auto two = parties("Telegram, Stalin to Mao Zedong and Kim Il Sung, 7 June 1951");
    CHECK(two.recipients == std::vector<std::string>{"Mao Zedong", "Kim Il Sung"});
    const auto initials = parties("", {"Mr. Adams to William H. Seward, Secretary of State"});
    CHECK(initials.recipients == std::vector<std::string>{"William H. Seward"});
    const auto address = parties("", {"CIPHERED TELEGRAM", "to Cde. FILIPPOV [Stalin]"});
    CHECK(address.sender.empty());
    CHECK(address.recipients == std::vector<std::string>{"Cde. FILIPPOV [Stalin]"});

    for (const char* title :
         {"The Road to Panmunjom", "From Pusan to Seoul", "Farewell to Arms", "Retreat to the Han River", "General Ridgway spoke to the press"}) {
        INFO(title);
        const auto metadata = parties(title, {title});
        CHECK(metadata.sender.empty());
        CHECK(metadata.recipients.empty());
    }
}

TEST_CASE("what is set stays") {
    demarc::DocumentMetadata metadata;
    metadata.title = "Telegram from Mao Zedong to Stalin";
    metadata.sender = "Li Kenong";
    demarc::read_parties({}, metadata);
    CHECK(metadata.sender == "Li Kenong");
    CHECK(metadata.recipients == std::vector<std::string>{"Stalin"});
}

TEST_CASE("lists of names are split") {
    CHECK(demarc::split_names("Kim Il Sung and Peng Dehuai; Zhou Enlai") == std::vector<std::string>{"Kim Il Sung", "Peng Dehuai", "Zhou Enlai"});
    CHECK(demarc::split_names("GHQ Middle East, Cairo") == std::vector<std::string>{"GHQ Middle East", "Cairo"});
    CHECK(demarc::split_names("Alexander Anderson") == std::vector<std::string>{"Alexander Anderson"});
    CHECK(demarc::split_names(" , ;").empty());
    std::string many;
    for (int i = 0; i < 500; ++i) many += "A;";
    CHECK(demarc::split_names(many).size() == 100);
}
