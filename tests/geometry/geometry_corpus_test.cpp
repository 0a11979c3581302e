#include <cstdio>
#include <filesystem>

#include "tests/catch.hpp"
#include "tests/geometry/geometry_corpus.hpp"

using namespace demarc;

TEST_CASE("texts about lines and areas become the geometry that they mean") {
    test::GeometryReport report;
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator("tests/geometry")) {
        if (entry.path().extension() == ".geometry") files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    for (const std::string& file : files) {
        const Status status = test::run_geometry_corpus(file, report);
        if (!status) FAIL_CHECK(status.error().text());
    }
    for (const std::string& failure : report.failures) FAIL_CHECK(failure);
    std::printf("%zu blocks, %zu expectations, %zu failures; largest Hausdorff distance of a line %.0f m (%s)\n", report.blocks, report.expectations, report.failures.size(),
                report.largest_m, report.largest_where.c_str());
    CHECK(report.blocks >= 150);
}
