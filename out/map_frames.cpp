#include "out/map_frames.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "out/feature_writers.hpp"
#include "out/geojson_geometry.hpp"

namespace demarc {
namespace {

using Box = std::array<double, 4>;
using Cell = std::pair<int, int>;
constexpr double cell_degrees = 5, widest = 30;

struct Theatre {
    Box box{};
    std::size_t features = 0;

    void take(const Box& other, std::size_t count) {
        box = features == 0 ? other : Box{std::min(box[0], other[0]), std::min(box[1], other[1]), std::max(box[2], other[2]), std::max(box[3], other[3])};
        features += count;
    }
};

Box with_margin(const Box& box) {
    const double margin = std::max({2.0, (box[2] - box[0]) * 0.6, (box[3] - box[1]) * 0.6});
    return {std::max(-180.0, box[0] - margin), std::max(-85.0, box[1] - margin), std::min(180.0, box[2] + margin), std::min(85.0, box[3] + margin)};
}

// Moves a cell and all that touch it, directly or through others, into one theatre.
Theatre grow(std::map<Cell, Theatre>& cells) {
    Theatre whole;
    std::vector<Cell> next = {cells.begin()->first};
    while (!next.empty()) {
        const auto [x, y] = next.back();
        next.pop_back();
        const auto node = cells.extract({x, y});
        if (node.empty()) continue;
        whole.take(node.mapped().box, node.mapped().features);
        for (int dx = -1; dx <= 1; ++dx) {
            for (int dy = -1; dy <= 1; ++dy) {
                if (cells.contains({x + dx, y + dy})) next.emplace_back(x + dx, y + dy);
            }
        }
    }
    return whole;
}

}  // namespace

std::optional<Box> map_focus(const std::vector<Entity>& entities) {
    std::optional<Box> focus;
    std::vector<double> lons, lats;
    for (const Entity& entity : entities) {
        if (!is_feature(entity) || !entity.location) continue;
        if (const auto* point = std::get_if<LonLat>(&entity.location->geometry)) {
            for (std::size_t i = 0; i < std::max<std::size_t>(1, std::min<std::size_t>(entity.mentions.size(), 20)); ++i) lons.push_back(point->lon), lats.push_back(point->lat);
        } else if (const auto box = bounding_box(entity.location->geometry)) {
            focus = focus ? join_boxes(*focus, *box) : *box;
        }
    }
    if (focus || lons.empty()) return focus;
    std::sort(lons.begin(), lons.end());
    std::sort(lats.begin(), lats.end());
    const std::size_t low = lons.size() / 10, high = lons.size() - 1 - low;
    return Box{lons[low], lats[low], lons[high], lats[high]};
}

std::vector<std::array<double, 4>> map_frames(const std::vector<Entity>& entities, std::size_t at_most) {
    std::map<Cell, Theatre> cells;
    for (const Entity& entity : entities) {
        if (!is_feature(entity) || !entity.location) continue;
        const auto box = bounding_box(entity.location->geometry);
        if (!box || box->at(0) > box->at(2) || box->at(2) - box->at(0) > widest) continue;
        const Cell cell{static_cast<int>(std::floor((box->at(0) + box->at(2)) / 2 / cell_degrees)), static_cast<int>(std::floor((box->at(1) + box->at(3)) / 2 / cell_degrees))};
        cells[cell].take(*box, 1);
    }
    std::vector<Theatre> theatres;
    while (!cells.empty()) theatres.push_back(grow(cells));
    std::stable_sort(theatres.begin(), theatres.end(), [](const Theatre& a, const Theatre& b) { return a.features > b.features; });
    if (theatres.size() > at_most) theatres.resize(at_most);
    std::vector<Box> frames;
    for (const Theatre& theatre : theatres) frames.push_back(with_margin(theatre.box));
    std::sort(frames.begin(), frames.end());
    return frames;
}

}  // namespace demarc
