// demarc_compile_basemap OUT LAND_FINE LAND_COARSE: turns two TopoJSON files of the earth's land into the compact form that out/coastline.hpp
// reads. Without the two files, or where they are empty, the result holds no land. Runs when the project is built.
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace {

using Json = nlohmann::json;
struct Position {
    std::int64_t x, y;
};
using Arc = std::vector<Position>;

void append_varint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out += static_cast<char>(0x80 | (value & 0x7F));
    out += static_cast<char>(value);
}

void append_signed(std::string& out, std::int64_t value) { append_varint(out, (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63)); }

void append_double(std::string& out, double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(bits >> shift);
}

std::vector<Arc> decode_arcs(const Json& topology) {
    std::vector<Arc> arcs;
    for (const Json& coded : topology.at("arcs")) {
        Arc arc;
        Position at{0, 0};
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

void append_polygon(std::string& out, const Json& polygon, const std::vector<Arc>& arcs) {
    append_varint(out, polygon.size());
    for (const Json& indices : polygon) {
        const Arc ring = ring_of(indices, arcs);
        append_varint(out, ring.size());
        Position last{0, 0};
        for (const Position& p : ring) {
            append_signed(out, p.x - last.x);
            append_signed(out, p.y - last.y);
            last = p;
        }
    }
}

// One level: scale x, y, offset x, y (degrees), then the polygons.
std::string level(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    std::string out;
    if (text.empty()) {
        for (int i = 0; i < 4; ++i) append_double(out, 0);
        append_varint(out, 0);
        return out;
    }
    const Json topology = Json::parse(text);
    for (const char* key : {"scale", "translate"}) {
        for (const Json& value : topology.at("transform").at(key)) append_double(out, value.get<double>());
    }
    const std::vector<Arc> arcs = decode_arcs(topology);
    std::string polygons;
    std::uint64_t count = 0;
    for (const Json& geometry : topology.at("objects").at("land").at("geometries")) {
        const bool many = geometry.at("type") == "MultiPolygon";
        for (const Json& polygon : many ? geometry.at("arcs") : Json::array({geometry.at("arcs")})) append_polygon(polygons, polygon, arcs), ++count;
    }
    append_varint(out, count);
    return out + polygons;
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 4) {
        std::fprintf(stderr, "usage: demarc_compile_basemap OUT LAND_FINE LAND_COARSE\n");
        return 64;
    }
    const std::string bytes = "DMLAND01" + level(argv[2]) + level(argv[3]);
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
