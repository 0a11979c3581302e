// demarc_compile_basemap OUT LAND_FINE LAND_COARSE: turns two TopoJSON files of the earth's land into the form that out/coastline.hpp reads. Without the two files, or where
// they are empty, the result holds no land. Runs when the project is built.
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "out/land_builder.hpp"

namespace {

using Json = nlohmann::json;
using Arc = std::vector<demarc::GridPosition>;

std::vector<Arc> decode_arcs(const Json& topology) {
    std::vector<Arc> arcs;
    for (const Json& coded : topology.at("arcs")) {
        Arc arc;
        demarc::GridPosition at{0, 0};
        for (const Json& step : coded) {
            at.x += step.at(0).get<std::int64_t>();
            at.y += step.at(1).get<std::int64_t>();
            arc.push_back(at);
        }
        arcs.push_back(std::move(arc));
    }
    return arcs;
}

// TopoJSON 2.1.4: a negative index ~i is arc i backwards; arcs of a ring share their end positions.
Arc ring_of(const Json& indices, const std::vector<Arc>& arcs) {
    Arc ring;
    for (const Json& value : indices) {
        const auto index = value.get<std::int64_t>();
        Arc arc = arcs.at(static_cast<std::size_t>(index < 0 ? ~index : index));
        if (index < 0) arc.assign(arc.rbegin(), arc.rend());
        ring.insert(ring.end(), arc.begin() + (ring.empty() ? 0 : 1), arc.end());
    }
    return ring;
}

demarc::LandGrid level(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    demarc::LandGrid grid;
    if (text.empty()) return grid;
    const Json topology = Json::parse(text);
    const Json& transform = topology.at("transform");
    grid.scale_x = transform.at("scale").at(0).get<double>(), grid.scale_y = transform.at("scale").at(1).get<double>();
    grid.offset_x = transform.at("translate").at(0).get<double>(), grid.offset_y = transform.at("translate").at(1).get<double>();
    const std::vector<Arc> arcs = decode_arcs(topology);
    for (const Json& geometry : topology.at("objects").at("land").at("geometries")) {
        const bool many = geometry.at("type") == "MultiPolygon";
        for (const Json& polygon : many ? geometry.at("arcs") : Json::array({geometry.at("arcs")})) {
            demarc::GridPolygon& rings = grid.polygons.emplace_back();
            for (const Json& indices : polygon) rings.push_back(ring_of(indices, arcs));
        }
    }
    return grid;
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 4) {
        std::fprintf(stderr, "usage: demarc_compile_basemap OUT LAND_FINE LAND_COARSE\n");
        return 64;
    }
    const std::string bytes = demarc::build_land(level(argv[2]), level(argv[3]));
    std::ofstream file(argv[1], std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (file) return 0;
    std::fprintf(stderr, "demarc_compile_basemap: can't write %s\n", argv[1]);
    return 74;
} catch (const std::exception& trouble) {
    std::fprintf(stderr, "demarc_compile_basemap: %s\n", trouble.what());
    return 65;
}
