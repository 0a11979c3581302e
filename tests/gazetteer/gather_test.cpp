#include "gazetteer/gather.hpp"

#include <algorithm>
#include <random>

#include "base/utf8.hpp"
#include "gazetteer/quote.hpp"
#include "tests/gazetteer/index_fixture.hpp"

using namespace demarc;
using namespace demarc::test;

namespace {

ExtractedDocument document(std::string id, std::string text, std::optional<CivilDate> date) {
    ExtractedDocument out;
    out.document.id = std::move(id);
    out.document.text = std::move(text);
    out.document.metadata.language = "en";
    out.document.metadata.date = date;
    return out;
}

template <class V>
Mention& mention(ExtractedDocument& in, std::string_view surface, std::string entity, V value) {
    const auto begin = static_cast<std::uint32_t>(in.document.text.find(surface));
    Mention made;
    made.value = std::move(value);
    made.type = static_cast<MentionType>(made.value.index());
    made.span = {begin, begin + static_cast<std::uint32_t>(surface.size())};
    made.entity = std::move(entity);
    in.mentions.push_back(std::move(made));
    return in.mentions.back();
}

std::vector<ExtractedDocument> sample() {
    auto a = document("a.txt", "The line ran past [Kindzyo] to Kaesong. Nothing else moved.", CivilDate{1951, 11, 1});
    Mention& doubtful = mention(a, "Kindzyo", "place:kp-kumsong", PlaceValue{"Kindzyo", "", "kp-kumsong"});
    doubtful.status = Certainty::inferred;
    doubtful.confidence = 0.8;
    doubtful.why = {"Kindzyo (ё = yo)"};
    doubtful.candidates = {{1, 0.8f, "kp-kumsong", "Kŭmsŏng", {}}, {2, 0.3f, "kp-kimhwa", "Kimhwa", {}}};
    doubtful.location = Location{LonLat{127.62, 38.4127}, 3000, "gazetteer", "kp-kumsong"};
    Mention& line = mention(a, "The line", "line:front-1951-11-01", LineValue{"front_line", "", 2000, "both", "China", "proposed", "1951-10"});
    line.anchors = {0};
    line.location = Location{LineString{{127, 38}, {128, 38.4}}, 5000, "constructed", ""};
    line.parts = {{"north", MentionType::line, "withdrawal_boundary", "northern boundary", "north", {LineString{{127, 38.1}, {128, 38.5}}, 5000, "constructed", ""}},
                  {"strip", MentionType::area, "zone", "", "", {Geometry{}, -1, "constructed", ""}}};
    mention(a, "Nothing", "", OrganisationValue{});

    auto b = document("b.txt", "Forces\n  left Kumsong on foot.", CivilDate{1951, 10, 0});
    Mention& sure = mention(b, "Kumsong", "place:kp-kumsong", PlaceValue{"Kumsong", "", "kp-kumsong"});
    sure.confidence = 0.95;
    sure.why = {"attested"};
    sure.location = Location{LonLat{127.62, 38.4127}, 1000, "gazetteer", "kp-kumsong"};
    return {a, b};
}

const Entity& entity(const std::vector<Entity>& all, std::string_view id) {
    const auto it = std::find_if(all.begin(), all.end(), [&](const Entity& e) { return e.id == id; });
    REQUIRE(it != all.end());
    return *it;
}

}  // namespace

TEST_CASE("mentions of one thing become one entity") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    const auto entities = gather_entities(sample(), gazetteer);
    REQUIRE(entities.size() == 4);
    CHECK(std::is_sorted(entities.begin(), entities.end(), [](const Entity& x, const Entity& y) { return x.id < y.id; }));
    const Entity& place = entity(entities, "place:kp-kumsong");
    CHECK(place.name == "Kŭmsŏng");
    CHECK(place.kind == "town");
    CHECK(place.country == "KP");
    CHECK(place.mentions == std::vector<EntityMention>{{0, 0}, {1, 0}});
    CHECK(place.docs == std::vector<std::string>{"a.txt", "b.txt"});
    CHECK(place.status == Certainty::attested);
    CHECK(place.confidence == 0.95);
    CHECK(place.why == std::vector<std::string>{"attested"});
    REQUIRE(place.location.has_value());
    CHECK(place.location->uncertainty_m == 1000);
    CHECK(place.candidates.empty());
    CHECK(place.quote == "The line ran past [Kindzyo] to Kaesong.");
    CHECK(place.start == "1951-10-01");
    CHECK(place.end == "1951-11-01");
    CHECK(place.when == "1951-10-01/1951-11-01");
    std::string names;
    for (const EntityName& name : place.names) {
        names += name.name + "@" + name.lang;
        for (const std::uint32_t doc : name.docs) names += "," + place.docs[doc];
        names += " ";
    }
    CHECK(names == "Kindzyo@en,a.txt Kumsong@en,b.txt Kinjō@ja-Latn Kŭmsŏng@ko-Latn 金城@ko-Hani 금성@ko-Hang ");
}

