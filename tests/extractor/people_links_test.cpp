#include <string>
#include <vector>

#include "base/token_hash.hpp"
#include "extractor/extractor.hpp"
#include "tests/extractor/test_rules.hpp"
#include "tests/gazetteer/index_fixture.hpp"

using namespace demarc;

namespace {

const Gazetteer& known_people() {
    static const test::Index index(test::sample_places, test::sample_people);
    static const Gazetteer gazetteer = index.open();
    return gazetteer;
}

struct Found {
    std::string text;
    Mention mention;
};

std::vector<Found> people(const std::string& text, int year = 1951) {
    const Extractor extractor(test_rules(), known_people());
    Document document;
    document.text = text;
    if (year > 0) document.metadata.date = CivilDate{year, 11, 1, -1, -1};
    Workspace workspace;
    std::vector<Found> out;
    for (Mention& mention : extractor.extract(document, workspace)) {
        if (mention.type == MentionType::person) out.push_back({std::string(mention.span.of(document.text)), std::move(mention)});
    }
    return out;
}

// "text -> entity", one a mention.
std::vector<std::string> entities(const std::string& text, int year = 1951) {
    std::vector<std::string> out;
    for (const Found& found : people(text, year)) out.push_back(found.text + " -> " + found.mention.entity);
    return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a full name of the gazetteer is found and gives its family name alone a meaning") {
    CHECK(entities("Then Mao Zedong wrote. Mao asked for arms.") == Lines{"Mao Zedong -> person:mao-zedong", "Mao -> person:mao-zedong"});
    CHECK(entities("the people of Peng were poor").empty());
    CHECK(entities("a letter from Comrade Peng came") == Lines{"Peng -> person:peng-dehuai"});
    CHECK(entities("a letter from Captain Peng came") == Lines{"Peng -> person:peng"});
    CHECK(entities("a letter from Chairman Peng came", 1990) == Lines{"Peng -> person:peng"});
}

TEST_CASE("some are known by their family name alone") {
    CHECK(entities("Mao asked for arms, and Mussolini for peace.", 0) == Lines{"Mao -> person:mao-zedong", "Mussolini -> person:benito-mussolini"});
    CHECK(entities("Mrs. Truman came to the Hindenburg Line.") == Lines{"Truman -> person:truman"});
}

TEST_CASE("a cover name counts in its years only") {
    const auto in_years = people("Telegram to Cde. FILIPPOV [Stalin] about grain.");
    REQUIRE(in_years.size() == 2);
    CHECK(in_years[0].mention.as<PersonValue>().alias);
    CHECK(in_years[0].mention.as<PersonValue>().name == "Joseph Stalin");
    CHECK(in_years[0].mention.entity == "person:joseph-stalin");
    CHECK(in_years[1].mention.entity == "person:joseph-stalin");
    CHECK_FALSE(in_years[1].mention.as<PersonValue>().alias);

    const auto later = people("A song of Cde. Filippov about grain.", 1962);
    REQUIRE(later.size() == 1);
    CHECK(later[0].mention.entity == "person:filippov");
    CHECK_FALSE(later[0].mention.as<PersonValue>().alias);

    CHECK(entities("A song of Cde. Filippov about grain.", 0) == Lines{"Filippov -> person:filippov"});
    CHECK(entities("To Cde. Filippov. Stalin was asked before.", 0) == Lines{"Filippov -> person:joseph-stalin", "Stalin -> person:joseph-stalin"});
}

TEST_CASE("the editor's bracket is the key of a cover name that no table has") {
    const auto found = people("Telegram to Cde. Pavlov [Stalin] about grain.");
    REQUIRE(found.size() == 2);
    CHECK(found[0].mention.entity == "person:joseph-stalin");
    CHECK(found[0].mention.as<PersonValue>().alias);
    CHECK(found[0].mention.why.back() == "the editor gives the real name in brackets");
}

TEST_CASE("misprints join the person they mean and say how") {
    const auto found = people("Copies: to Cdes. Kim II Sung and Peng Dehuai.");
    REQUIRE(found.size() == 2);
    CHECK(found[0].mention.entity == "person:kim-il-sung");
    CHECK(found[0].mention.status == Certainty::inferred);
    CHECK(found[0].mention.as<PersonValue>().name == "Kim Il Sung");
    CHECK(found[1].mention.entity == "person:peng-dehuai");

    const auto slip = people("I wrote to Cde. LI KENONG.\n\n\"To Cde. LE KENONG.");
    REQUIRE(slip.size() == 2);
    CHECK(slip[1].mention.entity == "person:li-kenong");
    CHECK(slip[1].mention.status == Certainty::inferred);
    CHECK(slip[1].mention.as<PersonValue>().name == "Li Kenong");
    CHECK_FALSE(slip[1].mention.why.empty());
}

TEST_CASE("people that no list knows are joined within the document") {
    CHECK(entities("Colonel James Murray spoke. Murray sat down, and James left.") ==
          Lines{"James Murray -> person:james-murray", "Murray -> person:james-murray", "James -> person:james-murray"});
    // Two that share a first name: it means neither.
    CHECK(entities("James Murray met James Butler. James left.") == Lines{"James Murray -> person:james-murray", "James Butler -> person:james-butler"});
}

TEST_CASE("names of places, ships, streets and firms are no people") {
    CHECK(entities("They marched from Fort Robert Smith to James Murray County.").empty());
    CHECK(entities("aboard the steamer Robert Lee, of John Murray & Co., in W. Va.").empty());
    CHECK(entities("Joseph Stalin Street and Camp Mao Zedong").empty());
    CHECK(entities("the U.S. Attorney and the N. High St. bridge").empty());
}

TEST_CASE("roles come from bylines, signatures and the heading") {
    const auto found =
        people("Deciphered by Araushkin 1840 1 November Printed by Leshevich 1930 1 November\n\nVerified: Section Chief Colonel [signature] (Makarov)");
    REQUIRE(found.size() == 3);
    CHECK(found[0].mention.as<PersonValue>().role == "decipherer");
    CHECK(found[1].mention.as<PersonValue>().role == "printer");
    CHECK(found[2].mention.as<PersonValue>().role == "Section Chief");
    CHECK(found[2].mention.as<PersonValue>().rank == "Colonel");
    CHECK(found[2].text == "Makarov");
}

TEST_CASE("names with the same hash stay two men") {
    const std::string a = "Kohimadafabacaba", b = "Mojeficoyumfzsji";
    REQUIRE(token_hash("kohimadafabacaba") == token_hash("mojeficoyumfzsji"));
    const std::string ivan = "Ivan " + a + " -> person:ivan-kohimadafabacaba";
    // Family name, full name, first name and signature again.
    CHECK(entities("Colonel Ivan " + a + " came. Then " + a + " left, and " + b + " stayed.") == Lines{ivan, a + " -> person:ivan-kohimadafabacaba"});
    CHECK(entities("Colonel " + a + " Petrov came. In the end " + b + " Petrov came.") ==
          Lines{a + " Petrov -> person:kohimadafabacaba-petrov"});
    CHECK(entities("Colonel " + a + " Petrov came. But " + b + " left.") == Lines{a + " Petrov -> person:kohimadafabacaba-petrov"});
    CHECK(entities("Colonel Ivan " + a + " came.\n\n" + b + "\n") == Lines{ivan, b + " -> person:mojeficoyumfzsji"});
    // Who is introduced by his rank.
    CHECK(entities("Colonel Ivan " + a + " came with Major " + b + " and Major " + a + ".") ==
          Lines{ivan, b + " -> person:mojeficoyumfzsji", a + " -> person:ivan-kohimadafabacaba"});
    CHECK(entities("Major " + b + " came with Major " + a + " and Colonel Ivan " + a + ".") ==
          Lines{b + " -> person:mojeficoyumfzsji", a + " -> person:ivan-kohimadafabacaba", ivan});
}

TEST_CASE("the sender of a paper isn't who has the hash of his name") {
    const Extractor extractor(test_rules(), known_people());
    Document document;
    document.text = "Major Mojeficoyumfzsji met Major Kohimadafabacaba.";
    document.metadata.sender = "Ivan Kohimadafabacaba";
    Workspace workspace;
    std::vector<std::string> roles;
    for (const Mention& mention : extractor.extract(document, workspace)) {
        if (mention.type == MentionType::person) roles.push_back(mention.as<PersonValue>().role);
    }
    CHECK(roles == Lines{"", "sender"});
}
