#include "gazetteer/importers/delimited.hpp"

#include "tests/importers/import_fixture.hpp"

using namespace demarc;
using namespace demarc::test;

TEST_CASE("GNS is read in each of its generations, a feature from its rows") {
    // Until 2009: capitals, FULL_NAME, FIPS countries. 2010 to 2021: FULL_NAME_RO. Since: small letters, lat_dd.
    const Imported first = import_table(
        "RC\tUFI\tUNI\tLAT\tLONG\tDMS_LAT\tDMS_LONG\tUTM\tJOG\tFC\tDSG\tPC\tCC1\tADM1\tADM2\tDIM\tCC2\tNT\tLC\tSHORT_FORM\tGENERIC\tSORT_NAME\tFULL_NAME\tFULL_NAME_ND\tMODIFY_DATE\n"
        "6\t-1\t1\t37.97\t126.55\t375812\t1263300\tCT\tNJ\tP\tPPL\t3\tKN\t08\t\t\t\tN\tkor\t\t\tKAESONG\tKaesŏng\tKaesong\t1993-12-22\n"
        "6\t-1\t2\t37.97\t126.55\t375812\t1263300\tCT\tNJ\tP\tPPL\t3\tKN\t08\t\t\t\tV\tjpn\t\t\tKAIJO\tKaijō\tKaijo\t1993-12-22\n"
        "6\t-2\t3\t38.00\t126.60\t0\t0\tCT\tNJ\tS\tHTL\t\tKN\t08\t\t\t\tN\t\t\t\tINN\tInn\tInn\t1993-12-22\n");
    CHECK(names_of(first.record("gns-1")) == "Kaesŏng(ko-Latn)|Kaijō(ja-Latn)");
    CHECK(first.record("gns-1").country == "KP");
    CHECK(first.record("gns-1").kind == "town");
    CHECK(first.report.taken == 1);
    CHECK(first.report.left.at("kind of place that isn't taken") == 1);
    const Imported second = import_table(
        "RC\tUFI\tUNI\tLAT\tLONG\tDMS_LAT\tDMS_LONG\tMGRS\tJOG\tFC\tDSG\tPC\tCC1\tADM1\tPOP\tELEV\tCC2\tNT\tLC\tSHORT_FORM\tGENERIC\tSORT_NAME_RO\tFULL_NAME_RO\tFULL_NAME_ND_RO\tSORT_NAME_RG\tFULL_NAME_RG\n"
        "6\t10300\t1\t37.97\t126.55\t0\t0\t52S\tNJ\tH\tSTM\t\tKN\t08\t\t\t\tN\tkor\t\t\tX\tImjin-gang\tImjin-gang\tX\t임진강\n");
    CHECK(names_of(second.record("gns-10300")) == "Imjin-gang(ko-Latn)|임진강(ko-Hang)");
    CHECK(second.record("gns-10300").kind == "river");
    const Imported third = import_table(
        "\xEF\xBB\xBFrk\tufi\tuni\tfull_name\tnt\tlat_dd\tlong_dd\tefctv_dt\tdesig_cd\tfc\tcc_ft\tadm1\tlang_cd\r\n"
        "1\t77\t9\tKŭmsŏng\tN\t38.4127\t127.6199\t\tPPL\tP\tKP\t07\tkor\r\n"
        "1\t77\t8\t金城\tNS\t38.4127\t127.6199\t\tPPL\tP\tKP\t07\tkor\r\n");
    CHECK(names_of(third.record("gns-77")) == "Kŭmsŏng(ko-Latn)|金城(ko-Hani)");
    CHECK(third.record("gns-77").position->lat == Approx(38.4127));
    CHECK(third.report.rows == 2);
    CHECK(third.report.taken == 1);
}

TEST_CASE("GNIS is read in both forms, and 0.0 is no position") {
    const Imported old_form = import_table(
        "\xEF\xBB\xBF" "FEATURE_ID|FEATURE_NAME|FEATURE_CLASS|STATE_ALPHA|STATE_NUMERIC|COUNTY_NAME|COUNTY_NUMERIC|PRIMARY_LAT_DMS|PRIM_LONG_DMS|PRIM_LAT_DEC|PRIM_LONG_DEC\n"
        "1|Round Hill|Summit|VA|51|Loudoun|107|0|0|39.13|-77.77\n"
        "2|Nowhere|Populated Place|VA|51|Loudoun|107|Unknown|Unknown|0.0|0.0\n"
        "3|Well \"No. 3\"|Well|VA|51|Loudoun|107|0|0|39|-77\n");
    CHECK(old_form.record("gnis-1").kind == "mountain");
    CHECK(old_form.record("gnis-1").admin == "Virginia");
    CHECK(old_form.record("gnis-1").country == "US");
    CHECK(old_form.report.left == std::map<std::string, std::uint64_t>{{"kind of place that isn't taken", 1}, {"position 0, 0", 1}});
    const Imported new_form = import_table(
        "feature_id|feature_name|feature_class|state_name|state_numeric|county_name|county_numeric|map_name|date_created|date_edited|prim_lat_dec|prim_long_dec\n"
        "1487|Harpers Ferry|Populated Place|West Virginia|54|Jefferson|37|x|1979|2020|39.325|-77.729\n");
    CHECK(new_form.record("gnis-1487").kind == "town");
    CHECK(new_form.record("gnis-1487").admin == "West Virginia");
}

