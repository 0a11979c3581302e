#include "geo/neighbour_placement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "geo/quick_distance.hpp"

namespace demarc {
namespace {

constexpr std::ptrdiff_t beside_in_text = 8;   // placed mentions before and behind one that look for its place
constexpr double text_reach = 600;             // bytes of text in which a place's say about its neighbour falls to a third

}  // namespace

void place_among_neighbours(ExtractedDocument& document) {
    struct Placed {
        std::size_t mention;
        LonLat position;
        double confidence;
    };
    std::vector<Placed> placed;
    for (std::size_t i = 0; i < document.mentions.size(); ++i) {
        const Mention& mention = document.mentions[i];
        const auto* point = mention.location ? std::get_if<LonLat>(&mention.location->geometry) : nullptr;
        if (point != nullptr && mention.location->uncertainty_m < 100'000) placed.push_back({i, *point, mention.confidence});
    }
    if (placed.empty()) return;
    for (std::size_t i = 0; i < document.mentions.size(); ++i) {
        Mention& mention = document.mentions[i];
        if (mention.type != MentionType::place || mention.location) continue;
        const auto after = std::lower_bound(placed.begin(), placed.end(), i, [](const Placed& p, std::size_t at) { return p.mention < at; }) - placed.begin();
        const auto from = std::max<std::ptrdiff_t>(0, after - beside_in_text), to = std::min<std::ptrdiff_t>(std::ssize(placed), after + beside_in_text);
        double least = std::numeric_limits<double>::infinity(), weights = 0;
        const Placed* centre = nullptr;
        for (auto a = from; a < to; ++a) {
            double sum = 0;
            weights = 0;
            for (auto b = from; b < to; ++b) {
                const double apart = std::abs(static_cast<double>(document.mentions[placed[static_cast<std::size_t>(b)].mention].span.begin) - mention.span.begin);
                const double weight = placed[static_cast<std::size_t>(b)].confidence * std::exp(-apart / text_reach);
                sum += weight * std::min(1'000'000.0, quick_distance_m(placed[static_cast<std::size_t>(a)].position, placed[static_cast<std::size_t>(b)].position));
                weights += weight;
            }
            if (sum < least) least = sum, centre = &placed[static_cast<std::size_t>(a)];
        }
        const Mention& near = document.mentions[centre->mention];
        mention.location = Location{centre->position, std::max(50'000.0, 2 * least / std::max(weights, 1e-9)), "relation", ""};
        mention.status = Certainty::inferred;
        mention.confidence = 0.25;
        mention.why.push_back("put near \"" + std::string(near.span.of(document.document.text)) + "\", which the places named beside it lie around");
    }
}

}  // namespace demarc