TEST_CASE("mentions of a declared kind become entities of it") {
    auto a = document("a.txt", "HMS Cossack and HMS COSSACK.", CivilDate{1950, 10, 14});
    mention(a, "HMS Cossack", "ship:cossack", DeclaredValue{"ship", "Cossack", {{"kind", "destroyer"}}});
    mention(a, "HMS COSSACK", "ship:cossack", DeclaredValue{"ship", "COSSACK", {}});
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    const auto all = gather_entities({a}, gazetteer);
    REQUIRE(all.size() == 1);
    CHECK(type_name(all[0]) == "ship");
    CHECK(all[0].name == "Cossack");
    CHECK(all[0].kind == "destroyer");
    CHECK(all[0].mentions.size() == 2);
}

TEST_CASE("a line keeps its properties, its parts become entities") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    const auto entities = gather_entities(sample(), gazetteer);
    const Entity& line = entity(entities, "line:front-1951-11-01");
    CHECK(line.type == MentionType::line);
    CHECK(line.kind == "front_line");
    CHECK(line.state == "proposed");
    CHECK(line.proposed_by == "China");
    CHECK(line.side == "both");
    CHECK(line.offset_m == 2000);
    CHECK(line.when == "1951-10");
    CHECK(line.start == "1951-10-01");
    CHECK(line.end == "1951-10-31");
    CHECK(line.anchors == std::vector<std::string>{"place:kp-kumsong"});
    CHECK(line.has_parts);
    CHECK(line.parent.empty());
    const Entity& north = entity(entities, "line:front-1951-11-01/north");
    CHECK(north.parent == line.id);
    CHECK(north.side == "north");
    CHECK(north.name == "northern boundary");
    CHECK(north.docs == std::vector<std::string>{"a.txt"});
    CHECK(north.mentions == std::vector<EntityMention>{{0, 1}});
    CHECK(north.start == "1951-10-01");
    CHECK_FALSE(north.has_parts);
    CHECK(entity(entities, "line:front-1951-11-01/strip").type == MentionType::area);
}

TEST_CASE("what lost is kept: all candidates of an unresolved entity, the others of a resolved one") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    auto documents = sample();
    documents.pop_back();
    auto entities = gather_entities(documents, gazetteer);
    REQUIRE(entity(entities, "place:kp-kumsong").candidates.size() == 1);
    CHECK(entity(entities, "place:kp-kumsong").candidates[0].id == "kp-kimhwa");
    documents[0].mentions[0].status = Certainty::unresolved;
    documents[0].mentions[0].location.reset();
    entities = gather_entities(documents, gazetteer);
    CHECK(entity(entities, "place:kp-kumsong").candidates.size() == 2);
    CHECK_FALSE(entity(entities, "place:kp-kumsong").location.has_value());
}

TEST_CASE("an entity keeps hundreds of spellings, each with its name") {
    std::string text;
    std::vector<std::string> spellings;
    for (int i = 299; i >= 0; --i) spellings.push_back("Kaesong" + std::to_string(1000 + i)), text += spellings.back() + " ";
    auto doc = document("a.txt", text, std::nullopt);
    for (int round = 0; round < 2; ++round) {
        for (const std::string& spelling : spellings) mention(doc, spelling, "place:x", PlaceValue{"X", "", ""});
    }
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    EntityGatherer gatherer(gazetteer);
    gatherer.add(doc);
    const std::vector<Entity> all = gatherer.finish();
    REQUIRE(all.size() == 1);
    std::sort(spellings.begin(), spellings.end());
    REQUIRE(all[0].names.size() == spellings.size());
    for (std::size_t i = 0; i < spellings.size(); ++i) {
        CHECK(all[0].names[i].name == spellings[i]);
        CHECK(all[0].names[i].docs.size() == 1);
    }
}

