#include "gazetteer/importers/osm_pbf.hpp"

#include <osmium/builder/attr.hpp>
#include <osmium/builder/osm_object_builder.hpp>
#include <osmium/io/pbf_output.hpp>

#include <filesystem>
#include <fstream>

#include "tests/importers/import_fixture.hpp"

using namespace demarc;
using namespace demarc::test;

namespace {

Imported read(const std::string& path) {
    Imported out;
    const Status status = read_osm(path, {}, out.report, [&](SourceRecord&& record) { out.records.push_back(std::move(record)); });
    INFO((status ? std::string() : status.error().text()));
    CHECK(status);
    return out;
}

void check(const Imported& all) {
    CHECK(names_of(all.record("osm-n1")) == "Kaesong(en)|개성시(ko-Hang)|Kaijō(ja-Latn)|開城市(ko-Hani)|Songdo");
    CHECK(all.record("osm-n1").kind == "city");
    CHECK(all.record("osm-n1").rank == 6);
    CHECK(all.record("osm-n2").kind == "mountain");
    CHECK(all.records.size() == 2);
    CHECK(all.report.left == std::map<std::string, std::uint64_t>{{"a way", 1}, {"kind of place that isn't taken", 1}});
}

}  // namespace

TEST_CASE("OpenStreetMap places are read from PBF as from XML") {
    const std::string folder = std::filesystem::temp_directory_path() / "demarc-osm-test";
    std::filesystem::create_directories(folder);
    {
        using namespace osmium::builder::attr;
        osmium::memory::Buffer buffer(4096, osmium::memory::Buffer::auto_grow::yes);
        const std::vector<std::pair<const char*, const char*>> kaesong = {{"name", "개성시"}, {"name:en", "Kaesong"}, {"name:ja-Latn", "Kaijō"}, {"name:ko-Hani", "開城市"}, {"old_name", "Songdo"},
                                                                        {"place", "city"}, {"population", "308440"}, {"is_in:country_code", "KP"}};
        osmium::builder::add_node(buffer, _id(1), _location(126.55, 37.97), _tags(kaesong));
        osmium::builder::add_node(buffer, _id(2), _location(126.6, 38.0), _tags({{"name", "Songaksan"}, {"natural", "peak"}}));
        osmium::builder::add_node(buffer, _id(3), _location(126.6, 38.0), _tags({{"name", "Hotel"}, {"tourism", "hotel"}}));
        osmium::builder::add_node(buffer, _id(4), _location(126.6, 38.0));
        osmium::builder::add_way(buffer, _id(5), _nodes({1, 2}), _tags({{"name", "Main Street"}}));
        osmium::io::Writer writer(folder + "/map.osm.pbf", osmium::io::overwrite::allow);
        writer(std::move(buffer));
        writer.close();
    }
    check(read(folder + "/map.osm.pbf"));
    std::ofstream(folder + "/map.osm") << R"(<?xml version="1.0"?><osm version="0.6"><node id="1" lat="37.97" lon="126.55"><tag k="name" v="개성시"/><tag k="name:en" v="Kaesong"/>
        <tag k="name:ja-Latn" v="Kaijō"/><tag k="name:ko-Hani" v="開城市"/><tag k="old_name" v="Songdo"/><tag k="place" v="city"/><tag k="population" v="308440"/><tag k="is_in:country_code" v="KP"/></node>
        <node id="2" lat="38" lon="126.6"><tag k="name" v="Songaksan"/><tag k="natural" v="peak"/></node><node id="3" lat="38" lon="126.6"><tag k="name" v="Hotel"/><tag k="tourism" v="hotel"/></node>
        <way id="5"><nd ref="1"/><tag k="name" v="Main Street"/></way></osm>)";
    check(read(folder + "/map.osm"));
    std::ofstream(folder + "/bad.osm.pbf") << "this is no PBF";
    ImportReport report;
    const Status status = read_osm(folder + "/bad.osm.pbf", {}, report, [](SourceRecord&&) {});
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::bad_data);
    std::filesystem::remove_all(folder);
}
