#include <cstring>
#include <string>
#include <vector>

#include "extractor/compiled_rules.hpp"
#include "extractor/extractor.hpp"
#include "tests/catch.hpp"
#include "tests/extractor/test_gazetteer.hpp"
#include "tests/extractor/test_rules.hpp"

using namespace demarc;

namespace {

std::string told(const RuleSet& rules, const std::string& text) {
    Document document;
    document.text = text;
    document.metadata.date = parse_civil_date("1951-10-31");
    Workspace workspace;
    std::string out;
    for (const Mention& mention : Extractor(rules, test_gazetteer()).extract(document, workspace)) {
        out += std::string(mention.rule) + " " + std::string(type_name(mention)) + " " + std::string(mention.span.of(document.text)) + " " + mention.entity + "\n";
        if (mention.type == MentionType::measure) out += mention.as<MeasureValue>().unit + "\n";
        if (mention.type == MentionType::date) out += mention.as<DateValue>().edtf + "\n";
    }
    return out;
}

constexpr const char* text =
    "General Kim Il Sung moved the 65th Infantry Regiment from Kaesong to the area south of Seoul on 3 May 1951, two miles from the 38th parallel. "
    "Telegram No. 4012 to Cde. Stalin, received 0310 14 November; RGASPI, f. 558, op. 11, d. 342. At 37 degrees 30 minutes north they saw 12,000 men.";

}  // namespace

TEST_CASE("the program holds the built-in rules as they compile now") {
    const std::string bytes = test_rules().snapshot();
    const auto held = compiled_rules();
    REQUIRE(held.size() == bytes.size());
    CHECK(std::memcmp(held.data(), bytes.data(), bytes.size()) == 0);
}

TEST_CASE("rules read from bytes find what compiled ones find") {
    const auto rules = RuleSet::from_snapshot(compiled_rules());
    REQUIRE(rules);
    CHECK(rules->digest() == test_rules().digest());
    CHECK(rules->rule_count() == test_rules().rule_count());
    CHECK(told(*rules, text) == told(test_rules(), text));
    CHECK(told(*rules, text).find("[mi_i]") != std::string::npos);
}

TEST_CASE("declared kinds come through the bytes") {
    auto sources = parse_rule_files({{"a.toml", "phase = \"names\"\n[[kind]]\nname = \"ship\"\nlabel = \"ship\"\ncolour = \"#0e7490\"\nfields = [\"prefix\"]\n"
                                                "[[rule]]\nname = \"ships.prefix\"\ntype = \"ship\"\ntokens = '(?<prefix>\"HMS\") (?<mention>{cap})'\nvalue = { prefix = \"$prefix\" }\n"
                                                "examples = [\"HMS «Hood»\"]\nnot = [\"hood\"]\n"}});
    REQUIRE(sources);
    const auto compiled = RuleSet::compile(std::move(*sources));
    if (!compiled) FAIL(compiled.error().text());
    const std::string bytes = compiled->snapshot();
    const auto rules = RuleSet::from_snapshot(std::as_bytes(std::span(bytes)));
    REQUIRE(rules);
    CHECK(told(*rules, "HMS Hood sailed") == "ships.prefix ship Hood ship:hood\n");
}

TEST_CASE("bytes that are cut off or damaged are refused, or harmless") {
    const auto held = compiled_rules();
    for (const std::size_t size : {std::size_t{0}, std::size_t{7}, std::size_t{8}, std::size_t{1000}, held.size() / 2, held.size() - 1}) CHECK_FALSE(RuleSet::from_snapshot(held.first(size)));
    std::vector<std::byte> longer(held.begin(), held.end());
    longer.push_back(std::byte{0});
    CHECK_FALSE(RuleSet::from_snapshot(longer));
    std::vector<std::byte> other(held.begin(), held.end());
    other[0] ^= std::byte{1};
    CHECK_FALSE(RuleSet::from_snapshot(other));
}