TEST_CASE("the order of documents does not matter") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    const auto print = [](const std::vector<Entity>& entities) {
        std::string out;
        for (const Entity& e : entities) {
            out += e.id + "|" + e.name + "|" + e.kind + "|" + e.quote + "|" + e.when + "|" + std::to_string(e.confidence);
            for (const EntityMention& m : e.mentions) out += " " + e.docs[m.doc] + "#m" + std::to_string(m.index);
            for (const std::string& w : e.why) out += " " + w;
            for (const std::string& a : e.anchors) out += " " + a;
            for (const EntityName& n : e.names) {
                out += " " + n.name + n.lang;
                for (const std::uint32_t doc : n.docs) out += "," + e.docs[doc];
            }
            out += e.location ? std::to_string(e.location->uncertainty_m) : "-";
            out += "\n";
        }
        return out;
    };
    auto documents = sample();
    const std::string forward = print(gather_entities(documents, gazetteer));
    std::reverse(documents.begin(), documents.end());
    CHECK(print(gather_entities(documents, gazetteer)) == forward);
    EntityGatherer gatherer(gazetteer);
    for (const ExtractedDocument& d : documents) gatherer.add(d);
    CHECK(print(gatherer.finish()) == forward);
    CHECK(gatherer.finish().empty());
}

TEST_CASE("what is drawn is told before it is made: not a line that its parts draw, not what has no place") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    EntityGatherer gatherer(gazetteer);
    for (const ExtractedDocument& d : sample()) gatherer.add(d);
    const auto told = [&gatherer] {
        std::vector<double> uncertainties;
        gatherer.each_drawn([&](const Location& location) { uncertainties.push_back(location.uncertainty_m); });
        return uncertainties;
    };
    CHECK(told() == std::vector<double>{5000, -1, 1000});  // line/north, line/strip, place
    auto c = document("c.txt", "38 N 127 E", std::nullopt);
    mention(c, "38 N", "coordinate:x", CoordinateValue{}).location = Location{LonLat{127, 38}, 10, "coordinate", ""};
    mention(c, "127", "measure:x", MeasureValue{}).location = Location{LonLat{127, 38}, 20, "coordinate", ""};
    gatherer.add(c);
    CHECK(told() == std::vector<double>{10, 5000, -1, 1000});
    std::vector<std::string> ids;
    gatherer.finish([&ids](std::span<Entity> entities) {
        for (const Entity& entity : entities) ids.push_back(entity.id);
    });
    CHECK(ids == std::vector<std::string>{"coordinate:x", "line:front-1951-11-01", "line:front-1951-11-01/north", "line:front-1951-11-01/strip", "measure:x", "place:kp-kumsong"});
    CHECK(told().empty());
}

TEST_CASE("entities come a few at a time, all of them once and sorted") {
    constexpr std::size_t count = 100;
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "Hill" + std::to_string(100 + i) + " ";
    auto doc = document("a.txt", text, std::nullopt);
    for (std::size_t i = count; i-- > 0;) mention(doc, "Hill" + std::to_string(100 + i), "place:hill-" + std::to_string(100 + i), PlaceValue{"", "hill", ""});
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    EntityGatherer gatherer(gazetteer);
    gatherer.add(doc);
    std::vector<std::string> names;
    std::size_t most = 0;
    gatherer.finish([&](std::span<Entity> entities) {
        CHECK_FALSE(entities.empty());
        most = std::max(most, entities.size());
        for (Entity& entity : entities) names.push_back(std::move(entity).name);
    });
    CHECK(most < count);
    REQUIRE(names.size() == count);
    for (std::size_t i = 0; i < count; ++i) CHECK(names[i] == "Hill" + std::to_string(100 + i));
}