TEST_CASE("LP-TSV, Pleiades and Wikidata tables are known by their columns") {
    const Imported lp = import_table(
        "id\ttitle\ttitle_source\tccodes\tvariants\ttypes\tlon\tlat\tgeowkt\tstart\tend\n"
        "17\tMukden\tatlas of 1932\tCN\tFengtien;奉天@zh;Шэньян\tcity\t123.43\t41.79\t\t1657\t1929\n"
        "18\tAnju\tthe same\tKP\t\t\t\t\tPOINT (125.66 39.62)\t1900\t\n");
    CHECK(lp.record("lp-17").from == 1657);
    CHECK(lp.record("lp-17").to == 1929);
    CHECK(lp.record("lp-17").kind == "city");
    CHECK(lp.record("lp-18").position->lon == Approx(125.66));
    const Imported pleiades = import_table("id,title,reprLat,reprLong,featureTypes,minDate,maxDate\n59694,\"Rhegion, \"\"old\"\"\",38.1,15.65,\"settlement, fort\",-750,640\n", "pleiades-places.csv");
    CHECK(pleiades.record("pleiades-59694").name == "Rhegion, \"old\"");
    CHECK(pleiades.record("pleiades-59694").from == -750);
    ExtraNames names;
    ImportReport report;
    const auto mappings = builtin_mappings();
    std::istringstream in("pid,title,nameAttested,nameTransliterated,nameLanguage,minDate,maxDate\n/places/59694,Rhegion,Ῥήγιον,\"Rhegion, Rhegium\",grc,-550,-330\n");
    const auto mapping = mapping_of("pleiades-names.csv", "pid,title,nameAttested,nameTransliterated,nameLanguage,minDate,maxDate", mappings);
    REQUIRE(mapping);
    REQUIRE(mapping->role == ImportMapping::Role::names);
    read_delimited_names(in, "pleiades-names.csv", *mapping, report, names);
    const Imported with = import_table("id,title,reprLat,reprLong,featureTypes\n59694,Rhegion,38.1,15.65,settlement\n", "pleiades-places.csv", names);
    CHECK(names_of(with.record("pleiades-59694")) == "Rhegion|Rhegium|Ῥήγιον");
    const Imported wikidata = import_table("item,itemLabel,coord,countryCode,altLabel\nhttp://www.wikidata.org/entity/Q109079,Kaesong,Point(126.55 37.97),KP,\"Kaijo, 개성시\"\n", "query.csv");
    CHECK(names_of(wikidata.record("wikidata-q109079")) == "Kaesong|Kaijo|개성시(ko-Hang)");
    CHECK(wikidata.record("wikidata-q109079").position->lat == Approx(37.97));
}

TEST_CASE("any table with a name and a position is read, quotes and line ends in them too") {
    const Imported all = import_table("Label;Latitude;Longitude;Type\n\"Old \"\"Inn\"\"\nBridge\";37,5;x;bridge\nHan Bridge;37.52;126.96;bridge\n", "refine.csv");
    REQUIRE(all.records.size() == 1);
    CHECK(all.records[0].kind == "bridge");
    CHECK(all.records[0].id.starts_with("han-bridge-"));
    CHECK(all.report.left == std::map<std::string, std::uint64_t>{{"no position", 1}});
    CHECK(all.report.examples.front() == "refine.csv:2: no position");
    // A row keeps its id when others come before it.
    const Imported again = import_table("Label;Latitude;Longitude;Type\nA;1;1;town\nHan Bridge;37.52;126.96;bridge\n", "refine.csv");
    CHECK(again.records.back().id == all.records[0].id);
    // A quote that is never closed takes what follows, up to a bound.
    const Imported open = import_table("name,lat,lon\n\"Open,1,1\n" + std::string(2u << 20, 'x') + "\nAfter,1,1\n");
    CHECK(open.records.size() == 1);
    CHECK(open.report.left == std::map<std::string, std::uint64_t>{{"a row of more than 1 MiB", 1}});
}

