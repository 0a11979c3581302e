#include "gazetteer/importers/gdal_source.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/importers/import_fixture.hpp"

using namespace demarc;
using namespace demarc::test;

TEST_CASE("Shapefile, GeoPackage and KML are read through GDAL, turned to WGS 84") {
    const std::string folder = std::filesystem::temp_directory_path() / "demarc gdal test;x";
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/places.geojson") << R"({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": 1, "name": "Kaesong", "kind": "city"},
        "geometry": {"type": "Point", "coordinates": [126.55, 37.97]}}, {"type": "Feature", "properties": {"id": 2, "name": "Imjin-gang", "kind": "river"},
        "geometry": {"type": "Point", "coordinates": [126.7, 37.8]}}]})";
    for (const std::string file : {"places.shp", "places.gpkg", "places.kml"}) {
        INFO(file);
        const std::string projection = file == "places.kml" ? "" : " -t_srs EPSG:32652";
        REQUIRE(std::system(("ogr2ogr '" + folder + "/" + file + "' '" + folder + "/places.geojson'" + projection + " >/dev/null 2>&1").c_str()) == 0);
        Imported all;
        const Status status = read_gdal(folder + "/" + file, {}, {}, all.report, [&](SourceRecord&& record) { all.records.push_back(std::move(record)); });
        INFO((status ? std::string() : status.error().text()));
        REQUIRE(status);
        REQUIRE(all.records.size() == 2);
        CHECK(all.records[0].name == "Kaesong");
        CHECK(all.records[0].position->lon == Approx(126.55).margin(1e-5));
        CHECK(all.records[0].position->lat == Approx(37.97).margin(1e-5));
    }
    std::ofstream(folder + "/bad.shp") << "no shapefile";
    ImportReport report;
    const Status bad = read_gdal(folder + "/bad.shp", {}, {}, report, [](SourceRecord&&) {});
    REQUIRE_FALSE(bad);
    CHECK(bad.error().text().find("ogr2ogr can't read it") != std::string::npos);
    CHECK(is_gdal_source("a.gpkg"));
    CHECK_FALSE(is_gdal_source("a.csv"));
    std::filesystem::remove_all(folder);
}