TEST_CASE("a quote is the sentence, bounded") {
    const auto quote = [](std::string_view text, std::string_view name) {
        const auto begin = static_cast<std::uint32_t>(text.find(name));
        return quote_around(text, {begin, begin + static_cast<std::uint32_t>(name.size())});
    };
    CHECK(quote("It fell. Two at\n Kaesong now. Three.", "Kaesong") == "Two at Kaesong now.");
    CHECK(quote("He met Gen. Nam Il at Kaesong. Then left.", "Nam Il") == "He met Gen. Nam Il at Kaesong.");
    CHECK(quote("See f. 558, op. 11 on Kaesong in vol. 7. Then left.", "Kaesong") == "See f. 558, op. 11 on Kaesong in vol. 7.");
    CHECK(quote("TITLE\n\nKaesong fell\n\nNext", "Kaesong") == "Kaesong fell");
    CHECK(quote("Kaesong", "Kaesong") == "Kaesong");
    std::string longer = "Пэн ";
    for (int i = 0; i < 200; ++i) longer += "слово ";
    const std::string text = longer + "Kaesong " + longer;
    const std::string cut = quote(text, "Kaesong");
    CHECK(count_code_points(cut) <= 300);
    CHECK(count_code_points(cut) > 270);
    CHECK(cut.find("слово Kaesong Пэн") != std::string::npos);
    CHECK(cut.starts_with("…слово"));
    CHECK(cut.ends_with("слово…"));
    CHECK(first_invalid_utf8(cut) == cut.size());
    CHECK(quote_around(text, {0, static_cast<std::uint32_t>(text.size())}).size() < 700);
    CHECK(quote_around("short", {3, 99}).empty());
}

TEST_CASE("white space is collapsed wherever it stands") {
    std::mt19937 random(1951);
    const auto slow = [](std::string_view text) {
        std::string out;
        for (const char c : text) {
            if (c != ' ' && (c < '\t' || c > '\r')) out += c;
            else if (!out.empty() && out.back() != ' ') out += ' ';
        }
        if (out.ends_with(' ')) out.pop_back();
        return out;
    };
    for (int i = 0; i < 4000; ++i) {
        const std::string_view letters = i % 2 == 0 ? "ab \n" : "abcdefgh!\x01\x0E\xC3\xA9 \t";
        std::string text;
        for (std::size_t left = random() % 60; left > 0; --left) text += letters[random() % letters.size()];
        INFO('"' << text << '"');
        REQUIRE(collapse_white_space(text) == slow(text));
    }
}

TEST_CASE("the ends of a sentence are found at any distance") {
    for (std::size_t before = 0; before < 40; ++before) {
        for (std::size_t after = 0; after < 40; ++after) {
            const std::string words(before, 'x'), rest(after, 'y'), sentence = words + " Kaesong " + rest + "!";
            const auto quote = [&](const std::string& start, const std::string& end) {
                const auto begin = static_cast<std::uint32_t>(start.size() + words.size() + 1);
                return quote_around(start + sentence + end, {begin, begin + 7});
            };
            const std::string expected = collapse_white_space(sentence);
            for (const std::string start : {"", "Tonight. ", "Who? ", "Title\n \n", "e.g. No.\n\n", "One!\n"}) {
                for (const std::string end : {"", " Two.", "\n\nTwo", "\nTwo", "\n", " e.g. three."}) REQUIRE(quote(start, end) == expected);
            }
        }
    }
}

TEST_CASE("only what can be drawn has a quote") {
    auto a = document("a.txt", "Peng met Kim at Kaesong.", std::nullopt);
    mention(a, "Peng", "person:peng", PersonValue{"Peng", "", "", "", false});
    mention(a, "Kaesong", "place:kaesong", PlaceValue{"Kaesong", "", ""});
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    const auto all = gather_entities({a}, gazetteer);
    CHECK(entity(all, "person:peng").quote.empty());
    CHECK(entity(all, "place:kaesong").quote == "Peng met Kim at Kaesong.");
}

TEST_CASE("many entities are told apart") {
    const Index index(sample_places, sample_people);
    const Gazetteer gazetteer = index.open();
    EntityGatherer gatherer(gazetteer);
    constexpr int documents = 7, entities = 3000;
    for (int d = 0; d < documents; ++d) {
        auto made = document(std::to_string(d), "Kaesong", std::nullopt);
        for (int e = d; e < entities; ++e) mention(made, "Kaesong", "place:p" + std::to_string(e), PlaceValue{"Kaesong", "", ""});
        gatherer.add(made);
    }
    const auto all = gatherer.finish();
    REQUIRE(all.size() == entities);
    for (const Entity& e : all) REQUIRE(e.mentions.size() == std::min<std::size_t>(documents, std::stoul(e.id.substr(7)) + 1));
}