TEST_CASE("names of another table carry their language and years") {
    const auto mappings = builtin_mappings();
    const auto mapping = mapping_of("/data/alternateNamesV2.txt", "1\t2", mappings);
    REQUIRE(mapping);
    std::istringstream in("1\t2034937\tru\tМукден\t\t\t\t1\t1905\t1931\n2\t2034937\twkdt\tQ11720\t\t\t\t\t\t\n3\t2034937\ten\tFengtien\t\t\t1\t\t\t\n");
    ImportReport report;
    ExtraNames names;
    read_delimited_names(in, "alternateNamesV2.txt", *mapping, report, names);
    CHECK(report.taken == 2);
    const Imported with = import_table("id,name,lat,lon,cc\ngeonames-2034937,Shenyang,41.79,123.43,CN\n", "t.csv", names);
    const SourceRecord& record = with.record("geonames-2034937");
    REQUIRE(record.names.size() == 2);
    CHECK(record.names[1].text == "Мукден");
    CHECK(record.names[1].lang == "ru-Cyrl");
    CHECK(record.names[1].from == 1905);
    CHECK(record.names[1].to == 1931);
}

TEST_CASE("a mapping of one's own goes before the known ones, and its faults are told") {
    auto own = parse_mapping("name = \"field book\"\nsource = \"own survey\"\nrequires = [\"Nr\", \"Ort\", \"Breite\", \"Laenge\"]\ndelimiter = \"semicolon\"\nid = \"Nr\"\nid_prefix = \"survey-\"\n"
                             "display = \"Ort\"\nlat = \"Breite\"\nlon = \"Laenge\"\nkind = \"village\"\n[only]\nStand = [\"ja\"]\n",
                             "own.toml");
    REQUIRE(own);
    const Imported all = import_table("Nr;Ort;Breite;Laenge;Stand\n7;Neudorf;50.1;9.2;ja\n8;Altdorf;50.2;9.3;nein\n", "own.csv", {}, {*own});
    REQUIRE(all.records.size() == 1);
    CHECK(all.records[0].id == "survey-7");
    CHECK(all.records[0].kind == "village");
    const auto fault = [](const std::string& text) { return parse_mapping(text, "own.toml").error().text(); };
    CHECK(fault("requires = [\"a\"]\nid = \"a\"\nlatt = \"b\"\n").starts_with("own.toml:3: unknown key 'latt'; allowed: name source role"));
    CHECK(fault("requires = [\"a\"]\nid = \"a\"\n") == "own.toml: a mapping of places needs 'lon' and 'lat', or 'point'");
    CHECK(fault("id = \"a\"\nlat = \"b\"\nlon = \"c\"\n") == "own.toml: a mapping needs 'requires' (columns that tell its tables) or 'files'");
    CHECK(fault("requires = [\"a\"]\nid = \"a\"\ndelimiter = \"dash\"\n") == "own.toml:3: delimiter 'dash'; allowed: tab comma semicolon pipe");
    CHECK(fault("id = ").starts_with("own.toml:1: "));
    CHECK(fault("requires = [\"a\"]\nid = \"a\"\nrole = \"names\"\n") == "own.toml: a mapping of names needs [[names]]");
    CHECK(fault("requires = [\"a\"]\nid = \"a\"\n[[names]]\nsep = \"x\"\n") == "own.toml:4: unknown key 'sep' of names; allowed: column separator lang lang_column from to");
}

TEST_CASE("ids, languages, countries, years and points of others become ours") {
    CHECK(record_id("https://pleiades.stoa.org/places/59694") == "pleiades-59694");
    CHECK(record_id("http://www.wikidata.org/entity/Q142") == "wikidata-q142");
    CHECK(record_id("place:kp-kumsong") == "kp-kumsong");
    CHECK(record_id("https://example.org/a b/Ü7") == "example-org-a-b-7");
    CHECK(record_id("///").empty());
    CHECK(name_language("kor", "금성", "KP") == "ko-Hang");
    CHECK(name_language("und", "金城", "KP") == "ko-Hani");
    CHECK(name_language("", "金城", "JP") == "ja-Hani");
    CHECK(name_language("eng", "Kumsong", "KP") == "en");
    CHECK(name_language("ukr", "Київ", "UA") == "uk-Cyrl");
    CHECK(country_code("prk") == "KP");
    CHECK(country_code("North Korea").empty());
    CHECK(year_of("AD 300") == 300);
    CHECK(year_of("-0050-01-01") == -50);
    CHECK(point_of("Point(126.5 37.9)")->lon == Approx(126.5));
    CHECK(point_of("37.9, 126.5")->lon == Approx(126.5));
    CHECK_FALSE(point_of("nowhere"));
    CHECK(place_kind_of_word("populated place").kind == "town");
    CHECK(place_kind_of_word("county of South Korea").kind == "county");
    CHECK(place_kind_of_word("mountain_range").kind == "range");
    CHECK(place_kind_of_word("hotel").kind.empty());
    CHECK(place_kind_of_code("T", "").kind == "mountain");
}
